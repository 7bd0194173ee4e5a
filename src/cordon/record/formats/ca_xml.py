"""Canada's consolidated autonomous sanctions list as XML (``sema-lmes.xml``: SEMA and JVCFOA).

One ``record`` per item of a schedule; ``DateOfListing`` is the listing date (older files have none). The country names
the regulation, not the subject's nationality, so it becomes the programme.
"""

from __future__ import annotations

import re
from collections import Counter

from cordon.model import Entity, Listing
from cordon.record.formats.reading import Parsed
from cordon.record.formats.xml import Element, records

SOURCE = "ca-sema"
_KNOWN = frozenset(
    "Country LastName GivenName Entity EntityOrShip Aliases Schedule Item DateOfBirth DateOfBirthOrShipBuildDate Title "
    "TitleOrShip ShipIMONumber DateOfListing".split()
)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def parse(raw: bytes, *, origin: str = "sema-lmes.xml") -> Parsed:
    """Read the consolidated list.

    Args:
        raw: the file.
        origin: what to call it in an error.

    Raises:
        InputError: it is not this list, not well formed, or hostile.

    """
    ignored: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    entities = tuple(
        _entity(element, seen, ignored)
        for element in records(raw, frozenset(("record",)), origin=origin, root="data-set")
    )
    return Parsed(entities, (), dict(ignored))


def _entity(element: Element, seen: Counter[str], ignored: Counter[str]) -> Entity:
    regime = element.value("Country").partition(" / ")[0]
    schedule, item = element.value("Schedule"), element.value("Item")
    reference = f"{regime}, Schedule {schedule}, item {item}" if schedule else f"{regime}, item {item}"
    seen[reference] += 1
    again = f":{seen[reference]}" if seen[reference] > 1 else ""
    schema, name = _named(element)
    properties = _properties(element, schema, name, ignored)
    listing = Listing(
        source=SOURCE,
        authority="Canada",
        programmes=(f"SEMA {regime}",),
        listed_on=element.value("DateOfListing") or None,
        reference=reference,
    )
    slug = re.sub(r"[^A-Za-z0-9]+", "-", reference).strip("-")
    return Entity(
        id=f"{SOURCE}:{slug}{again}",
        schema=schema,
        caption=name,
        properties=properties,
        datasets=(SOURCE,),
        listings=(listing,),
    )


def _named(element: Element) -> tuple[str, str]:
    family = element.value("LastName")
    if family:
        return "Person", f"{element.value('GivenName')} {family}".strip()
    name = element.value("EntityOrShip") or element.value("Entity")
    return ("Vessel" if element.value("ShipIMONumber") else "LegalEntity"), name


def _properties(element: Element, schema: str, name: str, ignored: Counter[str]) -> dict[str, tuple[str, ...]]:
    given: dict[str, list[str]] = {"name": [name]}
    aliases = re.split(r"[,;]\s+(?![^()]*\))", element.value("Aliases"))
    given["alias"] = [alias.strip() for alias in aliases if alias.strip()]
    date = element.value("DateOfBirth") or element.value("DateOfBirthOrShipBuildDate")
    if date:
        field = "birthDate" if schema == "Person" else "buildDate"
        known = _DATE.fullmatch(date)
        given.setdefault(field if known else "notes", []).append(date)
        if not known:
            ignored["date that is not a date"] += 1
    given["position" if schema == "Person" else "type"] = [element.value("Title") or element.value("TitleOrShip")]
    given["imoNumber"] = [element.value("ShipIMONumber")]
    for child in element.children:
        if child.name not in _KNOWN:
            ignored[f"element: {child.name}"] += 1
            given.setdefault("notes", []).append(child.text)
    return {
        key: tuple(dict.fromkeys(value for value in values if value)) for key, values in given.items() if any(values)
    }
