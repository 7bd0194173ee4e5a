"""Bytes to a document: encoding, HTML or plain text, and what its head says of title, publisher and date.

The text of the document is what all offsets refer to; it is never changed after this.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

import msgspec

from cordon.errors import InputError
from cordon.reports.dates import first_date, whole_date
from cordon.reports.webpage import looks_like_html, read_html

MAX_BYTES = 64 * 1024 * 1024
"""Largest file read; a report is a few kilobytes, a book a few megabytes."""
_HEAD_LINES = 14
_SENTENCE_WORDS = 22
_BYLINE = re.compile(r"^(?:by|author:?)\s+(?P<author>\S.*)$", re.IGNORECASE)
_PUBLISHER = re.compile(r"^(?:issued by|published by|publisher:?|source:?)\s+(?P<publisher>\S.*)$", re.IGNORECASE)
_FIELD = re.compile(
    r"^(?P<name>title|date|published|pubdate|publisher|author|source_url|url|layout|tags):\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^(?:updated|published|posted|date|release date)\b[:\s]*", re.IGNORECASE)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A text that somebody published.

    Args:
        name: the file it came from, or ``-``.
        text: what offsets refer to, in Unicode code points.
        body: offset at which the head (title, byline, date) ends.
        title, publisher, author: as printed, empty where unknown.
        published: ISO date, or None where the text does not say.
        sha256: of the original bytes.

    """

    name: str
    text: str
    body: int = 0
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str | None = None
    sha256: str = ""


def _decode(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if raw.startswith(b"%PDF"):
        raise InputError(
            f"{name}: is a PDF", hint="save it as text or HTML first", code="unsupported-format", file=name
        )
    if b"\x00" in raw:
        raise InputError(f"{name}: is a binary file, not a text", hint="give a text or HTML file", code="binary-file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:4096])
        try:
            text = raw.decode(declared.group(1).decode() if declared else "cp1252", errors="replace")
        except LookupError:
            text = raw.decode("cp1252", errors="replace")
    odd = sum(unicodedata.category(char) == "Cc" and char not in "\n\r\t\f\x0b\x1a" for char in text[:4096])
    if odd > max(8, len(text[:4096]) // 20):
        raise InputError(f"{name}: is a binary file, not a text", hint="give a text or HTML file", code="binary-file")
    return text


def load_document(raw: bytes, *, name: str = "-") -> Document:
    """Read the bytes of a plain-text or HTML report.

    Args:
        raw: the file's bytes.
        name: what to call it in errors and in the dossier.

    Raises:
        InputError: empty, binary, too large or in a format that is not read.

    """
    if len(raw) > MAX_BYTES:
        raise InputError(f"{name}: is {len(raw):,} bytes; at most {MAX_BYTES:,} are read", code="file-too-large")
    text = _decode(raw, name).replace("\r\n", "\n").replace("\r", "\n")
    # A lone surrogate cannot be written out again as UTF-8.
    text = text.encode("utf-8", errors="replace").decode("utf-8")
    digest = hashlib.sha256(raw).hexdigest()
    if looks_like_html(text, name):
        page = read_html(text)
        document = _from_text(page.text, name, digest)
        dated = whole_date(page.published) if page.published else None
        return msgspec.structs.replace(
            document,
            title=page.title or document.title,
            publisher=page.publisher or document.publisher,
            author=page.author or document.author,
            published=dated or document.published,
        )
    return _from_text(text, name, digest)


def _from_text(text: str, name: str, digest: str) -> Document:
    if not any(char.isalnum() for char in text):
        raise InputError(f"{name}: is empty", hint="give a file with a text in it", code="empty-file", file=name)
    head = _Head()
    body = 0
    place = 0
    for line in text.split("\n")[:_HEAD_LINES]:
        stripped = line.strip().strip("“”\"'")
        if stripped and not head.take(stripped):
            break
        place += len(line) + 1
        body = min(place, len(text))
    else:
        body = body if body < len(text) else 0
    if body >= len(text):
        body = 0
    return Document(
        name=name,
        text=text,
        body=body,
        title=head.title,
        publisher=head.publisher,
        author=head.author,
        published=head.published or _dateline(text, body),
        sha256=digest,
    )


def _dateline(text: str, body: int) -> str | None:
    """Return the full date of an agency dateline: ``VIENNA, March 3, 2024 (Agency) -``."""
    found = first_date(text[body : body + 120])
    opening = re.match(r"[^\n]{0,100}?(?:--|[-—–])\s", text[body : body + 120])
    return found[0] if found and opening and found[1] < opening.end() else None


class _Head:
    """Reads the lines above the first real sentence: title, date, publisher, author, in whatever order they stand."""

    def __init__(self) -> None:
        self.title = ""
        self.publisher = ""
        self.author = ""
        self.published: str | None = None

    def take(self, line: str) -> bool:
        """Use a line of the head; False when the line belongs to the body."""
        if line.strip("-") == "":
            return True
        if found := _FIELD.match(line):
            self._field(found["name"].lower(), found["value"].strip(" \"'"))
            return True
        bare = _DATELINE.sub("", line)
        if self.published is None and len(line) < 70 and (date := whole_date(bare)):
            self.published = date
            return True
        if found := _PUBLISHER.match(line):
            self.publisher = self.publisher or found["publisher"]
            return True
        if (found := _BYLINE.match(line)) and len(line.split()) <= 8:
            self.author = self.author or found["author"]
            return True
        count = len(line.split())
        if count > _SENTENCE_WORDS or (line.endswith((".", "!")) and count > 5):
            return False
        self._plain(line, count)
        return True

    def _field(self, name: str, value: str) -> None:
        """Use a line of front matter: "title: ...", "date: ..."."""
        if name in ("date", "published", "pubdate"):
            self.published = self.published or whole_date(value)
        elif name == "title":
            self.title = value
        elif name == "publisher":
            self.publisher = value
        elif name == "author":
            self.author = value

    def _plain(self, line: str, count: int) -> None:
        if count >= 4 and len(line) > len(self.title) and (not self.title or self.published is None):
            self.title = line
        elif self.published and count <= 4 and not self.publisher:
            self.publisher = line
        elif self.published and count <= 4 and not self.author:
            self.author = line
        elif not self.title and count >= 2 and line[0].isupper() and self.published:
            self.title = line
