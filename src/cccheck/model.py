"""Every type that flows between the stages: frozen values, in the order of the flow. Imports nothing of ours.

What a page has hundreds of (blocks, links) are named tuples: they are made three times as fast.

    Target → Capture | FetchFailure → Lead… → Bundle → Page | Unreadable → Match | NoMatch → Finding… → PageAudit
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, Literal, NamedTuple, get_args

# ------------------------------------------------------------------ the words


class Outcome(StrEnum):
    """What a finding says. `review`: a person must decide, and the reason is given."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    REVIEW = "review"
    INAPPLICABLE = "inapplicable"


class Verdict(StrEnum):
    """What is said of a page as a whole."""

    COMPLIANT = "compliant"
    VIOLATION = "violation"
    REVIEW = "review"
    EXCERPT = "excerpt"
    NOT_A_COPY = "not-a-copy"
    UNAVAILABLE = "unavailable"


SITE_ORDER = (
    Verdict.VIOLATION,
    Verdict.REVIEW,
    Verdict.COMPLIANT,
    Verdict.EXCERPT,
    Verdict.UNAVAILABLE,
    Verdict.NOT_A_COPY,
)
"""A site's verdict is the first of these that one of its pages has."""


class Reason(StrEnum):
    """Why a page is unavailable: a closed list."""

    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    TOO_LARGE = "too-large"
    REDIRECTS = "redirects"
    HTTP_404 = "http-404"
    HTTP_410 = "http-410"
    HTTP_4XX = "http-4xx"
    HTTP_5XX = "http-5xx"
    ROBOTS = "robots"
    RATE_LIMITED = "rate-limited"
    BOT_WALL = "bot-wall"
    LOGIN_WALL = "login-wall"
    PAYWALL = "paywall"
    CONSENT_WALL = "consent-wall"
    SCRIPT_ONLY = "script-only"
    SOFT_404 = "soft-404"
    PARKED = "parked"
    REDIRECTED_HOME = "redirected-home"
    UNSUPPORTED = "unsupported"
    NOT_CAPTURED = "not-captured"
    PRIVATE_ADDRESS = "private-address"


Level = Literal["required", "guideline"]
Basis = Literal["licence", "notice", "terms", "guideline"]
Origin = Literal["republisher", "publisher", "unknown"]
Where = Literal["head", "before", "inside", "after", "outside"]
Visible = Literal["visible", "hidden", "unknown"]
Role = Literal["response", "rendering", "next", "credits", "resolved"]
Asked = Literal["author", "publisher", "link", "title", "license"]
EditKind = Literal[
    "quotation-altered",
    "number-altered",
    "name-altered",
    "negation-altered",
    "rewritten",
    "inserted",
    "cut",
    "moved",
    "time-and-place",
    "style",
    "headline-changed",
    "links-dropped",
    "images-dropped",
]
"""What was done to the text, the gravest first; `Edit.detail` says more closely.

quotation-altered  words between quotation marks; detail: what else it is (number, name, negation), if anything
number-altered     a number, an amount, a unit
name-altered       the name of a person, a place, an organisation; detail: `slip`, if a letter of a longer name is off
negation-altered   a `not` put in or taken out, by a word or a prefix; a word for its contrary (`full`, `empty`)
rewritten          other words for the same place; detail: what graver changes are among them
inserted           words that the original does not have; detail: `words` (within a sentence), `sentence` (within a
                   paragraph), `paragraph`
cut                words that the copy does not have; detail: `beginning`, `middle`, `end`
moved              the same words at another place; detail: `words`, `paragraph`
time-and-place     "today" → "on Tuesday", "here" → "in Melbourne"; detail: `time`, `place`
style              the same words written otherwise; detail: `typography`, `spelling`, `numeral`, `abbreviation`,
                   `honorific`, `contraction`
headline-changed   the copy's headline is not the work's title
links-dropped      a link of the original's text is none here
images-dropped     a picture of the original is not here
"""

KIND_ORDER: tuple[EditKind, ...] = get_args(EditKind)
"""The kinds, the gravest first."""

GRAVE_KINDS: frozenset[EditKind] = frozenset(
    {"quotation-altered", "number-altered", "name-altered", "negation-altered"}
)
"""Edits that change what is said, whatever their size: a person must see each."""

SLIP = "slip"
"""The detail of an edit that looks like a slip of the hand: it is reported, and no finding rests on it."""

HARMLESS_KINDS: frozenset[EditKind] = frozenset(
    {"moved", "time-and-place", "style", "headline-changed", "links-dropped", "images-dropped"}
)
"""Edits on which no finding about changes rests."""
Mark = Literal["copied", "altered", "moved", "added"]  # what became of a block of the republished body

# ------------------------------------------------------------------ works


