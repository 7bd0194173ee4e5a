"""Screens a subject against a record under a policy: candidates, matches, outcome."""

from cordon.screening.policy import POLICIES, Policy, policy_named
from cordon.screening.screen import Screening, screen

__all__ = ["POLICIES", "Policy", "Screening", "policy_named", "screen"]
