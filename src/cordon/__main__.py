"""``python -m cordon`` is the same as ``cordon``."""

from cordon.cli.main import main

main()
