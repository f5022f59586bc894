"""Several authors in one name of a record are taken apart; what may be one name is left."""

import json

import pytest

from cccheck.model import Author, Publisher
from cccheck.works import load_works
from cccheck.works.names import apart

COURIER = Publisher("The Tidewater Courier", "https://tidewatercourier.example/", ("Courier",))
SEVERAL = {
    "Jane Doe and John Roe": ["Jane Doe", "John Roe"],
    "Jane Doe & John Roe": ["Jane Doe", "John Roe"],
    "Jane Doe; John Roe": ["Jane Doe", "John Roe"],
    "Jane Doe/John Roe": ["Jane Doe", "John Roe"],
    "Jane Doe, John Roe and Ann Poe": ["Jane Doe", "John Roe", "Ann Poe"],
    "Jane Doe, John Roe / AP": ["Jane Doe", "John Roe"],
    "Jane Doe, The Tidewater Courier, and John Roe, AP": ["Jane Doe", "John Roe"],
    "Jane Doe | The Tidewater Courier": ["Jane Doe"],
    "Jane Doe, The Tidewater Courier": ["Jane Doe"],
    "Reuters/Jane Doe": ["Jane Doe"],
    "Doe, Jane; Roe, John": ["Doe, Jane", "Roe, John"],
}
ONE = [
    "Jane Doe",
    "Doe, Jane",
    "Jane Doe, PhD",
    "Dr. Jane Doe, MD, MPH",
    "Martin Luther King, Jr.",
    "Jane and John Doe",
    "José Ortega y Gasset",
    "Center for Health and Human Rights",
    "Jane Doe, Harvard University",
    "AC/DC",
    "AP",
    "The Tidewater Courier",
    "Ludwig van Beethoven",
]


@pytest.mark.parametrize("name", SEVERAL)
def test_several_authors_in_one(name):
    assert [author.name for author in apart(Author(name), COURIER, "en")] == SEVERAL[name]


@pytest.mark.parametrize("name", ONE)
def test_one_author(name):
    assert apart(Author(name, (), "Desk"), COURIER, None) == (Author(name, (), "Desk"),)


def test_the_language_of_the_record_joins_names():
    both = apart(Author("María Pérez y Juan Gómez"), COURIER, "es-MX")
    assert [author.name for author in both] == ["María Pérez", "Juan Gómez"]


def test_a_name_with_aliases_is_one():
    author = Author("Jane Doe and John Roe", ("Doe & Roe",))
    assert apart(author, COURIER, "en") == (author,)


def test_a_record_that_names_two_in_one(tmp_path):
    record = {
        "id": "two",
        "title": "Two",
        "authors": [{"name": "Jane Doe and John Roe"}],
        "publisher": {"name": COURIER.name, "url": COURIER.url},
        "url": "https://tidewatercourier.example/two",
        "license": "CC-BY-4.0",
        "text": "One word after another. " * 20,
    }
    (tmp_path / "two.json").write_text(json.dumps(record), "utf-8")
    (found,) = load_works(tmp_path)
    assert [author.name for author in found.authors] == ["Jane Doe", "John Roe"]
