"""What a parser returns, and how it gathers it: drafts of entities whose values know their place in the file.

A parser opens a `Draft` for each subject and puts values as it meets them. What it does not understand is kept as a
note on the subject and counted in `Parsed.ignored`; nothing is dropped.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from cordon.errors import InputError
from cordon.model import NAME_PROPERTIES, Entity, Link, Listing
from cordon.names.places import country_code, country_of_place
from cordon.record.formats.dates import any_date

_COMPANY = re.compile(
    r"\b(?:LLC|L\.L\.C|LTD|LIMITED|INC|CO|COMPANY|CORP|CORPORATION|GMBH|S\.A|FZE|FZCO|DMCC|JSC|PJSC|OOO|OAO|ZAO|PLC)\b"
)

SPLIT_NAME = "name joined from what the list prints apart: "
"""How a note begins that tells of a name a parser has put together again."""


class Place(NamedTuple):
    """Where something stands in a list's files as published.

    Attributes:
        file: name of the file.
        line: its first line, from 1; for a spreadsheet the row.
        last: its last line, where it has several; else 0.
        start: offset of its first byte in the unpacked file, for XML; else 0.
        end: offset after its last byte; 0 where the lines say it all.
        element: the publisher's own id of the element, where it has one.

    """

    file: str
    line: int
    last: int = 0
    start: int = 0
    end: int = 0
    element: str = ""

    def __str__(self) -> str:
        element = f", element {self.element}" if self.element else ""
        return f"{self.file}, line {self.line}{element}"


class Origin(NamedTuple):
    """Where an entity comes from: its entries in the files, and the place of each value by (property, value)."""

    entries: tuple[Place, ...]
    values: Mapping[tuple[str, str], Place]


class Parsed(NamedTuple):
    """What the files of one list held.

    Attributes:
        entities: subjects with their listings.
        links: relations between them.
        ignored: what was not turned into an entity, listing or link, with how often.
        origins: by entity id, where it stands in the files.
        published: the list's own ISO day, where the files carry one.

    """

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    ignored: Mapping[str, int]
    origins: Mapping[str, Origin] = MappingProxyType({})
    published: str | None = None


class Standing(Protocol):
    """Anything that can say where it stands in a file, such as an XML element."""

    def place(self, file: str) -> Place:
        """Return its place."""
        ...


class Draft:
    """A subject while it is read.

    Args:
        key: id of the entity, ``source:reference``.
        schema: FollowTheMoney schema.
        place: where its entry begins.
        unread: where what is not understood is counted; shared by the drafts of a list.

    """

    def __init__(self, key: str, schema: str, place: Place, unread: Counter[str]) -> None:
        self.id = key
        self.schema = schema
        self.entries = [place]
        self.properties: dict[str, list[str]] = {}
        self.listings: list[Listing] = []
        self._unread = unread
        self._values: dict[tuple[str, str], Place] = {}
        self._here = place

    def at(self, where: Standing | Place) -> Draft:
        """Say where the values stand that are put from now on."""
        self._here = where if isinstance(where, Place) else where.place(self.entries[0].file)
        return self

    def entry(self, place: Place) -> Draft:
        """Say that a further entry of this subject begins here, such as its line in a second table."""
        self.entries.append(place)
        return self.at(place)

    def put(self, field: str, *values: str | None) -> None:
        """Add values to a FollowTheMoney property, each once; empty ones are passed over."""
        for value in values:
            if value and (field, value) not in self._values:
                self._values[field, value] = self._here
                self.properties.setdefault(field, []).append(value)

    def note(self, text: str, unread: str = "") -> None:
        """Keep a text as a note; ``unread`` says what was not understood about it, and is counted."""
        self.put("notes", text)
        if unread:
            self._unread[unread] += 1

    def country(self, field: str, text: str) -> None:
        """Add a country by its name, adjective or code; one that is not known is kept as a note and counted."""
        if not text.strip():
            return
        code = country_code(text) or country_of_place(text)
        if code is None:
            self.note(f"{field}: {text}", f"country: {text}")
        self.put(field, code)

    def date(self, field: str, text: str) -> None:
        """Add a date in any form of `any_date`; one that is not understood is kept as a note and counted."""
        if not text.strip():
            return
        found = any_date(text)
        if found is None:
            self.note(f"{field}: {text}", f"date: {field}")
        self.put(field, found)

    def name_parts(self, **parts: str) -> None:
        """Add parts of a person's name (``firstName``, ``lastName``, ``middleName``, ``fatherName`` ...)."""
        for field, value in parts.items():
            self.put(field, value.strip())

    @property
    def caption(self) -> str:
        """The first name, strongest kind first; the id when there is none."""
        return next((self.properties[field][0] for field in NAME_PROPERTIES if self.properties.get(field)), self.id)

    def entity(self, source: str) -> Entity:
        """Return the finished entity."""
        return Entity(
            id=self.id,
            schema=self.schema,
            caption=self.caption,
            properties={field: tuple(values) for field, values in self.properties.items()},
            datasets=(source,),
            listings=tuple(self.listings),
        )

    def origin(self) -> Origin:
        """Return where the entity stands in the files."""
        return Origin(tuple(self.entries), self._values)


