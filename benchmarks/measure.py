"""Ours beside a peer in the same run: alternating, median, spread.

A script `benchmarks/p<number>_<thing>.py` has `name`, `goal` (the least ratio) and `cases()`, a generator
of `Case`; what it starts for them it ends after the last one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

RUNS = 5


@dataclass(frozen=True)
class Case:
    """`ours` and `peer` each do the work once, check that it was done, and return a rate, or a time."""

    name: str
    unit: str
    ours: Callable[[], float]
    peer: Callable[[], float]
    goal: float
    less_is_better: bool = False


@dataclass
class Result:
    case: Case
    ours: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """How many times better ours is."""
        pairs = zip(self.ours, self.peer, strict=True)
        return [peer / ours if self.case.less_is_better else ours / peer for ours, peer in pairs]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def verdict(self) -> str:
        return "ok" if self.ratio >= self.case.goal else "short"

    @property
    def line(self) -> str:
        return f"{self.case.name} ratio={self.ratio:.2f} goal={self.case.goal:.2f} {self.verdict}"

    @property
    def row(self) -> list[str]:
        """Cells of the table in docs/performance.md."""
        spread = f"{min(self.ratios):.2f}–{max(self.ratios):.2f}"
        ours, peer = (f"{median(rates):,.0f} {self.case.unit}" for rates in (self.ours, self.peer))
        return [
            self.case.name,
            ours,
            peer,
            f"{self.ratio:.2f}",
            spread,
            f"{self.case.goal:.2f}",
            self.verdict,
        ]


def measure(case: Case, runs: int = RUNS) -> Result:
    """Alternating, now the one first and now the other, so that a noisy neighbour meets both."""
    result = Result(case)
    sides = [(result.ours, case.ours), (result.peer, case.peer)]
    for _ in range(runs):
        for figures, work in sides:
            figures.append(work())
        sides.reverse()
    return result
