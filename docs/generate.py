"""Writes the pages of docs/ that are made from the code. With --check, only says which of them are old."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import groupby
from pathlib import Path

from cccheck.checks import all_checks
from cccheck.cli import cccheck
from cccheck.cli._exit import MEANINGS
from cccheck.cli._manual import Entry, entries
from cccheck.cli._sections import sections
from cccheck.config import FILE_NAME, PREFIX, described_keys
from cccheck.messages import templates
from cccheck.profiles import Profile, Term, kinds
from cccheck.profiles.describe import dates_of, level_of, licences_of, source_of, terms_of
from cccheck.rulebook import Rulebook, load_rules
from cccheck.rulebook.pages import pages as rule_pages
from generating.markdown import MADE, escaped, joined, table
from generating.schemas import schema_pages

DOCS = Path(__file__).resolve().parent
FOLDERS = ("rules", "reference")  # hold nothing that is written by hand
ANSWER = re.compile(r"(?:What|Who|Which|When)\b.{,60}?[:?]")  # begins another kind of answer


def wanted() -> dict[str, str]:
    """Every generated page by its path in docs/, as the code says it should be."""
    book = load_rules()
    made = (command_pages(), checks_page(), settings_page(), schema_pages(), publishers_page(book))
    return {**rule_pages(book), **{path: text for pages in made for path, text in pages.items()}}


# ------------------------------------------------------------------ commands


def command_pages() -> dict[str, str]:
    """A page for each command with all below it, and a list of them."""
    program, *below = entries(cccheck)
    found = {}
    for name, group in groupby(below, key=lambda entry: entry.path.split()[1]):
        parts = list(group)
        lines = [MADE.format("the help of the command"), *(line for entry in parts for line in command(entry))]
        found[f"reference/commands/{name}.md"] = joined(lines)
    found["reference/commands/README.md"] = joined(command_list(program))
    return found


def command_list(program: Entry) -> Iterator[str]:
    yield MADE.format("the help of the commands")
    yield "# The commands\n"
    yield "Each says the same with `--help` in the terminal, and `cccheck man` all of it as a manual page.\n"
    said = dict(program.commands)
    for title, names in sections(said).items():
        yield f"## {title}\n"
        yield from table(("command", "what it does"), ((f"[{name}]({name}.md)", said[name]) for name in names))
    yield "## Exit statuses\n"
    yield "They mean the same for every command.\n"
    yield from table(("status", "meaning"), ((str(int(status)), text) for status, text in MEANINGS.items()))


def command(entry: Entry) -> Iterator[str]:
    depth = len(entry.path.split()) - 1
    yield f"{'#' * depth} {entry.path}\n"
    yield f"```text\n{entry.usage}\n```\n"
    for paragraph in entry.paragraphs:
        kept = paragraph.startswith("\b")
        yield "\n".join(f"{escaped(line)}  " for line in paragraph.splitlines()[1:]) if kept else escaped(paragraph)
        yield ""
    if entry.options:
        yield from table(("option", "what it does"), ((f"`{names}`", escaped(text)) for names, text in entry.options))
    if entry.examples:
        yield "```sh"
        yield "\n\n".join((f"# {text}\n" if text else "") + line for text, line in entry.examples)
        yield "```\n"


# ------------------------------------------------------------------ checks


def checks_page() -> dict[str, str]:
    """What each check asks and how it answers, as its file says it; its codes with their sentences; who uses it."""
    return {"reference/checks.md": joined(check_lines(load_rules()))}


def check_lines(book: Rulebook) -> Iterator[str]:
    paged = rule_pages(book)
    yield MADE.format("the checks and rules/messages/en.toml")
    yield "# The checks\n"
    yield "A check answers one question about a page. Its answer is a code, and the sentence is made of that."
    yield "Where a check meets an error, the outcome is `review`, and a person looks.\n"
    for name in sorted(all_checks()):
        yield f"## {name}\n"
        question, *answers = check_text(name)
        yield f"{escaped(question[:1].upper() + question[1:])}\n"
        yield from (f"- {escaped(answer)}" for answer in answers)
        yield f"\nRules: {', '.join(rules_of(name, book, paged)) or 'those of publishers only'}.\n"
        codes = templates().get(name, {})
        yield from table(("code", "sentence"), ((f"`{code}`", escaped(text)) for code, text in codes.items()))


def check_text(name: str) -> list[str]:
    """The docstring of a check's file: its question, then each kind of answer as one line."""
    module = import_module(f"cccheck.checks.{name.replace('-', '_')}")
    first, _, rest = inspect.cleandoc(module.__doc__ or "").partition("\n")
    answers: list[str] = []
    for line in filter(None, rest.splitlines()):
        if ANSWER.match(line) or not answers:
            answers.append(line)
        else:
            answers[-1] += f" {line}"
    return [first.partition(": ")[2], *answers]


