"""`cccheck letter`: drafts of letters to the sites that republish without the credit. Nothing is sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cccheck.cli._complete import complete_sites
from cccheck.cli._examples import examples
from cccheck.cli._history import history_option
from cccheck.cli._options import config_option, works_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cccheck.config import Config
    from cccheck.correspondence import Addressee
    from cccheck.letters import Copy, Letter
    from cccheck.letters.contacts import Contact
    from cccheck.letters.refusals import Refusal

_EXAMPLES = examples(
    ("Print a letter about pages that you have just looked at", "cccheck letter quayside.example --now-confirmed"),
    ("Drafts for a mail program, one a site", "cccheck letter --all --format eml --output drafts"),
)


@click.command("letter", short_help="Draft a letter to a site about its copies.", epilog=_EXAMPLES)
@click.argument("whom", nargs=-1, metavar="SITE|URL|CASE...", shell_complete=complete_sites)
@click.option("--all", "everybody", is_flag=True, help="A letter to every site that is due one.")
@click.option(
    "--format", "form", type=click.Choice(["txt", "html", "eml"]), default="txt", help="eml: a draft for mail programs."
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
@click.option("--again", is_flag=True, help="Write although the owner was written to in the last 14 days.")
@click.option("--run", metavar="RUN", help="Take this run's report (a folder, an id, `latest`), not the history.")
@click.option("--now", metavar="DATE", help="Date the letter so (default: today; also SOURCE_DATE_EPOCH).")
@history_option
@works_option
@config_option
def command(whom: tuple[str, ...], **options: Any) -> None:
    """Draft the letter that is due: to each SITE, about each URL, or about each CASE and its like on the same site.

    One letter a site, for all its pages. It says what a program saw and that a person has looked: look before you send
    it. What is left to review is never alleged, and nothing is sent. Without a history it is by the latest report.
    """
    from contextlib import closing

    from cccheck.cli._clock import clock
    from cccheck.cli._damage import blamed
    from cccheck.cli._options import settings
    from cccheck.correspondence import Contacts
    from cccheck.errors import UsageError
    from cccheck.letters.forms import mail_address

    if bool(whom) == options["everybody"]:
        raise UsageError("name the sites, addresses or cases to write about, or give --all")
    config = settings(options["config_file"], works=options["works"])
    if not config.contact:
        raise UsageError('say who is to be answered: write contact = "you@newsroom.example" into cccheck.toml')
    if options["to"] is not None and not mail_address(options["to"]):
        raise UsageError("--to: is no plain mail address; write it without a name, such as desk@quayside.example")
    options["now"] = clock(options["now"])
    found, folder = _addressees(config, whom, options)
    drafts = _Drafts(config, options)
    with blamed(*([folder] if folder else [])), closing(Contacts(folder)) as contacts:
        for addressee in found:
            if drafts.add(addressee):
                drafts.offer(addressee.site, contacts.of(addressee))
    if not drafts.count:
        raise UsageError("no letter was written" + ("; the lines above say why" if found else ": none is due"))
    drafts.conclude()


def _addressees(config: Config, whom: Sequence[str], options: dict[str, Any]) -> tuple[list[Addressee], Path | None]:
    """By the history, where there is one; else, or where a run is named, by the run's report. And the latest run."""
    from dataclasses import replace

    from cccheck.cli._damage import blamed
    from cccheck.cli._history import history_path
    from cccheck.correspondence import Desk, from_history, from_run
    from cccheck.history import open_history, runs
    from cccheck.runs import named
    from cccheck.works import load_works

    path = None if options["run"] else history_path(options["history"], config)
    if path is not None and (options["history"] or path.exists()):
        works = {work.id: work for work in load_works(config.works)}
        desk = Desk(works, options["now"], options["now_confirmed"], options["again"], options["variant"])
        with open_history(path) as store:
            last = runs(store)[-1:]
            return from_history(store, desk, whom), Path(last[0].folder) if last else None
    folder = named(options["run"] or "latest", config.output)
    with blamed(folder):
        found = from_run(folder, whom)
    if not options["now_confirmed"]:
        once = "a report is one sighting; look at the pages yourself and give --now-confirmed"
        found = [replace(addressee, obstacle=once) for addressee in found]
    return found, folder


