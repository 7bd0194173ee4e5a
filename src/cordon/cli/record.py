"""``cordon record``: put lists into the record, see what is there, look at an entity, compare two days."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click

from cordon.cli import options
from cordon.cli.paint import Paper, print_listings, printable
from cordon.errors import InputError, RecordError
from cordon.model import Entity
from cordon.record import current_record, current_store
from cordon.record.changes import Difference, compare_records
from cordon.record.sources import parse, read_files
from cordon.record.store import Added
from cordon.screening.shape import listing_dict, snapshot_list

_IGNORED_SHOWN = 12


@click.group("record", short_help="Add lists, see what the record holds, compare two days.")
def record_command() -> None:
    """Add lists, see what the record holds, look at an entity, compare two days.

    \b
    Examples:
      cordon record add us-ofac-sdn sdn.csv alt.csv add.csv --date 2024-05-03
      cordon record diff us-ofac-sdn 2023-01-05 2023-01-06
    """  # noqa: D301 - click wants the backspace itself


@record_command.command("add", short_help="Read a list's files into the record.")
@click.argument("source", metavar="SOURCE")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--date", "day", metavar="DATE", help="Day the files were received (YYYY-MM-DD).  [default: today]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each snapshot.")
def add_command(source: str, files: tuple[str, ...], day: str | None, as_json: bool) -> int:
    """Read the files of one list on one day into the record; gzip and xz are unpacked.

    One tar archive with members like 2023-01-06T184401Z/sdn.csv adds a snapshot for each day in it. Files that are
    there already change nothing.
    """
    checked = options.day(day, "--date")
    store = current_store()
    for dated in read_files([Path(name) for name in files], checked):
        added = store.add(source, dated.day, dated.files, parse(source, dated.files))
        if as_json:
            click.echo(json.dumps(_added_dict(added), ensure_ascii=False))
        else:
            _print_added(Paper(), added)
    return 0


def _added_dict(added: Added) -> dict[str, Any]:
    return {
        **snapshot_list([added.snapshot])[0],
        "changed": added.changed,
        "new_versions": added.new_versions,
        "ignored": dict(added.ignored),
    }


def _print_added(paper: Paper, added: Added) -> None:
    snapshot = added.snapshot
    done = f"{added.new_versions:,} new versions" if added.changed else "already there, nothing changed"
    paper.line(f"{snapshot.source} of {snapshot.snapshot}: {snapshot.entities:,} entities, {done}")
    worst = sorted(added.ignored.items(), key=lambda item: -item[1]) if added.changed else []
    for what, count in worst[:_IGNORED_SHOWN]:
        paper.wrapped(f"{count:>6} not understood, kept as a note or counted: {what}", indent=2, hang=7, dim=True)
    if len(worst) > _IGNORED_SHOWN:
        rest = sum(count for _, count in worst[_IGNORED_SHOWN:])
        paper.wrapped(
            f"{rest:>6} more of {len(worst) - _IGNORED_SHOWN} other kinds; --json names them all", indent=2, dim=True
        )


@record_command.command("list", short_help="Show the snapshots of the record.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(as_json: bool) -> int:
    """Show the snapshots of the record with their age; without any, the starter record answers."""
    found = current_store().snapshots() or current_record().snapshots
    if as_json:
        click.echo(json.dumps(snapshot_list(found), ensure_ascii=False, indent=2))
        return 0
    paper = Paper()
    today = datetime.date.today()
    for snapshot in found:
        age = (today - datetime.date.fromisoformat(snapshot.snapshot)).days
        held = f"{snapshot.entities:>8,} entities  {age:>5} days old  {snapshot.sha256[:12]}"
        paper.line(f"{snapshot.source:<16} {snapshot.snapshot}  {held}")
    return 0


@record_command.command("show", short_help="Show one entity with its listings.")
@click.argument("entity_id", metavar="ENTITY")
@click.option("--as-of", metavar="DATE", help="As the record was on this day (YYYY-MM-DD).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_command(entity_id: str, as_of: str | None, as_json: bool) -> int:
    """Show one entity by its id, e.g. us-ofac-sdn:33596, with every property and listing."""
    day = options.day(as_of, "--as-of")
    entity = current_record(day).entities.get(entity_id)
    if entity is None:
        raise InputError(
            f"no such entity in the record{f' as of {day}' if day else ''}: {entity_id}",
            hint="cordon screen NAME --json shows ids",
            code="no-such-entity",
        )
    if as_json:
        click.echo(json.dumps(_entity_dict(entity), ensure_ascii=False, indent=2))
        return 0
    paper = Paper()
    paper.line(f"{paper.style(printable(entity.caption), bold=True)}  {entity.schema}, {entity.id}")
    for name, values in entity.properties.items():
        paper.wrapped(f"{name + ':':<20}{'; '.join(values)}", indent=2, hang=20)
    print_listings(paper, entity.listings, day or datetime.date.today().isoformat(), indent=2)
    return 0


def _entity_dict(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "schema": entity.schema,
        "caption": entity.caption,
        "datasets": list(entity.datasets),
        "properties": {name: list(values) for name, values in entity.properties.items()},
        "listings": [listing_dict(listing) for listing in entity.listings],
    }


@record_command.command("diff", short_help="Compare a list on two days.")
@click.argument("source", metavar="SOURCE")
@click.argument("first", metavar="D1")
@click.argument("second", metavar="D2")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff_command(source: str, first: str, second: str, as_json: bool) -> int:
    """Say what was added to a list, amended and gone between two days (YYYY-MM-DD); exit status 1 when anything was."""
    days = [options.day(first, "D1") or "", options.day(second, "D2") or ""]
    store = current_store()
    known = {snapshot.source for snapshot in store.snapshots()}
    if source not in known:
        raise RecordError(f"no snapshot of {source} is there", hint="cordon record add adds one", code="no-snapshot")
    before, after = (store.record(day) for day in days)
    found = compare_records(before, after, source, *days)
    if as_json:
        click.echo(json.dumps(_difference_dict(found), ensure_ascii=False, indent=2))
    else:
        _print_difference(Paper(), found)
    return 1 if found.added or found.amended or found.gone else 0


def _difference_dict(found: Difference) -> dict[str, Any]:
    return {
        "added": [_entity_dict(entity) for entity in found.added],
        "amended": [
            {
                "id": one.entity.id,
                "caption": one.entity.caption,
                "changes": [{"field": c.field, "before": list(c.before), "after": list(c.after)} for c in one.changes],
            }
            for one in found.amended
        ],
        "gone": [_entity_dict(entity) for entity in found.gone],
    }


def _print_difference(paper: Paper, found: Difference) -> None:
    for word, entities, colour in (("added", found.added, "green"), ("gone", found.gone, "red")):
        for entity in entities:
            mark = paper.style(f"{word:<8}", fg=colour, bold=True)
            paper.line(f"{mark} {entity.id}  {printable(entity.caption)}  {entity.schema}")
    for one in found.amended:
        paper.line(
            f"{paper.style('amended ', fg='yellow', bold=True)} {one.entity.id}  {printable(one.entity.caption)}"
        )
        for change in one.changes:
            lost = [value for value in change.before if value not in change.after]
            new = [value for value in change.after if value not in change.before]
            told = [f"- {'; '.join(lost)}"] * bool(lost) + [f"+ {'; '.join(new)}"] * bool(new)
            paper.wrapped(f"{change.field}: {'  '.join(told) or 'order only'}", indent=9, hang=2)
    paper.line(f"{len(found.added)} added, {len(found.amended)} amended, {len(found.gone)} gone")
