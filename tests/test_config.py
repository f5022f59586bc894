"""Settings: file, environment, options, and what is said of a mistake."""

from pathlib import Path

import pytest

from cccheck.config import Config, load_config
from cccheck.errors import CccheckError


def put(folder: Path, text: str) -> Path:
    (folder / "cccheck.toml").write_text(text, "utf-8")
    return folder / "cccheck.toml"


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_config(None, tmp_path, {}) == Config(works=tmp_path / "works", output=tmp_path / "reports")


def test_the_nearest_file_upwards_is_read_and_paths_are_its_own(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    file = put(
        tmp_path,
        'contact = "rights@lantern.example"\nworks = "catalogue"\ndelay = 5\nworkers = 2\nallow_private = true\n',
    )
    config = load_config(None, inner, {})
    assert (config.contact, config.works, config.delay) == ("rights@lantern.example", tmp_path / "catalogue", 5)
    assert (config.workers, config.allow_private, config.ignore_robots, config.file) == (2, True, False, file)


def test_the_environment_wins_over_the_file_and_options_over_both(tmp_path):
    file = put(tmp_path, 'contact = "a@lantern.example"\ndelay = 5\nignore_robots = true\n')
    environ = {"CCCHECK_DELAY": "0.5", "CCCHECK_IGNORE_ROBOTS": "no", "CCCHECK_WORKS": "w", "CCCHECK_WORKERS": ""}
    config = load_config(file, tmp_path, environ)
    assert (config.contact, config.delay, config.ignore_robots) == ("a@lantern.example", 0.5, False)
    assert (config.works, config.workers) == (tmp_path / "w", None)
    changed = config.with_options(delay=1.0, works=None)
    assert (changed.delay, changed.works) == (1.0, tmp_path / "w")


@pytest.mark.parametrize("contact", ["rights@lantern.example", "https://lantern.example/contact"])
def test_contacts_that_are_taken(tmp_path, contact):
    assert load_config(put(tmp_path, f'contact = "{contact}"'), None, {}).contact == contact


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('contcat = "x"', "contcat: is no known key; did you mean `contact`?"),
        ("contact = 3", "contact: is `3`, not a text; write an e-mail address or a web address"),
        ('contact = "lantern"', "contact: `lantern` is not what belongs here"),
        ('contact = "a b@lantern.example"', "contact: `a b@"),
        ('contact = "a@lantern.example\\r\\nX: y"', "contact: "),
        ("delay = -1", "delay: `-1` is out of range; write a number of seconds from 0 to 3600"),
        ('delay = "2"', "delay: is `2`, not a number"),
        ("delay = nan", "delay: is not a number"),
        ("delay = inf", "delay: `Infinity` is out of range"),
        ("workers = 0", "workers: `0` is out of range"),
        ("workers = 1.5", "workers: is `1.5`, not a whole number"),
        ('allow_private = "no"', "allow_private: is `no`, not true or false"),
        ('works = ""', "works: is empty; name a folder"),
        ("[fetch]\ndelay = 2", "fetch: is no known key"),
        ('works = "a"\ncontact = ', "no valid TOML: Invalid value; mend the file there"),
        ('works = "a"\ndelay = 1 2', "line 2, column 11: no valid TOML: "),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path, text, message):
    file = put(tmp_path, text)
    with pytest.raises(CccheckError) as told:
        load_config(file, None, {})
    assert str(told.value).startswith(str(file)) and message in str(told.value)


def test_a_file_in_another_charset(tmp_path):
    (tmp_path / "cccheck.toml").write_bytes("works = 'é'".encode("latin-1"))
    with pytest.raises(CccheckError, match="not UTF-8; save the file as UTF-8"):
        load_config(tmp_path / "cccheck.toml", None, {})


def test_a_missing_file_that_was_named(tmp_path):
    with pytest.raises(CccheckError, match="No such file"):
        load_config(tmp_path / "cccheck.toml", None, {})


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("DELAY", "soon", "CCCHECK_DELAY: `soon` cannot be read; write a number"),
        ("DELAY", "nan", "CCCHECK_DELAY: is not a number"),
        ("WORKERS", "0", "CCCHECK_WORKERS: `0` is out of range; write a whole number from 1 to 1024"),
        ("ALLOW_PRIVATE", "maybe", "CCCHECK_ALLOW_PRIVATE: `maybe` cannot be read; write true or false"),
        ("CONTACT", "me", "CCCHECK_CONTACT: `me` is not what belongs here"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(tmp_path, key, value, message):
    with pytest.raises(CccheckError) as told:
        load_config(None, tmp_path, {f"CCCHECK_{key}": value, "CCCHECK_OTHER": "x"})
    assert str(told.value).startswith(message)


def test_acceptances_are_named_or_lie_beside_the_settings(tmp_path):
    inner = tmp_path / "a"
    inner.mkdir()
    assert load_config(put(tmp_path, ""), None, {}).accepted is None
    (tmp_path / "accepted.toml").touch()
    assert load_config(None, inner, {}).accepted == tmp_path / "accepted.toml"
    assert load_config(put(tmp_path, 'accepted = "known.toml"'), None, {}).accepted == tmp_path / "known.toml"
    assert load_config(None, inner, {"CCCHECK_ACCEPTED": "mine.toml"}).accepted == inner / "mine.toml"
