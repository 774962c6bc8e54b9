"""Run the benchmarks: `python -m benchmarks.run`, or one of them with `--only P9`.

Prints a line for each case and writes `docs/performance.md`. Ends with 1 when a figure is short of its goal.
"""

import argparse
import importlib
import platform
import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

from .measure import Result, measure

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
COLUMNS = ["case", "ours", "peer", "ratio (median of 5)", "spread", "goal", "verdict"]
OPENING = """# Performance

Each figure stands beside a peer that did the same work in the same run on the same machine: machines differ,
ratios hardly. A ratio is the median of five alternating runs, with the least and the largest beside it.
`make bench` measures again and writes this page; `make bench ONLY=P1` measures one.

In the rows of P1 that say p99, ours is the slowest hundredth of our own pairs and the peer is their median:
the goal is three times the median at most. In those that say floor, two bare requests with as many plain
statements as ours stand in the place of ours: what is left of the goal for the order itself.

P10 compares processor time, which a busy machine changes little: ours reads a fifth of 10,000 feeds in each
run, requests and rows included; the peer parses one body in 71 of these, and its time is multiplied.
"""


def scripts(only: str | None) -> list[ModuleType]:
    found = [importlib.import_module(f"benchmarks.{path.stem}") for path in sorted(HERE.glob("p[0-9]*_*.py"))]
    chosen = [script for script in found if only in (None, script.name)]
    return sorted(chosen, key=lambda script: int(script.name[1:]))


def rows_on_page() -> dict[str, list[str]]:
    """What was measured before, by case."""
    lines = PAGE.read_text().splitlines() if PAGE.exists() else []
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| P")]
    return {row[0]: row for row in rows}


def in_order(case: str) -> list[int | str]:
    """Its words and numbers by turns, so that c4 stands before c16."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", case)]


def write_page(results: list[Result]) -> None:
    measured = {result.case.name.split()[0] for result in results}
    rows = {case: row for case, row in rows_on_page().items() if case.split()[0] not in measured}
    rows |= {result.case.name: result.row for result in results}
    table = [COLUMNS, ["---"] * len(COLUMNS), *(rows[case] for case in sorted(rows, key=in_order))]
    text = "\n".join("| " + " | ".join(row) + " |" for row in table)
    footer = f"Last run: {date.today():%d %B %Y}, Python {platform.python_version()}, {platform.machine()}."
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(f"{OPENING}\n{text}\n\n{footer}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="P9")
    chosen = scripts(parser.parse_args().only)
    if not chosen:
        parser.error("There is no benchmark of that name.")
    results = []
    for script in chosen:
        for case in script.cases():
            results.append(measure(case))
            print(results[-1].line, flush=True)
        write_page(results)
    return 0 if all(result.verdict == "ok" for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
