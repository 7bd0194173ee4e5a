"""The UK Sanctions List as XML (``UK-Sanctions-List.xml``): one ``Designation`` a subject.

Containers of lists have several spellings (``ParentCompanies``, ``TypesOfEntity``), so that elements are told by their
own name wherever they stand in a designation. ``SanctionsImposedIndicators`` say the same as ``SanctionsImposed`` and
count where that is missing. The list's day, ``DateGenerated``, is an element too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cordon.record.formats.dates import any_date
from cordon.record.formats.reading import Gathering, Parsed, only_file
from cordon.record.formats.uk_sl_csv import FACETS, SINGLE, SOURCE, Cells, Designation, Facts, folded
from cordon.record.formats.xml import Element, records, root_name

_ROOT = "Designations"
_INDICATORS = "SanctionsImposedIndicators"
_FACET_OF = {column: kind for kind, columns in FACETS.items() for column in columns}
_SINGLE = frozenset(SINGLE)
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_Found = dict[str, dict[Cells, Element]]


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(root_name(raw) == _ROOT for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the list.

    Args:
        files: the one XML file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, not well formed, or hostile.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    for element in records(raw, frozenset(("Designation", "DateGenerated")), origin=name, root=_ROOT):
        if element.name == "DateGenerated":
            gathering.published = any_date(element.text)
        else:
            _take(element, gathering)
    return gathering.parsed()


def _take(element: Element, gathering: Gathering) -> None:
    found: _Found = {}
    unknown: list[Element] = []
    _gather(element, found, unknown)
    facts: Facts = {kind: [(where, cells) for cells, where in known.items()] for kind, known in found.items()}
    place = element.place(gathering.origin)
    designation = Designation.opened(gathering, element.value("UniqueID"), facts, place)
    designation.take(facts)
    for child in unknown:
        designation.draft.at(child).note(f"{child.name}: {child.text}", f"element: {child.name}")
    indicators = [child for box in element.all(_INDICATORS) for child in box.children]
    measures = [_words(indicator.name) for indicator in indicators if indicator.text.lower() == "true"]
    designation.said.setdefault("sanctionsimposed", measures)
    designation.close(gathering.source)


def _gather(element: Element, found: _Found, unknown: list[Element]) -> None:
    """Sort what stands in an element into facets, and what is not known."""
    parts: dict[str, dict[str, str]] = {}
    for child in element.children:
        name = folded(child.name)
        kind = _FACET_OF.get(name, "")
        if child.name == _INDICATORS:
            continue
        if child.children:
            _gather(child, found, unknown)
        elif kind and name not in parts.get(kind, {}):
            parts.setdefault(kind, {})[name] = child.text
        elif name in _SINGLE:
            _add(found, name, child, (child.text,))
        elif child.text:
            unknown.append(child)
    for kind, given in parts.items():
        _add(found, kind, element, tuple(given.get(column, "") for column in FACETS[kind]))


def _add(found: _Found, kind: str, where: Element, cells: Cells) -> None:
    if any(cells):
        found.setdefault(kind, {}).setdefault(cells, where)


def _words(name: str) -> str:
    """Return "Asset freeze" for AssetFreeze."""
    return _WORD.sub(" ", name).capitalize()
