"""Work records: read, check, write, and derive from a file, a page or a republishing notice.

record, folder     the JSON form of one work; the catalogue of all
templates, notice  wordings of republishing notices; what a notice says
cut                the article's text without notice and tail
metadata, extract  what an original's page says by machine; its text
derive, original   a new work from a text; from a page
"""

from cccheck.works.folder import check_folder, confirm_work, corpus_digest, find_work, load_works, write_work
from cccheck.works.record import load_work, record_of, record_problems

__all__ = [
    "check_folder",
    "confirm_work",
    "corpus_digest",
    "find_work",
    "load_work",
    "load_works",
    "record_of",
    "record_problems",
    "write_work",
]
