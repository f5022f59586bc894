"""What kind of edit a difference is: the words that decide are data (`rules/edits/<language>.toml`)."""

from cccheck.match.kinds.classify import Difference, Kind, classify
from cccheck.match.kinds.source import Source, source_of
from cccheck.match.kinds.vocabulary import Vocabulary, vocabulary_of

__all__ = ["Difference", "Kind", "Source", "Vocabulary", "classify", "source_of", "vocabulary_of"]
