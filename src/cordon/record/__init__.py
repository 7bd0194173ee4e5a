"""The record: sources, parsers and snapshots; which entities are listed, by whom and since when.

Parsers know formats and nothing of matching.
"""

from cordon.record.current import current_record, current_store
from cordon.record.record import Record, coverage
from cordon.record.starter import starter_record
from cordon.record.store import Store

__all__ = ["Record", "Store", "coverage", "current_record", "current_store", "starter_record"]
