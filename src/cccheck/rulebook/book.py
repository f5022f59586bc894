"""The rulebook: packs turned into rules for a licence, with clause and address filled in; profiles beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cccheck.acceptances import Acceptance, load_acceptances
from cccheck.data import rules_dir
from cccheck.errors import DataError
from cccheck.licenses import License, tool
from cccheck.licenses.tools import declare, forget_declared
from cccheck.model import CreditLine, Rule, Work
from cccheck.phrases import add_languages
from cccheck.profiles import Profile, adapted, allows_part, credit_of, load_profiles, rules_of, speaks, with_names
from cccheck.rulebook.clauses import Source, cite
from cccheck.rulebook.packs import Table, read_packs, resolve

_NO_MEASURE = frozenset({"letters", "interface", "harm.toml"})
UNDECIDED = "none"  # the `check` of a row that no program decides
_OPTIONS = ("due", "cuts", "severity", "reason")
_WORDS = ("asks", "why", "passes", "fails", "reason", "remedy")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a pack: the rule, the conditions of the licence it covers, and its documentation."""

    rule: Rule
    condition: str  # the row's name, the rule's id without the pack
    covers: tuple[str, ...]  # conditions of rules/cc/conditions.json
    due: str
    words: Mapping[str, str]  # asks, why, passes, fails, reason, remedy; those that there are
    source: Source

    @property
    def decided(self) -> bool:
        """Whether a check decides the row; if not, `words["reason"]` says why."""
        return self.rule.check != UNDECIDED


@dataclass(frozen=True, slots=True)
class Pack:
    """All rows for one licence, in the packs' order."""

    id: str
    title: str
    license: License
    entries: tuple[Entry, ...]
    file: Path

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that checks decide."""
        return tuple(entry.rule for entry in self.entries if entry.decided)


@dataclass(frozen=True)
class Rulebook:
    """Every pack and every profile of every folder, and what was accepted. Immutable; named by its digest."""

    packs: Mapping[str, Pack]
    digest: str  # sha256 over all rule data files: names and bytes
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    acceptances: tuple[Acceptance, ...] = ()

    @cached_property
    def _by_license(self) -> dict[tuple[str, str | None, str | None], Pack]:
        return {(p.license.unit, p.license.version, p.license.jurisdiction): p for p in self.packs.values()}

    def pack_for(self, license: License) -> Pack:
        """The pack that holds for a licence: its own, else that of the unported text. Raises DataError if none does.

        A licence whose version is not known falls under the pack of the plain "Creative Commons license".
        """
        keys = ((license.unit, license.version, license.jurisdiction), (license.unit, license.version, None))
        found = next((self._by_license[key] for key in keys if key in self._by_license), None)
        if found is None and license.version is None and license.kind == "cc":
            found = self.packs.get("cc-unspecified")
        if found is None:
            raise DataError("rules", license.short, "no pack has rules for this licence", "add a pack for it")
        return found

    def entries_for(self, license: License) -> tuple[Entry, ...]:
        """Every row for a licence, decided or not; the clauses are those of its port."""
        return tuple(_for_license(entry, license) for entry in self.pack_for(license).entries)

    def rules_for(self, license: License) -> tuple[Rule, ...]:
        """The rules for a licence, in order: those that a check decides, and none for public-domain tools."""
        known = self._rules.get(license)
        if known is None:
            known = self._rules[license] = tuple(e.rule for e in self.entries_for(license) if e.decided)
        return known

    @cached_property
    def _rules(self) -> dict[License, tuple[Rule, ...]]:
        return {}

    def profile_of(self, work: Work) -> Profile | None:
        """The publisher's own terms, where the work's record names them."""
        return self.profiles.get(work.profile) if work.profile else None

    def rules_on(self, license: License, work: Work, published: str | None = None) -> tuple[Rule, ...]:
        """The rules for a work under a licence: the licence's, then the publisher's. `published`: the copy's date."""
        rules, profile = self.rules_for(license), self.profile_of(work)
        if profile is None:
            return rules
        return (*adapted(rules, profile, license), *rules_of(profile, license, work, published))

    def credit_for(self, work: Work, license: License) -> CreditLine | None:
        """The credit to paste in the publisher's own words, where its profile has them for works in this language."""
        profile = self.profile_of(work)
        return credit_of(profile, work, license) if profile and speaks(profile, work) else None

    def allows_part(self, work: Work, words: int) -> bool:
        """Whether the publisher, by its profile, lets so many words be taken as a part of the work."""
        profile = self.profile_of(work)
        return profile is not None and allows_part(profile, work, words)

    def owns(self, work: Work, url: str) -> bool:
        """Whether an address is one of the publisher's own sites, as the work's profile lists them."""
        profile = self.profile_of(work)
        return profile is not None and profile.owns(url)

    def known(self, work: Work) -> Work:
        """The work with every name of its publisher that its profile knows."""
        profile = self.profile_of(work)
        return with_names(work, profile) if profile else work

    def entry(self, rule_id: str) -> Entry | None:
        """The row with that id (`cc-by-4.0/creator`), or None."""
        pack = self.packs.get(rule_id.partition("/")[0])
        return next((e for e in pack.entries if e.rule.id == rule_id), None) if pack else None


