"""Whether what came from a publisher can be its list, told before it is taken in.

A file may be a web page in the list's stead, which `unlike` tells. Or it is cut off, emptied or laid out anew, and
still read without an error; what gives it away then is what it holds: too few entities, fewer than last time, a subject
of many years gone, or entities without what all have.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cordon.model import NAME_PROPERTIES, Entity
from cordon.record.formats.reading import Parsed

MAX_SHRINK = 0.1
"""Share of its entities a list may lose at once. Between the 308 versions of OFAC's SDN list of August 2021 to May 2024
it shrank 38 times, by 1.6 % at most (9,158 to 9,008 entities, 30 December 2021): six times that is a broken file, or an
event that deserves a look."""
MAX_SHRINK_UNPROVEN = 0.02
"""The same for a file whose server did not say how long it is: a little more than the 1.6 % seen."""
MIN_SHARE, MIN_KEPT, MIN_VALUES = 0.05, 0.5, 0.7
"""A property that a twentieth of the entities had must be kept by half as many, and entities must keep seven tenths of
their values; from one version of a list to the next, hardly anything moves by more than a hundredth."""
MIN_DESCRIBED = 0.2
"""Share of persons that must have more than a name; below it a column or element has gone astray."""
_SHOWN = 3
_BARE = frozenset((*NAME_PROPERTIES, *"firstName lastName middleName secondName fatherName nameLanguage notes".split()))
"""What a person has whose entry was read for its name only; what is not understood becomes a note."""
_HEAD = 4096
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.DOTALL | re.IGNORECASE
)
_STARTS: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {"xml": (b"<",), "json": (b"{", b"["), "zip": (b"PK\x03\x04",), "xlsx": (b"PK\x03\x04",)}
)
_OTHERS: Mapping[bytes, str] = MappingProxyType(
    {
        b"%PDF": "a PDF",
        b"PK\x03\x04": "a zip archive or spreadsheet",
        b"\xd0\xcf\x11\xe0": "a workbook of an old Excel",
        b"\x1f\x8b": "a gzip file",
        b"<": "XML",
        b"{": "JSON",
    }
)


def unlike(data: bytes, kind: str) -> str:
    """Return what a file seems to be in the stead of its kind, such as "a web page"; nothing when it can be of it.

    Args:
        data: its bytes.
        kind: one of `cordon.record.publishers.KINDS`.

    """
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    if not start:
        return "nothing"
    if _PAGE.match(start):
        return "a web page"
    other = next((what for sign, what in _OTHERS.items() if start.startswith(sign)), "")
    wanted = _STARTS.get(kind)
    if wanted is None:
        return other
    if not start.startswith(wanted):
        return other or "something else"
    cut = kind in ("zip", "xlsx") and not zipfile.is_zipfile(io.BytesIO(data))
    return "a zip archive that is cut off" if cut else ""


def judge(
    parsed: Parsed,
    *,
    before: int | None,
    minimum: int,
    known_ids: Sequence[str],
    max_shrink: float = MAX_SHRINK,
    entities_before: Sequence[Entity] = (),
) -> tuple[str, ...]:
    """Return what is wrong with a list, as sentences; nothing when it can be taken in.

    Args:
        parsed: the list as read.
        before: entities in its newest snapshot; None where there is none.
        minimum: fewest entities it can have.
        known_ids: ids of entities that must be there.
        max_shrink: share of the entities it may have lost since `before`.
        entities_before: those of its newest snapshot, to see whether a column or element has gone astray.

    """
    found = (
        *_too_few(len(parsed.entities), before, minimum, max_shrink),
        _missing(parsed, known_ids),
        _unnamed(parsed.entities),
        _unlisted(parsed.entities),
        _undescribed(parsed.entities),
        *_thinned(parsed.entities, entities_before),
    )
    return tuple(sentence for sentence in found if sentence)


def _thinned(now: Sequence[Entity], before: Sequence[Entity]) -> tuple[str, ...]:
    """Return what fewer entities have than before, and whether all of them have much less."""
    if not before or not now:
        return ()
    old, new = _fill_rates(before), _fill_rates(now)
    wrong = [
        f"{field}: {100 * new.get(field, 0.0):.0f} % of the entities have it where {100 * share:.0f} % had before"
        for field, share in sorted(old.items())
        if share >= MIN_SHARE and new.get(field, 0.0) < share * MIN_KEPT
    ]
    values_before, values = (_values(entities) / len(entities) for entities in (before, now))
    if values < values_before * MIN_VALUES:
        wrong.append(f"{values:.1f} values for each entity where {values_before:.1f} were before")
    return tuple(wrong)


def _fill_rates(entities: Sequence[Entity]) -> dict[str, float]:
    counts = Counter(field for entity in entities for field in entity.properties)
    return {field: count / len(entities) for field, count in counts.items()}


def _values(entities: Sequence[Entity]) -> int:
    return sum(len(values) for entity in entities for values in entity.properties.values())


def shrunk(count: int, before: int, max_shrink: float = MAX_SHRINK) -> bool:
    """Whether a list has lost a larger share of its entities than it may lose at once."""
    return before > 0 and (before - count) / before > max_shrink


def _too_few(count: int, before: int | None, minimum: int, max_shrink: float) -> tuple[str, ...]:
    wrong = []
    if count < minimum:
        wrong.append(f"{count:,} entities where the list has at least {minimum:,}")
    if before and shrunk(count, before, max_shrink):
        fewer = _percent((before - count) / before, max_shrink)
        wrong.append(
            f"{count:,} entities where {before:,} were before ({fewer} % fewer; at most {100 * max_shrink:g} % is let "
            "through)"
        )
    return tuple(wrong)


def _percent(share: float, limit: float) -> str:
    """Return a share in per cent, with as many decimals as it takes to tell it from a limit."""
    digits = 0
    while digits < 4 and round(100 * share, digits) == round(100 * limit, digits):
        digits += 1
    return f"{100 * share:.{digits}f}"


def _missing(parsed: Parsed, known_ids: Sequence[str]) -> str:
    there = {entity.id for entity in parsed.entities}
    gone = [known for known in known_ids if known not in there]
    return f"{_some(gone)} missing, where every version of the list should have it" if gone else ""


def _unnamed(entities: Sequence[Entity]) -> str:
    bare = [entity.id for entity in entities if not entity.names]
    return f"{len(bare):,} of {len(entities):,} entities without a name: {_some(bare)}" if bare else ""


def _unlisted(entities: Sequence[Entity]) -> str:
    bare = [entity.id for entity in entities if not entity.listings]
    return f"{len(bare):,} of {len(entities):,} entities without a listing: {_some(bare)}" if bare else ""


def _undescribed(entities: Sequence[Entity]) -> str:
    persons = [entity for entity in entities if entity.schema == "Person"]
    described = sum(1 for person in persons if not _BARE.issuperset(person.properties))
    if not persons or described / len(persons) >= MIN_DESCRIBED:
        return ""
    return (
        f"{described:,} of {len(persons):,} persons with more than a name, such as a birth date or a country "
        f"({_percent(described / len(persons), MIN_DESCRIBED)} %; at least {100 * MIN_DESCRIBED:g} % should have it)"
    )


def _some(ids: Sequence[str]) -> str:
    more = len(ids) - _SHOWN
    return ", ".join(ids[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
