"""Every regular expression of the package, how it is applied, and texts that wear it down.

A pattern that backtracks is slow on texts that look like its own parts, over and over, and then
end otherwise. Such texts are made here from the parsed pattern: for every repeated part of it, a
beginning that leads there, the repeated part many times, and an end that does not fit.

    python -m tests.patterns

tries all of them, in some ten minutes of one processor; it is no test, since it measures time.
"""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import lineage

ROOT = Path(lineage.__file__).parent
METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
# Characters that classes are tried with: what texts have, from each kind.
_TRIED = " \n\tabz01A-.,:;'\"“’()[]{}<>/@&*_#>=!?é–—\u00a0" + "\u3000" + "中"
# Where functions make patterns of a language's words and keep them.
_MAKERS = ("lineage.text.", "lineage.page.", "lineage.facts.")
# Of the texts that can be made for a pattern, so many are tried.
_MAX_CASES = 120
# Parts that may occur so often at most are no danger.
_FEW = 12

# Characters that a pattern is tried on first, and four times as many. What takes less than this
# on the second is done with a megabyte in seconds, or is cut by a limit of its own.
N_CHARS = 4_000
SLOW_S = 0.025
MAX_GROWTH = 8


@dataclass(frozen=True)
class Used:
    """A pattern, where it is, and by which methods it is applied."""

    name: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]


