"""An in-memory index of the names of a record: word keys to entities, identifiers to entities, words to counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from weakref import WeakKeyDictionary

from cordon.model import Entity
from cordon.names.sound import skeleton
from cordon.names.tokens import Token, base_form, fold, tokenise
from cordon.record.record import Record

IDENTIFIER_PROPERTIES = (
    "idNumber", "passportNumber", "taxNumber", "innCode", "kppCode", "ogrnCode", "registrationNumber", "imoNumber",
    "leiCode", "swiftBic", "mmsi", "callSign", "publicKey", "dunsCode", "okpoCode", "serialNumber",
)  # fmt: skip
"""FtM properties that hold a number issued to one entity."""

_PREFIX = 4


def identifier_key(value: str) -> str:
    """Return an identifier as upper-case letters and digits only, so that spacing does not matter."""
    return "".join(char for char in value.upper() if char.isalnum())


def _keys(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the keys under which a name is found: sound skeletons, prefixes, and the words run together."""
    spoken = [token for token in tokens if token.kind in ("word", "initial")]
    for token in spoken:
        base = base_form(token.key)
        if len(token.key) > 1:
            yield "s:" + skeleton(base)
        if len(token.key) >= _PREFIX:
            yield "p:" + token.key[:_PREFIX]
            yield "e:" + token.key[-_PREFIX:]
    if spoken:
        yield "j:" + "".join(token.key for token in spoken)
    for left, right in pairwise(spoken):
        yield "j:" + left.key + right.key


class NameIndex:
    """The names of a record, ready to be searched.

    Args:
        record: the record to index.

    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.counts: Counter[str] = Counter()
        self._postings: dict[str, set[str]] = {}
        self._identifiers: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        for entity in record.entities.values():
            self._add(entity)

    def _add(self, entity: Entity) -> None:
        own: set[str] = set()
        for name in entity.names:
            tokens = tokenise(name, person=entity.schema == "Person")
            own.update(token.key for token in tokens if token.kind == "word")
            for key in _keys(tokens):
                self._postings.setdefault(key, set()).add(entity.id)
            self._folded.setdefault(fold(name), set()).add(entity.id)
        self.counts.update(own)
        for value in entity.values(*IDENTIFIER_PROPERTIES):
            self._identifiers.setdefault(identifier_key(value), set()).add(entity.id)

    def candidates(self, names: Iterable[str], identifiers: Iterable[str] = ()) -> tuple[Entity, ...]:
        """Return the entities that share a key with any of the names or identifiers, in the record's order."""
        found: set[str] = set()
        for name in names:
            for person in (True, False):
                for key in _keys(tokenise(name, person=person)):
                    found |= self._postings.get(key, set())
                    if key.startswith("j:"):
                        found |= self._postings.get("s:" + skeleton(base_form(key[2:])), set())
        for value in identifiers:
            found |= self._identifiers.get(identifier_key(value), set())
        return tuple(entity for key, entity in self.record.entities.items() if key in found)

    def named(self, name: str) -> tuple[Entity, ...]:
        """Return the entities that carry exactly this name, once both are folded."""
        return tuple(self.record.entities[key] for key in sorted(self._folded.get(fold(name), ())))


_INDEXES: WeakKeyDictionary[Record, NameIndex] = WeakKeyDictionary()


def name_index(record: Record) -> NameIndex:
    """Return the index of a record, built the first time it is asked for."""
    if record not in _INDEXES:
        _INDEXES[record] = NameIndex(record)
    return _INDEXES[record]
