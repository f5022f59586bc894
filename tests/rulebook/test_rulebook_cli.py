"""`cccheck rule` and `cccheck license`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cccheck.cli import cccheck


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cccheck, arguments)


def test_rule_list_shows_the_conditions() -> None:
    result = run("rule", "list")
    assert result.exit_code == 0
    assert "creator" in result.output
    assert "author-credit" in result.output
    assert "no program" in result.output


def test_rule_list_of_a_licence() -> None:
    result = run("rule", "list", "--license", "CC-BY-SA-3.0")
    assert result.exit_code == 0
    assert "cc-by-sa-3.0/creator" in result.output
    assert "CC BY-SA 3.0 §4(c)(i)" in result.output
    assert "cc-by-4.0" not in result.output


def test_rule_show() -> None:
    result = run("rule", "show", "cc-by-4.0/creator")
    assert result.exit_code == 0
    for text in ("Name the author", "What passes", "How to mend it", "§3(a)(1)(A)(i)", "legalcode.en#s3a1Ai"):
        assert text in result.output


@pytest.mark.parametrize(
    ("rule_id", "mend"),
    [
        ("cc-by-4.0/creater", "did you mean `cc-by-4.0/creator`?"),
        ("cc-by-4.00/creator", "did you mean `cc-by-4.0`?"),
        ("creator", "such as cc-by-4.0/creator"),
        ("nothing", "see cccheck rule list"),
    ],
)
def test_rule_show_of_an_unknown_rule(rule_id: str, mend: str) -> None:
    result = run("rule", "show", rule_id)
    assert result.exit_code == 2
    assert mend in result.stderr


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["https://creativecommons.org/licenses/by-nc/3.0/au/deed.en"], ["CC BY-NC 3.0 AU", "Australia", "§4C(b)"]),
        (["CC-BY-4.0"], ["CC BY 4.0: Attribution 4.0 International", "SPDX          CC-BY-4.0", "Not asked"]),
        (["CC", "BY-ND"], ["CC BY-ND: Attribution-NoDerivatives", "The version is not said"]),
        (["Namensnennung 4.0 International"], ["CC BY 4.0"]),
        (["CC0"], ["CC0 1.0", "It asks for nothing."]),
        (["Creative Commons"], ["if the licensor asks for it"]),
        (["permission"], ["Permission of the publisher"]),
        (["nc-sampling+"], ["CC NC-Sampling+", "1.0"]),
        (["https://creativecommons.org/licenses/nc/1.0/"], ["retired       2004-05-25"]),
    ],
)
def test_license_show(words: list[str], lines: list[str]) -> None:
    result = run("license", "show", *words)
    assert result.exit_code == 0
    for line in lines:
        assert line in result.output


def test_license_show_of_no_licence() -> None:
    result = run("license", "show", "MIT")
    assert result.exit_code == 2
    assert "`MIT` names no licence" in result.stderr


def test_rules_of_a_folder_are_shown(tmp_path: Path) -> None:
    pack = 'id = "cc-by-4.0"\n[rules.creator]\ntitle = "Name her"\n'
    (tmp_path / "pack.toml").write_text(pack, encoding="utf-8")
    assert "Name her" in run("rule", "show", "cc-by-4.0/creator", "--rules", str(tmp_path)).output
    assert "Name her" in run("license", "show", "CC-BY-4.0", "--rules", str(tmp_path)).output
