"""The man page and completion: made from the same source as --help, whole, and taken by the programs they are for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck
from cccheck.cli._examples import examples, read_examples
from cccheck.cli._exit import MEANINGS, Exit
from cccheck.cli._manual import entries
from cccheck.cli._roff import _text
from cccheck.config import described_keys

ROOT = Path(__file__).parents[2]
ENTRIES = list(entries(cccheck))


def run(*words):
    result = CliRunner().invoke(cccheck, words)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def page():
    return run("man")


@pytest.mark.parametrize("entry", ENTRIES[1:], ids=lambda entry: entry.path)
def test_the_man_page_says_what_help_says(page, entry):
    section = page.partition(f'.SS "{_text(entry.path)}"\n')[2].partition(".SS ")[0].partition(".SH ")[0]
    shown = " ".join(run(*entry.path.split()[1:], "--help").split())
    for names, text in entry.options:
        assert f"\\fB{_text(names)}\\fR\n{_text(text)}\n" in section
        assert names.split()[0] in shown
    for text, command in entry.examples:
        assert _text(command) in section and command in shown and text in shown


def test_the_man_page_has_settings_and_statuses(page):
    assert all(f"\\fB{_text(f'{key} ({kind})')}\\fR" in page for key, kind, _ in described_keys())
    assert MEANINGS.keys() == set(Exit)
    assert all(f"\\fB{int(status)}\\fR\n{_text(text)}\n" in page for status, text in MEANINGS.items())


def test_readme_and_help_give_the_same_statuses():
    rows = dict(re.findall(r"^\| (\d+) \| (.*) \|$", (ROOT / "README.md").read_text("utf-8"), re.M))
    assert rows == {str(int(status)): text for status, text in MEANINGS.items()}


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_the_man_page_is_well_formed(page):
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning"], input=page, capture_output=True, text=True)
    said = [line for line in lint.stdout.splitlines() if "missing date" not in line]
    assert said == []


def test_roff_prints_what_would_be_a_request():
    assert _text('.SH x-y \\ "q" \'a') == r"\&.SH x\-y \e \(dqq\(dq 'a"


def test_examples_are_read_back():
    pairs = (("One", "cccheck scan urls.txt"), ("Two", "cut -f 1 x | cccheck scan -"))
    assert read_examples(examples(*pairs)) == list(pairs)
    assert read_examples("Example: cccheck verify latest") == [("", "cccheck verify latest")]
    assert read_examples("See also cccheck man") == []


# ------------------------------------------------------------------ completion


def completed(tmp_path: Path, *words: str) -> list[str]:
    """What bash offers for the last word, asked of a real bash."""
    program = tmp_path / "cccheck"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from cccheck.cli import main; main()" "$@"\n')
    program.chmod(0o755)
    script = (
        'eval "$(cccheck completion bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        "_cccheck_completion cccheck 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    source = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    answer = subprocess.run(
        ["bash", "-c", script, "bash", "cccheck", *words],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return answer.stdout.split()


def test_bash_completes_commands_options_and_rules(tmp_path):
    assert set(completed(tmp_path, "sc")) == {"scan", "schema"}
    assert "--replay" in completed(tmp_path, "scan", "--re")
    assert completed(tmp_path, "rule", "show", "cc-by-4.0/crea") == ["cc-by-4.0/creator"]


def test_bash_completes_runs_and_works(tmp_path):
    (tmp_path / "works").symlink_to(ROOT / "examples" / "works")
    assert completed(tmp_path, "work", "show", "har") == ["harbour-wall"]
    assert completed(tmp_path, "show", "la") == []
    listed, archive = ROOT / "examples" / "urls.txt", ROOT / "examples" / "pages.warc.gz"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        words = ["--works", str(ROOT / "examples" / "works"), "--replay", str(archive), "--now", "2026-03-16"]
        CliRunner().invoke(cccheck, ["scan", "-q", str(listed), *words])
    assert set(completed(tmp_path, "show", "")) == {"latest", "20260316T000000Z"}
    assert completed(tmp_path, "show", "latest", "qua") == ["quayside.example"]
    assert completed(tmp_path, "letter", "val") == ["valley-roundup.example"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell):
    script = run("completion", shell)
    assert f"_CCCHECK_COMPLETE={shell}_complete" in script
    if found := shutil.which(shell):
        assert subprocess.run([found, "-n"], input=script, text=True, capture_output=True).returncode == 0


def test_a_shell_that_is_none_is_a_usage_error():
    result = CliRunner().invoke(cccheck, ["completion", "tcsh"])
    assert result.exit_code == 2 and "'zsh'" in result.stderr


def test_completion_says_nothing_when_something_is_broken(tmp_path):
    (tmp_path / "cccheck.toml").write_text("works = [")
    assert completed(tmp_path, "work", "show", "x") == []


# ------------------------------------------------------------------ help


def test_the_manual_loads_nothing_slow():
    """All commands' help and the whole manual: what --help of any command does at most, it does."""
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom cccheck.cli import cccheck\n"
        "CliRunner().invoke(cccheck, ['man'])\n"
        "slow = {'requests', 'trafilatura', 'bs4', 'warcio', 'rich', 'selectolax', 'lxml', 'rapidfuzz', 'jinja2'}\n"
        "sys.exit(', '.join(slow & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
