"""The record that commands answer from: the snapshots in the data folder, else the starter record."""

from __future__ import annotations

from cordon.record.home import data_folder
from cordon.record.record import Record
from cordon.record.starter import starter_record
from cordon.record.store import Store


def current_store() -> Store:
    """Return the store in the data folder."""
    return Store(data_folder())


def current_record(as_of: str | None = None) -> Record:
    """Return the record to answer from.

    Args:
        as_of: ISO day; each list answers with its newest snapshot not after it.

    Raises:
        RecordError: lists were added, but none has a snapshot from that day or before.

    """
    store = current_store()
    return store.record(as_of) if store.snapshots() else starter_record()