@dataclass(frozen=True, slots=True)
class Author:
    """One author as the original names them."""

    name: str
    aliases: tuple[str, ...] = ()
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published the original: name, home page, other names, and further sites (hosts, some with a path)."""

    name: str
    url: str
    aliases: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """The licensed article. `licenses` are identifiers as the record gives them: SPDX ids, CC URLs, `CC`, `permission`.

    `credit` lists what the licensor asks to stand on the copy itself.
    """

    id: str
    title: str
    authors: tuple[Author, ...]
    publisher: Publisher
    url: str
    licenses: tuple[str, ...]
    text: str
    alternate_urls: tuple[str, ...] = ()
    credit: frozenset[Asked] = frozenset({"author", "publisher", "link"})
    anonymous: bool = False
    published: str | None = None
    language: str | None = None
    notice: str | None = None
    profile: str | None = None
    supplied_copyright: str | None = None
    supplied_disclaimer: str | None = None
    links: tuple[tuple[str, str], ...] = ()  # text, href
    images: tuple[tuple[str, str], ...] = ()  # src, caption
    extracted: bool = False  # a program took the text from a page, and nobody has looked through it
    versions: tuple[tuple[str, str], ...] = ()  # date, text

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address at which the original stands."""
        return (self.url, *self.alternate_urls)

    @property
    def homes(self) -> tuple[str, ...]:
        """The publisher's home page, and after it its further sites."""
        return (self.publisher.url, *(f"https://{site}/" for site in self.publisher.sites))


# ------------------------------------------------------------------ targets and captures


@dataclass(frozen=True, slots=True)
class Target:
    """One URL to check. `line` counts from 1 in the input; `extra` are the input's other columns."""

    url: str
    hint: str | None = None
    line: int = 0
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """An input line that could not be used."""

    line: int
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop: the address that answered, its status, where it pointed (absolute)."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetched response. `body` is free of transfer and content codings, its charset untouched.

    `fetched_at` is ISO 8601 in UTC (`2026-11-01T00:00:00Z`); in a replay, the record's date.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: str
    redirects: tuple[Redirect, ...] = ()
    role: Role = "response"
    warc: str | None = None
    record_id: str | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the body."""
        return sha256(self.body).hexdigest()

    def header(self, name: str) -> str:
        """The first header of that name (any case), or an empty string."""
        wanted = name.lower()
        return next((v for k, v in self.headers if k.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """Why no usable response came. `detail` is one plain sentence without secrets."""

    url: str
    reason: Reason
    detail: str
    fetched_at: str
    status: int | None = None
    redirects: tuple[Redirect, ...] = ()
    role: Role = "response"


@dataclass(frozen=True, slots=True)
class Lead:
    """Something else that must be fetched to judge fairly: a short link, a next page, a credits page."""

    url: str
    role: Role
    why: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A target with all that was fetched for it; `followed` pairs each lead with what came of it."""

    target: Target
    response: Capture | FetchFailure
    followed: tuple[tuple[Lead, Capture | FetchFailure], ...] = ()


# ------------------------------------------------------------------ pages


@dataclass(frozen=True, slots=True)
class Container:
    """A marked stretch of the page (`<footer>`, a comment list, a figure …): blocks `first` to `last`, both included.

    Kinds `hidden` and `unknown` are elements that take their content out of sight, surely or perhaps.
    """

    kind: str
    first: int
    last: int
    label: str  # what it was known by: the tag, its class, its style


class Block(NamedTuple):
    """A run of text with no block boundary inside. `<br>` is a line feed; other white space is folded to one space.

    `parent` numbers the element whose child holds the text: blocks with the same parent are siblings. `element` is the
    parser's node, for naming the place; it compares equal to nothing and never leaves the process.
    """

    index: int  # type: ignore[assignment]  # hides tuple.index, which nothing needs of a block
    text: str
    tag: str
    parent: int = -1
    containers: tuple[int, ...] = ()  # indexes into Page.containers, outermost first
    visible: Visible = "visible"
    hidden_by: str | None = None
    capture: int = 0
    element: Any = None

    @property
    def selector(self) -> str:
        """A CSS selector of the element that holds the text: its last eight steps."""
        steps: list[str] = []
        node = self.element
        while node is not None and node.tag not in (None, "html", "-document") and len(steps) < 8:
            nth, other = 1, node.prev
            while other is not None:
                nth += other.tag == node.tag
                other = other.prev
            steps.append(f"{node.tag}:nth-of-type({nth})")
            node = node.parent
        return " > ".join(reversed(steps))


class Link(NamedTuple):
    """A hyperlink in a block, at `start` to `end` of its text. `href` as written, `resolved` absolute."""

    href: str
    resolved: str
    text: str
    block: int
    start: int
    end: int
    rel: tuple[str, ...] = ()
    image_alt: str | None = None  # alternative text of an image inside; None without an image
    label: str = ""  # title or aria-label
    visible: Visible = "visible"
    hidden_by: str | None = None
    containers: tuple[int, ...] = ()  # as of a block: a link without text stands in none


