"""Plain words for what a schema does not take."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cccheck.data import parse_json, schema_path
from cccheck.errors import DataError
from cccheck.validation import nearest, problems

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
KEYS = st.sampled_from(["id", "title", "authors", "publisher", "url", "license", "credit", "text", "links", "supplied"])


@pytest.mark.parametrize("path", sorted(schema_path("work").parent.glob("*.schema.json")), ids=lambda path: path.name)
def test_every_schema_of_the_package_is_one(path):
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@given(st.dictionaries(KEYS, JSON, max_size=8))
def test_any_document_gets_lines_and_no_exception(document):
    for problem in problems(document, "work", "w.json"):
        assert str(problem).startswith("w.json: ")
        assert "Traceback" not in str(problem)


@given(st.binary(max_size=100))
def test_any_bytes_are_a_document_or_a_data_error(data):
    try:
        parse_json(data, "x.json")
    except DataError as error:
        assert str(error).startswith("x.json: ")


def test_the_nearest_name_or_the_names_there_are():
    assert nearest("Contcat", ["contact", "delay"]) == "did you mean `contact`?"
    assert nearest("zzz", ["contact", "delay"]) == "known are contact, delay"
    assert nearest("zzz", [f"work-{n}" for n in range(99)]).endswith("work-19, …")
