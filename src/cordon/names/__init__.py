"""From text to comparable names: hygiene, scripts, romanisation, tokens, sound keys, rarity, places.

Knows nothing of entities, files or scores.
"""
