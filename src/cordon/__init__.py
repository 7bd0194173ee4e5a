"""Cordon: who in a name, a report or a payment is sanctioned, by whom, since when, how sure that is, and why.

The public door. Everything here is imported when it is first used, so ``import cordon`` costs next to nothing::

    import cordon

    record = cordon.starter_record()
    subject = cordon.Subject(names=("Abdullah Mahrabi",))
    found = cordon.screen(subject, record, policy=cordon.policy_named("onboarding"), as_of="2023-02-07")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cordon.errors import CordonError, InputError, RecordError, RowError
    from cordon.model import Entity, Evidence, Link, Listing, Match, Outcome, Snapshot, Subject
    from cordon.record import Record, starter_record
    from cordon.reports import Document, Dossier, load_document, read
    from cordon.screening import Policy, Screening, policy_named, screen

__all__ = [
    "CordonError",
    "Document",
    "Dossier",
    "Entity",
    "Evidence",
    "InputError",
    "Link",
    "Listing",
    "Match",
    "Outcome",
    "Policy",
    "Record",
    "RecordError",
    "RowError",
    "Screening",
    "Snapshot",
    "Subject",
    "load_document",
    "policy_named",
    "read",
    "screen",
    "starter_record",
]

_ROOMS = {
    "cordon.errors": ("CordonError", "InputError", "RecordError", "RowError"),
    "cordon.model": ("Entity", "Evidence", "Link", "Listing", "Match", "Outcome", "Snapshot", "Subject"),
    "cordon.record": ("Record", "starter_record"),
    "cordon.reports": ("Document", "Dossier", "load_document", "read"),
    "cordon.screening": ("Policy", "Screening", "policy_named", "screen"),
}


def __getattr__(name: str) -> object:
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(room), name)
    raise AttributeError(f"module 'cordon' has no attribute {name!r}")