def load_rules(*folders: Path, accepted: Path | None = None) -> Rulebook:
    """The built-in packs and profiles, then those of the folders, which add to them or are laid over them.

    A folder holds packs (`*.toml`), profiles (`publishers/*.toml`), languages (`phrases/*.toml`); `accepted` is a file
    of acceptances.

    Licences that a folder's pack declares become known to `cccheck.licenses` in this process, and its languages to
    `cccheck.phrases`, in place of those of an earlier call. Raises DataError, one line with file, key and mend.
    """
    forget_declared()
    add_languages(*folders)
    builtin = rules_dir() / "licenses"
    raw = read_packs((builtin, *folders), builtin)
    packs = {name: _pack(name, resolve(raw, name)) for name in raw if not raw[name].get("abstract")}
    _refuse_rivals(packs.values())
    acceptances = load_acceptances(accepted) if accepted else ()
    return Rulebook(dict(sorted(packs.items())), _digest(folders, accepted), load_profiles(*folders), acceptances)


def _refuse_rivals(packs: Iterable[Pack]) -> None:
    """Two packs for one licence: which of them holds would be chance."""
    first: dict[tuple[str, str | None, str | None], Pack] = {}
    for pack in packs:
        key = (pack.license.unit, pack.license.version, pack.license.jurisdiction)
        rival = first.setdefault(key, pack)
        if rival is not pack:
            problem = f"`{rival.id}` is for {pack.license.short} as well"
            raise DataError(pack.file, "license", problem, f'write id = "{rival.id}" to change that pack')


def _digest(folders: tuple[Path, ...], accepted: Path | None) -> str:
    """Over the names within their folder and the bytes of all rule files: the same wherever the folders lie.

    What judges no page is left out: another word in a letter is no reason to judge anew.
    """
    total = sha256()
    for number, folder in enumerate((rules_dir(), *folders)):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".toml", ".json") and path.relative_to(folder).parts[0] not in _NO_MEASURE:
                total.update(f"{number}/{path.relative_to(folder).as_posix()}\0".encode())
                total.update(sha256(path.read_bytes()).digest())
    if accepted:
        total.update(b"accepted\0" + sha256(accepted.read_bytes()).digest())
    return total.hexdigest()


# ------------------------------------------------------------------ from tables to packs


def _pack(name: str, table: Table) -> Pack:
    if "license" not in table:
        raise DataError(table["file"], "license", "is missing", "say which licence it is for, or `abstract = true`")
    license = _license(table)
    entries = tuple(_entries(name, table, license))
    return Pack(name, table.get("title", name), license, entries, table["file"])