@functools.cache
def collect() -> tuple[Used, ...]:
    """List all patterns of the package: of module globals, and those written in calls."""
    found: dict[tuple[Any, int], Used] = {}
    by_name = _methods()
    for info in pkgutil.walk_packages([str(ROOT)], "lineage."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if getattr(value, "__module__", info.name) != info.name and callable(value):
                continue
            for pattern in _within(value, info.name, set()):
                methods = (
                    by_name.get((info.name.rpartition(".")[2], name), set())
                    if pattern is value
                    else set()
                )
                key = (pattern.pattern, pattern.flags)
                known = set(found[key].methods) if key in found else set()
                used = known | (methods or (set(METHODS) if pattern is not value else set()))
                found[key] = Used(
                    f"{info.name}.{name}",
                    pattern,
                    tuple(sorted(used)),
                )
        for method, pattern in _inline(module):
            key = (pattern.pattern, pattern.flags)
            known = set(found[key].methods) if key in found else set()
            found[key] = Used(f"{info.name}: re.{method}", pattern, tuple(sorted(known | {method})))
    return tuple(found.values())


def _within(value: Any, module: str, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in (*value.keys(), *value.values()):
            yield from _within(each, module, seen)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _within(each, module, seen)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for each in value.__dataclass_fields__:
            yield from _within(getattr(value, each), module, seen)
    elif hasattr(value, "cache_info") and value.__module__.startswith(_MAKERS):
        for arguments in ((), ("en",), ("de",)):
            try:
                made = value(*arguments)
            except Exception:  # one that wants other arguments is reached through its callers
                continue
            yield from _within(made, module, seen)


@functools.cache
def _methods() -> dict[tuple[str, str], set[str]]:
    """(module, name of a global) to the methods by which it is applied."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                owner = node.value
                if isinstance(owner, ast.Name):
                    found.setdefault((path.stem, owner.id), set()).add(node.attr)
                elif isinstance(owner, ast.Attribute) and isinstance(owner.value, ast.Name):
                    found.setdefault((owner.value.id, owner.attr), set()).add(node.attr)
    return found


def _inline(module: Any) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Patterns that are written where they are used: ``re.sub(r"\\s+", " ", text)``."""
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in METHODS
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            flags = re.NOFLAG
            for word in node.keywords:
                if word.arg == "flags":
                    flags = eval(ast.unparse(word.value), {"re": re})
            yield node.func.attr, re.compile(node.args[0].value, flags)


def hostile(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Beginnings, repeated parts and ends of texts that may wear a pattern down.

    Returns
    -------
    list of (str, str, str)
        ``start + part * n + end`` is a text.
    """
    text = pattern.pattern
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    tree = parser.parse(text, pattern.flags & ~re.LOCALE & ~re.DEBUG)
    cases: dict[tuple[str, str, str], None] = {}
    pieces = sorted(set(_literals(tree)))[:12]
    for start, parts in _repeats(tree, [""]):
        for part in parts:
            for end in ("", "\x00"):
                cases[start[-200:], part, end] = None
            cases["", part, "\n\x00"] = None
    for piece in [*pieces, *" \na1A.", "A ", "a ", "1 ", "A. ", "a, ", "\n\n", " \n", "(", '"']:
        cases["", piece, "\x00"] = None
        cases["", f"{piece} ", "\x00"] = None
    kept = [case for case in cases if case[1]]
    return kept[:: max(1, len(kept) // _MAX_CASES)]


def _repeats(tree: Any, starts: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Repeated parts of a parsed pattern, each with a text that leads to it."""
    reached = starts[0]
    for op, value in tree:
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            low, high, inner = value
            if high > _FEW:
                samples = _samples(inner)
                yield reached, samples
                if low == 0:
                    # What stands behind may be reached without it.
                    pass
            yield from _repeats(inner, [reached])
            reached += (_samples(inner) or [""])[0] * max(low, 1 if high <= _FEW and low else low)
        elif op is codes.SUBPATTERN:
            yield from _repeats(value[3], [reached])
            reached += (_samples(value[3]) or [""])[0]
        elif op is codes.ATOMIC_GROUP:
            yield from _repeats(value, [reached])
            reached += (_samples(value) or [""])[0]
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, [reached])
            reached += (_samples([(op, value)]) or [""])[0]
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(value[1], [reached])
        else:
            reached += (_samples([(op, value)]) or [""])[0]


def _samples(tree: Any) -> list[str]:
    """A few texts that a parsed pattern matches, by its parts one after the other."""
    found = [""]
    for op, value in tree:
        options = _options(op, value)
        # The first of each but one: not every combination.
        grown = [text + options[0] for text in found[:1]]
        grown += [found[0] + option for option in options[1:]]
        grown += [text + options[0] for text in found[1:]]
        found = list(dict.fromkeys(grown))[:14]
    return found


def _options(op: Any, value: Any) -> list[str]:
    if op is codes.LITERAL:
        return [chr(value)]
    if op is codes.NOT_LITERAL:
        return [char for char in _TRIED if ord(char) != value][:12]
    if op is codes.ANY:
        return list(' a1A."(')
    if op is codes.IN:
        return _of_class(value) or [""]
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        low, _, inner = value
        samples = _samples(inner)
        return [each * low for each in samples] if low else ["", *samples[:6]]
    if op is codes.SUBPATTERN:
        return _samples(value[3])
    if op is codes.ATOMIC_GROUP:
        return _samples(value)
    if op is codes.BRANCH:
        return list(dict.fromkeys(each for branch in value[1] for each in _samples(branch)[:3]))[
            :14
        ]
    return [""]


def _of_class(items: Any) -> list[str]:
    tree = parser.SubPattern(parser.State(), [(codes.IN, items)])
    chars = [char for char in _TRIED if _fits(items, char)]
    if not chars:
        for op, value in items:
            if op is codes.LITERAL:
                chars.append(chr(value))
            elif op is codes.RANGE:
                chars.append(chr(value[0]))
    del tree
    return chars[:14]


def _fits(items: Any, char: str) -> bool:
    negated = False
    fits = False
    for op, value in items:
        if op is codes.NEGATE:
            negated = True
        elif op is codes.LITERAL:
            fits |= ord(char) == value
        elif op is codes.RANGE:
            fits |= value[0] <= ord(char) <= value[1]
        elif op is codes.CATEGORY:
            fits |= _CATEGORIES[value](char)
    return fits != negated


_CATEGORIES = {
    codes.CATEGORY_DIGIT: lambda char: re.match(r"\d", char) is not None,
    codes.CATEGORY_NOT_DIGIT: lambda char: re.match(r"\D", char) is not None,
    codes.CATEGORY_SPACE: lambda char: re.match(r"\s", char) is not None,
    codes.CATEGORY_NOT_SPACE: lambda char: re.match(r"\S", char) is not None,
    codes.CATEGORY_WORD: lambda char: re.match(r"\w", char) is not None,
    codes.CATEGORY_NOT_WORD: lambda char: re.match(r"\W", char) is not None,
}


def _literals(tree: Any) -> Iterator[str]:
    """Literal pieces of a parsed pattern, of two characters and more."""
    run = ""
    for op, value in tree:
        if op is codes.LITERAL:
            run += chr(value)
            continue
        if len(run) > 1:
            yield run
        run = ""
        if op is codes.SUBPATTERN:
            yield from _literals(value[3])
        elif op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from _literals(value[2])
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _literals(branch)
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _literals(value[1])
        elif op is codes.ATOMIC_GROUP:
            yield from _literals(value)
    if len(run) > 1:
        yield run


def apply(pattern: re.Pattern[Any], method: str, text: str) -> float:
    """CPU seconds that one method of a pattern takes on a text."""
    given: Any = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
    began = time.thread_time()
    if method in ("sub", "subn"):
        getattr(pattern, method)(lambda match: match[0], given)
    elif method == "finditer":
        for _ in pattern.finditer(given):
            pass
    else:
        getattr(pattern, method)(given)
    return time.thread_time() - began


def worst(used: Used) -> list[str]:
    """Texts on which a pattern is slow, and becomes slower by more than their length."""
    found = []
    for method in used.methods or ("fullmatch",):
        for start, part, end in hostile(used.pattern):

            def text(n: int, start: str = start, part: str = part, end: str = end) -> str:
                return start + part * (n // len(part) + 1) + end

            if apply(used.pattern, method, text(28)) > SLOW_S:
                found.append(f"{used.name}.{method}: {start!r} {part!r} {end!r}, 28 characters")
                break
            short = apply(used.pattern, method, text(N_CHARS))
            if short < SLOW_S:
                continue
            short = min(short, apply(used.pattern, method, text(N_CHARS)))
            long = apply(used.pattern, method, text(4 * N_CHARS))
            if long > MAX_GROWTH * short:
                found.append(f"{used.name}.{method}: {start!r} {part!r} {end!r}")
                break
    return found


def main() -> int:
    """Print the texts on which a pattern of the package is slow; how many there are is status."""
    found = [text for used in collect() for text in worst(used)]
    for text in found:
        print(text)
    print(f"{len(collect())} patterns, {len(found)} slow on texts made from their own parts")
    return min(1, len(found))


if __name__ == "__main__":
    raise SystemExit(main())
