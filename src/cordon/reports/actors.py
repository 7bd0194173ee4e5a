"""Who the mentions are: one actor for all the ways a report names it, linked to the record where it is there.

Short forms ("Mehrabi" after "Abdollah Mehrabi"), acronyms introduced in brackets and nationality words that stand for
a state are resolved here; pronouns are left to the claims, which know the clause.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from cordon.index import NameIndex
from cordon.model import Match, Outcome, Subject
from cordon.names.places import country_names, gazetteer
from cordon.names.tables import word_set
from cordon.names.tokens import base_form, fold, tokenise
from cordon.reports.mention import Mention
from cordon.reports.mentions import Found
from cordon.reports.nouns import heads, nouns
from cordon.screening import Policy
from cordon.screening.joining import joined
from cordon.screening.screen import MAX_NAME, score_entity

SCHEMATA = {
    "Person": "Person",
    "Organization": "Organization",
    "Vessel": "Vessel",
    "Product": "Product",
    "Place": "Place",
}
"""FtM schema of an actor by the kind of its mentions; ``Product`` and ``Place`` are Cordon's own."""
LINKED_KINDS = frozenset(("Person", "Organization", "Vessel"))
_COMPANY = frozenset(
    (
        "company industries industry co corporation corp ltd limited llc inc manufacturing trading shipping "
        "airlines airways bank logistics technologies electronics enterprises services"
    ).split()
)


class Actor(msgspec.Struct, kw_only=True):
    """Somebody or something a report speaks of, while the report is being read.

    Args:
        id: ``e1``, ``e2`` ... in order of first mention.
        kind: kind of its mentions.
        caption: its fullest name.
        names: every way it is named, fullest first.
        country: code of the state it is or belongs to, empty where unknown.
        state: it is a state.
        roles: what it is said to be.
        matches: entities of the record it may be, best first.

    """

    id: str
    kind: str
    caption: str
    names: list[str]
    country: str = ""
    state: bool = False
    roles: list[str] = []
    matches: list[Match] = []

    @property
    def schema(self) -> str:
        """FtM schema, as far as the text tells."""
        if self.state:
            return "PublicBody"
        if self.kind == "Organization" and any(word in _COMPANY for name in self.names for word in fold(name).split()):
            return "Company"
        return SCHEMATA.get(self.kind, "Thing")

    @property
    def linked(self) -> Match | None:
        """The entity of the record it is, where that is sure enough to be called a match."""
        return next((match for match in self.matches if match.outcome is Outcome.MATCH), None)


class Cast:
    """All actors of a document, and which mention is which."""

    def __init__(self) -> None:
        self.actors: list[Actor] = []
        self._by_key: dict[tuple[str, str], Actor] = {}
        self._by_place: dict[tuple[int, int], Actor] = {}

    def of(self, mention: Mention) -> Actor | None:
        """Return the actor a mention names, or None for dates, sums and the like."""
        return self._by_place.get((mention.start, mention.end))

    def get(self, actor_id: str) -> Actor:
        """Return an actor by its id."""
        return self.actors[int(actor_id[1:]) - 1]

    def add(self, key: tuple[str, str], kind: str, caption: str, country: str = "", *, state: bool = False) -> Actor:
        """Return the actor under a key, made now if it is new."""
        actor = self._by_key.get(key)
        caption = " ".join(caption.split())
        if actor is None:
            actor = Actor(
                id=f"e{len(self.actors) + 1}", kind=kind, caption=caption, names=[caption], country=country, state=state
            )
            self.actors.append(actor)
            self._by_key[key] = actor
        return actor

    def put(self, mention: Mention, actor: Actor) -> None:
        """Say that a mention names an actor."""
        self._by_place[(mention.start, mention.end)] = actor
        text = " ".join(mention.text.split())
        if text not in actor.names and not actor.state:
            actor.names.append(text)
            if len(text.split()) > len(actor.caption.split()) and actor.kind != "Product":
                actor.caption = text
                actor.names.sort(key=lambda name: -len(name.split()))

    def find(self, kind: str) -> list[Actor]:
        """Return the actors of a kind in order of first mention."""
        return [actor for actor in self.actors if actor.kind == kind]


