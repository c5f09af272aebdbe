"""How a figure is stated: its value, the floor of the same run, and whether the goal is met."""

import sys
from collections.abc import Iterable

import msgspec

FRAME_MS = 1000 / 30
"""A picture's time at 30 a second: between two nothing can be told of a video."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a benchmark, as printed with --json."""

    name: str
    value: float
    unit: str
    floor: float
    ratio: float
    goal: str
    met: bool


def _beside(name: str, value: float, floor: float, unit: str, goal: str, *, met: bool) -> Figure:
    ratio = value / floor if floor else 0.0
    return Figure(name=name, value=value, unit=unit, floor=floor, ratio=ratio, goal=goal, met=met)


def at_most_times(name: str, value: float, floor: float, limit: float, unit: str) -> Figure:
    """A promise of the form "no more than `limit` times the floor"."""
    goal = f"ratio {limit:g} or less"
    return _beside(name, value, floor, unit, goal, met=value / floor <= limit)


def at_most_above(name: str, value: float, floor: float, margin: float, unit: str) -> Figure:
    """A promise of the form "within `margin` of the floor"."""
    goal = f"floor + {margin:g} {unit} or less"
    return _beside(name, value, floor, unit, goal, met=value <= floor + margin)


def at_most(name: str, value: float, limit: float, unit: str, *, floor: float) -> Figure:
    """An absolute limit; where the floor is over a third of it, three times the floor counts."""
    allowed = max(limit, 3 * floor) if floor > limit / 3 else limit
    return _beside(name, value, floor, unit, f"{allowed:g} {unit} or less", met=value <= allowed)


def at_least(name: str, value: float, limit: float, unit: str, *, floor: float) -> Figure:
    """A promise of so much or more, whatever the floor."""
    return _beside(name, value, floor, unit, f"{limit:g} {unit} or more", met=value >= limit)


def stated(name: str, value: float, floor: float, unit: str) -> Figure:
    """No promise: the figure beside its floor."""
    return _beside(name, value, floor, unit, "stated", met=True)


def never(name: str, count: int) -> Figure:
    """A promise that something does not happen at all."""
    return Figure(name=name, value=count, unit="times", floor=0, ratio=0, goal="0", met=count == 0)


def report(figures: Iterable[Figure]) -> int:
    """Prints one JSON object a line; returns 1 where a goal is missed."""
    missed = 0
    for figure in figures:
        sys.stdout.write(msgspec.json.encode(figure).decode() + "\n")
        missed += not figure.met
    return 1 if missed else 0
