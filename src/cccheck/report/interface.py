"""What reports say around the findings, in a reader's language: `rules/interface/<language>.toml`, with CLDR's plural
forms, dates and numbers (through babel)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, cached_property, lru_cache
from typing import Any

from cccheck.data import rule_table, rules_dir
from cccheck.errors import UsageError

DEFAULT_LANGUAGE = "en"
Texts = Mapping[str, Any]


def languages() -> list[str]:
    """The languages that a report can be in: those with a file."""
    return sorted(path.stem for path in (rules_dir() / "interface").glob("*.toml"))


@cache
def interface(language: str = DEFAULT_LANGUAGE) -> Interface:
    """The texts of a language. Raises UsageError where there is none."""
    if language not in languages():
        raise UsageError(
            f"{language}: reports are in {', '.join(languages())}; a language is a file in rules/interface"
        )
    return Interface(language)


class Interface:
    """Texts by group and key, with what they name filled in."""

    def __init__(self, language: str) -> None:
        from babel import Locale

        self.language = language
        self._texts, self._default = _read(language), _read(DEFAULT_LANGUAGE)
        self._locale = Locale.parse(str(self._texts.get("locale", language)))

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`: how the language is written."""
        return str(self._locale.text_direction)

    def text(self, key: str, n: int | None = None, group: str = "text", **values: object) -> str:
        """The text of a key; with a number, the form that the number asks for."""
        template = self._texts.get(group, {}).get(key, self._default[group].get(key, key))
        if n is not None:
            values["n"] = self.number(n)
        if isinstance(template, Mapping):
            form = self._locale.plural_form(n or 0)
            template = template.get(form, template["other"])
        return str(template).format_map(values) if values else str(template)

    def forms(self, key: str) -> Mapping[str, str]:
        """The plural forms of a text, for a script."""
        forms: Mapping[str, str] = self._texts.get("text", {}).get(key) or self._default["text"][key]
        return forms

    def count(self, key: str, n: int) -> str:
        """So many of something: `3 pages`."""
        return self.text(key, n, "counts")

    def label(self, group: str, key: str | None) -> str:
        """What a word of the reports (a verdict, a kind, a reason) is called; itself where no file has it."""
        known = self._labels.get((group, key or ""))
        return known if known is not None else (key or "").replace("-", " ")

    def translated(self, group: str, text: str) -> tuple[str, str]:
        """A sentence of the rules in this language, and the language it is in: English where there is no other."""
        found = self._labels.get((group, text))
        return (found, self.language) if found else (text, DEFAULT_LANGUAGE)

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        both = (self._default, self._texts)
        return {
            (group, key): text
            for texts in both
            for group, known in texts.items()
            if isinstance(known, Mapping)
            for key, text in known.items()
            if isinstance(text, str)
        }

    @lru_cache(maxsize=10_000)  # noqa: B019 - an interface lives as long as the program
    def number(self, value: float) -> str:
        """`12,345` in English."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    @lru_cache(maxsize=1_000)  # noqa: B019
    def percent(self, share: float) -> str:
        """A share of one as whole per cent; a little is not nothing, and not quite all is not all."""
        from babel.numbers import format_percent

        whole = round(share * 100)
        if 0 < share < 1:
            whole = min(max(whole, 1), 99)
        return format_percent(whole / 100, locale=self._locale)

    @lru_cache(maxsize=10_000)  # noqa: B019
    def date(self, iso: str | None) -> str:
        """A date, as long as people write it; what is none stays as it is."""
        from babel.dates import format_date

        when = _when(iso)
        return format_date(when.date(), "long", locale=self._locale) if when else iso or ""

    @lru_cache(maxsize=1_000)  # noqa: B019
    def short_date(self, iso: str | None) -> str:
        """Day and month, as short as people write them."""
        from babel.dates import format_skeleton

        when = _when(iso)
        return format_skeleton("Md", when, locale=self._locale) if when else iso or ""

    @lru_cache(maxsize=10_000)  # noqa: B019
    def moment(self, iso: str | None) -> str:
        """A date with its time of day, in UTC."""
        from babel.dates import format_datetime

        when = _when(iso)
        return f"{format_datetime(when, 'medium', locale=self._locale)} UTC" if when else iso or ""

    def listed(self, items: Iterable[str]) -> str:
        """`A, B and C`."""
        from babel.lists import format_list

        return format_list(list(items), locale=self._locale)


def _when(iso: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(iso or "")
    except ValueError:
        return None


@cache
def _read(language: str) -> Texts:
    return rule_table(f"interface/{language}.toml")
