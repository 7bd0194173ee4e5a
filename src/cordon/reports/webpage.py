"""HTML to the text a reader would see, with title, publisher and date from its metadata. Standard library only.

Scripts, styles, navigation and forms are left out; nothing in a page is ever executed or fetched.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec

_SKIPPED = frozenset("script style noscript template nav footer aside form button svg select iframe object".split())
_BLOCKS = frozenset(
    (
        "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol table tr blockquote pre br hr figure "
        "figcaption title dd dt dl body"
    ).split()
)
_TITLE = frozenset(("og:title", "twitter:title", "dc.title"))
_SITE = frozenset(("og:site_name", "application-name", "dc.publisher"))
_AUTHOR = frozenset(("author", "article:author", "dc.creator"))
_DATE = frozenset(
    (
        "article:published_time",
        "date",
        "pubdate",
        "dc.date",
        "dcterms.date",
        "datepublished",
        "publish-date",
        "dc.date.issued",
    )
)
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d{2}-\d{2})')
_SPACES = re.compile(r"[^\S\n]+")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds for a reader."""

    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""


def looks_like_html(text: str, name: str) -> bool:
    """Tell whether a text is a page rather than plain text."""
    head = text[:2000].lstrip().lower()
    return (
        head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body"))
        or name.lower().endswith((".html", ".htm", ".xhtml"))
        or bool(re.search(r"<(p|div|article|body)\b[^>]*>", head))
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.meta: dict[str, str] = {}
        self._skipping: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self._take_meta((given.get("property") or given.get("name") or given.get("itemprop") or "").lower(), given)
        elif tag == "time" and given.get("datetime"):
            self.meta.setdefault("time", given["datetime"])
        elif tag in _SKIPPED:
            self._skipping.append(tag)
        elif tag == "title":
            self._in_title = True
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def _take_meta(self, key: str, given: dict[str, str]) -> None:
        for name, keys in (("title", _TITLE), ("site", _SITE), ("author", _AUTHOR), ("date", _DATE)):
            if key in keys and given.get("content"):
                self.meta.setdefault(name, given["content"].strip())

    def handle_endtag(self, tag: str) -> None:
        if tag in self._skipping:
            while self._skipping and self._skipping.pop() != tag:
                pass
        elif tag == "title":
            self._in_title = False
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self._skipping:
            if self._skipping[-1] == "script" and (found := _LD_DATE.search(data)):
                self.meta.setdefault("ld", found.group(1))
        elif self._in_title:
            self.meta["page-title"] = self.meta.get("page-title", "") + data
        else:
            self.pieces.append(data.replace("\n", " "))


def read_html(source: str) -> Page:
    """Return the text and metadata of a page; broken markup is read as far as it goes."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(reader.pieces).split("\n"))
    text = re.sub(r"\n{2,}", "\n\n", "\n".join(line for line in lines if line))
    title = reader.meta.get("title") or " ".join(reader.meta.get("page-title", "").split())
    published = reader.meta.get("date") or reader.meta.get("ld") or reader.meta.get("time") or ""
    return Page(
        text=text,
        title=title,
        publisher=reader.meta.get("site", ""),
        author=reader.meta.get("author", ""),
        published=published[:10] if re.match(r"\d{4}-\d{2}-\d{2}", published) else published,
    )
