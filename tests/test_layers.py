"""The rooms of the program: who may import whom, what the pure ones must not touch, what is imported late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "cccheck"

# From the innermost outwards. A room may import rooms of the levels above its own line, and no room of its own level.
LEVELS = (
    ("errors",),
    ("model", "data", "compiled", "executors", "finder", "scripts", "plain", "ids"),  # what knows nothing of the rest
    ("phrases", "addresses", "licenses", "validation", "files", "decisions"),  # vocabularies; durable writing; decisions
    ("page", "creditline", "targets", "config", "profiles", "acceptances"),
    ("match", "works", "rulebook", "walls", "messages", "inputs", "harm"),
    ("checks", "leads", "traces", "doubts", "letters"),
    ("judge",),
    ("pipeline",),  # the main path ends here: bundle in, audit out
    ("journal", "fetch", "trials", "drafts"),  # the edges: the disk, the web; profiles tried on the main path
    ("report", "runs"),  # read the journal
    ("scan", "history", "export"),  # puts fetching, auditing and the journal together; what was seen from run to run
    ("evidence",),  # does the report follow from it?
    ("correspondence",),  # what is to be written to whom
    ("follow_up",),  # what a run keeps of all that
    ("cli",),
)
LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}

# Rooms that are functions of their arguments and of the program's own data files: no network, clock, chance, threads.
PURE = {
    *("model", "errors", "data", "compiled", "finder", "scripts", "phrases", "addresses", "licenses", "validation"),
    *("plain", "ids", "harm", "letters", "page", "creditline", "decisions", "match", "rulebook", "walls", "messages", "checks"),
    *("leads", "traces", "doubts", "judge", "pipeline"),
}
IMPURE_MODULES = {
    *("requests", "urllib3", "socket", "ssl", "http", "sqlite3", "subprocess", "multiprocessing", "threading"),
    *("asyncio", "time", "datetime", "random", "secrets", "uuid", "os", "shutil", "tempfile", "click", "rich"),
}

# What takes long to import is imported by the functions that use it, so that `cccheck --help` is instant.
SLOW = {
    *("babel", "bs4", "jinja2", "jsonschema", "lxml", "markdown_it", "rapidfuzz", "requests", "rich", "selectolax", "trafilatura"),
    *("urllib3", "warcio"),
}

# Days are counted, but nobody asks which day it is: `date` and `timedelta` are values as any other.
CALENDAR = "letters"

FILES = sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports anywhere, with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            names = [f"cccheck.{alias.name}" for alias in node.names] if node.module == "cccheck" else [node.module]
            yield from ((node.lineno, str(name)) for name in names)


def rooms_imported(path: Path) -> Iterator[tuple[int, str]]:
    """The program's own rooms, other than the file's, that it imports."""
    for line, name in imports(path):
        room = name.split(".")[1] if name.startswith("cccheck.") else ""
        if room not in ("", "__version__", room_of(path)):
            yield line, room


def module_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_imported(tree: ast.AST, known: Mapping[str, Path]) -> set[str]:
    """Every module of the program that a file names in an import, at its top, in a function or for types alone."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in known else str(node.module) for name in named}
    return found & known.keys()


def circle_in(graph: Mapping[str, set[str]]) -> list[str]:
    """A way from a module back to itself, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def packages_imported(path: Path) -> set[str]:
    """The top-level packages that a file imports anywhere."""
    return {name.split(".")[0] for _, name in imports(path)}


def test_every_room_has_its_level():
    rooms = {room_of(path) for path in FILES} - {"__init__"}
    assert rooms == set(LEVEL), "give a new room its place in LEVELS, and take a gone one out"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_inner_room_imports_an_outer_one(path):
    own = LEVEL.get(room_of(path), -1)
    wrong = [f"{path}:{line} imports {room}" for line, room in rooms_imported(path) if LEVEL[room] >= own]
    assert wrong == []


def test_no_module_imports_itself_in_the_end():
    """Imports at a file's top, in its functions and for types alone. No circle is allowed: what two files need of each
    other stands in a third."""
    known = {module_of(path): path for path in FILES}
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in known.items()}
    assert circle_in({name: modules_imported(tree, known) - {name} for name, tree in trees.items()}) == []


def test_a_circle_would_be_seen(tmp_path):
    files = {"cccheck.a": "def f():\n    from cccheck import b", "cccheck.b": "import cccheck.c", "cccheck.c": ""}
    known = dict.fromkeys(files, tmp_path)
    graph = {name: modules_imported(ast.parse(text), known) for name, text in files.items()}
    assert circle_in(graph) == []
    assert set(circle_in(graph | {"cccheck.c": {"cccheck.a"}})) == set(files)


@pytest.mark.parametrize("path", [path for path in FILES if room_of(path) in PURE], ids=name_of)
def test_pure_rooms_have_no_way_out(path):
    allowed = {"datetime"} if room_of(path) == CALENDAR else set()
    assert packages_imported(path) & IMPURE_MODULES - allowed == set()


@pytest.mark.parametrize("path", [path for path in FILES if room_of(path) == CALENDAR], ids=name_of)
def test_letters_do_not_ask_which_day_it_is(path):
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    names = {name.name for n in tree if isinstance(n, ast.ImportFrom) and n.module == "datetime" for name in n.names}
    assert names <= {"date", "timedelta"}
    assert ".today(" not in path.read_text("utf-8")


@pytest.mark.parametrize("name", ["model", "diff", "moves", "observe", "due", "telling"])
def test_what_the_history_works_out_is_apart_from_its_file(name):
    path = SOURCE / "history" / f"{name}.py"
    assert packages_imported(path) & IMPURE_MODULES == set()
    touching = {f"cccheck.history.{module}" for module in ("store", "take", "read", "hand", "retention")}
    assert touching & {module for _, module in imports(path)} == set()


def test_one_file_calls_trafilatura():
    """It is called with care (a process-wide filter off) in one place."""
    assert [name_of(path) for path in FILES if "trafilatura" in packages_imported(path)] == ["works/extract.py"]


def test_only_the_edge_to_the_web_fetches():
    assert {room_of(path) for path in FILES if {"requests", "socket"} & packages_imported(path)} == {"fetch"}


@pytest.mark.parametrize("module", ["cli", "cli.scan", "cli.work", "pipeline", "scan"])
def test_slow_libraries_are_imported_late(module):
    code = f"import sys, cccheck.{module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert SLOW & set(loaded) == set()
