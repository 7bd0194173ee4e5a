"""The mention: a span of text that names something."""

from __future__ import annotations

import msgspec


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A span that names something.

    Args:
        start, end: place in the document's text, in code points.
        text: the text at that place.
        kind: Person, Organization, Place, Vessel, Product, Programme, Money, Quantity or Date.
        country: code of the state a place or nationality word stands for.
        state: it stands for the state itself ("Tehran said"), not only for a spot on the map.
        title: leading title of a person, as written.
        shown: False for what only serves as an argument, such as the adjective in "Iranian officials".
        phrase_start, phrase_end: place of the whole noun phrase, with article, title and apposition.

    """

    start: int
    end: int
    text: str
    kind: str
    country: str = ""
    state: bool = False
    title: str = ""
    shown: bool = True
    phrase_start: int = -1
    phrase_end: int = -1

    @property
    def outer_start(self) -> int:
        """Where its noun phrase begins."""
        return self.start if self.phrase_start < 0 else self.phrase_start

    @property
    def outer_end(self) -> int:
        """Where its noun phrase ends."""
        return self.end if self.phrase_end < 0 else self.phrase_end
