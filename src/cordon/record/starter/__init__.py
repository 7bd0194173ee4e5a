"""The starter record: about a hundred entities around the Iranian UAV programme, inside the package.

With it Cordon answers at once and offline. It is for trying Cordon out; a real screening needs the official lists in
full.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from cordon.errors import RecordError
from cordon.model import Snapshot
from cordon.record.formats.ftm import parse_lines
from cordon.record.record import Record

CHECKED_ON = "2026-08-22"
"""Date of the newest official data the starter record was checked against (EU Official Journal tables)."""
SOURCE = "cordon-starter"


@cache
def starter_record() -> Record:
    """Return the record that ships with Cordon.

    Raises:
        RecordError: the packaged file is missing or empty.

    """
    path = files(__package__) / "entities.ftm.json"
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise RecordError(f"the starter record is missing: {path}", hint="install Cordon again") from error
    parsed = parse_lines(raw.splitlines(), origin="starter record")
    if not parsed.entities:
        raise RecordError("the starter record is empty", hint="install Cordon again", code="empty-record")
    digest = hashlib.sha256(raw).hexdigest()
    snapshot = Snapshot(source=SOURCE, snapshot=CHECKED_ON, sha256=digest, entities=len(parsed.entities))
    return Record(parsed.entities, parsed.links, (snapshot,))
