"""`cccheck letter`: drafts of letters to the sites that republish without the credit. Nothing is sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._examples import examples
from cccheck.cli._options import config_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cccheck.config import Config
    from cccheck.correspondence import Addressee
    from cccheck.letters import Copy, Letter
    from cccheck.letters.refusals import Refusal

_EXAMPLES = examples(
    ("Print a letter about pages that you have just looked at", "cccheck letter quayside.example --now-confirmed"),
    ("Drafts for a mail program, one a site", "cccheck letter --all --format eml --output drafts"),
)


@click.command("letter", short_help="Draft a letter to a site about its copies.", epilog=_EXAMPLES)
@click.argument("whom", nargs=-1, metavar="SITE|URL...")
@click.option("--all", "everybody", is_flag=True, help="A letter to every site with a violation.")
@click.option("--run", metavar="RUN", default="latest", help="A folder, a run id, or `latest` (default).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["txt", "html", "eml"]),
    default="txt",
    help="eml: a draft for a mail program.",
)
@click.option("--lang", metavar="LANG", help="Language of the letter (default: the article's, else English).")
@click.option(
    "--variant",
    type=click.Choice(["almost", "uncredited", "altered", "reminder", "overdue", "thanks", "apology"]),
    help="Instead of the variant that fits.",
)
@click.option("--to", metavar="ADDRESS", help="The mail address that goes into the draft (eml only).")
@click.option("--output", metavar="DIR", type=click.Path(path_type=Path), help="Folder to write to (default: print).")
@click.option("--now-confirmed", is_flag=True, help="You have looked at the pages just now: one sighting is enough.")
@click.option("--now", metavar="DATE", help="Date the letter so (default: today; also SOURCE_DATE_EPOCH).")
@config_option
def command(whom: tuple[str, ...], **options: Any) -> None:
    """Draft a letter to each SITE (or about each URL) in which the last run found a violation.

    One letter a site, for all its pages. It says what a program saw and that a person has looked: look before you send
    it. What is left to review is never alleged, and nothing is sent.
    """
    from cccheck.config import load_config
    from cccheck.correspondence import addressees
    from cccheck.errors import UsageError
    from cccheck.runs import named

    if bool(whom) == options["everybody"]:
        raise UsageError("name the sites or addresses to write about, or give --all")
    config = load_config(options["config_file"])
    found = addressees(named(options["run"], config.output), whom)
    drafts = _Drafts(config, options)
    for addressee in found:
        drafts.add(addressee)
    if not drafts.count:
        raise UsageError(
            "no letter was written; the lines above say why" if found else "there is nothing to write about"
        )
    click.echo("These are drafts. Each says that one of you has looked at the pages: do, before you send it.", err=True)


class _Drafts:
    """Letters made and put where they belong; who gets none is said on standard error."""

    def __init__(self, config: Config, options: dict[str, Any]) -> None:
        from cccheck.cli._clock import clock
        from cccheck.errors import UsageError

        if not config.contact:
            raise UsageError('say who is to be answered: write contact = "you@newsroom.example" into cccheck.toml')
        self.config, self.options, self.count = config, options, 0
        self.today = date.fromisoformat(clock(options["now"])[:10])
        self.refusals = _refusals(config)

    def add(self, addressee: Addressee) -> None:
        """The letter to one site, or why there is none."""
        from cccheck.letters.refusals import refusal

        hosts = [copy.record["final_url"] for copy in addressee.copies]
        refused = refusal(self.refusals, addressee.site, *hosts, self.options["to"] or "")
        if refused is not None:
            self._none(addressee.site, f"is on the do-not-contact list ({refused.why or 'no reason is given'})")
        elif not self.options["now_confirmed"]:
            self._none(addressee.site, "was seen once; look at the pages yourself and give --now-confirmed")
        else:
            self._put(self._letter(addressee.site, addressee.copies))

    def _none(self, site: str, why: str) -> None:
        from cccheck.cli._terminal import clean

        click.echo(f"cccheck: {clean(site)}: no letter: {clean(why)}", err=True)

    def _letter(self, site: str, copies: Sequence[Copy]) -> Letter:
        from cccheck.letters import Sender, write_letter

        sender = Sender(self.config.contact or "", self.config.signature or "")
        return write_letter(
            site,
            copies,
            sender,
            language=_language(self.options["lang"], copies),
            today=self.today,
            variant=self.options["variant"],
            own=self.config.letters,
        )

    def _put(self, letter: Letter) -> None:
        from cccheck.files import explained
        from cccheck.letters.forms import written

        form, folder = self.options["form"], self.options["output"]
        data = written(letter, form, to=self.options["to"] or "", sender=self.config.contact or "")
        if folder is None:
            if self.count:
                click.echo("\n" + "-" * 72 + "\n")
            click.echo(data, nl=False)
        else:
            path = folder / f"{letter.site}.{form}"
            with explained(path):
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            click.echo(path)
        self.count += 1


def _refusals(config: Config) -> tuple[Refusal, ...]:
    from cccheck.errors import DataError
    from cccheck.letters.refusals import read_refusals
    from cccheck.validation import read_bytes

    if config.do_not_contact is None:
        return ()
    try:
        return read_refusals(read_bytes(config.do_not_contact).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataError(config.do_not_contact, f"byte {error.start}", "not UTF-8", "save the file as UTF-8") from None


def _language(asked: str | None, copies: Sequence[Copy]) -> str:
    """The language asked for; else the articles' own, where all have one that letters can be written in."""
    from cccheck.errors import UsageError
    from cccheck.letters.words import languages

    if asked is not None and asked not in languages():
        raise UsageError(f"--lang {asked}: letters are in {', '.join(languages())}")
    spoken = {(copy.work.language or "").partition("-")[0].lower() for copy in copies}
    own = spoken.pop() if len(spoken) == 1 else ""
    return asked or (own if own in languages() else "en")
