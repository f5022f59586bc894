"""The tables of a history, as steps from each version of the file to the next. A step runs in a transaction of its own.

To change the tables add a step at the end; never change one that was released. The version is SQLite's `user_version`,
and `application_id` says that the file is a history of ours.
"""

from __future__ import annotations

APPLICATION_ID = 0x63636368  # "ccch"

_RUNS_AND_CASES = (
    """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,       -- the run's id, as in run.json
      folder TEXT NOT NULL,
      started TEXT NOT NULL,
      finished TEXT,            -- NULL while it is running
      measure TEXT NOT NULL,    -- digest of rules, works, program
      pages INTEGER NOT NULL DEFAULT 0,
      UNIQUE (name, folder)
    )
    """,
    """
    CREATE TABLE copy (
      id INTEGER PRIMARY KEY,
      site TEXT NOT NULL,
      work TEXT NOT NULL,
      url TEXT NOT NULL,
      was_violation INTEGER     -- the first run that saw it in violation
    )
    """,
    "CREATE INDEX copy_of_site ON copy (site, work)",
    """
    CREATE TABLE name (         -- what pages of one copy have in common: an address, the text
      site TEXT NOT NULL,
      work TEXT NOT NULL,
      name TEXT NOT NULL,
      copy INTEGER NOT NULL REFERENCES copy,
      PRIMARY KEY (site, work, name)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE page (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE, -- the page's id in reports
      url TEXT NOT NULL,
      hint TEXT,
      site TEXT NOT NULL,
      copy INTEGER REFERENCES copy,
      known INTEGER,            -- the latest audit that saw something
      failing INTEGER,          -- the audit of failures since, if it cannot be reached
      first_seen TEXT NOT NULL,
      tried TEXT NOT NULL       -- the last attempt
    )
    """,
    "CREATE INDEX page_of_copy ON page (copy)",
    "CREATE INDEX page_of_site ON page (site)",
    "CREATE INDEX page_at ON page (url)",
    """
    CREATE TABLE audit (        -- what a page was like from first_run to last_run
      id INTEGER PRIMARY KEY,
      page INTEGER NOT NULL REFERENCES page,
      copy INTEGER,
      digest BLOB NOT NULL,     -- of what is said of the page
      shown TEXT NOT NULL,      -- of what the page shows, or of its bytes
      verdict TEXT NOT NULL,
      reason TEXT,
      missing TEXT NOT NULL,    -- JSON: [[rule, check], …] of required failures
      unsure TEXT NOT NULL,     -- the same of required reviews
      accepted TEXT,
      decided TEXT NOT NULL,    -- JSON: rules on which a person decided
      first_run INTEGER NOT NULL,
      last_run INTEGER NOT NULL,
      first_seen TEXT NOT NULL,
      last_seen TEXT NOT NULL,
      times INTEGER NOT NULL DEFAULT 1,
      third_run INTEGER,        -- the run in which a failure was seen for the third time
      measure TEXT NOT NULL     -- of the last run
    )
    """,
    """
    CREATE TABLE record (       -- apart, so that what is asked often stays small
      audit INTEGER PRIMARY KEY,
      body BLOB NOT NULL        -- the page's record as in report.json, zlib; kept where somebody has to act on it
    )
    """,
    "CREATE INDEX audit_of_page ON audit (page)",
    "CREATE INDEX audit_of_copy ON audit (copy)",
    "CREATE INDEX audit_begun ON audit (first_run)",
    "CREATE INDEX audit_third ON audit (third_run) WHERE third_run IS NOT NULL",
    """
    CREATE TABLE cases (
      id INTEGER PRIMARY KEY,
      copy INTEGER NOT NULL REFERENCES copy,
      state TEXT NOT NULL,
      opened TEXT NOT NULL,
      missing TEXT NOT NULL,    -- JSON: [[rule, check, since], …]
      first_seen TEXT NOT NULL,
      last_seen TEXT NOT NULL,
      license TEXT,
      notified TEXT,
      cure_until TEXT,
      cure_clause TEXT,
      answer_by TEXT,
      closed TEXT,
      why TEXT NOT NULL DEFAULT '',
      earlier INTEGER NOT NULL DEFAULT 0,
      pending TEXT NOT NULL DEFAULT '',
      pending_since TEXT
    )
    """,
    "CREATE INDEX case_of_copy ON cases (copy)",
    "CREATE INDEX case_in_state ON cases (state)",
    """
    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      "case" INTEGER NOT NULL REFERENCES cases,
      at TEXT NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL
    )
    """,
    'CREATE INDEX event_of_case ON event ("case")',
    """
    CREATE TABLE decision (
      page TEXT NOT NULL,
      url TEXT NOT NULL,
      rule TEXT NOT NULL,
      outcome TEXT NOT NULL,
      why TEXT NOT NULL,
      at TEXT NOT NULL,
      shown TEXT NOT NULL,
      captured TEXT NOT NULL,
      PRIMARY KEY (page, rule)
    ) WITHOUT ROWID
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_RUNS_AND_CASES,)
"""Step n leads from version n to version n + 1."""
