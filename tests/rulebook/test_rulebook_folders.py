"""Folders of packs: adding a licence, changing a pack, and what is said of a broken file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cccheck.data import rules_dir
from cccheck.errors import DataError
from cccheck.licenses import from_url, parse_license
from cccheck.rulebook import load_rules


@pytest.fixture(autouse=True)
def only_built_in_licences_afterwards() -> Iterator[None]:
    yield
    load_rules()


MADE_UP = """
id = "example-1.0"
title = "Example News Licence 1.0"
inherits = "cc-by-4.0"

[license]
unit = "example"
version = "1.0"
title = "Example News Licence 1.0"
url = "https://licence.example/1.0/"
identifiers = ["LicenseRef-Example-1.0"]
urls = ["https://licence.example/one"]

[rules.title]
due = "supplied"
clause = "2.4"
"""


def write(folder: Path, text: str, name: str = "pack.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_made_up_licence_takes_one_file(tmp_path: Path) -> None:
    book = load_rules(write(tmp_path, MADE_UP))
    license = parse_license("LicenseRef-Example-1.0")
    assert license
    assert license.kind == "other"
    assert license.short == "Example News Licence 1.0"
    assert parse_license("https://licence.example/1.0/") == license
    assert from_url("http://www.licence.example/one?x=1") == license
    rules = {rule.check: rule for rule in book.rules_for(license)}
    assert rules["author-credit"].id == "example-1.0/creator"
    assert rules["title-credit"].options["due"] == "supplied"
    assert rules["title-credit"].clause == "Example News Licence 1.0 §2.4"
    assert {rule.check for rule in book.rules_for(license)} >= {"author-credit", "license-notice", "changes-indicated"}


def test_a_new_version_takes_one_file(tmp_path: Path) -> None:
    pack = """
        id = "cc-by-5.0"
        inherits = "cc-by-4.0"
        code = "https://creativecommons.org/licenses/{unit}/5.0/legalcode.en"
        [license]
        unit = "by"
        version = "5.0"
        spdx = "CC-BY-5.0"
        title = "Attribution 5.0 International"
        url = "https://creativecommons.org/licenses/by/5.0/"
    """
    assert parse_license("CC-BY-5.0") is None
    book = load_rules(write(tmp_path, pack))
    license = parse_license("CC-BY-5.0")
    assert license
    assert from_url("https://creativecommons.org/licenses/by/5.0/deed.en") == license
    rule = book.rules_for(license)[0]
    assert (rule.clause, rule.clause_url) == (
        "CC BY 5.0 §3(a)(1)(A)(i)",
        "https://creativecommons.org/licenses/by/5.0/legalcode.en#s3a1Ai",
    )


def test_a_file_with_the_id_of_a_pack_changes_that_pack(tmp_path: Path) -> None:
    write(tmp_path, 'id = "cc-by-4.0"\n[rules.title]\ndue = "supplied"\nlevel = "guideline"\nbasis = "guideline"\n')
    book = load_rules(tmp_path)
    entry = book.entry("cc-by-4.0/title")
    assert entry
    assert (entry.due, entry.rule.level, entry.rule.title) == ("supplied", "guideline", "Give the original title")
    assert book.entry("cc-by-sa-4.0/title") != entry
    assert load_rules().entry("cc-by-4.0/title") != entry


def test_a_change_of_a_version_reaches_all_its_licences(tmp_path: Path) -> None:
    book = load_rules(write(tmp_path, 'id = "cc-4.0"\n[rules.creator]\nremedy = "Name her."\n'))
    for unit in ("by", "by-nc-nd"):
        entry = book.entry(f"cc-{unit}-4.0/creator")
        assert entry
        assert entry.rule.remedy == "Name her."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id = \n", "no valid TOML"),
        ("title = 'x'\n", "id: is missing"),
        ("id = 'x'\nrulez = 1\n", "rulez: is no known key; did you mean `rules`?"),
        ("id = 'x'\nabstract = true\n[rules.a]\ndue = 'perhaps'\n", "rules.a.due: `perhaps` is none of"),
        ("id = 'x'\nabstract = true\n[rules.a]\nchek = 'b'\n", "rules.a.chek: is no known key; did you mean `check`?"),
        ("id = 'x'\ninherits = 'cc-by-4.1'\n", "inherits: `cc-by-4.1` is no pack; did you mean `cc-by-4.0`?"),
        ("id = 'x'\ninherits = 'x'\n", "inherits: goes in a circle: x → x; break it"),
        ("id = 'x'\n", "license: is missing; say which licence it is for"),
        ("id = 'x'\n[license]\nunit = 'y'\n[rules.a]\ndue = 'yes'\n", "rules.a.check: is missing; add it"),
        (
            "id = 'x'\n[license]\nunit = 'y'\n[rules.a]\ndue = 'yes'\ncheck = 'a'\ntitle = 'A'\nclause = '{b}'\n",
            "rules.a: no value for 'b'; give it a value in [vars] or [units]",
        ),
        (
            "id = 'x'\n[license]\nunit = 'by'\nversion = '4.0'\n",
            'license: `cc-by-4.0` is for CC BY 4.0 as well; write id = "cc-by-4.0" to change that pack',
        ),
    ],
)
def test_a_broken_pack_gives_one_line_with_file_key_and_mend(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(DataError) as caught:
        load_rules(write(tmp_path, text))
    assert str(caught.value).startswith(f"{tmp_path / 'pack.toml'}: ")
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_bytes(b"id = '\xff'")
    with pytest.raises(DataError, match="not UTF-8; save the file as UTF-8"):
        load_rules(tmp_path)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no folder"):
        load_rules(tmp_path / "missing")


def test_the_digest_names_the_rules_and_not_their_place(tmp_path: Path) -> None:
    assert load_rules().digest == load_rules().digest
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        write(folder, MADE_UP)
    assert load_rules(one).digest == load_rules(two).digest != load_rules().digest
    write(two, MADE_UP + "\n# changed\n")
    assert load_rules(one).digest != load_rules(two).digest


def test_a_declared_licence_is_forgotten_with_its_folder(tmp_path: Path) -> None:
    load_rules(write(tmp_path, MADE_UP))
    assert parse_license("LicenseRef-Example-1.0")
    load_rules()
    assert parse_license("LicenseRef-Example-1.0") is None


def test_any_rule_file_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(rules_dir(), copy)
    monkeypatch.setattr("cccheck.rulebook.book.rules_dir", lambda: copy)
    before = load_rules().digest
    (copy / "letters" / "en" / "words.toml").write_text("# others\n", encoding="utf-8")
    assert load_rules().digest == before, "a word in a letter judges no page"
    (copy / "cc" / "ports.json").write_text("{}", encoding="utf-8")
    assert load_rules().digest != before
