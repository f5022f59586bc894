"""The program's own data files: what a broken one says, and the lists of words that code asks for by name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cccheck import data
from cccheck.data import any_listed, listed, parse_toml, read_toml, rule_table, rules_dir
from cccheck.errors import DataError

SOURCE = Path(data.__file__).parent
WORDS = tomllib.loads((rules_dir() / "page" / "words.toml").read_text("utf-8"))
NAMES = {f"{table}.{key}" for table, lists in WORDS.items() for key in lists}
AS_WRITTEN = {"names.agencies"}  # names, as people write them


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """A folder of rules in the place of the program's own."""
    (tmp_path / "page").mkdir()
    monkeypatch.setattr(data, "rules_dir", lambda: tmp_path)
    for cached in (listed, data._words):
        cached.cache_clear()
    yield tmp_path
    for cached in (listed, data._words):
        cached.cache_clear()


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_list_holds_words_in_small_letters_each_once(name):
    words = listed(name)
    assert [word for word in words if word != word.lower()] == [] or name in AS_WRITTEN
    assert len(words) == len(set(words))


def test_every_list_is_asked_for_and_every_list_asked_for_is_there():
    text = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    assert set(re.findall(r"listed\([\"']([\w.]+)[\"']\)", text)) == NAMES


def test_the_alternatives_of_a_pattern_are_taken_literally_the_longest_first():
    assert re.fullmatch(any_listed("views.endings"), "/amp.html")
    assert not re.fullmatch(any_listed("views.endings"), "/ampXhtml")


@pytest.mark.parametrize(
    "text", ["", "[sections]", "[sections]\nfolders = 3", "[sections]\nfolders = []", '[sections]\nfolders = ["a", ""]']
)
def test_a_list_that_is_none_names_the_file_the_key_and_the_mend(rules, text):
    (rules / "page" / "words.toml").write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        listed("sections.folders")
    expected = f'{rules}/page/words.toml: sections.folders: is no list of words; write it as ["first", "second"]'
    assert str(caught.value) == expected


def test_a_rules_file_that_is_not_there_is_one_line(rules):
    with pytest.raises(DataError, match=r"harm\.toml: No such file or directory; check the name and who may read it$"):
        rule_table("harm.toml")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"a = 1\nb = 1 2\n", "line 2, column 7: no valid TOML: "),
        (b"a = ", "end of document: no valid TOML: Invalid value; mend the file there"),
        (b'a = "\xe9"', "byte 5: not UTF-8; save the file as UTF-8"),
        (b"a = " + b"[" * 5000, "nested too deeply"),
        (b"a = " + b"9" * 5000, "no valid TOML: "),
    ],
    ids=["place", "end", "encoding", "nested", "digits"],
)
def test_toml_that_is_none_names_the_place_and_the_mend(written, said):
    with pytest.raises(DataError, match=re.escape(f"settings.toml: {said}")):
        parse_toml(written, "settings.toml")


def test_a_folder_in_the_place_of_a_file_is_one_line(tmp_path):
    with pytest.raises(DataError, match="Is a directory; check the name and who may read it"):
        read_toml(tmp_path)
