"""The fast test says yes only where jsonschema finds nothing, and yes to all that is plainly good."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cccheck.compiled import Uncompiled, compile_schema
from cccheck.validation import load_schema

SCHEMA = load_schema("work")
SLOW = Draft202012Validator(SCHEMA)
GOOD = {
    "id": "nine",
    "title": "Nine Bridges",
    "authors": [{"name": "Ida Ferrow", "aliases": ["Ida"], "affiliation": None}],
    "publisher": {"name": "The Lantern", "url": "https://lantern.example/"},
    "url": "https://lantern.example/bridges",
    "license": ["CC-BY-4.0", "CC"],
    "credit": ["author"],
    "published": None,
    "text": "A river.",
    "supplied": {"copyright": "x"},
    "images": [{"src": "a", "caption": "b"}],
}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 2),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", " ", "a", "A b", "https://a.example/", "ftp://a", "2016-11-01", "en", "author", "link"]),
    st.lists(
        st.sampled_from(["author", "", "link", None, 1, {"name": "x"}, {"text": "t", "href": "h"}, {}]), max_size=3
    ),
    st.dictionaries(
        st.sampled_from(["name", "url", "aliases", "copyright", "x"]), st.sampled_from(["a", "", None, []])
    ),
)
KEYS = st.sampled_from([*SCHEMA["properties"], "unknown"])


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.sets(KEYS, max_size=2))
@settings(max_examples=500, deadline=None)
def test_it_agrees_with_jsonschema(changes, dropped):
    document = {key: value for key, value in (GOOD | changes).items() if key not in dropped}
    assert compile_schema(SCHEMA)(document) == SLOW.is_valid(document)


@pytest.mark.parametrize("document", [None, [], "x", 3, {}, GOOD | {"authors": [], "anonymous": 1}])
def test_it_says_no(document):
    assert not compile_schema(SCHEMA)(document)


def test_a_good_record_passes():
    assert compile_schema(SCHEMA)(GOOD)
    assert compile_schema(SCHEMA)(GOOD | {"authors": [], "anonymous": True})


@pytest.mark.parametrize("schema", [{"patternProperties": {}}, {"$ref": "other.json"}, {"enum": [1]}, {"items": True}])
def test_what_it_does_not_know_it_does_not_judge(schema):
    with pytest.raises(Uncompiled):
        compile_schema(schema)
