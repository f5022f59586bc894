"""What the papers say is so: commands and files exist, samples are real, every code has a sentence."""

from __future__ import annotations

import ast
import re
import runpy
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cccheck.checks import all_checks, element_of
from cccheck.cli import cccheck
from cccheck.cli._manual import Entry, entries
from cccheck.config import Config
from cccheck.data import schema_path
from cccheck.messages import templates
from cccheck.model import Reason
from generating.schemas import SCHEMAS, members, read_schema

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CHECKS = ROOT / "src" / "cccheck" / "checks"
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text("utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(text: str, language: str) -> list[str]:
    """Fenced blocks of a language; the empty one for blocks without."""
    return [body for name, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.S | re.M) if name == language]


# ------------------------------------------------------------------ commands


def command_lines(text: str) -> Iterator[list[str]]:
    """Every call of cccheck in shell blocks and in back-ticks, as words."""
    inline = re.findall(r"`(cccheck [^`]+)`", text)
    for line in [*inline, *"\n".join(blocks(text, "sh") + blocks(text, "")).replace("\\\n", " ").splitlines()]:
        for part in re.split(r"&&|\|\|?|;", line):
            words = shlex.split(part.strip(), comments=True)
            if words and words[0].rsplit("/", 1)[-1] == "cccheck":
                yield words[1:]


def unknown(words: list[str]) -> list[str]:
    """The words of a call that are no command or option of the program."""
    group: click.Command = cccheck
    context = click.Context(cccheck)
    wrong = []
    for word in words:
        if word.startswith("-") and word != "-":
            known = {option for param in group.params for option in param.opts} | {"--help", "--version"}
            wrong += [word] if word.split("=")[0] not in known else []
        elif isinstance(group, click.Group):
            found = group.get_command(context, word)
            if found is None:
                return [*wrong, word]
            group = found
    return wrong


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_commands_exist(path):
    assert [(words, unknown(words)) for words in command_lines(path.read_text("utf-8")) if unknown(words)] == []


def test_readme_shows_the_main_commands():
    shown = {words[0] for words in command_lines(README)}
    assert {"scan", "work", "verify", "rule", "schema"} <= shown


def test_readme_has_one_marked_test_command():
    """`.ci/run` takes it from there."""
    marked = re.findall(r"^<!-- tests:.*?-->\n```sh\n(.*?)^```$", README, re.S | re.M)
    assert len(marked) == 1
    assert "pytest" in marked[0]


def test_sample_in_readme_is_what_a_scan_prints(tmp_path):
    scan = next(words for words in command_lines(README) if words[0] == "scan" and "--replay" in words)
    scan[scan.index("--output") + 1] = str(tmp_path)
    placed = [str(ROOT / word) if word.startswith("examples/") else word for word in scan]
    printed = CliRunner().invoke(cccheck, placed).output.splitlines()
    sample = next(block for block in blocks(README, "") if "violation" in block).splitlines()
    assert [line for line in sample if line not in printed] == []


