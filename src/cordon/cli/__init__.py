"""The command line: reads options, calls the rooms below, prints. It decides nothing itself."""