@dataclass(frozen=True, slots=True)
class Image:
    """An image: address as resolved, alternative text, caption (may be empty), the block it stands before."""

    src: str
    alt: str
    caption: str
    block: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself outside its text."""

    title: str = ""
    language: str = ""
    canonical: str | None = None
    other_canonicals: tuple[str, ...] = ()  # further ones: search engines may then take none
    licenses: tuple[str, ...] = ()  # hrefs of <link rel=license>
    next_url: str | None = None
    other_bases: tuple[str, ...] = ()  # further <base> elements, which browsers ignore
    meta: tuple[tuple[str, str], ...] = ()  # name or property, content
    json_ld: tuple[str, ...] = ()  # the scripts as written


@dataclass(frozen=True, slots=True)
class Page:
    """A bundle parsed once. Blocks stand in reading order."""

    url: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    containers: tuple[Container, ...]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A response that holds no page to read, and why."""

    reason: Reason
    detail: str


# ------------------------------------------------------------------ matches


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both texts in the same order: token offsets in the page and in the work, and their count."""

    page: int
    work: int
    length: int


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one block: character offsets, and the words quoted."""

    block: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference between original and copy: words of the original concerned, and words that stand there now.

    `original_start` and `original_end` are character offsets in the work's text (both 0 for what is not in the text: a
    title, a picture); `copy` is None where nothing stands.
    """

    kind: EditKind
    words_original: int
    words_copy: int
    original_start: int
    original_end: int
    original_quote: str
    copy: Place | None = None
    detail: str = ""

    @property
    def words(self) -> int:
        """The larger side's count."""
        return max(self.words_original, self.words_copy)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work whose text stands on the page, and how much of it (share of its distinct word 5-grams)."""

    work: str
    containment: float


@dataclass(frozen=True, slots=True)
class Match:
    """Which work the page copies, how much, where, and what was done to it. Counts are in words."""

    work: str
    containment: float
    page_share: float
    words_work: int
    words_copied: int
    words_added: int
    words_cut: int
    words_altered: int
    longest_run: int
    candidates: tuple[Candidate, ...] = ()
    tied: tuple[str, ...] = ()  # other works that it may be as well, where no hint and no link decides
    beside: tuple[str, ...] = ()  # further works that stand on the page besides
    hint_missed: bool = False  # the hinted work's text does not stand there; another's does
    excerpt: bool = False
    edits: tuple[Edit, ...] = ()
    version: str | None = None  # date of the earlier version that was copied; `edits` are against that version's text
    corrections: tuple[Edit, ...] = ()  # where the original says something else by now, and the copy does not
    copied: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)  # block → copied character spans
    body: Mapping[int, Mark] = field(default_factory=dict)  # the blocks of the republished body, in reading order
    first_block: int = 0
    last_block: int = 0


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No work's text stands on the page. `candidates` are the traces there are."""

    candidates: tuple[Candidate, ...] = ()
    found: str | None = None  # the beginning of what stands there instead


# ------------------------------------------------------------------ findings


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation from the page, where it stands, and whether a reader sees it."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    where: Where = "outside"
    visible: Visible = "visible"
    hidden_by: str | None = None
    capture: int = 0
    block: int | None = None
    start: int | None = None
    end: int | None = None
    selector: str | None = None
    href: str | None = None
    resolved: str | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check's answer: an outcome, a code that names the case, parameters for its message, and the evidence."""

    outcome: Outcome
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    origin: Origin = "republisher"


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition as data: which check decides it, on what ground, and how to mend a failure.

    `options` are the check's own: `due` (yes, supplied, designated, specified, adaptation, no) says whether the licence
    asks for it.
    """

    id: str
    check: str
    title: str
    level: Level = "required"
    basis: Basis = "licence"
    clause: str = ""
    clause_url: str = ""
    remedy: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule applied to a page."""

    rule: str
    check: str
    level: Level
    basis: Basis
    outcome: Outcome
    code: str
    params: Mapping[str, Any]
    title: str
    message: str
    clause: str
    clause_url: str
    origin: Origin
    remedy: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A finished credit for this work, ready to paste."""

    html: str
    text: str


@dataclass(frozen=True, slots=True)
class PageAudit:
    """All that is said of one page and one work."""

    target: Target
    url: str
    final_url: str
    verdict: Verdict
    reason: Reason | None
    detail: str
    work: str | None
    captures: tuple[Mapping[str, Any], ...]
    match: Match | None
    findings: tuple[Finding, ...]
    credit_line: CreditLine | None
    canonical: str | None = None
    published: str | None = None
    found: str | None = None
    accepted: str | None = None
    shown: str | None = None  # digest of what the page shows around the article, where one stands there
    beside: str | None = None  # the work of the target's own audit, where this is one of a further work on its page
    blocks: tuple[Block, ...] = ()
