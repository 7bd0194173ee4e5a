"""OFAC's lists as enhanced XML: ``SDN_ENHANCED.XML``, ``CONS_ENHANCED.XML``, exports by programme, and delta files.

One element holds everything about a subject, with every code in words. An entity stands on one or more sanctions
lists, each with the day it was published there; programmes, legal authorities and sanctions types are of the entity as
a whole, so every listing names them, the list's name last. Marks of OFAC's own bookkeeping (``refId``, ``versionId``,
``isPrimary`` of a feature, the quality of a relation, a reliability other than "False") are passed over. A relation
may lead to a subject that another file holds.

A delta (root of the same name, other namespace) carries whole subjects that were added or removed. Of a subject that
changed it carries only the changed parts, which cannot stand for the subject: those are counted, not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cordon.errors import InputError
from cordon.model import Listing
from cordon.record.formats.dates import any_date
from cordon.record.formats.ofac_csv import AUTHORITY
from cordon.record.formats.ofac_features import (
    count_outside,
    join_name,
    keep_strange,
    party_schema,
    period,
    put_address,
    put_name,
    put_name_part,
    relate,
    take_document,
    take_feature,
    without_marks,
)
from cordon.record.formats.reading import Draft, Gathering, Parsed, only_file
from cordon.record.formats.xml import Element, records, root_name

_ROOT = "sanctionsData"
_WANTED = frozenset(("publicationInfo", "entity"))
_HEAD = 4096
_PERIOD = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
_KNOWN = frozenset(
    (
        "generalInfo identityId entityType title remarks sanctionsLists sanctionsList sanctionsPrograms "
        "sanctionsProgram sanctionsTypes sanctionsType legalAuthorities legalAuthority names name isPrimary "
        "isLowQuality aliasType translations translation script formattedFirstName formattedLastName "
        "formattedFullName nameParts namePart type value addresses address country addressParts addressPart "
        "features feature versionId valueRefId valueDate fromDateBegin fromDateEnd toDateBegin toDateEnd "
        "isApproximate isDateRange reliability comments relationships relationship relatedEntity quality "
        "identityDocuments identityDocument documentNumber isValid issuingCountry issuingAuthority issuingLocation "
        "issueDate expirationDate idFeatures idFeature"
    ).split()
)
_REMOVED = frozenset(("remove", "delete"))
_CHANGED = frozenset(("", "modify", "change", "update"))


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are a full list or an export of this format, not a delta."""
    return len(files) == 1 and not is_delta(files) and all(root_name(raw) == _ROOT for raw in files.values())


def is_delta(files: Mapping[str, bytes]) -> bool:
    """Whether the files are one of OFAC's delta files."""
    return len(files) == 1 and all(
        root_name(raw) == _ROOT and (b"/DeltaFile/" in raw[:_HEAD] or b"<publicationType" in raw[:_HEAD])
        for raw in files.values()
    )


def parse(files: Mapping[str, bytes], *, source: str = "us-ofac-sdn") -> Parsed:
    """Read a full list or an export.

    Args:
        files: the one file, by name.
        source: code of the list.

    Raises:
        InputError: it is a delta, not this format, not well formed, or hostile.

    """
    name, raw = only_file(files)
    if is_delta(files):
        raise InputError(
            f"{name}, line 1: is a delta of OFAC's, not a list",
            hint="get the full list, or apply the delta to the list it changes",
            code="delta-not-list",
        )
    gathering = Gathering(source, name)
    for element in _entities(raw, gathering):
        _take(element, gathering)
    count_outside(gathering)
    return gathering.parsed()


def parse_delta(raw: bytes, name: str, *, source: str = "us-ofac-sdn") -> tuple[Parsed, frozenset[str]]:
    """Read a delta file; return what was added or given anew in whole, and the ids of what was removed.

    Args:
        raw: the file.
        name: its name.
        source: code of the list.

    Raises:
        InputError: it is not a delta, not well formed, or hostile, or does something that is not known.

    """
    gathering = Gathering(source, name)
    removed: set[str] = set()
    for element in _entities(raw, gathering):
        change = _change(element, name)
        if change == "remove":
            removed.add(_key(element, gathering))
        elif change == "part":
            gathering.unread["entity changed only in parts, get the full list"] += 1
        else:
            _take(element, gathering)
    count_outside(gathering)
    return gathering.parsed(), frozenset(removed)


def changed_in_part(raw: bytes, name: str, *, source: str = "us-ofac-sdn") -> frozenset[str]:
    """Return the ids of the subjects of which a delta carries only the changed parts.

    Args:
        raw: the file.
        name: its name.
        source: code of the list.

    Raises:
        InputError: as `parse_delta`.

    """
    gathering = Gathering(source, name)
    changed = (entity for entity in _entities(raw, gathering) if _change(entity, name) == "part")
    return frozenset(_key(entity, gathering) for entity in changed)


def _entities(raw: bytes, gathering: Gathering) -> Iterator[Element]:
    for element in records(raw, _WANTED, origin=gathering.origin, root=_ROOT):
        if element.name == "entity":
            yield without_marks(element)
        else:
            gathering.published = any_date(element.value("dataAsOf") or element.value("datePublished"))


def _key(entity: Element, gathering: Gathering) -> str:
    reference = entity.attributes.get("id", "")
    if not reference:
        raise InputError(
            f"{gathering.origin}, line {entity.line}: an entry without an id",
            hint="get the file from its publisher again",
            code="missing-id",
        )
    return f"{gathering.source}:{reference}"