# ------------------------------------------------------------------ links and snippets


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings: those that a forge and the site make alike."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.S | re.M)
    heads = [re.sub(r"`|\]\([^)]*\)|\[", "", head).lower() for head in re.findall(r"^#+ (.*)$", text, re.M)]
    forge = {re.sub(r"[^\w -]", "", head).replace(" ", "-") for head in heads}
    site = {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", head)) for head in heads}
    return forge & site


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_links_within_the_repository_lead_somewhere(path):
    """To a file that is there, and to a heading in it; from a page of docs/ to another, so that the site has it."""
    wrong = []
    for target, anchor in re.findall(r"\]\((?!https?://|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)", path.read_text("utf-8")):
        file = path.parent / target if target else path
        strays = path.is_relative_to(DOCS) and not file.resolve().is_relative_to(DOCS)
        if strays or not file.exists() or (anchor and anchor not in anchors(file)):
            wrong.append(f"{target}#{anchor}" if anchor else target)
    assert wrong == []


def test_every_page_is_in_the_menu_and_in_the_map():
    """Those that are written by hand; of the others their lists."""
    written = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    written = [
        name for name in written if name != "README.md" and not re.match(r"(rules|reference/commands)/[a-z]", name)
    ]
    menu, start = (ROOT / "mkdocs.yml").read_text("utf-8"), (DOCS / "README.md").read_text("utf-8")
    missing = [f"docs/{name}: give it a line in mkdocs.yml" for name in written if f": {name}\n" not in menu]
    missing += [f"docs/{name}: give it a line in docs/README.md" for name in written if f"({name}" not in start]
    assert missing == []


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_files_named_in_the_papers_exist(path):
    named = re.findall(r"`((?:src|rules|tests|docs|examples|benchmarks|\.ci)/[\w./-]*)`", path.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_snippets_are_well_formed(path):
    text = path.read_text("utf-8")
    for block in blocks(text, "python"):
        compile(block, name_of(path), "exec")
    for block in blocks(text, "toml"):
        tomllib.loads(block)


def test_every_reason_says_what_to_do():
    rows = (DOCS / "how-to" / "unreadable.md").read_text("utf-8").partition("## ")[0]
    assert {reason for reason in Reason if f"`{reason}`" not in rows} == set()


# ------------------------------------------------------------------ checks say what they ask


@pytest.mark.parametrize("check", all_checks())
def test_check_is_documented(check):
    """Its file opens with its id and its question, then the answers; its function says what it does."""
    module = ast.parse((CHECKS / f"{check.replace('-', '_')}.py").read_text("utf-8"))
    text = ast.get_docstring(module) or ""
    assert text.startswith(f"{check}: ")
    assert "?" in text.splitlines()[0]
    assert "pass" in text
    assert all_checks()[check].__doc__


# ------------------------------------------------------------------ codes and sentences


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((CHECKS / f"{name}.py").read_text("utf-8"))


def literals(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def calls(node: ast.AST) -> list[tuple[str, list[ast.expr]]]:
    """Calls of plain functions: name and arguments."""
    found = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
    return [(call.func.id, call.args) for call in found if isinstance(call.func, ast.Name)]


@cache
def shared_endings() -> dict[str, set[str]]:
    """What functions that checks share put after a noun to make a code (`-absent`), calls between them followed."""
    trees = [tree(path.stem) for path in CHECKS.glob("_*.py") if path.stem != "__init__"]
    functions = {f.name: f for module in trees for f in module.body if isinstance(f, ast.FunctionDef)}
    own: dict[str, set[str]] = {}
    for name, function in functions.items():
        made = [n.values for n in ast.walk(function) if isinstance(n, ast.JoinedStr) and len(n.values) == 2]
        endings = {v[1].value for v in made if isinstance(v[0], ast.FormattedValue) and isinstance(v[1], ast.Constant)}
        own[name] = {ending for ending in endings if re.fullmatch(r"(?:-[a-z]+)+", ending)}
    return {
        name: own[name].union(*(own[called] for called, _ in calls(function) if called in own))
        for name, function in functions.items()
    }


def shared_codes(check: str) -> set[str]:
    """The codes that a check gets from shared functions: the noun it hands them, with their endings."""
    found = set()
    for called, arguments in calls(tree(check.replace("-", "_"))):
        nouns = {a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)}
        nouns |= {str(element_of(check)) for a in arguments if isinstance(a, ast.Name) and a.id == "ELEMENT"}
        found |= {noun + ending for noun in nouns for ending in shared_endings().get(called, ())}
    return found


def codes_of(check: str) -> set[str]:
    """Every code that a check's file can return: its literals that look like one, and those of what it shares.

    A code begins as the check's sentences do, or as its id does.
    """
    begins = {code.split("-")[0] for code in templates().get(check, {})} | {check.split("-")[0]}
    found = literals(tree(check.replace("-", "_")))
    looks = {text for text in found if re.fullmatch(r"[a-z]+(?:-[a-z]+)+", text) and text.split("-")[0] in begins}
    return looks | shared_codes(check)


NEVER = {"notice-absent"}  # a notice that was lost is put before a person, under every licence


@pytest.mark.parametrize("check", all_checks())
def test_every_code_has_a_sentence_and_every_sentence_a_code(check):
    codes, sentences = codes_of(check) - NEVER, set(templates().get(check, ()))
    assert codes
    assert (codes - sentences, sentences - codes) == (set(), set())


def test_sentences_are_for_checks_that_exist():
    assert templates().keys() - {"any"} == all_checks().keys()


def test_sentences_for_any_check_are_those_of_the_judge():
    files = (CHECKS.parent / name for name in ("judge.py", "doubts.py"))
    said = {text for file in files for text in literals(ast.parse(file.read_text("utf-8")))}
    assert set(templates()["any"]) - said == set()


# ------------------------------------------------------------------ nothing is left without words

SCRIPT = runpy.run_path(str(DOCS / "generate.py"))
ENTRIES = list(entries(cccheck))[1:]
MADE = ("rules", "reference", "commands")  # folders of pages that are made from the code
WRITTEN = [ROOT / "README.md", *(path for path in DOCS.rglob("*.md") if path.parent.name not in MADE)]


def told(missing: list[str]) -> None:
    """Fails with what is missing, a line each."""
    assert missing == [], "\n" + "\n".join(missing)


def file_of(entry: Entry) -> str:
    """Where the command is written."""
    return f"src/cccheck/cli/{entry.path.split()[1].replace('-', '_')}.py"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_a_command_says_what_it_does(entry):
    missing = []
    if not entry.paragraphs:
        missing.append(f"{file_of(entry)}: `{entry.path}` has no docstring")
    if not entry.short or len(entry.short) > 90:
        missing.append(f"{file_of(entry)}: `{entry.path}` needs a short_help of at most 90 characters")
    if entry.leaf and not entry.examples:
        missing.append(f"{file_of(entry)}: `{entry.path}` has no examples: epilog=examples((what, command))")
    missing += [f"{file_of(entry)}: `{entry.path} {names}` has no help" for names, text in entry.options if not text]
    told(missing)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_examples_call_what_is_there(entry):
    for _, line in entry.examples:
        for words in command_lines(f"```sh\n{line}\n```"):
            assert unknown(words) == [], f"{file_of(entry)}: the example `{line}`"
    assert all(entry.path in line for _, line in entry.examples), f"{file_of(entry)}: an example of another command"


def test_every_command_is_shown_in_a_paper():
    """In one that is written for readers; that it is in the reference is not enough."""
    shown = {" ".join(words[:2]) for path in WRITTEN for words in command_lines(path.read_text("utf-8"))}
    shown |= {words.split()[0] for words in shown if words}
    printing = [entry for entry in ENTRIES if not entry.options and entry.usage.endswith("[OPTIONS]")]  # schemas
    names = [entry.path.removeprefix("cccheck ") for entry in ENTRIES if entry.leaf and entry not in printing]
    told([f"cccheck {name}: show it in README.md, docs/ or docs/how-to/" for name in names if name not in shown])


def test_every_setting_is_one():
    """Of cccheck.toml: described in src/cccheck/schemas/config.schema.json, and a field of Config."""
    where, known = "src/cccheck/schemas/config.schema.json", {field.name for field in fields(Config)}
    parts = read_schema("config")["properties"]
    told([f"{where}: `{key}` has no description" for key, part in parts.items() if not part.get("description")])
    told([f"src/cccheck/config.py: Config has no field `{key}`" for key in parts if key not in known])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_member_of_a_file_is_described(kind):
    where = schema_path(kind).relative_to(schema_path(kind).parents[3])
    rows = members(read_schema(kind))
    told([f"{where}: `{path}` has no description" for path, _, text in rows if not text.strip()])


def test_every_schema_has_its_page():
    kinds = {path.name.split(".")[0] for path in Path(schema_path("work")).parent.glob("*.schema.json")}
    pages = set(SCHEMAS) | {"config"}  # settings have a page of their own
    told([f"docs/generating/schemas.py: give `{kind}` a title in SCHEMAS" for kind in sorted(kinds - pages)])


def test_the_reference_is_as_the_code_is():
    told([f"docs/{name}: run python docs/generate.py" for name in SCRIPT["stale"](DOCS, SCRIPT["wanted"]())])
