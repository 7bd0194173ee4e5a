"""Policies: which score alerts, what weak aliases may do, which lists are in scope."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from cordon.errors import InputError
from cordon.model import Outcome


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How a score becomes an outcome.

    Args:
        name: what to call it.
        match: least probability of a ``match``.
        review: least probability of a ``review``.
        weak_alias_alone: a weak alias may raise a match by itself (OFAC FAQ 122-125 advise against it).
        sources: codes of the lists in scope; empty for all.

    """

    name: str
    match: float
    review: float
    weak_alias_alone: bool = False
    sources: tuple[str, ...] = ()

    def outcome(self, score: float) -> Outcome:
        """Return what the policy makes of a score."""
        if score >= self.match:
            return Outcome.MATCH
        return Outcome.REVIEW if score >= self.review else Outcome.CLEAR


POLICIES: Mapping[str, Policy] = MappingProxyType(
    {
        "onboarding": Policy(name="onboarding", match=0.90, review=0.60),
        "payment": Policy(name="payment", match=0.90, review=0.70),
        "investigation": Policy(name="investigation", match=0.85, review=0.35, weak_alias_alone=True),
    }
)
"""What Cordon ships: for a customer, for a payment that must not wait for nothing, for a researcher who sees all."""


def policy_named(name: str) -> Policy:
    """Return a shipped policy.

    Raises:
        InputError: there is no policy of that name.

    """
    if name in POLICIES:
        return POLICIES[name]
    near = difflib.get_close_matches(name, POLICIES, 1)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(POLICIES)}"
    raise InputError(f"unknown policy: {name}", hint=hint, code="unknown-policy", value=name)