def _change(entity: Element, name: str) -> str:
    """Return what a delta does with an entity: remove, add (whole), or part.

    Raises:
        InputError: an action that is not known.

    """
    action = entity.attributes.get("action", "").strip().lower()
    if action in _REMOVED:
        return "remove"
    if action in _CHANGED:
        whole = entity.value("generalInfo", "entityType") and entity.find("names", "name") and not _acted(entity)
        return "add" if whole else "part"
    if action == "add":
        return "add"
    raise InputError(
        f"{name}, line {entity.line}: the action {action} is not known",
        hint="get the full list instead of the delta",
        code="bad-delta",
    )


def _acted(element: Element) -> bool:
    return any("action" in child.attributes or _acted(child) for child in element.children)


def _take(entity: Element, gathering: Gathering) -> None:
    reference = entity.attributes.get("id", "")
    names = [(name, part) for name in entity.each("names", "name") for part in name.each("translations", "translation")]
    names.sort(key=lambda pair: (pair[0].value("isPrimary") != "true", pair[1].value("isPrimary") != "true"))
    caption = _whole(names[0][1]) if names else ""
    schema = party_schema(entity.value("generalInfo", "entityType"), caption, gathering)
    draft = gathering.draft(reference, schema, entity.place(gathering.origin))
    for name, part in names:
        _take_name(name, part, draft)
    for title in entity.each("generalInfo", "title"):
        draft.at(title).put("position", title.text)
    for remarks in entity.each("generalInfo", "remarks"):
        draft.at(remarks).put("notes", remarks.text)
    for address in entity.each("addresses", "address"):
        _take_address(address, draft)
    for feature in entity.each("features", "feature"):
        _take_feature(feature, draft)
    for document in entity.each("identityDocuments", "identityDocument"):
        _take_document(document, draft)
    for relation in entity.each("relationships", "relationship"):
        related = relation.find("relatedEntity")
        relate(gathering, reference, related.attributes.get("entityId", "") if related else "", relation.value("type"))
    keep_strange(entity, _KNOWN, draft)
    draft.listings += _listings(entity, gathering.source)


def _whole(part: Element) -> str:
    """Return a name in the order it is said in."""
    names = (part.value("formattedFirstName"), part.value("formattedLastName"))
    return " ".join(filter(None, names)) or part.value("formattedFullName") or join_name(_parts(part, "nameParts"))


def _parts(element: Element, name: str) -> list[tuple[str, str]]:
    return [(part.value("type"), part.value("value")) for each in element.all(name) for part in each.children]


def _take_name(name: Element, part: Element, draft: Draft) -> None:
    primary = name.value("isPrimary") == "true"
    draft.at(part)
    put_name(draft, _whole(part), name.value("aliasType"), primary=primary, weak=name.value("isLowQuality") == "true")
    if primary:
        for each in part.each("nameParts", "namePart"):
            put_name_part(draft.at(each), each.value("type"), each.value("value"))


def _take_address(address: Element, draft: Draft) -> None:
    country = address.value("country")
    written = address.each("translations", "translation")
    for translation in written:
        put_address(draft.at(translation), _parts(translation, "addressParts"), country)
    if not written:
        put_address(draft.at(address), (), country)


def _take_feature(feature: Element, draft: Draft) -> None:
    kind, value = feature.value("type"), feature.value("value")
    take_feature(draft.at(feature), kind, value, _dates(feature.find("valueDate")))
    for comment in feature.values("comments"):
        draft.note(f"{kind} {value}: {comment}")
    if feature.value("reliability") == "False":
        draft.note(f"{kind} {value}: reliability False")


def _dates(found: Element | None) -> tuple[str, ...]:
    if found is None:
        return ()
    start, start_to, end, end_to = (any_date(found.value(key)) or "" for key in _PERIOD)
    return period(start, start_to, end, end_to)


def _take_document(document: Element, draft: Draft) -> None:
    authority = document.value("issuingAuthority")
    told = [f"issued by {text}" for key in ("issuingCountry", "issuingAuthority") if (text := document.value(key))]
    told += [f"issued in {text}" for text in document.values("issuingLocation")]
    told += [f"issued {' to '.join(days)}" for days in [_dates(document.find("issueDate"))] if days]
    told += [f"expires {' to '.join(days)}" for days in [_dates(document.find("expirationDate"))] if days]
    told += ["not valid"] if document.value("isValid") == "false" else []
    told += document.values("idFeatures", "idFeature") + document.values("comments")
    take_document(draft.at(document), document.value("type"), document.value("documentNumber"), authority, told)


def _listings(entity: Element, source: str) -> Iterator[Listing]:
    programmes = entity.values("sanctionsPrograms", "sanctionsProgram")
    programmes += entity.values("legalAuthorities", "legalAuthority")
    lists: list[Element | None] = [*entity.each("sanctionsLists", "sanctionsList")]
    for sanctions in lists or [None]:
        named = [sanctions.text] if sanctions and sanctions.text else []
        yield Listing(
            source=source,
            authority=AUTHORITY,
            programmes=tuple(dict.fromkeys(programmes + named)),
            measures=tuple(dict.fromkeys(entity.values("sanctionsTypes", "sanctionsType"))),
            listed_on=any_date(sanctions.attributes.get("datePublished", "")) if sanctions else None,
            reference=entity.attributes.get("id", ""),
        )
