"""Content codings: undone, bounded, and honest about what is missing."""

import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cccheck.fetch.decode import Decoded, TooLarge, Undecodable, accepted, decode

TEXT = b"<html>" + b"The article. " * 500 + b"</html>"
LIMIT = 1 << 20


def packers():
    yield "gzip", gzip.compress
    yield "deflate", zlib.compress
    try:
        import brotli

        yield "br", brotli.compress
    except ImportError:
        pass
    try:
        import zstandard

        yield "zstd", zstandard.compress
    except ImportError:
        pass


each_coding = pytest.mark.parametrize(
    ("coding", "pack"), list(packers()), ids=lambda v: v if isinstance(v, str) else ""
)


@each_coding
def test_undone(coding, pack):
    assert coding in accepted()
    assert decode(pack(TEXT), [coding], LIMIT) == Decoded(TEXT, True)
    assert decode(pack(b""), [coding], LIMIT) == Decoded(b"", True)
    assert decode(b"", [coding], LIMIT) == Decoded(b"", True)
    assert decode(pack(gzip.compress(TEXT)), ["gzip", coding.upper()], LIMIT) == Decoded(TEXT, True)


@each_coding
def test_bounded(coding, pack):
    packed = pack(bytes(10 * LIMIT))
    with pytest.raises(TooLarge):
        decode(packed, [coding], LIMIT)
    assert decode(pack(bytes(LIMIT)), [coding], LIMIT).body == bytes(LIMIT)


@each_coding
def test_cut_anywhere_is_never_whole(coding, pack):
    packed = pack(TEXT)
    for cut in range(1, len(packed)):
        decoded = decode(packed[:cut], [coding], LIMIT)
        assert not decoded.whole or decoded.body == packed[:cut]
        assert not decoded.whole or cut < 8  # too little to be known for the coding at all


@each_coding
def test_what_is_not_coded_stays(coding, pack):
    assert decode(TEXT, [coding], LIMIT) == Decoded(TEXT, True)


def test_several_members_and_trailing_bytes():
    packed = gzip.compress(TEXT) + gzip.compress(TEXT)
    assert decode(packed, ["gzip"], LIMIT) == Decoded(TEXT * 2, True)
    assert decode(packed + b"\x00" * 9, ["x-gzip"], LIMIT) == Decoded(TEXT * 2, True)


@pytest.mark.parametrize("name", ["identity", "", "UTF-8", "none", "x-unknown"])
def test_names_that_code_nothing(name):
    assert decode(TEXT, [name], LIMIT) == Decoded(TEXT, True)


def test_codings_known_by_name_only():
    with pytest.raises(Undecodable, match="compress"):
        decode(TEXT, ["compress"], LIMIT)


@given(
    st.binary(max_size=2000), st.lists(st.sampled_from(["gzip", "deflate", "br", "zstd", "identity", "x"]), max_size=4)
)
def test_any_bytes(data, codings):
    with contextlib.suppress(TooLarge, Undecodable):
        assert len(decode(data, codings, 1000).body) <= 1000