def rules_of(name: str, book: Rulebook, paged: Mapping[str, str]) -> list[str]:
    """The conditions that a check decides, in the order of the packs, linked where they have a page."""
    found = {e.condition: e.rule.title for pack in book.packs.values() for e in pack.entries if e.rule.check == name}
    return [
        f"[{title}](../rules/{condition}.md)" if f"rules/{condition}.md" in paged else escaped(title)
        for condition, title in found.items()
    ]


# ------------------------------------------------------------------ settings and files


def settings_page() -> dict[str, str]:
    lines = [
        MADE.format("the schema of cccheck.toml"),
        "# Settings\n",
        f"`{FILE_NAME}` is looked for in the working folder, then in those above it; `--config FILE` names another. "
        "Paths in it are taken from its own folder. A variable of the environment wins over the file, an option over "
        "both.\n",
        *table(
            ("key", "value", "what it sets", "in the environment"),
            ((f"`{key}`", kind, escaped(text), f"`{PREFIX}{key.upper()}`") for key, kind, text in described_keys()),
        ),
    ]
    return {"reference/settings.md": joined(lines)}


def publishers_page(book: Rulebook) -> dict[str, str]:
    return {"reference/publishers.md": joined(publishers(book))}


def publishers(book: Rulebook) -> Iterator[str]:
    """What each publisher asks, which check decides it, and why none does."""
    yield MADE.format("rules/publishers/ and rules/terms.toml")
    yield "# What publishers ask\n"
    yield (
        "One table a publisher, from its [profile](../publisher-profiles.md). Under a licence a term is a guideline, "
        "and moves no verdict. It is required only where a publisher's permission on its own terms stands in the "
        "place of a licence, and only where those terms were read in full. What no program decides makes no finding.\n"
    )
    yield "## Every term\n"
    rows = ((f"`{k.name}`", k.title, f"`{k.check}`" if k.check else "—", k.reason) for k in kinds().values())
    yield from table(("term", "what it is about", "check", "what no program decides, and why"), rows)
    for one in book.profiles.values():
        yield f"## {escaped(one.name)} (`{one.id}`)\n"
        for text in (*licences_of(one), *source_of(one)):
            yield f"- {escaped(text)}"
        yield ""
        terms = (
            (f"`{term.name}`", escaped(words), f"`{check}`" if check else "no program", _level(one, term))
            for term, words, check in terms_of(one)
        )
        yield from table(("term", "what it asks", "decided by", "level"), terms)


def _level(profile: Profile, term: Term) -> str:
    return ", ".join(filter(None, (level_of(profile, term), dates_of(term))))


# ------------------------------------------------------------------ on disk


def stale(docs: Path, pages: dict[str, str]) -> list[str]:
    """Pages that differ from what the code says, are missing, or stand for what is gone."""
    left = {path.relative_to(docs).as_posix() for folder in FOLDERS for path in (docs / folder).rglob("*.md")}
    differing = [name for name, text in pages.items() if not (docs / name).is_file() or _read(docs / name) != text]
    return sorted([*differing, *(left - pages.keys())])


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(docs: Path, pages: dict[str, str]) -> None:
    """Writes every page, and removes those of what is gone."""
    for name in stale(docs, pages):
        path = docs / name
        if name in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[name], encoding="utf-8")
        else:
            path.unlink()


def main() -> int:
    """0 when all pages are as the code says."""
    if "--check" not in sys.argv[1:]:
        write(DOCS, wanted())
        return 0
    old = stale(DOCS, wanted())
    for name in old:
        print(f"docs/{name} is out of date; run python docs/generate.py", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
