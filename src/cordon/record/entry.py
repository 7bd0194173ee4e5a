"""The entry of an entity as its publisher printed it, cut from the original files that are kept.

The files are read again with the parser that read them, which says where each entity and each value stands; nothing of
that is stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cordon.errors import InputError, RecordError
from cordon.record.formats.reading import Origin, Place, decoded
from cordon.record.formats.sheet import row_text
from cordon.record.sources import parse
from cordon.record.store import Store, newest

MAX_LINES = 200
"""Most lines of a text file that one entry is taken to run over, where a quoted cell is never closed."""


class Entry(NamedTuple):
    """An entity in one snapshot's files.

    Attributes:
        source: code of the list.
        day: ISO day of the snapshot.
        texts: what is printed there, each with its place.
        origin: where each value stands.

    """

    source: str
    day: str
    texts: tuple[tuple[Place, str], ...]
    origin: Origin


def original_entries(store: Store, item: str, as_of: str | None = None) -> tuple[Entry, ...]:
    """Return an entity's entry in the newest snapshot that holds it, for each list that does.

    Args:
        store: the record on disk.
        item: id of the entity.
        as_of: ISO day; later snapshots are left out.

    Raises:
        RecordError: no list holds it, or an original file is damaged.

    """
    found = []
    for source, versions in store.history(item, as_of).items():
        before = [one for one in store.snapshots() if one.source == source and one.snapshot <= (as_of or "9999")]
        until = versions[-1].until
        day = newest([one for one in before if until is None or one.snapshot < until], None)[0].snapshot
        files = store.files(source, day)
        origin = parse(source, files).origins.get(item)
        if origin is not None:
            texts = tuple((place, entry_text(files, place)) for place in dict.fromkeys(origin.entries))
            found.append(Entry(source, day, texts, origin))
    if not found:
        raise RecordError(
            f"no original entry of {item} is kept",
            hint="the starter record holds no originals; cordon record add keeps them",
            code="no-original",
        )
    return tuple(found)


def entry_text(files: Mapping[str, bytes], place: Place) -> str:
    """Return what is printed at a place: the element of an XML file, the line of a table with all its cells.

    Raises:
        InputError: the place is not in the files.

    """
    raw = files.get(place.file)
    if raw is None:
        raise InputError(f"no file {place.file} among {', '.join(files)}", code="no-such-file")
    if place.end:
        return _outdented(raw[place.start : place.end].decode("utf-8", errors="replace"))
    if raw[:2] == b"PK":
        return row_text(raw, place.line, place.file)
    lines = (
        decoded(raw, place.file, legacy=True)
        .replace("\r\n", "\n")
        .split("\n")[place.line - 1 : max(place.last, place.line - 1 + MAX_LINES)]
    )
    if place.last:
        return "\n".join(lines[: place.last - place.line + 1])
    length, quotes = 1, lines[0].count('"') if lines else 0
    while quotes % 2 and length < len(lines):
        quotes += lines[length].count('"')
        length += 1
    return "\n".join(lines[:length])


def _outdented(text: str) -> str:
    """Return an element's text with the indent of its last line taken off every line."""
    indent = re.search(r"\n([ \t]*)\S[^\n]*$", text)
    return text.replace(f"\n{indent[1]}", "\n") if indent else text
