"""Measures what a user waits for, each against a named baseline in the same run: start-up, screening, reading, size.

Ratios hold across machines, seconds do not; every figure is the median of several runs of a whole process.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7


def seconds(*command: str) -> float:
    """Return the median wall time of a command in seconds, after one run that is not counted."""
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def installed_megabytes() -> float:
    """Return what `pip install .` adds to the site-packages of an empty environment, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        site = next((Path(folder) / "lib").glob("python*")) / "site-packages"
        before = folder_bytes(site)
        subprocess.run([python, "-m", "pip", "install", "--quiet", str(ROOT)], check=True, capture_output=True)
        return (folder_bytes(site) - before) / 1e6


def folder_bytes(folder: Path) -> int:
    """Return the size of all files below a folder in bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Measure and print one line per figure."""
    python = sys.executable
    bare = seconds(python, "-c", "pass")
    rows = [
        ("python -c pass (baseline)", bare),
        ("import cordon", seconds(python, "-c", "import cordon")),
        ("cordon screen NAME", seconds(python, "-m", "cordon", "screen", "Abdullah Mahrabi")),
        ("cordon read REPORT", seconds(python, "-m", "cordon", "read", "examples/drone-factory-report.txt")),
    ]
    for name, value in rows:
        print(f"{name:<28} {value * 1000:7.0f} ms  {value / bare:5.1f} x baseline")
    print(f"{'core install':<28} {installed_megabytes():7.1f} MB")


if __name__ == "__main__":
    main()
