"""How much it says that two names share a word: rare words say much, Mohammad and Trading say little.

The weight of a word falls with how many entities of the record carry it and with how common it is at large
(``data/common_names.tsv``); 1.0 is a word nobody else has.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from cordon.names.tables import rows

LEAST = 0.12
"""Weight of the commonest word: agreement on it must still count for something."""
RAREST_SHARE = 0.2
"""Bearers per 10,000 at or below which a word counts as unique."""


@cache
def _background() -> dict[str, float]:
    """Return the commonest share per 10,000 of each word of the background table."""
    shares: dict[str, float] = {}
    for token, _kind, share in rows("cordon.names", "common_names.tsv"):
        shares[token] = max(float(share), shares.get(token, 0.0))
    return shares


def _weight(share: float) -> float:
    """Map bearers per 10,000 to a weight: logarithmic, 1.0 at `RAREST_SHARE` and `LEAST` from 500 on."""
    if share <= RAREST_SHARE:
        return 1.0
    fall = math.log(share / RAREST_SHARE) / math.log(500 / RAREST_SHARE)
    return max(LEAST, 1.0 - (1.0 - LEAST) * fall)


def token_weight(key: str, counts: Mapping[str, int], total: int) -> float:
    """Return the weight of a word, `LEAST` to 1.

    Args:
        key: folded word.
        counts: in how many entities of the record each word occurs.
        total: how many entities the record has.

    """
    share = _background().get(key, 0.0)
    bearers = counts.get(key, 0)
    if bearers > 1 and total:
        # A small record overstates how common its words are at large: 30 of 100 Iranian makers, not 3,000 of 10,000.
        share = max(share, 10_000 * (bearers - 1) / max(total, 10_000))
    return _weight(share) if len(key) > 1 else LEAST
