"""Compares a subject with an entity and says how likely they are the same, feature by feature.

Knows entities and nothing of files, policies or thresholds.
"""

from cordon.matching.compare import compare

__all__ = ["compare"]