def assemble(found: Found) -> Cast:
    """Return the cast of a document: full names first, so that short forms find them wherever they stand."""
    cast = Cast()
    ordered = [m for mentions in found.by_sentence for m in mentions if m.kind in SCHEMATA]
    body = [m for m in ordered if m.start >= found.document.body]
    full = [m for m in body if _is_full(m)]
    captions = {fold(m.text) for m in full}
    for mention in sorted(ordered, key=lambda m: (m.start < found.document.body, m.start)):
        _assign(cast, mention, ordered, captions, found.document.text)
    return cast


def _is_full(mention: Mention) -> bool:
    return len(mention.text.split()) > 1


def _assign(cast: Cast, mention: Mention, everyone: list[Mention], captions: set[str], text: str) -> None:
    if mention.kind == "Place" and mention.country and mention.state and not _only_place(mention, text):
        names = country_names()
        actor = cast.add(("state", mention.country), "Place", names[mention.country], mention.country, state=True)
    elif mention.kind == "Place":
        actor = _thing(cast, mention, "Place", text)
    elif mention.kind == "Product":
        actor = _thing(cast, mention, "Product", text)
    elif mention.kind == "Person":
        actor = _person(cast, mention, everyone)
    elif mention.kind == "Organization":
        actor = _organization(cast, mention, text)
    else:
        actor = cast.add((mention.kind, fold(mention.text)), mention.kind, mention.text)
    cast.put(mention, actor)


def _only_place(mention: Mention, text: str) -> bool:
    """Tell whether a capital is meant as a city: "in Tehran", where "Tehran said" is the state."""
    places = gazetteer().get(fold(mention.text), ())
    is_capital = any(place.kind == "city" for place in places)
    before = re.search(r"(\w+)\s+$", text[max(0, mention.start - 20) : mention.start])
    if re.match(r"[ \t]*(?:\n|$)", text[mention.end : mention.end + 8]) and re.search(
        r"[-–—,|(]\s*$", text[max(0, mention.start - 4) : mention.start]
    ):
        return is_capital
    return is_capital and before is not None and before.group(1).lower() in ("in", "at", "near", "outside", "inside")


_OWNER = re.compile(r"((?:[A-Z][\w.]*\s)?[A-Z][\w.]*)['’]s?\s+(?:own\s+)?$")
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|such)\s+(?:new\s+)?$", re.IGNORECASE)


def _thing(cast: Cast, mention: Mention, kind: str, text: str) -> Actor:
    """Return the goods or site of a mention; "the facility" and "such missiles" are the last of that sort."""
    words = [word for word in fold(mention.text).split() if word != "new"] or [fold(mention.text)]
    key = " ".join([*words[:-1], base_form(words[-1])])
    if len(words) == 1 and not mention.country and mention.text.islower():
        before = text[max(0, mention.start - 16) : mention.start]
        if _DEFINITE.search(before) or mention.text.startswith("new "):
            earlier = [(actor, base_form(fold(actor.caption).split()[-1])) for actor in reversed(cast.find(kind))]
            own = base_form(words[0])
            same = next((actor for actor, head in earlier if head == own and actor.caption != mention.text), None)
            if same is None and kind == "Place" and own in heads("facility"):
                same = next((actor for actor, head in earlier if head in heads("facility")), None)
            if same is not None:
                return same
    return cast.add((kind.lower(), key), kind, mention.text, mention.country)


def _person(cast: Cast, mention: Mention, everyone: list[Mention]) -> Actor:
    """Return the person of a mention; a lone surname or given name is whoever bears it, the last one named first."""
    words = fold(mention.text).split()
    if len(words) == 1:
        bearers = [
            other
            for other in everyone
            if other.kind == "Person"
            and len(other.text.split()) > 1
            and words[0] in (fold(other.text).split()[-1], fold(other.text).split()[0])
        ]
        before = [other for other in bearers if other.start < mention.start]
        if bearers:
            nearest = before[-1] if before else bearers[0]
            return _person_named(cast, nearest)
    return _person_named(cast, mention)


def _person_named(cast: Cast, mention: Mention) -> Actor:
    words = fold(mention.text).split()
    for actor in cast.find("Person"):
        other = fold(actor.caption).split()
        if words == other or sorted(words) == sorted(other):
            return actor
        # "Abdollah Mehrabi" and "Abdollah Reza Mehrabi": first and last agree, the middle is only left out once.
        if (
            len(words) > 1
            and len(other) > 1
            and len(words) != len(other)
            and (words[0], words[-1]) == (other[0], other[-1])
        ):
            return actor
    return cast.add(("person", " ".join(words)), "Person", mention.text)


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper()).upper()


