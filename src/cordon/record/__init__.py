"""The record: sources, parsers and snapshots; which entities are listed, by whom and since when.

Parsers know formats and nothing of matching.
"""

from cordon.record.record import Record, coverage
from cordon.record.starter import starter_record

__all__ = ["Record", "coverage", "starter_record"]
