"""``cordon screen``: one subject against the record."""

from __future__ import annotations

import datetime
import json

import click
import msgspec

from cordon.cli import options
from cordon.cli.paint import OUTCOME_COLOUR, Paper, print_listings, printable
from cordon.model import Evidence, Match, Outcome, Subject
from cordon.record import current_record
from cordon.screening import Policy, Screening, policy_named, screen
from cordon.screening.shape import screening_dict


@click.command("screen", short_help="Look one person, company or ship up in the record.")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option(
    "--schema", metavar="SCHEMA", help="What it is: Person, Company, Organization, Vessel ... (FollowTheMoney)."
)
@click.option(
    "--birth-date", "birth_dates", metavar="DATE", multiple=True, help="Date of birth: YYYY, YYYY-MM or YYYY-MM-DD."
)
@click.option(
    "--country", "countries", metavar="CC", multiple=True, help="Country of the subject, as a code or an English name."
)
@click.option(
    "--identifier",
    "identifiers",
    metavar="ID",
    multiple=True,
    help="Passport, tax or registration number, IMO, BIC ...",
)
@click.option(
    "--source", "sources", metavar="LIST", multiple=True, help="Only this list, e.g. us-ofac-sdn; may be given again."
)
@click.option("--as-of", metavar="DATE", help="Answer as of this day (YYYY-MM-DD).  [default: today]")
@options.policy_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
def screen_command(
    names: tuple[str, ...],
    schema: str | None,
    birth_dates: tuple[str, ...],
    countries: tuple[str, ...],
    identifiers: tuple[str, ...],
    sources: tuple[str, ...],
    as_of: str | None,
    policy_name: str,
    as_json: bool,
) -> int:
    """Look one person, company or ship up in the record; several NAMEs are names of the same subject.

    \b
    Examples:
      cordon screen "Abdullah Mahrabi"
      cordon screen "قاسم دماوندیان" --birth-date 1968 --country IR --as-of 2023-02-01
    """  # noqa: D301 - click wants the backspace itself
    today = options.day(as_of, "--as-of") or datetime.date.today().isoformat()
    record = current_record(today)
    policy = _scoped(policy_named(policy_name), options.sources(sources, record, "--source"))
    subject = Subject(
        names=names,
        schema=options.schema(schema, "--schema"),
        birth_date=tuple(options.partial_date(value, "--birth-date") for value in birth_dates),
        country=tuple(options.country(value, "--country") for value in countries),
        identifiers=identifiers,
    )
    found = screen(subject, record, policy=policy, as_of=today)
    if as_json:
        click.echo(json.dumps(screening_dict(found), ensure_ascii=False, indent=2))
    else:
        _print(found)
        if len(names) > 1 and all(len(name.split()) == 1 for name in names):
            hint = " ".join(names)
            click.echo(
                f'cordon: {len(names)} names of one subject were given; for one name of several words: "{hint}"',
                err=True,
            )
    return 0 if found.outcome is Outcome.CLEAR else 1


def _scoped(policy: Policy, sources: tuple[str, ...]) -> Policy:
    return msgspec.structs.replace(policy, sources=sources) if sources else policy


def _print(found: Screening) -> None:
    paper = Paper()
    looked_at = ", ".join(f"{item.source} of {item.snapshot} ({item.entities} entities)" for item in found.record)
    outcome = paper.style(str(found.outcome).upper(), fg=OUTCOME_COLOUR[found.outcome], bold=True)
    paper.line(f"{outcome}  {' / '.join(printable(name) for name in found.subject.names)}")
    paper.wrapped(f"as of {found.as_of}, looked up in {looked_at}", indent=0, dim=True)
    for match in found.matches:
        _print_match(paper, match, found.as_of)
    if found.not_in_force:
        paper.heading(f"not listed on {found.as_of}")
        for match in found.not_in_force:
            _print_match(paper, match, found.as_of)


def _print_match(paper: Paper, match: Match, today: str) -> None:
    entity = match.entity
    paper.line()
    mark = paper.style(f"{match.outcome:<6}", fg=OUTCOME_COLOUR[match.outcome], bold=True)
    paper.line(
        f"{mark} {match.score:.3f}  {paper.style(printable(entity.caption), bold=True)}  {entity.schema}, {entity.id}"
    )
    for item in match.evidence:
        paper.wrapped(_told(item), indent=14, hang=2)
    for key, reason in match.same:
        paper.wrapped(f"the same subject as {key} ({reason})", indent=14, hang=2, dim=True)
    print_listings(paper, match.listings, today, indent=14)


def _told(item: Evidence) -> str:
    """Return one piece of evidence as a line that an analyst can read aloud."""
    sign = "+" if item.weight >= 0 else "-"
    if item.feature != "name":
        verdict = "same" if item.score >= 1 else "differs" if item.score == 0 else "close"
        return f"{sign} {item.feature}: {item.subject} / {item.listed} ({verdict})"
    words = []
    for mine, theirs, similarity in item.tokens:
        if not mine or not theirs:
            words.append(f"{mine or theirs} only {'here' if mine else 'there'}")
        else:
            words.append(f"{mine} = {theirs}" if similarity == 1 else f"{mine} ~ {theirs} {similarity:.2f}")
    return f"{sign} name: {item.subject} / {item.listed} ({'; '.join(words)})"
