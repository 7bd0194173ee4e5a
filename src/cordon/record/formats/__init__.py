"""Parsers, one module per publisher's format: bytes in, entities and links out, and a note of what was not understood.

A parser knows its format and nothing of storage, dates of snapshots or matching.
"""
