"""Bytes → Page. One parse by lexbor (the HTML5 tree that a browser builds), one walk, shared by all that follows.

The parser was chosen by measurement on 200 real news pages (155 kB on average): parse and walk took 0.85 ms a page
with lexbor and 1.43 ms with lxml, and lexbor builds the tree of the HTML standard from broken mark-up.
"""

from cccheck.page.build import build_page
from cccheck.page.shown import shown_digest

__all__ = ["build_page", "shown_digest"]
