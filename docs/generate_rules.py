"""Writes docs/coverage.md and docs/rules/ from the rule packs; with --check, only says what is out of date."""

from __future__ import annotations

import sys
from pathlib import Path

from cccheck.rulebook import load_rules
from cccheck.rulebook.pages import pages

DOCS = Path(__file__).resolve().parent


def stale(docs: Path, wanted: dict[str, str]) -> list[str]:
    """Pages that differ from what the packs say, are missing, or stand for a rule that is gone."""
    left = {path.relative_to(docs).as_posix() for path in (docs / "rules").glob("*.md")} - wanted.keys()
    differing = [name for name, text in wanted.items() if not (docs / name).is_file() or _read(docs / name) != text]
    return sorted([*differing, *left])


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(docs: Path, wanted: dict[str, str]) -> None:
    """Writes every page, and removes those of rules that are gone."""
    (docs / "rules").mkdir(exist_ok=True)
    for name in stale(docs, wanted):
        if name in wanted:
            (docs / name).write_text(wanted[name], encoding="utf-8")
        else:
            (docs / name).unlink()


def main() -> int:
    """0 when all pages are as the packs say."""
    wanted = pages(load_rules())
    if "--check" not in sys.argv[1:]:
        write(DOCS, wanted)
        return 0
    old = stale(DOCS, wanted)
    for name in old:
        print(f"docs/{name} is out of date; run python docs/generate_rules.py", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
