"""The dossier on a terminal: who is listed, what the record says of the claims, what is claimed, who else is named."""

from __future__ import annotations

from cordon.cli.paint import OUTCOME_COLOUR, Paper, day_in_words, print_listings, printable
from cordon.model import Match
from cordon.reports.actors import Actor
from cordon.reports.checks import Check
from cordon.reports.claims import Claim
from cordon.reports.dossier import Dossier
from cordon.reports.telling import KIND_HEADINGS, attributed, told_arguments

MARKS = {"supported": ("✓", "green"), "contradicted": ("✗", "red"), "not on record": ("?", "yellow")}


def print_dossier(dossier: Dossier, today: str) -> None:
    """Write a dossier for a person to read."""
    paper = Paper()
    _print_head(paper, dossier)
    _print_listed(paper, dossier, today)
    _print_checks(paper, dossier)
    _print_claims(paper, dossier)
    _print_named(paper, dossier)


def _print_head(paper: Paper, dossier: Dossier) -> None:
    document = dossier.document
    paper.line(paper.style(printable(document.title) or document.name, bold=True))
    known = [
        document.publisher,
        document.author,
        day_in_words(document.published) if document.published else "no date found",
    ]
    paper.wrapped(" · ".join(part for part in known if part), indent=0)
    looked_at = ", ".join(f"{item.source} of {item.snapshot}, {item.entities} entities" for item in dossier.record)
    limit = f", as known on {dossier.as_of}" if dossier.as_of else ""
    paper.wrapped(f"held against: {looked_at}{limit}", indent=0, dim=True)


def _print_listed(paper: Paper, dossier: Dossier, today: str) -> None:
    paper.heading("on the record")
    if not dossier.listed:
        paper.wrapped("Nobody and nothing named in this report is on the record looked at.", indent=2)
    for actor in dossier.listed:
        _print_actor(paper, actor, today)


def _print_actor(paper: Paper, actor: Actor, today: str) -> None:
    best = actor.matches[0]
    mark = paper.style(f"{best.outcome:<6}", fg=OUTCOME_COLOUR[best.outcome], bold=True)
    paper.line(f"  {mark} {best.score:.2f}  {paper.style(printable(actor.caption), bold=True)}")
    for role in actor.roles:
        paper.wrapped(role, indent=15, hang=2)
    _print_entry(paper, actor, best, today)


def _print_entry(paper: Paper, actor: Actor, match: Match, today: str) -> None:
    named = match.evidence[0].listed
    through = f" (as {printable(named)})" if named not in (match.entity.caption, *actor.names) else ""
    paper.wrapped(f"{match.entity.caption}{through}, {match.entity.id}", indent=15, hang=2, dim=True)
    print_listings(paper, match.listings, today, indent=15)


def _print_checks(paper: Paper, dossier: Dossier) -> None:
    paper.heading("what the record says")
    if not dossier.checks:
        paper.wrapped("The report makes no claim about sanctions that the record could decide.", indent=2)
    claims = {claim.id: claim for claim in dossier.claims}
    for check in dossier.checks:
        _print_check(paper, check, claims[check.claim])


def _print_check(paper: Paper, check: Check, claim: Claim) -> None:
    mark, colour = MARKS[check.verdict]
    paper.line(f"  {paper.style(f'{mark} {check.verdict}', fg=colour, bold=True)}")
    paper.wrapped(check.because, indent=4)
    paper.wrapped(f"[{claim.id}] “{claim.text}”", indent=4, dim=True)


def _print_claims(paper: Paper, dossier: Dossier) -> None:
    paper.heading("what is claimed")
    if not dossier.claims:
        paper.wrapped("No claim of the kinds that Cordon reads was found.", indent=2)
    for claim in dossier.claims:
        firm = claim.modality if claim.polarity == "positive" else f"{claim.modality}, negative"
        said = attributed(claim, dossier.cast)
        colour = "cyan" if claim.polarity == "positive" else "magenta"
        head = paper.style(f"{claim.id:>4}  {claim.predicate:<9}", fg=colour, bold=True)
        paper.line(f"{head} {firm}{f' · {said}' if said else ''}")
        paper.wrapped(told_arguments(claim, dossier.cast), indent=6, hang=2)
        paper.wrapped(f"“{claim.text}”", indent=6, hang=1, dim=True)


def _print_named(paper: Paper, dossier: Dossier) -> None:
    paper.heading("also named")
    listed = {actor.id for actor in dossier.listed}
    for kind, heading in KIND_HEADINGS:
        if kind in ("Money", "Quantity", "Date", "Programme"):
            found = list(dict.fromkeys(mention.text for mention in dossier.mentions if mention.kind == kind))
        else:
            found = [actor.caption for actor in dossier.actors if actor.kind == kind and actor.id not in listed]
        if found:
            paper.wrapped(f"{heading + ':':<15}{'; '.join(found)}", indent=2, hang=15)
