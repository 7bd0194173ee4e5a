"""Search structure over a record: proposes candidates for a subject, and knows how common each word is.

Retrieval only: what a candidate is worth, `cordon.matching` decides.
"""

from cordon.index.names import NameIndex, name_index

__all__ = ["NameIndex", "name_index"]
