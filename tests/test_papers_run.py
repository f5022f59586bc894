"""What the papers tell readers to type is typed here, in order, and prints what stands below it. Offline.

A block of shell is run, one line after the other, in a folder that has the examples. A block of `text` after it says
lines that are in what was printed, in that order. `<!-- not run: why -->` before a block leaves it out, and
`<!-- file: name -->` makes it a file.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.scan import open_data

ROOT = Path(__file__).parents[1]
PAPERS = [ROOT / "README.md", ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
BLOCK = re.compile(r"(?:^<!-- (not run|file|tests): ?(.*?) -->\n)?^```(\w*)\n(.*?)^```$", re.S | re.M)
INSTALLS = re.compile(r"^python3 -m venv .* && (?=\S*cccheck )")


def blocks(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Mark, what it says, language and text of each block."""
    for found in BLOCK.finditer(path.read_text("utf-8")):
        yield found[1] or "", found[2] or "", found[3], found[4]


def lines(text: str) -> list[str]:
    """The commands of a block; comments and empty lines are none."""
    joined = text.replace("\\\n", " ").splitlines()
    return [INSTALLS.sub("", line) for line in joined if line.strip() and not line.startswith("#")]


def typed(line: str) -> str:
    """What a command prints: ours in this process, others in a shell."""
    words = shlex.split(line, comments=True)
    if words[0] == "cd" and len(words) == 2:
        os.chdir(words[1])
        return ""
    if words[0].rsplit("/", 1)[-1] != "cccheck" or {"|", ">", "&&"} & set(words):
        return in_shell(line)
    open_data.cache_clear()  # a process of its own would not remember the works of another folder
    result = CliRunner().invoke(cccheck, words[1:])
    assert result.exit_code in (0, 1, 3), f"{line}\n{result.output}"
    return result.output


def in_shell(line: str) -> str:
    """As a user would type it, with `cccheck` on the path."""
    program = Path("bin/cccheck")
    if not program.exists():
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from cccheck.cli import main; main()" "$@"\n')
        program.chmod(0o755)
    command = f"PATH=$PWD/bin:$PATH PYTHONPATH={ROOT / 'src'}; export PATH PYTHONPATH; {line}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 1, 3), f"{line}\n{done.stderr}"
    return done.stdout + done.stderr


def in_order(wanted: list[str], printed: list[str]) -> str | None:
    """The first of the lines that does not follow, or None where all do. How wide columns are does not matter."""
    rest = iter([" ".join(line.split()) for line in printed])
    return next((line for line in wanted if line.strip() and " ".join(line.split()) not in rest), None)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_what_readers_are_told_to_type_works(path, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    printed = ""
    for mark, said, language, text in blocks(path):
        if mark == "file":
            Path(said).parent.mkdir(parents=True, exist_ok=True)
            Path(said).write_text(text, encoding="utf-8")
        elif mark:
            printed = ""
        elif language == "sh":
            printed = "".join(typed(line) for line in lines(text))
        elif language == "text" and printed:
            assert in_order(text.splitlines(), printed.splitlines()) is None, printed


def test_the_tutorial_is_run():
    """That something is typed at all."""
    runs = [text for mark, _, language, text in blocks(ROOT / "docs" / "tutorial.md") if language == "sh" and not mark]
    assert len(runs) >= 7


def test_lines_out_of_order_are_noticed():
    assert in_order(["a", "b"], ["x", "a", "b"]) is None
    assert in_order(["b", "a"], ["a", "b"]) == "a"
    assert in_order(["c"], ["a", "b"]) == "c"
