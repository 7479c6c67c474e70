"""The mutations: every comparison, minimum, whole number, bisection and rounding of a module, wrong by the least.

The tools that exist change anything; what a price depends on is where an interval ends and which way a tie is
rounded, and these they do not know.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.mutation.roundings import ROUNDINGS, STAND_IN

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
SWAPPED = {"min": "max", "max": "min", "bisect_left": "bisect_right", "bisect_right": "bisect_left"}
ROUNDED_BY = {"round_half_up", "nearest"}


@dataclass(frozen=True)
class Mutant:
    """One module with one fault: where it is, what stood there, what stands there now, and the whole of it."""

    module: str
    line: int
    kind: str
    before: str
    after: str
    source: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what the fault is known by, wherever it stands in its module."""
        return self.module, self.before, self.after

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.before}  →  {self.after}"


@dataclass(frozen=True)
class Place:
    """Where a node hangs in the tree: its parent's field and, in a list, its number."""

    parent: ast.AST
    field: str
    number: int | None

    def put(self, node: ast.AST) -> None:
        """Hang another node here."""
        if self.number is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.number] = node


def mutants_of(module: str, source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module: the changes of spec 8.8 (f), one at a time."""
    tree = ast.parse(source)
    places = {id(child): place for child, place in _places(tree)}
    spoken = {id(part) for node in ast.walk(tree) if _only_speaks(node) for part in ast.walk(node)}
    for node in list(ast.walk(tree)):
        for kind, changed in () if id(node) in spoken else _changes(node):
            shown, place = _expression_around(node, places), places[id(node)]
            before = ast.unparse(shown)
            place.put(changed)
            after = ast.unparse(changed if shown is node else shown)
            mutated = ast.unparse(tree)
            place.put(node)
            yield Mutant(module, getattr(node, "lineno", 0), kind, before, after, mutated)


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, Place]]:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                yield value, Place(parent, field, None)
            elif isinstance(value, list):
                yield from (
                    (each, Place(parent, field, n))
                    for n, each in enumerate(value)
                    if isinstance(each, ast.AST)
                )


def _only_speaks(node: ast.AST) -> bool:
    """Tell whether a part makes words or keeps a cache: no price follows from it."""
    match node:
        case ast.Raise() | ast.JoinedStr() | ast.keyword(arg="maxsize"):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name.endswith("_KEPT")
    return False


def _expression_around(node: ast.AST, places: dict[int, Place]) -> ast.AST:
    """Return the call, the comparison, the item or the whole assignment in which a node stands."""
    around = ast.expr | ast.keyword | ast.comprehension | ast.Assign
    while isinstance(parent := places[id(node)].parent, around):
        node = parent
        if isinstance(node, ast.Compare | ast.Call | ast.Subscript):
            break
    return node


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(ops=ops):
            for which, operator in enumerate(ops):
                if type(operator) in COMPARISONS:
                    other = [*ops[:which], COMPARISONS[type(operator)](), *ops[which + 1 :]]
                    yield "comparison", ast.Compare(node.left, other, node.comparators)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in ROUNDED_BY:
            for way in ROUNDINGS:
                arguments = [ast.Constant(way), node.func, *node.args]
                yield "rounding", ast.Call(ast.Name(STAND_IN, ast.Load()), arguments, node.keywords)
        case ast.Name(id=name, ctx=ast.Load()) if name in SWAPPED:
            yield "other end", ast.Name(SWAPPED[name], ast.Load())
        case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
            down = ast.BinOp(ast.UnaryOp(ast.USub(), left), ast.FloorDiv(), right)
            yield "rounding", ast.UnaryOp(ast.USub(), down)
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            yield "one more", ast.Constant(value + 1)
            yield "one less", ast.Constant(value - 1)
