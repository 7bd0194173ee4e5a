"""Measures the record on made-up lists: reading, adding, opening, each against a baseline in the same run.

The baselines are the least that any reader must do with the same bytes: expat with no handlers for XML, the csv module
for tables, and JSON lines decoded into plain objects for opening. Seconds are CPU seconds of one process.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.parsers import expat

from cordon.record import Store
from cordon.record.adding import add_files
from cordon.record.formats import ofac_enhanced, un_xml
from cordon.record.unhurried import unhurried

SDN_ROWS = 13_821
"""As many as OFAC's SDN list had in December 2023, with its aliases and addresses."""
XML_BYTES = 20_000_000
OPENED = 30_000
DAY = "2024-01-01"


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def sdn() -> dict[str, bytes]:
    """Return a made-up SDN list as OFAC's three CSV files."""
    nulls = ",-0- " * 7
    rows, aliases, addresses = [], [], []
    for uid in range(1, SDN_ROWS + 1):
        remarks = f"DOB {uid % 28 + 1:02} Feb {1940 + uid % 60}; POB Example, Iran; nationality Iran; Gender Male; "
        remarks += f"National ID No. {uid * 7919:010} (Iran); Passport X{uid:07} (Iran)."
        rows.append(f'{uid},"FAMILY{uid}, Given{uid % 997}",individual,"NPWMD] [IFSR"{nulls},"{remarks}"')
        aliases.append(f'{uid},{uid},"aka","FAMILI{uid}, Givven{uid % 997}",-0- ')
        addresses.append(f'{uid},{uid},"{uid} Example Street","Tehran",Iran,-0- ')
    tables = (("sdn.csv", rows), ("alt.csv", aliases), ("add.csv", addresses))
    return {name: "\r\n".join(table).encode() for name, table in tables}


def un(wanted: int) -> bytes:
    """Return a made-up list in the UN's form of a number of bytes or a little more."""
    made, length, number = [], 0, 0
    while length < wanted:
        number += 1
        made.append(
            f"<INDIVIDUAL><DATAID>{number}</DATAID><FIRST_NAME>Given{number % 997}</FIRST_NAME>"
            f"<SECOND_NAME>Family{number}</SECOND_NAME><UN_LIST_TYPE>Example</UN_LIST_TYPE>"
            f"<REFERENCE_NUMBER>EXi.{number}</REFERENCE_NUMBER><LISTED_ON>2001-02-03</LISTED_ON>"
            f"<COMMENTS1>{'A sentence about the subject and why it is on the list. ' * 6}</COMMENTS1>"
            "<NATIONALITY><VALUE>Iran</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>"
            f"<ALIAS_NAME>Famili{number} Given</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH>"
            f"<DATE>19{number % 60 + 40}-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>\n"
        )
        length += len(made[-1])
    body = "".join(made)
    return f"<CONSOLIDATED_LIST dateGenerated='{DAY}'><INDIVIDUALS>{body}</INDIVIDUALS></CONSOLIDATED_LIST>".encode()


def enhanced(wanted: int) -> bytes:
    """Return a made-up list in OFAC's enhanced XML of a number of bytes or a little more."""
    made, length, uid = [], 0, 0
    while length < wanted:
        uid += 1
        parts = "".join(
            f"<namePart id='{uid}{key}'><type>{kind}</type><value>{text}{uid}</value></namePart>"
            for key, kind, text in ((1, "First Name", "Given"), (2, "Last Name", "Family"))
        )
        made.append(
            f"<entity id='{uid}'><generalInfo><entityType>Individual</entityType></generalInfo><sanctionsLists>"
            f"<sanctionsList datePublished='2021-10-29'>SDN List</sanctionsList></sanctionsLists><sanctionsPrograms>"
            f"<sanctionsProgram>NPWMD</sanctionsProgram></sanctionsPrograms><names><name id='{uid}'><isPrimary>true"
            f"</isPrimary><isLowQuality>false</isLowQuality><translations><translation id='{uid}'><isPrimary>true"
            f"</isPrimary><formattedFirstName>Given{uid}</formattedFirstName><formattedLastName>FAMILY{uid}"
            f"</formattedLastName><nameParts>{parts}</nameParts></translation></translations></name></names><features>"
            f"<feature id='{uid}'><type>Birthdate</type><value>22 Dec 1961</value></feature><feature id='{uid}1'>"
            "<type>Gender</type><value>Male</value></feature></features></entity>\n"
        )
        length += len(made[-1])
    return f"<sanctionsData><entities>{''.join(made)}</entities></sanctionsData>".encode()


def bare_xml(raw: bytes) -> None:
    """Run expat over a file with nothing to do."""
    expat.ParserCreate().Parse(raw, True)


def bare_csv(files: dict[str, bytes]) -> None:
    """Run the csv module over tables with nothing to do."""
    for raw in files.values():
        for _ in csv.reader(io.StringIO(raw.decode())):
            pass


def report(name: str, value: float, baseline: float, what: str) -> None:
    """Print a line."""
    print(f"{name:<46} {value:7.2f} s  {value / baseline:6.1f} x {what} ({baseline:.2f} s)")


def main() -> None:
    """Measure and print one line per figure."""
    tables = sdn()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        adding = timed(lambda: add_files(store, "us-ofac-sdn", tables, DAY))
        report(f"SDN CSV set of {SDN_ROWS:,}, read and stored", adding, timed(lambda: bare_csv(tables)), "csv module")
    for name, raw, parse in (
        ("UN XML", un(XML_BYTES), un_xml.parse),
        ("OFAC enhanced XML", enhanced(XML_BYTES), ofac_enhanced.parse),
    ):
        with unhurried():
            reading = timed(partial(parse, {"list.xml": raw}))
        baseline = timed(partial(bare_xml, raw))
        report(f"{name} of {len(raw) / 1e6:.0f} MB, read", reading, baseline, "bare expat")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        add_files(store, "un-sc", {"list.xml": un(OPENED * 870)})
        first = timed(store.record)
        record = store.record()
        lines = [json.dumps({"id": key, "p": dict(one.properties)}) for key, one in record.entities.items()]
        baseline = timed(lambda: [json.loads(line) for line in lines])
        report(f"opening {len(record):,} entities, first time", first, baseline, "json module")
        report(f"opening {len(record):,} entities, again", timed(store.record), baseline, "json module")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"{'most memory used':<46} {peak:7.0f} MB")


if __name__ == "__main__":
    main()