def _license(table: Table) -> License:
    """The licence a pack is for; one that Creative Commons does not know is declared."""
    asked = table["license"]
    unit, version, place = asked["unit"], asked.get("version"), asked.get("jurisdiction")
    known = tool(unit, version, place)
    if known and not ({"title", "url"} & asked.keys()):
        return replace(known, jurisdiction=place)
    title = asked.get("title", table.get("title", unit))
    license = License(unit, version, place, asked.get("spdx"), title, asked.get("url"))
    if license.kind not in ("unspecified", "permission"):
        declare(license, tuple(asked.get("identifiers", ())), tuple(asked.get("urls", ())))
    return license


def _entries(name: str, table: Table, license: License) -> Iterator[Entry]:
    for condition, row in table.get("rules", {}).items():
        stated = _when(row, license)
        if "due" in stated and _concerns(stated, license):
            yield _entry(f"{name}/{condition}", stated, table, license)


def _when(row: Table, license: License) -> Table:
    """A row with its `when` tables laid over it: those of the licence's elements and of its unit."""
    stated = {key: value for key, value in row.items() if key != "when"}
    for case, values in row.get("when", {}).items():
        if case == license.unit or case in license.elements:
            stated |= values
    return stated


def _concerns(row: Table, license: License) -> bool:
    """Whether the row is for licences with these elements: `with` all of them, `without` any of those."""
    return set(row.get("with", ())) <= license.elements and not set(row.get("without", ())) & license.elements


def _entry(rule_id: str, row: Table, table: Table, license: License) -> Entry:
    filled = {key: _fill(value, rule_id, table, license) for key, value in row.items() if isinstance(value, str)}
    missing = next((key for key in ("check", "title") if key not in filled), None)
    if missing:
        raise DataError(table["file"], f"rules.{rule_id.split('/')[1]}.{missing}", "is missing", "add it")
    source = Source(
        template=row.get("clause", ""),
        number=filled.get("clause", ""),
        code=filled.get("address") or _fill(table.get("code", ""), rule_id, table, license),
        anchor=_bare_anchor(filled.get("anchor")),
        anchors=table.get("anchors", "none"),
    )
    clause, clause_url = cite(license, source)
    options = {key: filled[key] for key in _OPTIONS if key in filled} | row.get("options", {})
    rule = Rule(
        id=rule_id,
        check=filled["check"],
        title=filled["title"],
        level=row.get("level", "required"),
        basis=row.get("basis", "licence"),
        clause=clause,
        clause_url=clause_url,
        remedy=filled.get("remedy", ""),
        options=options,
    )
    words = {key: filled[key] for key in _WORDS if key in filled}
    return Entry(rule, rule_id.split("/", 1)[1], tuple(row.get("covers", ())), filled["due"], words, source)


def _bare_anchor(anchor: str | None) -> str | None:
    """An anchor that a clause was filled into loses the brackets, as Creative Commons' own do."""
    if anchor is None:
        return None
    return ("s" if anchor[:1].isdigit() else "") + anchor.replace("(", "").replace(")", "")


def _fill(text: str, rule_id: str, table: Table, license: License) -> str:
    """A text with the pack's values put in: `{credit}`, and `{unit}`, `{version}`, `{short}` of the licence."""
    values = {"unit": license.unit, "version": license.version or "", "short": license.short} | table.get("vars", {})
    try:
        return text.format_map(values)
    except (KeyError, ValueError, IndexError) as error:
        mend = "give it a value in [vars] or [units]"
        raise DataError(table["file"], f"rules.{rule_id.split('/')[1]}", f"no value for {error}", mend) from None


def _for_license(entry: Entry, license: License) -> Entry:
    """A row of the unported text, cited for the licence at hand."""
    clause, url = cite(license, entry.source)
    if (clause, url) == (entry.rule.clause, entry.rule.clause_url):
        return entry
    return replace(entry, rule=replace(entry.rule, clause=clause, clause_url=url))
