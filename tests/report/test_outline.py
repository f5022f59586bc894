"""A page in lines: every kind of edit that a finding can rest on, and every place, has its words."""

from typing import get_args

from cccheck.model import HARMLESS_KINDS, EditKind, Where
from cccheck.report.outline import _EDITS, _PLACES


def test_every_kind_of_edit_has_its_words():
    assert set(get_args(EditKind)) - HARMLESS_KINDS == set(_EDITS)


def test_every_place_has_its_words():
    assert set(get_args(Where)) == set(_PLACES)
