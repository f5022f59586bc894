"""Work records: read, check, write, and derive from a file, a page or a republishing notice.

`record` knows the JSON form, `folder` the catalogue, `notice` the wording of republishing notices,
`extract` the original's page, `derive` puts a new record together.
"""

from cccheck.works.folder import check_folder, corpus_digest, load_works, write_work
from cccheck.works.record import load_work, record_of, record_problems

__all__ = [
    "check_folder",
    "corpus_digest",
    "load_work",
    "load_works",
    "record_of",
    "record_problems",
    "write_work",
]
