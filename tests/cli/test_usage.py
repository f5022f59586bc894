"""Wrong command lines: one line each, which names the word, what is nearest to it, and where to read on."""

import re

import click
import pytest
from click.testing import CliRunner

from cccheck.cli import cccheck

CASES = [
    (["--wrong"], "there is no option --wrong; did you mean `--version`? (see cccheck --help)"),
    (["scan"], "URLS is missing; write cccheck scan [OPTIONS] URLS, or name a list as `urls` in cccheck.toml (see cccheck scan --help)"),
    (["scan", "x", "--wroks", "y"], "there is no option --wroks; did you mean `--works`? (see cccheck scan --help)"),
    (["scan", "x", "--jobs", "0"], "--jobs: 0 is not in the range 1<=x<=256 (see cccheck scan --help)"),
    (["scan", "x", "--delay", "soon"], "--delay: 'soon' is no number (see cccheck scan --help)"),
    (["scan", "x", "--config", "no.toml"], "--config: no.toml is not there; check the name (see cccheck scan --help)"),
    (["scan", "x", "--works", __file__], f"--works: {__file__} is a file; name a folder (see cccheck scan --help)"),
    (["scan", "x", "--works"], "option '--works' requires an argument (see cccheck --help)"),
    (["work", "ad"], "`ad` is no command of cccheck work; did you mean `add`? (see cccheck work --help)"),
    (["show"], "RUN is missing; write cccheck show [OPTIONS] RUN [SITE|URL] (see cccheck show --help)"),
    (["completion", "tcsh"], "SHELL: 'tcsh' is not one of 'bash', 'zsh', 'fish' (see cccheck completion --help)"),
    (["show", "a", "b", "c"], "got unexpected extra argument (c) (see cccheck show --help)"),
    (["s\x1b[31m\ncan"], "work (see cccheck --help)"),
]


@pytest.mark.parametrize(("words", "told"), CASES, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_wrong_command_line_is_one_line_with_its_mend(words, told):
    result = CliRunner().invoke(cccheck, words)
    assert result.exit_code == 2
    assert result.stderr.startswith("cccheck: ") and result.stderr.endswith(told + "\n")
    assert len(result.stderr.splitlines()) == 1 and "\x1b" not in result.stderr


@pytest.mark.parametrize("words", [[], ["work"], ["rule"]])
def test_a_group_without_a_command_shows_its_help(words):
    result = CliRunner().invoke(cccheck, words)
    assert result.exit_code == 2 and result.output.startswith("Usage: cccheck") and "--help" in result.output


def test_a_misspelt_run_names_the_nearest(tmp_path, monkeypatch):
    from scanning import Scans

    made = Scans(tmp_path)
    made.run("-q", output=tmp_path / "reports" / "monday")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cccheck, ["show", "munday"])
    assert result.exit_code == 2 and result.stderr.endswith("did you mean `monday`?\n")


def test_the_help_of_a_scan_shows_its_options_by_what_they_are_for():
    from cccheck.cli.scan import _GROUPS, command

    shown = CliRunner().invoke(cccheck, ["scan", "--help"], terminal_width=100).output
    places = [shown.index(f"\n{title}:\n") for title in (*_GROUPS, "Further")]
    assert places == sorted(places)
    names = {max(param.opts, key=len) for param in command.params if isinstance(param, click.Option)} | {"--help"}
    assert {name for group in _GROUPS.values() for name in group} <= names
    options = shown.partition("\nYour files:")[2].partition("Examples:")[0]
    for name in names:
        assert len(re.findall(rf"^  (?:-\w, )?{name}\b", options, re.M)) == 1, name


@pytest.mark.parametrize("group", ["case", "profile", "work", "rule", "license", "schema"])
def test_what_a_command_does_is_not_cut_off_in_the_list(group):
    shown = CliRunner().invoke(cccheck, [group, "--help"]).output
    assert [line for line in shown.splitlines()[1:] if line.endswith("...")] == []
