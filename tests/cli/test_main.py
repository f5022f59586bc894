"""The frame of the command line: commands are found, errors become statuses, nothing steers the terminal."""

import os
import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cccheck import __version__
from cccheck.cli import cccheck
from cccheck.cli._exit import Exit, status_of
from cccheck.cli._sections import sections
from cccheck.cli._terminal import clean
from cccheck.errors import UsageError


def run(*args: str, **more: object) -> subprocess.CompletedProcess[str]:
    code = "from cccheck.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=30, **more)


def failing(error: BaseException) -> click.Command:
    def fail() -> None:
        raise error

    return click.Command("fail", callback=fail)


@pytest.fixture
def with_failure(monkeypatch):
    def add(error: BaseException):
        monkeypatch.setitem(cccheck.commands, "fail", failing(error))
        return CliRunner().invoke(cccheck, ["fail"])

    return add


def test_version_and_help():
    assert CliRunner().invoke(cccheck, ["--version"]).output == f"cccheck, version {__version__}\n"
    result = CliRunner().invoke(cccheck, ["--help"])
    assert result.exit_code == 0
    assert "work" in result.output and "schema" in result.output and "_exit" not in result.output


def test_every_module_of_the_package_is_a_command():
    context = click.Context(cccheck)
    for name in cccheck.list_commands(context):
        command = cccheck.get_command(context, name)
        assert isinstance(command, click.Command) and (command.short_help or command.help)


def test_help_lists_every_command_once_and_by_what_it_is_for():
    shown = CliRunner().invoke(cccheck, ["--help"]).output
    names = re.findall(r"^  ([a-z]+) {2,}\S", shown, re.M)
    assert sorted(names) == cccheck.list_commands(click.Context(cccheck))
    assert shown.index("Begin:") < shown.index("Scan and look:") < shown.index("Look up:")
    assert sections(["zebra", "scan"]) == {"Scan and look": ["scan"], "Further": ["zebra"]}


def test_an_unknown_command_is_a_usage_error():
    result = CliRunner().invoke(cccheck, ["wrok"])
    assert (result.exit_code, result.stderr) == (
        2,
        "cccheck: `wrok` is no command of cccheck; did you mean `work`? (see cccheck --help)\n",
    )


def test_help_imports_nothing_slow():
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom cccheck.cli import cccheck\n"
        "CliRunner().invoke(cccheck, ['--help'])\n"
        "slow = {'requests', 'trafilatura', 'bs4', 'warcio', 'jsonschema', 'rich', 'selectolax', 'lxml', 'jinja2',\n"
        "        'sqlite3', 'rapidfuzz', 'orjson', 'cccheck.page', 'cccheck.match', 'cccheck.checks', 'cccheck.fetch'}\n"
        "sys.exit(', '.join(slow & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


def test_an_expected_error_is_one_line_and_status_2(with_failure):
    result = with_failure(UsageError("urls.txt: line 3\nis \x1b[31mbroken"))
    assert (result.exit_code, result.stderr) == (2, "cccheck: urls.txt: line 3 is [31mbroken\n")


def test_an_unreadable_file_is_one_line_and_status_2(with_failure):
    result = with_failure(PermissionError(13, "Permission denied", "works/a.json"))
    assert (result.exit_code, result.stderr) == (2, "cccheck: works/a.json: Permission denied; check who may read and write there\n")


def test_an_unexpected_error_is_one_line_with_the_place_of_its_details(with_failure, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = with_failure(ValueError("odd\x1b]0;title\x07"))
    assert result.exit_code == Exit.INTERNAL
    assert len(result.stderr.splitlines()) == 1 and "Traceback" not in result.stderr and "\x1b" not in result.stderr
    (log,) = tmp_path.iterdir()
    assert str(log) in result.stderr and "ValueError: odd" in log.read_text()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort(), EOFError()])
def test_an_interruption_is_status_130(with_failure, error):
    result = with_failure(error)
    assert (result.exit_code, result.stderr.strip()) == (130, "cccheck: interrupted")


def test_details_that_cannot_be_written_do_not_hide_the_error(monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    assert status_of(ValueError("odd")) == Exit.INTERNAL
    assert "ValueError: odd" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_violation(tmp_path):
    read, write = os.pipe()
    os.close(read)
    code = "from cccheck.cli import main; main()"
    result = subprocess.run([sys.executable, "-c", code, "schema", "work"], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (result.returncode, result.stderr) == (130, b"")


def test_a_terminal_without_unicode_gets_escapes():
    result = run("work", "show", "ä", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert result.returncode == 2 and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\tb\nc\r\nd", "a b c  d"),
        ("\x1b[2J\x07\x9b31mred", "[2J31mred"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("Łódź 川 🙂", "Łódź 川 🙂"),
        ("\ud800", "\ufffd"),
    ],
)
def test_text_is_cleaned_for_the_terminal(text, shown):
    assert clean(text) == shown


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_is_one_line_without_controls(text):
    shown = clean(text)
    assert len(shown.splitlines()) <= 1
    assert not any(char < " " or "\x7f" <= char <= "\x9f" for char in shown)
    assert clean(shown) == shown
