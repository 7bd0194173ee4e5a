"""Switzerland's sanctions list (SECO, the whole list as XML, root ``swiss-sanctions-list``).

A name is put together from its parts; a part's spelling variants give a further name for each language and script. The
places that addresses and births point at stand at the end of the file. Targets taken off the list stay in it, and each
``modification`` repeats what was added and removed: that history is counted, not read, and its days are the listing's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

from msgspec.structs import replace

from cordon.model import Listing
from cordon.record.formats.dates import any_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, only_file, organisation_schema
from cordon.record.formats.xml import Element, records, root_name

SOURCE = "ch-seco"
AUTHORITY = "Switzerland"
ROOT = "swiss-sanctions-list"
MAX_SPELLINGS = 32
"""Names made of the variants of one language and script; more are counted."""
_NAMES = {"primary-name": "name", "alias": "alias", "formerly-known-as": "previousName"}
_PARTS = {
    "given-name": "firstName",
    "further-given-name": "secondName",
    "father-name": "fatherName",
    "grand-father-name": "fatherName",
    "family-name": "lastName",
    "maiden-name": "lastName",
    "tribal-name": "lastName",
    "title": "title",
    **dict.fromkeys(("suffix", "whole-name", "other"), ""),
}
"""Property of each part of a name; an empty one where it has none of its own."""
_BEHIND = {"family-name": 1, "maiden-name": 2, "tribal-name": 3, "suffix": 4}
"""Parts that stand behind the given names, whatever their order."""
_LATIN = frozenset(("", "LATN"))
_LANGUAGES = dict(
    pair.split(":")
    for pair in "ara:ar bel:be chi:zh eng:en fre:fr ger:de ita:it kor:ko per:fa rus:ru spa:es tur:tr ukr:uk".split()
)
"""Two-letter code of the languages by their three-letter code; any other stays as it is."""
_LABELS = {
    **dict.fromkeys(("imo number", "imo"), "imoNumber"),
    **dict.fromkeys(("e-mail", "e-mail address", "email"), "email"),
    **dict.fromkeys(("tel.", "telephone", "telephone number"), "phone"),
    **dict.fromkeys(("taxpayer identification number", "tax registration number"), "taxNumber"),
    **dict.fromkeys(("registration number", "state registration number"), "registrationNumber"),
    "website": "website",
    "date of registration": "incorporationDate",
    "type of entity": "legalForm",
}
"""Property of the labels other information may begin with; any other is a note."""
_DATE = re.compile(rb'<swiss-sanctions-list[^>]*\bdate="(\d{4}-\d{2}-\d{2})')
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_PLACE = ("location", "area", "country")
_STREET = ("c-o", "address-details", "p-o-box", "zip-code")
_BODIES = frozenset(("individual", "entity", "object"))
_OBJECTS = {"vessel": "Vessel", "aircraft": "Airplane"}
_BORN = {"Person": "birthDate", "Vessel": "buildDate", "Airplane": "buildDate"}


class _List:
    """The list while it is read: what targets point at, and what waits for it."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.sets: dict[str, tuple[str, str]] = {}
        self.places: dict[str, tuple[str, str]] = {}
        self.waiting: list[tuple[Draft, str, str, str, Place]] = []
        self.relations: list[tuple[str, str, str]] = []
        self.drafts: list[tuple[Draft, list[str]]] = []


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(root_name(raw) == ROOT for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the whole list.

    Args:
        files: the one file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, not well formed, or hostile.

    """
    name, raw = only_file(files)
    reading = _List(Gathering(source, name))
    if found := _DATE.search(raw[:2048]):
        reading.gathering.published = found[1].decode()
    for element in records(raw, frozenset(("sanctions-program", "place", "target")), origin=name, root=ROOT):
        if element.name == "target":
            _take_target(reading, element)
        elif element.name == "place":
            text = ", ".join(part for key in _PLACE if (part := element.value(key)))
            reading.places[element.attributes.get("ssid", "")] = text, _country(element)
        else:
            _take_programme(reading, element)
    _resolve(reading)
    return reading.gathering.parsed()


def _take_programme(reading: _List, element: Element) -> None:
    name = _english(element, "program-name") or _english(element, "program-key")
    for given in element.all("sanctions-set"):
        key = given.attributes.get("ssid", "")
        if key not in reading.sets or given.attributes.get("lang") == "eng":
            reading.sets[key] = name, given.text


def _english(element: Element, name: str) -> str:
    """Return the English text of an element that stands once for each language, else the first."""
    given = element.all(name)
    return next((child.text for child in given if child.attributes.get("lang") == "eng"), element.value(name))


def _country(element: Element) -> str:
    found = element.find("country")
    return (found.attributes.get("iso-code") or found.text) if found is not None else ""


def _take_target(reading: _List, element: Element) -> None:
    gathering, key = reading.gathering, element.attributes.get("ssid", "")
    body = next((child for child in element.children if child.name in _BODIES), None)
    draft = gathering.draft(key, _schema(body, gathering), element.place(gathering.origin))
    sets = [element.attributes.get("sanctions-set-id", ""), *element.values("sanctions-set-id")]
    reading.drafts.append((draft, [name for name in sets if name]))
    for child in element.children:
        draft.at(child)
        if child.name == "foreign-identifier":
            draft.note(f"foreign identifier: {child.text}")
        elif child.name == "generic-attribute":
            name = child.attributes.get("name", "")
            draft.note(f"{name}: {child.text}", f"attribute: {name}")
        elif child.name not in ("sanctions-set-id", "modification", *_BODIES):
            draft.note(child.text, f"element: {child.name}")
    if body is not None:
        _take_body(reading, draft.at(body), body, key)
    reasons = body.values("justification") if body is not None else []
    plain = Listing(source=gathering.source, authority=AUTHORITY, reference=key, reason=" ".join(reasons))
    draft.listings += _listings(plain, element.all("modification"), gathering)


def _schema(body: Element | None, gathering: Gathering) -> str:
    if body is None:
        gathering.unread["target without a body"] += 1
        return "LegalEntity"
    if body.name == "individual":
        return "Person"
    kind = body.attributes.get("object-type", "")
    if body.name == "object":
        if kind not in _OBJECTS:
            gathering.unread[f"object: {kind}"] += 1
        return _OBJECTS.get(kind, "LegalEntity")
    first = body.find("identity", "name")
    return organisation_schema(" ".join(value for _, value, _ in _parts(first)) if first is not None else "")


def _take_body(reading: _List, draft: Draft, body: Element, key: str) -> None:
    draft.put("gender", body.attributes.get("sex", "").lower())
    for child in body.children:
        draft.at(child)
        if child.name == "identity":
            _take_identity(reading, draft, child)
        elif child.name == "other-information":
            _take_information(draft, child.text)
        elif child.name == "relation":
            kind = child.attributes.get("relation-type", "").replace("-", " ")
            reading.relations.append((key, child.attributes.get("target-id", ""), kind))
            draft.put("notes", child.value("remark"))
        elif child.name != "justification":
            draft.note(child.text, f"element: {child.name}")


def _take_identity(reading: _List, draft: Draft, identity: Element) -> None:
    for child in identity.children:
        draft.at(child)
        if child.name == "name":
            _take_name(draft, child)
        elif child.name == "day-month-year":
            _take_day(draft, child)
        elif child.name == "nationality":
            draft.country("nationality", _country(child))
        elif child.name == "identification-document":
            _take_document(draft, child)
        elif child.name in ("place-of-birth", "address"):
            street = ", ".join(part for name in _STREET if (part := child.value(name)))
            field = "address" if child.name == "address" else "birthPlace"
            place, where = child.attributes.get("place-id", ""), child.place(reading.gathering.origin)
            reading.waiting.append((draft, field, street, place, where))
            draft.put("notes", child.value("remark") or child.value("remarks"))
        else:
            draft.note(child.text, f"element: {child.name}")


def _parts(name: Element) -> list[tuple[Element, str, str]]:
    """Return the parts a name is made of as (element, value, type), given names first, without its title."""
    found = [
        (part, part.value("value") or part.text, part.attributes.get("name-part-type", "")) for part in name.children
    ]
    return sorted((given for given in found if given[0].name == "name-part" and given[2] != "title"), key=_rank)


def _rank(given: tuple[Element, str, str]) -> tuple[int, int]:
    order = given[0].attributes.get("order", "")
    return _BEHIND.get(given[2], 0), int(order) if order.isdecimal() else 0


def _take_name(draft: Draft, name: Element) -> None:
    kind, low = name.attributes.get("name-type", ""), name.attributes.get("quality") == "low"
    field = "weakAlias" if low else _NAMES.get(kind, "alias")
    parts = _parts(name)
    whole = " ".join(value for _, value, _ in parts if value)
    draft.put(field, whole)
    if kind not in _NAMES:
        draft.note(f"{kind}: {whole}", f"name type: {kind}")
    _take_language(draft, whole, name.attributes.get("lang", ""))
    for part in name.all("name-part"):
        kind = part.attributes.get("name-part-type", "")
        if kind not in _PARTS:
            draft.note(f"{kind}: {part.value('value')}", f"name part: {kind}")
        elif _PARTS[kind] and (kind == "title" or draft.schema == "Person"):
            draft.put(_PARTS[kind], part.value("value"))
    cultures = dict.fromkeys(_culture(given) for part, _, _ in parts for given in part.all("spelling-variant"))
    for culture in cultures:
        _take_spellings(draft, field, parts, culture)


def _culture(variant: Element) -> tuple[str, str]:
    return variant.attributes.get("lang", ""), variant.attributes.get("script", "").upper()


def _take_spellings(draft: Draft, field: str, parts: list[tuple[Element, str, str]], culture: tuple[str, str]) -> None:
    """Take a name as one language and script spells it; parts it does not spell stay, in Latin script, as they are."""
    language, script = culture
    given = [
        [v.text for v in part.all("spelling-variant") if v.text and _culture(v) == culture] for part, _, _ in parts
    ]
    if script in _LATIN:
        given = [texts or [value] for texts, (_, value, _) in zip(given, parts, strict=True)]
        field = "alias" if field == "name" else field
    elif not all(given):
        field, given = "weakAlias", [texts for texts in given if texts]
    for number, words in enumerate(product(*given)):
        name = " ".join(filter(None, words))
        if number >= MAX_SPELLINGS:
            draft.note(name, "spellings of a name beyond the first")
            break
        draft.put(field, name)
        _take_language(draft, name, language)


def _take_language(draft: Draft, name: str, language: str) -> None:
    if name and language:
        draft.put("nameLanguage", f"{name} ({_LANGUAGES.get(language, language)})")


def _take_day(draft: Draft, given: Element) -> None:
    year, month, day = (given.attributes.get(part, "") for part in ("year", "month", "day"))
    parts = [year, *([f"{month:>02}"] if month else []), *([f"{day:>02}"] if month and day else [])]
    calendar = given.attributes.get("calendar", "Gregorian")
    if calendar.lower() not in ("gregorian", ""):
        draft.note(f"date of birth: {'-'.join(parts)} ({calendar})", f"calendar: {calendar}")
    else:
        draft.date(_BORN.get(draft.schema, "incorporationDate"), "-".join(parts))


def _take_document(draft: Draft, document: Element) -> None:
    kind, number = document.attributes.get("document-type", ""), document.value("number")
    draft.put("passportNumber" if "passport" in kind else "idNumber", number)
    details = [f"{child.name} {child.text}" for child in document.children if child.name != "number" and child.text]
    draft.put("notes", f"{kind} {number}: {', '.join(details)}" if details else "")


def _take_information(draft: Draft, text: str) -> None:
    label, colon, value = text.partition(":")
    field = _LABELS.get(label.strip().lower(), "")
    value = value.strip().removesuffix(".")
    if not colon or not field or not value:
        draft.put("notes", text)
    elif field == "incorporationDate":
        found = _DOTTED.fullmatch(value)
        draft.date(field, f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else value)
    else:
        draft.put(field, value)


def _listings(plain: Listing, changes: list[Element], gathering: Gathering) -> list[Listing]:
    """Return the times a target was listed, from the days of its modifications."""
    found: list[Listing] = []
    begun, active, amended = "", False, list[str]()
    for day, kind in _events(changes, gathering):
        if kind == "de-listed":
            found.append(replace(plain, listed_on=begun or None, amended_on=tuple(amended), delisted_on=day))
            begun, active, amended = "", False, []
        elif kind == "listed" and not active:
            begun, active = day, True
        elif day != begun and day not in amended:
            amended.append(day)
    if active or not found:
        found.append(replace(plain, listed_on=begun or None, amended_on=tuple(amended)))
    elif amended:
        gathering.unread["amendment after the delisting"] += len(amended)
    return found


def _events(changes: list[Element], gathering: Gathering) -> list[tuple[str, str]]:
    """Return the dated changes of a target, oldest first; the file has the newest first."""
    found = []
    for change in reversed(changes):
        kind = change.attributes.get("modification-type", "")
        days = (
            any_date(change.attributes.get(f"{name}-date", "")) for name in ("effective", "enactment", "publication")
        )
        day = next(filter(None, days), "")
        gathering.unread.update(f"history: {child.name}" for child in change.children)
        if kind not in ("listed", "amended", "de-listed"):
            gathering.unread[f"modification: {kind}"] += 1
        elif not day:
            gathering.unread[f"modification without a date: {kind}"] += 1
            day = gathering.published or "" if kind == "de-listed" else ""
        if kind == "listed" or (day and kind in ("amended", "de-listed")):
            found.append((day, kind))
    return sorted(found, key=lambda event: event[0])


def _resolve(reading: _List) -> None:
    """Give addresses and births their places, listings their programmes, and relations their ends."""
    gathering = reading.gathering
    for draft, field, street, place, where in reading.waiting:
        text, country = reading.places.get(place, ("", ""))
        if place and place not in reading.places:
            gathering.unread["place that is not in the list"] += 1
        draft.at(where).put(field, ", ".join(part for part in (street, text) if part))
        if field == "address":
            draft.country("country", country)
    for draft, keys in reading.drafts:
        named = [reading.sets[key] for key in keys if key in reading.sets]
        if len(named) < len(keys):
            gathering.unread["set of sanctions that is not in the list"] += len(keys) - len(named)
        programmes = tuple(dict.fromkeys(name for name, _ in named if name))
        measures = tuple(dict.fromkeys(text for _, text in named if text))
        draft.listings = [replace(given, programmes=programmes, measures=measures) for given in draft.listings]
    for start, end, kind in reading.relations:
        if gathering.get(end) is None:
            gathering.unread["relation to a target that is not in the list"] += 1
        else:
            gathering.link("UnknownLink", start, end, kind)
