"""The commands of ``cordon record`` that look: one entity with its history, two days compared, conflicts of lists."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterable
from typing import Any

import click
import msgspec

from cordon.cli import options
from cordon.cli.paint import Paper, day_in_words, print_listings, printable
from cordon.errors import InputError
from cordon.model import Entity
from cordon.record import Record, current_record, current_store
from cordon.record.changes import Change, Difference, Event, compare_days, history_of
from cordon.record.conflicts import Conflict, conflicts
from cordon.record.entry import Entry, original_entries
from cordon.record.formats.ftm_write import delta_lines, link_line
from cordon.screening.shape import listing_dict


@click.command("show", short_help="Show one entity: listings, other lists, history, original.")
@click.argument("entity_id", metavar="ENTITY")
@click.option("--as-of", metavar="DATE", help="As the record was on this day (YYYY-MM-DD).")
@click.option("--raw", is_flag=True, help="Show the entry as its publisher printed it, and where each value stands.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_command(entity_id: str, as_of: str | None, raw: bool, as_json: bool) -> int:
    """Show one entity by its id, e.g. us-ofac-sdn:33596.

    Every property and listing, the other lists' entries for the same subject with the reason, and its history line by
    line.
    """
    day = options.day(as_of, "--as-of")
    record = current_record(day)
    entity = record.entities.get(entity_id)
    if entity is None:
        raise InputError(
            f"no such entity in the record{f' as of {day}' if day else ''}: {entity_id}",
            hint="cordon screen NAME --json shows ids",
            code="no-such-entity",
        )
    history = _history(entity_id, day)
    entries = original_entries(current_store(), entity_id, day) if raw else ()
    if as_json:
        click.echo(json.dumps(_shown_dict(record, entity, history, entries), ensure_ascii=False, indent=2))
        return 0
    paper = Paper()
    _print_entity(paper, record, entity, day or datetime.date.today().isoformat())
    _print_history(paper, history)
    for entry in entries:
        _print_entry(paper, entry)
    return 0


def _history(entity_id: str, day: str | None) -> dict[str, tuple[Event, ...]]:
    """Return the history of an entity by list; empty for the starter record, which has one snapshot."""
    store = current_store()
    if not store.snapshots():
        return {}
    days: dict[str, list[str]] = {}
    for snapshot in store.snapshots():
        days.setdefault(snapshot.source, []).append(snapshot.snapshot)
    return {
        source: history_of(versions, days.get(source, ())) for source, versions in store.history(entity_id, day).items()
    }


def _print_entity(paper: Paper, record: Record, entity: Entity, today: str) -> None:
    paper.line(f"{paper.style(printable(entity.caption), bold=True)}  {entity.schema}, {printable(entity.id)}")
    for name, values in entity.properties.items():
        paper.labelled(name, "; ".join(values), indent=2, width=20)
    paper.heading("listings")
    print_listings(paper, entity.listings, today, indent=2)
    for listing in entity.listings:
        if listing.reason:
            paper.wrapped(f"{listing.authority}: {listing.reason}", indent=2, hang=2, dim=True)
        if listing.basis != "source":
            paper.wrapped(f"{listing.authority}: {listing.basis}", indent=2, hang=2, dim=True)
    _print_links(paper, record, entity)
    others = record.same.get(entity.id, ())
    if others:
        paper.heading("the same subject in other entries")
    for other in others:
        there = record.entities[other.entity]
        paper.line(f"  {there.id}  {printable(there.caption)}  {paper.style(other.reason, dim=True)}")
        print_listings(paper, there.listings, today, indent=4)


def _print_links(paper: Paper, record: Record, entity: Entity) -> None:
    found = [link for link in record.links if entity.id in (link.source, link.target)]
    if found:
        paper.heading("links")
    for link in found:
        other = link.target if link.source == entity.id else link.source
        there = record.entities.get(other)
        arrow = "to" if link.source == entity.id else "from"
        caption = printable(there.caption) if there is not None else "not in the record"
        paper.line(f"  {link.schema:<14} {arrow:<4} {other}  {caption}  {paper.style(printable(link.role), dim=True)}")


def _print_history(paper: Paper, history: dict[str, tuple[Event, ...]]) -> None:
    if history:
        paper.heading("history")
    for source, events in history.items():
        for event in events:
            paper.line(f"  {day_in_words(event.day):<12} {source:<14} {_told(event)}")
            _print_changes(paper, event.changes, indent=15)


def _told(event: Event) -> str:
    if event.since is None:
        return "in the first snapshot at hand"
    bound = event.kind in ("first seen", "back", "gone")
    word = "still there on" if event.kind == "gone" else "not there on"
    return f"{event.kind}, {word} {day_in_words(event.since)}" if bound else event.kind


def _print_changes(paper: Paper, changes: Iterable[Change], *, indent: int) -> None:
    for change in changes:
        lost = [value for value in change.before if value not in change.after]
        new = [value for value in change.after if value not in change.before]
        told = [f"- {'; '.join(lost)}"] * bool(lost) + [f"+ {'; '.join(new)}"] * bool(new)
        paper.wrapped(f"{change.field}: {'  '.join(told) or 'order only'}", indent=indent, hang=2)


def _print_entry(paper: Paper, entry: Entry) -> None:
    for place, text in entry.texts:
        paper.heading("as printed", f"{entry.source} of {entry.day}, {place}")
        for line in text.split("\n"):
            paper.line(f"  {_visible(line)}")
    if entry.origin.values:
        paper.heading("where each value stands")
    for (field, value), place in entry.origin.values.items():
        paper.labelled(field, f"{value[:80]}  ({place})", indent=2, width=20)


def _visible(line: str) -> str:
    """Return a line without what could rewrite a terminal, its indent kept."""
    return line[: len(line) - len(line.lstrip())] + printable(line)


def entity_dict(entity: Entity) -> dict[str, Any]:
    """Return an entity with its listings in the JSON shape that programs rely on."""
    return {
        "id": entity.id,
        "schema": entity.schema,
        "caption": entity.caption,
        "datasets": list(entity.datasets),
        "properties": {name: list(values) for name, values in entity.properties.items()},
        "listings": [listing_dict(listing) for listing in entity.listings],
    }


def _shown_dict(
    record: Record, entity: Entity, history: dict[str, tuple[Event, ...]], entries: tuple[Entry, ...]
) -> dict[str, Any]:
    shown = entity_dict(entity)
    shown["same"] = [
        {"reason": other.reason, **entity_dict(record.entities[other.entity])}
        for other in record.same.get(entity.id, ())
    ]
    shown["links"] = [
        {"schema": link.schema, "source": link.source, "target": link.target, "role": link.role}
        for link in record.links
        if entity.id in (link.source, link.target)
    ]
    shown["history"] = [
        {"source": source, **event._asdict(), "changes": _changes(event.changes)}
        for source, events in history.items()
        for event in events
    ]
    if entries:
        shown["originals"] = [
            {
                "source": entry.source,
                "snapshot": entry.day,
                "entries": [{**place._asdict(), "text": text} for place, text in entry.texts],
                "values": [
                    {"property": field, "value": value, **place._asdict()}
                    for (field, value), place in entry.origin.values.items()
                ],
            }
            for entry in entries
        ]
    return shown


def _changes(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [{"field": one.field, "before": list(one.before), "after": list(one.after)} for one in changes]


@click.command("diff", short_help="Compare a list on two days.")
@click.argument("source", metavar="SOURCE")
@click.argument("first", metavar="D1")
@click.argument("second", metavar="D2")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--ftm", "as_ftm", is_flag=True, help="Print a FollowTheMoney delta: ADD, MOD and DEL, one a line.")
def diff_command(source: str, first: str, second: str, as_json: bool, as_ftm: bool) -> int:
    """Say what was added to a list, amended and gone between two days (YYYY-MM-DD); exit status 1 when anything was."""
    days = [options.day(first, "D1") or "", options.day(second, "D2") or ""]
    found = compare_days(current_store(), source, *days)
    if as_ftm:
        _print_delta(found)
    elif as_json:
        click.echo(json.dumps(_difference_dict(found), ensure_ascii=False, indent=2))
    else:
        _print_difference(Paper(), source, found)
    return 1 if found.any else 0


def _print_delta(found: Difference) -> None:
    lines = itertools.chain(
        (line for entity in found.added for line in delta_lines("ADD", entity)),
        (line for one in found.amended for line in delta_lines("MOD", one.entity, before=one.before)),
        (line for entity in found.gone for line in delta_lines("DEL", entity)),
        (link_line("ADD", link) for link in found.links_added),
        (link_line("DEL", link) for link in found.links_gone),
    )
    for line in lines:
        click.echo(line)


def _difference_dict(found: Difference) -> dict[str, Any]:
    return {
        "before": found.before,
        "after": found.after,
        "added": [entity_dict(entity) for entity in found.added],
        "amended": [
            {"id": one.entity.id, "caption": one.entity.caption, "changes": _changes(one.changes)}
            for one in found.amended
        ],
        "gone": [entity_dict(entity) for entity in found.gone],
        "links_added": [msgspec.to_builtins(link) for link in found.links_added],
        "links_gone": [msgspec.to_builtins(link) for link in found.links_gone],
    }


def _print_difference(paper: Paper, source: str, found: Difference) -> None:
    for word, entities, colour in (("added", found.added, "green"), ("gone", found.gone, "red")):
        for entity in entities:
            mark = paper.style(f"{word:<8}", fg=colour, bold=True)
            paper.line(f"{mark} {entity.id}  {printable(entity.caption)}  {entity.schema}")
    for one in found.amended:
        mark = paper.style("amended ", fg="yellow", bold=True)
        paper.line(f"{mark} {one.entity.id}  {printable(one.entity.caption)}")
        _print_changes(paper, one.changes, indent=9)
    for word, links, colour in (("link", found.links_added, "green"), ("no link", found.links_gone, "red")):
        for link in links:
            mark = paper.style(f"{word:<8}", fg=colour, bold=True)
            paper.line(f"{mark} {link.source}  {printable(link.role)}  {link.target}")
    counts = f"{len(found.added):,} added, {len(found.amended):,} amended, {len(found.gone):,} gone"
    paper.line(f"{source}, snapshot of {found.before} to snapshot of {found.after}: {counts}")


@click.command("conflicts", short_help="Show what lists say differently of one subject.")
@click.option("--as-of", metavar="DATE", help="As the record was on this day (YYYY-MM-DD).")
@click.option("--about", "about", metavar="ENTITY", help="Only conflicts of this entity.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def conflicts_command(as_of: str | None, about: str | None, as_json: bool) -> int:
    """Show where lists contradict each other: a digit lost, a number given to two people, another birth date.

    Exit status 1 when there are any.
    """
    day = options.day(as_of, "--as-of")
    store, record = current_store(), current_record(day)
    if about is not None and about not in record.entities:
        raise InputError(
            f"--about: no such entity in the record: {about}",
            hint="cordon screen NAME --json shows ids",
            code="no-such-entity",
        )
    pairs = store.meetings(day) if store.snapshots() else ()
    today = day or datetime.date.today().isoformat()
    listed = {key: one for key, one in record.entities.items() if one.in_force(today) or not one.listings}
    known = [pair for pair in pairs if pair[0] in listed and pair[1] in listed]
    found = [one for one in conflicts(listed, known) if about is None or about in one.entities]
    found.sort(key=lambda one: (one.kind, one.entities))
    if as_json:
        click.echo(json.dumps([one._asdict() for one in found], ensure_ascii=False, indent=2))
    else:
        _print_conflicts(Paper(), record, found)
    return 1 if found else 0


def _print_conflicts(paper: Paper, record: Record, found: list[Conflict]) -> None:
    kind = ""
    for one in found:
        if one.kind != kind:
            kind = one.kind
            paper.heading(f"{kind} ({sum(1 for other in found if other.kind == kind):,})")
        for entity_id, said in zip(one.entities, one.said, strict=True):
            caption = printable(record.entities[entity_id].caption)
            paper.line(f"  {entity_id:<40} {caption:<36} {printable(said)}")
        paper.wrapped(one.linked or "not taken for one subject", indent=4, dim=True)
    paper.line(f"{len(found):,} conflicts" if found else "no conflicts")