class Gathering:
    """What a parser has read so far of one list.

    Args:
        source: code of the list.
        origin: what to call its file in an error.

    """

    def __init__(self, source: str, origin: str) -> None:
        self.source = source
        self.origin = origin
        self.unread: Counter[str] = Counter()
        self.links: list[Link] = []
        self.published: str | None = None
        self.drafts: dict[str, Draft] = {}
        self._linked: dict[tuple[str, str], list[str]] = {}

    def draft(self, reference: str, schema: str, place: Place) -> Draft:
        """Open a draft for a subject.

        Args:
            reference: the publisher's own id, unique in the list.
            schema: FollowTheMoney schema.
            place: where its entry begins.

        Raises:
            InputError: the reference is empty, or stands twice in the list.

        """
        key = f"{self.source}:{reference}"
        if not reference or key in self.drafts:
            why = f"the id {reference} stands twice" if reference else "an entry without an id"
            raise InputError(
                f"{place.file}, line {place.line}: {why}",
                hint="get the file from its publisher again",
                code="duplicate-id" if reference else "missing-id",
            )
        self.drafts[key] = Draft(key, schema, place, self.unread)
        return self.drafts[key]

    def get(self, reference: str) -> Draft | None:
        """Return the open draft of a reference, or None."""
        return self.drafts.get(f"{self.source}:{reference}")

    def unused(self, *parts: str) -> str:
        """Return a reference for a subject of a list without ids: a digest of its parts, ``:2`` behind a second one."""
        plain, number = digest(*parts), 1
        while self.get(plain if number == 1 else f"{plain}:{number}") is not None:
            number += 1
        return plain if number == 1 else f"{plain}:{number}"

    def link(self, schema: str, source: str, target: str, role: str) -> None:
        """Add a link between two references of this list, once for each role."""
        start, end = f"{self.source}:{source}", f"{self.source}:{target}"
        roles = self._linked.setdefault((start, end), [])
        if role not in roles:
            roles.append(role)
            self.links.append(
                Link(id=f"{start}:{target}:{len(roles)}", schema=schema, source=start, target=end, role=role)
            )

    def parsed(self) -> Parsed:
        """Close all drafts and return what was read."""
        return Parsed(
            tuple(draft.entity(self.source) for draft in self.drafts.values()),
            tuple(self.links),
            dict(self.unread),
            {key: draft.origin() for key, draft in self.drafts.items()},
            self.published,
        )


def only_file(files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the name and bytes of a list that comes as one file.

    Raises:
        InputError: there is not exactly one.

    """
    if len(files) != 1:
        raise InputError(
            f"{', '.join(files)}: the list is one file, not {len(files)}",
            hint="add one day at a time",
            code="wrong-files",
        )
    ((name, raw),) = files.items()
    return name, raw


def decoded(raw: bytes, origin: str, *, legacy: bool = False) -> str:
    """Return a text file's text: UTF-8, or UTF-16 by its mark.

    Args:
        raw: the file.
        origin: what to call it in an error.
        legacy: whether the publisher is known to use Windows-1252, which a file with no UTF-8 in it then is.

    Raises:
        InputError: it is in another encoding; a guess would turn names into other letters.

    """
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        if not legacy or not raw.decode("utf-8", errors="ignore").isascii():
            line = raw.count(b"\n", 0, error.start) + 1
            raise InputError(
                f"{origin}, line {line}: is not UTF-8",
                hint="save it as UTF-8, or get it from its publisher again",
                code="wrong-encoding",
            ) from error
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise InputError(
            f"{origin}: is not a text file", hint="get the file from its publisher again", code="wrong-encoding"
        )
    return text


def digest(*parts: str) -> str:
    """Return an id for a subject of a list without ids: the same for the same parts in every version of the list."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def body_schema(name: str) -> str:
    """Return ``Company`` for a name with a company's legal form, else ``LegalEntity``: the kind is not told."""
    return "Company" if organisation_schema(name) == "Company" else "LegalEntity"


def organisation_schema(name: str) -> str:
    """Return ``Company`` for a name with a company's legal form, else ``Organization``."""
    return "Company" if _COMPANY.search(name.upper()) else "Organization"