class _Drafts:
    """Letters made and put where they belong; who gets none is said on standard error."""

    def __init__(self, config: Config, options: dict[str, Any]) -> None:
        self.config, self.options, self.count = config, options, 0
        self.today = date.fromisoformat(options["now"][:10])
        self.refusals, self.templates = refusals(config), templates(config)
        self._cases: list[int] = []

    def add(self, addressee: Addressee) -> bool:
        """The letter to one site, or why there is none; whether there is one."""
        from cccheck.letters.refusals import refusal

        hosts = [copy.record["final_url"] for copy in addressee.copies]
        refused = refusal(self.refusals, addressee.site, *hosts, self.options["to"] or "")
        if refused is not None:
            return self._none(addressee.site, f"is on the do-not-contact list ({refused.why or 'no reason is given'})")
        if addressee.obstacle:
            return self._none(addressee.site, addressee.obstacle)
        letter = self._letter(addressee.site, addressee.copies)
        self._put(letter)
        if letter.variant not in ("thanks", "apology"):
            self._cases += addressee.cases
        return True

    def offer(self, site: str, contacts: Sequence[Contact]) -> None:
        """How the site may be reached, as its pages say; those that are not to be written to are left out."""
        from cccheck.cli._terminal import clean
        from cccheck.letters.refusals import refusal

        offered = [found for found in contacts if refusal(self.refusals, found.value) is None]
        if offered and not self.options["to"]:
            click.echo(f"The pages of {clean(site)} give these contacts; look before you use one:", err=True)
            for contact in offered:
                click.echo(clean(f"  {contact.value}  ({contact.how}, {contact.found_on})"), err=True)

    def conclude(self) -> None:
        """What is left to do."""
        click.echo(
            "Drafts, not sent. They say that one of you has looked at the pages: do, before you send them.", err=True
        )
        if self._cases:
            sent = "; ".join(f"cccheck case notify {number}" for number in self._cases)
            click.echo(f"When they are sent: {sent}", err=True)

    def _none(self, site: str, why: str) -> bool:
        from cccheck.cli._terminal import clean

        click.echo(f"cccheck: {clean(site)}: no letter: {clean(why)}", err=True)
        return False

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
            own=self.templates,
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


def refusals(config: Config) -> tuple[Refusal, ...]:
    """Who is never to be written to. Raises DataError."""
    from cccheck.data import read_bytes
    from cccheck.errors import DataError
    from cccheck.letters.refusals import read_refusals

    if config.do_not_contact is None:
        return ()
    try:
        return read_refusals(read_bytes(config.do_not_contact).decode("utf-8-sig"), config.do_not_contact)
    except UnicodeDecodeError as error:
        raise DataError(config.do_not_contact, f"byte {error.start}", "not UTF-8", "save the file as UTF-8") from None


def templates(config: Config) -> Path | None:
    """The folder of the team's own letters, if it has one. Raises DataError where there is none of that name."""
    from cccheck.errors import DataError

    if config.letters is not None and not config.letters.is_dir():
        mend = "make it, or take `letters` out of the settings: then the program's own letters are used"
        raise DataError(config.file or "settings", "letters", f"there is no folder {config.letters}", mend)
    return config.letters


def _language(asked: str | None, copies: Sequence[Copy]) -> str:
    """The language asked for; else the articles' own, where all have one that letters can be written in."""
    from cccheck.errors import UsageError
    from cccheck.letters.words import languages

    if asked is not None and asked not in languages():
        raise UsageError(f"--lang {asked}: letters are in {', '.join(languages())}")
    spoken = {(copy.work.language or "").partition("-")[0].lower() for copy in copies}
    own = spoken.pop() if len(spoken) == 1 else ""
    return asked or (own if own in languages() else "en")
