"""Work records: what is taken, and the one line that says what is wrong with what is not."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cccheck.errors import DataError, UsageError
from cccheck.model import Author, Publisher, Work
from cccheck.works import (
    check_folder,
    corpus_digest,
    find_work,
    load_work,
    load_works,
    record_of,
    record_problems,
    write_work,
)

RECORD = {
    "id": "nine-bridges",
    "title": "Nine Bridges",
    "authors": [{"name": "Ida Ferrow", "aliases": ["I. Ferrow"], "affiliation": None}],
    "publisher": {"name": "The Lantern", "url": "https://lantern.example/", "aliases": []},
    "url": "https://lantern.example/bridges",
    "license": "CC-BY-4.0",
    "text": "A river runs under nine bridges.",
}
FULL = Work(
    id="full",
    title="Full",
    authors=(Author("Ida Ferrow", ("I. F.",), "Lake University"),),
    publisher=Publisher("The Lantern", "https://lantern.example/", ("Lantern",)),
    url="https://lantern.example/full",
    licenses=("CC-BY-4.0", "https://creativecommons.org/licenses/by-sa/3.0/de/"),
    text="One.\n\nTwo.",
    alternate_urls=("https://lantern.example/amp/full",),
    credit=frozenset({"author"}),
    published="2016-11-01",
    language="pt-BR",
    notice="Republish.",
    profile="lantern",
    supplied_copyright="© The Lantern",
    links=(("there", "https://a.example/"),),
    images=(("https://a.example/i.png", "A river"),),
    versions=(("2016-11-02", "One."),),
)


def put(folder: Path, record: object, name: str = "w.json") -> Path:
    path = folder / name
    path.write_text(record if isinstance(record, str) else json.dumps(record), "utf-8")
    return path


def test_a_record_becomes_a_work(tmp_path):
    work = load_work(put(tmp_path, RECORD))
    assert work.authors == (Author("Ida Ferrow", ("I. Ferrow",)),)
    assert work.publisher == Publisher("The Lantern", "https://lantern.example/")
    assert work.licenses == ("CC-BY-4.0",)
    assert work.credit == {"author", "publisher", "link"}


def test_what_is_written_is_read_back(tmp_path):
    assert load_work(write_work(FULL, tmp_path / "new")) == FULL
    assert record_problems(record_of(FULL), tmp_path) == []


def test_an_empty_credit_is_kept_and_is_not_the_default(tmp_path):
    assert load_work(put(tmp_path, RECORD | {"credit": []})).credit == frozenset()
    assert load_work(write_work(replace(FULL, credit=frozenset()), tmp_path)).credit == frozenset()


def test_the_text_may_stand_in_a_file_beside_the_record(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_bytes("\ufeffOne.\r\nTwo é.".encode())
    record = {key: value for key, value in RECORD.items() if key != "text"} | {"text_file": "texts/a.txt"}
    assert load_work(put(tmp_path, record)).text == "One.\nTwo é."


def test_an_anonymous_work_has_no_authors(tmp_path):
    assert load_work(put(tmp_path, RECORD | {"authors": [], "anonymous": True})).anonymous


@pytest.mark.parametrize(
    "license",
    ["CC-BY-4.0", "cc-by-nc-nd-3.0", "CC0-1.0", "CC", "permission", "https://creativecommons.org/licenses/by/3.0/us/"],
)
def test_licences_that_are_taken(tmp_path, license):
    assert load_work(put(tmp_path, RECORD | {"license": license})).licenses == (license,)


BAD = [
    ({"title": None}, "title: is `null`, not a text"),
    ({"title": " "}, "title: is empty; write it out"),
    ({"id": "Nine Bridges"}, "id: `Nine Bridges` is not what belongs here; an id is of lower-case letters"),
    ({"id": "../up"}, "id: `../up` is not"),
    ({"autors": []}, "autors: is no known key; did you mean `authors`?"),
    ({"authors": []}, "anonymous: is missing; `authors` is empty: name the authors, or write"),
    ({"authors": [], "anonymous": False}, "anonymous: `false` is not what belongs here; name the authors, or write"),
    ({"authors": ["Ida"]}, "authors[0]: is `Ida`, not an object"),
    ({"authors": [{"nam": "Ida"}]}, "authors[0].nam: is no known key; did you mean `name`?"),
    ({"authors": [{"name": "Ida"}, {}]}, "authors[1].name: is missing"),
    ({"publisher": "The Lantern"}, "publisher: is `The Lantern`, not an object"),
    ({"publisher": {"name": "The Lantern"}}, "publisher.url: is missing; add it"),
    ({"url": "lantern.example/x"}, "url: `lantern.example/x` is not what belongs here; write a whole address such as"),
    ({"url": "https://me:secret@lantern.example/"}, "url: "),
    ({"license": "CC-BY-5.0"}, "license: `CC-BY-5.0` is no known licence; did you mean `CC-BY-4.0`?"),
    ({"license": "CC BY 4.0"}, "license: `CC BY 4.0` is no known licence; did you mean `CC-BY-4.0`?"),
    ({"license": "MIT"}, "license: `MIT` is no known licence; write an SPDX identifier"),
    ({"license": []}, "license: is empty"),
    ({"license": ["CC-BY-4.0", "CC-BY-4.0"]}, "license: holds the same entry twice"),
    ({"license": 4}, "license: is `4`, not a text"),
    (
        {"credit": ["autor"]},
        "credit[0]: `autor` is none of author, publisher, link, title, license; did you mean `author`?",
    ),
    ({"published": "yesterday"}, "published: `yesterday` is not what belongs here; write the date as 2016-11-01"),
    ({"text": "\n "}, "text: is empty; `text` holds no words"),
    ({"text": ["One."]}, 'text: is `["One."]`, not a text'),
    ({"links": [{"text": "x"}]}, "links[0].href: is missing"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=[message[:40] for _, message in BAD])
def test_a_bad_record_is_told_in_one_line(tmp_path, change, message):
    path = put(tmp_path, RECORD | change)
    with pytest.raises(DataError) as told:
        load_work(path)
    assert str(told.value).startswith(f"{path}: {message}")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("key", ["id", "title", "authors", "publisher", "url", "license", "text"])
def test_a_missing_key_is_named(tmp_path, key):
    path = put(tmp_path, {k: v for k, v in RECORD.items() if k != key})
    with pytest.raises(DataError, match=f"{key}: is missing"):
        load_work(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"id": "a",\n "title": }', "line 2, column 11: no valid JSON"),
        ('{"id": "a", "id": "b"}', "the key `id` stands twice"),
        ('{"title": "\\ud800"}', "half a character"),
        ("[]", "is `[]`, not an object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": ' + "9" * 5000 + "}", "Exceeds the limit"),
        ("", "line 1, column 1: no valid JSON"),
    ],
)
def test_a_file_that_is_no_record(tmp_path, content, message):
    with pytest.raises(DataError, match=r"w\.json") as told:
        load_work(put(tmp_path, content))
    assert message in str(told.value)


def test_a_file_in_another_charset(tmp_path):
    (tmp_path / "w.json").write_bytes('{"title": "é"}'.encode("latin-1"))
    with pytest.raises(DataError, match="byte 11: not UTF-8; save the file as UTF-8"):
        load_work(tmp_path / "w.json")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.txt", None, "No such file"),
        ("/etc/hostname", None, "absolute path"),
        ("a.txt", b" \n", "holds no words"),
        ("a.txt", b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_bad_text_file(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    record = {key: value for key, value in RECORD.items() if key != "text"} | {"text_file": name}
    with pytest.raises(DataError, match=message):
        load_work(put(tmp_path, record))


def test_several_problems_are_counted_and_all_listed(tmp_path):
    path = put(tmp_path, RECORD | {"title": 1, "url": "x"})
    with pytest.raises(DataError, match="and 1 more; `cccheck work check` lists them"):
        load_work(path)
    number, problems = check_folder(tmp_path)
    assert (number, [problem.place for problem in problems]) == (1, ["title", "url"])


def test_works_are_sorted_by_id_and_hidden_files_left_alone(tmp_path):
    for name in ("b", "a"):
        put(tmp_path, RECORD | {"id": f"{name}-work"}, f"{'z' if name == 'a' else 'y'}.json")
    put(tmp_path, "no json", "._y.json")
    put(tmp_path, "no json", "notes.txt")
    assert [work.id for work in load_works(tmp_path)] == ["a-work", "b-work"]
    assert find_work(tmp_path, "b-work").id == "b-work"


def test_an_id_given_twice_is_refused(tmp_path):
    put(tmp_path, RECORD, "a.json")
    put(tmp_path, RECORD, "b.json")
    with pytest.raises(DataError, match=r"b\.json: id: `nine-bridges` is the id of .*a\.json too"):
        load_works(tmp_path)
    assert len(check_folder(tmp_path)[1]) == 1


def test_an_unknown_id_names_the_nearest(tmp_path):
    put(tmp_path, RECORD)
    with pytest.raises(UsageError, match="no work is called `nine-bridge`; did you mean `nine-bridges`"):
        find_work(tmp_path, "nine-bridge")


def test_a_missing_folder_names_the_mend(tmp_path):
    with pytest.raises(UsageError, match=r"no such folder of works; name it with --works"):
        load_works(tmp_path / "none")


def test_the_digest_is_of_the_content_alone(tmp_path):
    put(tmp_path, RECORD, "a.json")
    first = corpus_digest(load_works(tmp_path))
    (tmp_path / "text.txt").write_text(RECORD["text"])
    moved = {key: value for key, value in RECORD.items() if key != "text"} | {"text_file": "text.txt"}
    (tmp_path / "a.json").write_text(json.dumps(dict(reversed(moved.items())), indent=4))
    assert corpus_digest(load_works(tmp_path)) == first
    assert corpus_digest([FULL, *load_works(tmp_path)]) == corpus_digest([*load_works(tmp_path), FULL])
    assert corpus_digest([replace(FULL, text="Three.")]) != corpus_digest([FULL])


def test_a_record_is_not_overwritten_unasked_and_never_half(tmp_path):
    write_work(FULL, tmp_path)
    with pytest.raises(UsageError, match=r"full\.json: there is a record already; .*--force"):
        write_work(replace(FULL, title="New"), tmp_path)
    write_work(replace(FULL, title="New"), tmp_path, force=True)
    assert load_work(tmp_path / "full.json").title == "New"
    assert [path.name for path in tmp_path.iterdir()] == ["full.json"]