def _organization(cast: Cast, mention: Mention, text: str) -> Actor:
    places = gazetteer().get(fold(mention.text), ())
    body = next((place for place in places if place.kind == "institution"), None)
    if body is not None:
        return cast.add(("institution", body.name), "Organization", mention.text, body.country)
    folded = fold(mention.text)
    country = _home(mention, text)
    bracket = re.search(r"(\S+)\s*\(\s*[\"“']?$", text[max(0, mention.start - 40) : mention.start])
    for actor in reversed(cast.find("Organization")):
        if folded in (fold(name) for name in actor.names):
            return actor
        if mention.text.isupper() and len(mention.text) > 1:
            if _initials(actor.caption) == mention.text.replace("-", ""):
                return actor
            if bracket and any(text[: mention.start].rstrip(" (\"“'").endswith(name) for name in actor.names):
                return actor
        if _is_short_form(folded, fold(actor.caption)):
            return actor
    return cast.add(
        ("organization", folded if not country else f"{country} {folded}"), "Organization", mention.text, country
    )


def _home(mention: Mention, text: str) -> str:
    """Return the state a body is said to be of: "South Korea's Foreign Ministry", "Iranian Navy"."""
    owner = _OWNER.search(text[max(0, mention.start - 40) : mention.start])
    first = mention.text.split()[0]
    for name in (owner.group(1) if owner else "", first):
        found = gazetteer().get(fold(name), ()) if name else ()
        if found and found[0].kind in ("state", "demonym", "metonym"):
            return found[0].country
    return ""


@lru_cache(maxsize=65536)
def _is_short_form(short: str, full: str) -> bool:
    """Tell whether an organisation's name shortens another: it begins like it, or is its one distinctive word."""
    short_words, full_words = short.split(), full.split()
    if len(short_words) >= len(full_words):
        return False
    generic = nouns("organization") | word_set("cordon.names", "legal_forms.tsv")
    distinctive = [word for word in short_words if word not in generic and word not in gazetteer()]
    if not distinctive:
        return False
    return full_words[: len(short_words)] == short_words or (len(short_words) == 1 and short_words[0] in full_words)


def link(cast: Cast, index: NameIndex, policy: Policy) -> None:
    """Screen every person, organisation and vessel against the record, whatever the date of its listings.

    A name that the text never gives in full stays a ``review``: many people are called Karimi.
    """
    for actor in cast.actors:
        if actor.kind in LINKED_KINDS and not actor.state and not _lists_others(actor):
            actor.matches = _matches(actor, index, policy)


def _lists_others(actor: Actor) -> bool:
    """Tell whether an actor is a body that lists others, such as the Treasury; it is not looked up itself."""
    return any(place.authority for name in actor.names for place in gazetteer().get(fold(name), ()))


def _matches(actor: Actor, index: NameIndex, policy: Policy) -> list[Match]:
    names = tuple(name for name in actor.names if len(name) <= MAX_NAME and _tells_enough(name, actor))
    if not names:
        return []
    subject = Subject(names=names, schema=actor.schema if actor.kind != "Organization" else None)
    found = []
    for entity in index.candidates(names):
        if (entity.schema == "Person") != (actor.kind == "Person") or (entity.schema == "Vessel") != (
            actor.kind == "Vessel"
        ):
            continue
        match = score_entity(subject, entity, index, policy)
        if match is not None:
            found.append(match)
    found.sort(key=lambda match: (-match.score, match.entity.id))
    found = joined(found, index.record)
    if actor.kind == "Person" and all(len(fold(name).split()) < 2 for name in names):
        found = [msgspec.structs.replace(m, outcome=Outcome.REVIEW) for m in found]
    if len(found) > 1 and found[0].outcome is Outcome.MATCH:
        # One mention is one entity: a second best is a namesake to look at, not a second match.
        found = [found[0], *(msgspec.structs.replace(m, outcome=Outcome.REVIEW) for m in found[1:])]
    return found[:5]


def _tells_enough(name: str, actor: Actor) -> bool:
    """Tell whether a name can be looked up: not a bare generic word beside a fuller name."""
    words = [token for token in tokenise(name, person=actor.kind == "Person") if token.kind == "word"]
    if actor.kind == "Organization" and len(actor.names) > 1 and len(words) == 1 and name != actor.caption:
        return name.isupper()
    return bool(words)
