"""Plots as drawings of the page itself: lines over two axes, placed in whole units of a view box, no script needed.

The numbers stand beside every plot as a table; a drawing may round, a price does not pass here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 44
MOST_TICKS = 6
STEPS = (1, 2, 5)

Point = tuple[Fraction, Fraction]
Say = Callable[[Fraction], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line to draw: its name, the class that colours it, its points from left to right, and whether to dot them."""

    name: str
    look: str
    points: tuple[Point, ...]
    has_dots: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: where, and what it says."""

    place: int
    words: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line in units of the view box: the `d` of its path, and its dots."""

    name: str
    look: str
    path: str
    dots: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything the drawing needs. `zero` is the height of nothing, where the lowest value is below it."""

    title: str
    x_words: str
    y_words: str
    lines: tuple[DrawnLine, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    zero: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def draw(lines: Sequence[Line], *, title: str, x_words: str, y_words: str, say_x: Say, say_y: Say) -> Plot:
    """Place lines over two axes; the vertical one always shows 0, so that no rise looks steeper than it is."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    across = _Axis(min(xs), max(xs), LEFT, WIDTH - RIGHT)
    up = _Axis(min(Fraction(0), *ys), max(Fraction(1), *ys), HEIGHT - BOTTOM, TOP)
    return Plot(
        title=title,
        x_words=x_words,
        y_words=y_words,
        lines=tuple(_drawn(line, across, up) for line in lines),
        x_ticks=across.ticks(say_x),
        y_ticks=up.ticks(say_y),
        zero=up.place(Fraction(0)),
    )


def _drawn(line: Line, across: _Axis, up: _Axis) -> DrawnLine:
    places = tuple((across.place(x), up.place(y)) for x, y in line.points)
    path = " ".join(f"{'L' if number else 'M'}{x} {y}" for number, (x, y) in enumerate(places))
    return DrawnLine(line.name, line.look, path, places if line.has_dots else ())


@dataclass(frozen=True, slots=True)
class _Axis:
    """From values to places; it begins and ends at a tick."""

    lowest: Fraction
    highest: Fraction
    start: int
    end: int

    @property
    def step(self) -> Fraction:
        span = max(self.highest - self.lowest, Fraction(1, 100))
        size = Fraction(1, 1000)
        while True:
            for step in STEPS:
                if span <= size * step * MOST_TICKS:
                    return size * step
            size *= 10

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        step = self.step
        first, last = self.lowest // step * step, -(-self.highest // step) * step
        return first, max(last, first + step)

    def place(self, value: Fraction) -> int:
        first, last = self.ends
        return round(self.start + (self.end - self.start) * (value - first) / (last - first))

    def ticks(self, say: Say) -> tuple[Tick, ...]:
        first, last = self.ends
        count = int((last - first) / self.step)
        values = [first + self.step * number for number in range(count + 1)]
        return tuple(Tick(self.place(value), say(value)) for value in values)
