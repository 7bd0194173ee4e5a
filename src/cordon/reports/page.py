"""The dossier as one self-contained HTML page: no script, no outside address, light and dark, fit to print.

Everything from the report or the record is escaped, and the page forbids scripts and requests by its own policy.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from itertools import pairwise

from cordon.model import Listing, Match
from cordon.reports.actors import Actor
from cordon.reports.dossier import Dossier
from cordon.reports.telling import attributed, told_arguments

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_VERDICT_MARK = {"supported": "✓", "contradicted": "✗", "not on record": "?"}


def page(dossier: Dossier) -> str:
    """Return the whole page."""
    document = dossier.document
    title = escape(document.title or document.name)
    style = (files(__package__) / "data" / "page.css").read_text(encoding="utf-8")
    head = (document.publisher, document.author, document.published or "no date found")
    known = " · ".join(escape(part) for part in head if part)
    record = ", ".join(
        f"{item.source} of {item.snapshot} ({item.entities} entities, sha256 {item.sha256[:12]}…)"
        for item in dossier.record
    )
    sections = [
        _section("checks", "What the record says", _checks(dossier)),
        _section(
            "listed",
            "On the record",
            "".join(_actor(actor) for actor in dossier.listed) or "<p>Nobody named is on the record.</p>",
        ),
        _section("text", "The report", f'<div class="text" dir="auto">{_marked(dossier)}</div>{_legend()}'),
        _section("claims", "What is claimed", _claims(dossier)),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{title} - Cordon dossier</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<header><p class="brand">Cordon dossier</p><h1 dir="auto">{title}</h1><p class="meta">{known}</p>'
        f'<p class="meta">Held against {escape(record)}{escape(f", as known on {dossier.as_of}" if dossier.as_of else "")}. '
        f"Report sha256 {document.sha256[:16]}…</p></header>\n<main>\n"
        + "\n".join(sections)
        + "\n</main>\n</body>\n</html>\n"
    )


def _section(key: str, heading: str, body: str) -> str:
    return f'<section id="{key}" aria-labelledby="{key}-h"><h2 id="{key}-h">{heading}</h2>{body}</section>'


def _checks(dossier: Dossier) -> str:
    if not dossier.checks:
        return "<p>The report makes no claim about sanctions that the record could decide.</p>"
    claims = {claim.id: claim for claim in dossier.claims}
    rows = [
        f'<li class="check {check.verdict.replace(" ", "-")}"><p><strong><span aria-hidden="true">{_VERDICT_MARK[check.verdict]}</span> '
        f"{check.verdict}</strong> {escape(check.because)}</p>"
        f'<blockquote dir="auto"><a href="#{check.claim}">{check.claim}</a> “{escape(claims[check.claim].text)}”</blockquote></li>'
        for check in dossier.checks
    ]
    return f'<ul class="plain">{"".join(rows)}</ul>'


def _actor(actor: Actor) -> str:
    best = actor.matches[0]
    roles = "".join(f"<li>{escape(role)}</li>" for role in actor.roles)
    return (
        f'<article class="actor"><h3 id="{actor.id}" dir="auto">{escape(actor.caption)} '
        f'<span class="outcome {best.outcome}">{best.outcome} {best.score:.2f}</span></h3>'
        + (f"<ul>{roles}</ul>" if roles else "")
        + _entry(best)
        + "</article>"
    )


def _entry(match: Match) -> str:
    name = match.evidence[0]
    rows = "".join(_listing(item) for item in sorted(match.listings, key=lambda one: one.listed_on or ""))
    return (
        f'<p class="meta"><bdi>{escape(match.entity.caption)}</bdi>, {escape(match.entity.id)}; the report\'s '
        f"<bdi>{escape(name.subject)}</bdi> agrees with <bdi>{escape(name.listed)}</bdi> at {name.score:.2f}</p>"
        f"<table><thead><tr><th>Authority</th><th>Listed</th><th>Ended</th><th>Programme</th><th>Reference</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _listing(item: Listing) -> str:
    note = " (first seen)" if item.basis.startswith("first seen") else ""
    cells = (
        item.authority,
        f"{item.listed_on or 'unknown'}{note}",
        item.delisted_on or "",
        ", ".join(item.programmes),
        item.reference,
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _claims(dossier: Dossier) -> str:
    rows = []
    for claim in dossier.claims:
        said = attributed(claim, dossier.cast) or "the report itself"
        firm = claim.modality if claim.polarity == "positive" else f"{claim.modality}, negative"
        rows.append(
            f'<tr id="{claim.id}"><td>{claim.id}</td><td>{claim.predicate}</td><td dir="auto">{escape(told_arguments(claim, dossier.cast))}'
            f'<br><q>{escape(claim.text)}</q></td><td dir="auto">{escape(said)}</td><td>{firm}</td></tr>'
        )
    head = "<thead><tr><th></th><th>Event</th><th>Who, what, where, when</th><th>Says who</th><th>How firmly</th></tr></thead>"
    return f"<table>{head}<tbody>{''.join(rows)}</tbody></table>" if rows else "<p>No claim was found.</p>"


def _legend() -> str:
    kinds = ("Person", "Organization", "Place", "Product", "Money", "Quantity", "Date")
    return (
        '<p class="legend">'
        + " ".join(f'<mark class="{kind}">{kind.lower()}</mark>' for kind in kinds)
        + " <u>claim</u></p>"
    )


def _marked(dossier: Dossier) -> str:
    """Return the text with its mentions and claims marked; spans may overlap, so it is cut at every edge."""
    text = dossier.document.text
    edges = {0, len(text)}
    edges |= {edge for mention in dossier.mentions for edge in (mention.start, mention.end)}
    edges |= {edge for claim in dossier.claims for edge in (claim.start, claim.end)}
    order = sorted(edges)
    opening: dict[int, list[str]] = {}
    for claim in dossier.claims:
        opening.setdefault(claim.start, []).append(claim.id)
    inside = _Cover(dossier)
    out = []
    for start, end in pairwise(order):
        piece = escape(text[start:end])
        kinds, claimed, target = inside.at(start)
        if claimed:
            piece = f"<u>{piece}</u>"
        if kinds:
            piece = f'<mark class="{" ".join(kinds)}">{piece}</mark>'
        if target:
            piece = f'<a href="#{target}">{piece}</a>'
        links = "".join(f'<sup><a href="#{key}">{key}</a></sup>' for key in opening.get(start, ()))
        out.append(links + piece)
    return "".join(out)


class _Cover:
    """Which mentions and claims cover a place, asked for in rising order."""

    def __init__(self, dossier: Dossier) -> None:
        self._mentions = sorted(dossier.mentions, key=lambda one: one.start)
        self._claims = sorted(dossier.claims, key=lambda one: one.start)
        self._listed = {actor.id for actor in dossier.listed}
        self._cast = dossier.cast
        self._open_mentions: list[tuple[int, str, str]] = []
        self._open_claims: list[int] = []
        self._next_mention = self._next_claim = 0

    def at(self, place: int) -> tuple[list[str], bool, str]:
        """Return (kinds of the mentions, whether a claim covers it, id of a listed actor) at a place."""
        while self._next_mention < len(self._mentions) and self._mentions[self._next_mention].start <= place:
            mention = self._mentions[self._next_mention]
            actor = self._cast.of(mention)
            target = actor.id if actor is not None and actor.id in self._listed else ""
            self._open_mentions.append((mention.end, mention.kind, target))
            self._next_mention += 1
        while self._next_claim < len(self._claims) and self._claims[self._next_claim].start <= place:
            self._open_claims.append(self._claims[self._next_claim].end)
            self._next_claim += 1
        self._open_mentions = [one for one in self._open_mentions if one[0] > place]
        self._open_claims = [end for end in self._open_claims if end > place]
        kinds = list(dict.fromkeys(kind for _, kind, _ in self._open_mentions))
        target = next((target for _, _, target in self._open_mentions if target), "")
        return kinds + (["listed"] if target else []), bool(self._open_claims), target
