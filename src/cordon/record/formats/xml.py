"""XML record by record, on expat, safe against what a hostile file can do.

A document type is refused: with it go entity bombs and external entities. Depth and text length are bounded, and text
is all the text of an element, whatever comments or CDATA stand in it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from xml.parsers import expat

from cordon.errors import InputError
from cordon.record.formats.reading import Place

MAX_DEPTH = 64
"""Nesting of the deepest official list is 12 (OFAC advanced XML)."""
MAX_TEXT = 4_000_000
"""Characters of text inside one record; the longest statement of reasons has under 20,000."""
MAX_ELEMENTS = 1_000_000
"""Elements inside one record; OFAC's largest subject has a few thousand."""
_CHUNK = 1 << 20
_HEAD = 8192


class Element:
    """An element: children, attributes (without namespaces), text, line and byte offsets."""

    __slots__ = ("attributes", "characters", "children", "end", "line", "name", "start")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.children: Sequence[Element] = ()
        self.characters = ""
        self.line = line
        self.start = 0
        self.end = 0

    def add(self, child: Element) -> None:
        """Add a child; most elements have none, and need no list."""
        if isinstance(self.children, list):
            self.children.append(child)
        else:
            self.children = [child]

    def place(self, file: str) -> Place:
        """Return where it stands in a file, with the publisher's id where it has one."""
        given = self.attributes
        return Place(file, self.line, 0, self.start, self.end, given.get("id") or given.get("ID") or "")

    @property
    def text(self) -> str:
        """Own text with single spaces."""
        return " ".join(self.characters.split()) if self.characters else ""

    def all(self, name: str) -> list[Element]:
        """Return the children of a name."""
        return [child for child in self.children if child.name == name]

    def value(self, *names: str) -> str:
        """Return the text of the first descendant along a path of names, or an empty string."""
        here = self
        for name in names:
            for child in here.children:
                if child.name == name:
                    here = child
                    break
            else:
                return ""
        return here.text

    def each(self, *names: str) -> list[Element]:
        """Return all descendants along a path of names."""
        found = [self]
        for name in names:
            found = [child for element in found for child in element.children if child.name == name]
        return found

    def find(self, *names: str) -> Element | None:
        """Return the first descendant along a path of names, or None."""
        return next(iter(self.each(*names)), None)

    def values(self, *names: str) -> list[str]:
        """Return the texts of all descendants along a path of names."""
        return [text for element in self.each(*names) if (text := element.text)]


class _Reader:
    def __init__(self, raw: bytes, wanted: frozenset[str], origin: str) -> None:
        self.raw = raw
        self.wanted = wanted
        self.origin = origin
        self.stack: list[Element] = []
        self.depth = 0
        self.length = 0
        self.count = 0
        self.done: list[Element] = []
        self.root: Element | None = None
        self.names: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def refuse(self, why: str) -> InputError:
        return InputError(
            f"{self.origin}, line {self.parser.CurrentLineNumber}: {why}",
            hint="get the file from its publisher again",
            code="bad-xml",
        )

    def doctype(self, *_: object) -> None:
        raise self.refuse("has a document type, which no list has")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refuse(f"is nested more than {MAX_DEPTH} deep")
        bare = self.names.get(name)
        if bare is None:
            bare = self.names[name] = name.rpartition(" ")[2]
        if self.root is None:
            self.root = Element(bare, _bare(attributes), self.parser.CurrentLineNumber)
        if self.stack:
            self.count += 1
            if self.count > MAX_ELEMENTS:
                raise self.refuse("has a record with more elements than any list has")
            element = Element(bare, _bare(attributes), self.parser.CurrentLineNumber)
            element.start = self.parser.CurrentByteIndex
            self.stack[-1].add(element)
            self.stack.append(element)
        elif bare in self.wanted:
            self.length = self.count = 0
            element = Element(bare, _bare(attributes), self.parser.CurrentLineNumber)
            element.start = self.parser.CurrentByteIndex
            self.stack.append(element)

    def end(self, _name: str) -> None:
        self.depth -= 1
        if self.stack:
            element = self.stack.pop()
            element.end = self.raw.find(b">", self.parser.CurrentByteIndex) + 1
            if not self.stack:
                self.done.append(element)

    def characters(self, text: str) -> None:
        if self.stack:
            self.length += len(text)
            if self.length > MAX_TEXT:
                raise self.refuse("has a record with more text than any list has")
            self.stack[-1].characters += text


def _bare(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes by their names without namespaces."""
    for name in attributes:
        if " " in name:
            return {key.rpartition(" ")[2]: value for key, value in attributes.items()}
    return attributes


def root_of(raw: bytes) -> Element | None:
    """Return the root element with its attributes and nothing in it, or None where there is none near the beginning."""
    reader = _Reader(raw, frozenset(), "")
    with contextlib.suppress(expat.ExpatError, InputError):
        reader.parser.Parse(raw[:_HEAD], False)
    return reader.root


def root_name(raw: bytes) -> str:
    """Return the name of the root element, or an empty string where there is none near the beginning."""
    root = root_of(raw)
    return root.name if root is not None else ""


def records(raw: bytes, names: frozenset[str], *, origin: str, root: str) -> Iterator[Element]:
    """Yield the elements of some names, each whole, as the file is read.

    Args:
        raw: the file.
        names: elements that are records.
        origin: what to call the file in an error.
        root: the name the root element must have.

    Raises:
        InputError: not well formed, hostile, or not that kind of list.

    """
    reader = _Reader(raw, names, origin)
    for start in range(0, len(raw) or 1, _CHUNK):
        try:
            reader.parser.Parse(raw[start : start + _CHUNK], start + _CHUNK >= len(raw))
        except expat.ExpatError as error:
            raise reader.refuse(expat.errors.messages[error.code]) from error
        if reader.root is not None and reader.root.name != root:
            raise reader.refuse(f"begins with <{reader.root.name}>, not with <{root}>")
        yield from reader.done
        reader.done.clear()
