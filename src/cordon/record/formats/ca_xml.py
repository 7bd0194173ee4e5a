"""Canada's consolidated autonomous sanctions list as XML (``sema-lmes.xml``: SEMA and JVCFOA).

One ``record`` per item of a schedule; ``DateOfListing`` is the listing date (older files have none). The country names
the regulation, not the subject's nationality, so it becomes the programme.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from cordon.model import Listing
from cordon.record.formats.reading import Draft, Gathering, Parsed, only_file
from cordon.record.formats.xml import Element, records, root_name

SOURCE = "ca-sema"
_KNOWN = frozenset(
    "Country LastName GivenName Entity EntityOrShip Aliases Schedule Item DateOfBirth DateOfBirthOrShipBuildDate Title "
    "TitleOrShip ShipIMONumber DateOfListing".split()
)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(root_name(raw) == "data-set" for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the consolidated list.

    Args:
        files: the one file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, not well formed, or hostile.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    seen: Counter[str] = Counter()
    for element in records(raw, frozenset(("record",)), origin=name, root="data-set"):
        _take(element, seen, gathering)
    return gathering.parsed()


def _take(element: Element, seen: Counter[str], gathering: Gathering) -> None:
    regime = element.value("Country").partition(" / ")[0]
    schedule, item = element.value("Schedule"), element.value("Item")
    reference = f"{regime}, Schedule {schedule}, item {item}" if schedule else f"{regime}, item {item}"
    seen[reference] += 1
    again = f":{seen[reference]}" if seen[reference] > 1 else ""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", reference).strip("-")
    draft = gathering.draft(slug + again, _schema(element), element.place(gathering.origin))
    _take_names(element, draft)
    _take_facts(element, draft)
    draft.listings.append(
        Listing(
            source=gathering.source,
            authority="Canada",
            programmes=(f"SEMA {regime}",),
            listed_on=element.value("DateOfListing") or None,
            reference=reference,
        )
    )


def _schema(element: Element) -> str:
    if element.value("LastName"):
        return "Person"
    return "Vessel" if element.value("ShipIMONumber") else "LegalEntity"


def _take_names(element: Element, draft: Draft) -> None:
    family, given = element.value("LastName"), element.value("GivenName")
    draft.put("name", f"{given} {family}".strip() or element.value("EntityOrShip") or element.value("Entity"))
    draft.name_parts(firstName=given, lastName=family)
    aliases = re.split(r"[,;]\s+(?![^()]*\))", element.value("Aliases"))
    draft.put("alias", *(alias.strip() for alias in aliases))


def _take_facts(element: Element, draft: Draft) -> None:
    person = draft.schema == "Person"
    date = element.value("DateOfBirth") or element.value("DateOfBirthOrShipBuildDate")
    if date and _DATE.fullmatch(date):
        draft.put("birthDate" if person else "buildDate", date)
    elif date:
        draft.note(date, "date that is not a date")
    draft.put("position" if person else "type", element.value("Title") or element.value("TitleOrShip"))
    draft.put("imoNumber", element.value("ShipIMONumber"))
    for child in element.children:
        if child.name not in _KNOWN:
            draft.at(child).note(child.text, f"element: {child.name}")
