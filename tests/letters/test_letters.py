"""Letters: what is alleged and what never is, the golden drafts, the forms, hostile pages, a team's own templates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from html import escape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

import cccheck.checks
from cccheck.data import rules_dir
from cccheck.errors import DataError, UsageError
from cccheck.letters import Copy, alleged, choose_variant, write_letter
from cccheck.letters.forms import FORMATS, as_text, mail_address, written
from cccheck.letters.refusals import read_refusals, refusal
from cccheck.letters.words import languages, words
from cccheck.licenses import parse_license
from cccheck.model import CreditLine
from cccheck.rulebook import load_rules
from letters.samples import BARE, BYLINE, CREDITED, GOLDEN, SENDER, SITE, TODAY, cases, copy_of, letters
from making import audit, work

SAMPLES = {language: dict(letters(language)) for language in languages()}


def draft(*copies: Copy, **options):
    return write_letter(SITE, copies, SENDER, **{"language": "en", "today": TODAY, **options})


def changed(copy: Copy, number: int, **members) -> Copy:
    """The copy with members of one finding changed."""
    findings = [{**f, **members} if n == number else f for n, f in enumerate(copy.record["findings"])]
    return replace(copy, record={**copy.record, "findings": findings})


# ------------------------------------------------------------------ golden drafts


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", [name for name, _ in cases()])
def test_letters_are_as_they_were_approved(language, name):
    """To take a change over: read it aloud as one who receives it, then `python tests/letters/samples.py`."""
    assert as_text(SAMPLES[language][name]) == (GOLDEN / language / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("language", languages())
def test_each_case_gets_the_variant_that_fits(language):
    assert {name.split("-")[0]: letter.variant for name, letter in SAMPLES[language].items()} == {
        name: name for name in ("uncredited", "almost", "altered", "reminder", "overdue", "thanks", "apology")
    }


@pytest.mark.parametrize("language", languages())
def test_every_demand_says_when_it_was_seen_and_whom_to_answer(language):
    for name, letter in SAMPLES[language].items():
        assert SENDER.contact in letter.text or name == "thanks"
        assert SENDER.signature in letter.text
        if name not in ("thanks", "apology"):
            assert "2026" in letter.text
            assert f"https://{SITE}/news/a-copy" in letter.text
            assert "  " not in letter.text.replace("    ", "")
            assert "{" not in letter.text


@pytest.mark.parametrize("form", ["html", "text"])
@pytest.mark.parametrize("license", ["CC-BY-4.0", "CC-BY-SA-3.0", "CC", "permission"])
@pytest.mark.parametrize("language", languages())
def test_who_pastes_the_credit_line_is_compliant(language, license, form):
    meant = work(license=license, authors=[{"name": "Maren Oakhollow"}, {"name": "Inés Calloway"}])
    bare = copy_of(BARE, meant)
    reported = CreditLine(**bare.record["credit_line"])
    line = words(language).credit(meant, bare.license, reported)
    pasted = line.html if form == "html" else escape(line.text)
    judged = audit(f"{BARE}<p>{pasted}</p>", meant)
    assert [(f.check, f.code) for f in judged.findings if f.outcome in ("fail", "review")] == []


def test_the_credit_line_in_english_is_the_one_of_the_report():
    for license in ("CC-BY-4.0", "CC", "permission"):
        bare = copy_of(BARE, work(license=license))
        reported = CreditLine(**bare.record["credit_line"])
        assert words("en").credit(bare.work, bare.license, reported) == reported


def test_a_publishers_own_wording_is_kept():
    own = CreditLine("<b>Ours</b>", "Ours")
    assert words("de").credit(work(), parse_license("CC-BY-4.0"), own) == own


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Ana", "Inés"], "Ana e Inés"),
        (["Ana", "Hilda"], "Ana e Hilda"),
        (["Ana", "Hierro"], "Ana y Hierro"),
        (["Ana", "Ion", "Eva"], "Ana, Ion y Eva"),
    ],
)
def test_lists_in_spanish(names, told):
    assert words("es").listed(names) == told


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_files_and_words(language):
    folder = rules_dir() / "letters"
    assert {p.name for p in (folder / language).iterdir()} == {p.name for p in (folder / "en").iterdir()}
    mine, english = words(language).tables, words("en").tables
    assert {name: table.keys() - {"first"} for name, table in mine.items()} == {n: t.keys() for n, t in english.items()}
    for table in ("missing", "credit"):
        for key, text in english[table].items():
            assert set(re.findall(r"{\w+}", mine[table][key])) == set(re.findall(r"{\w+}", text)), (table, key)


def test_whatever_can_fail_has_words_of_its_own():
    """Those that the sources name outright; codes made of an element and `-absent` or `-hidden` come beside."""
    checks = Path(str(cccheck.checks.__file__)).parent
    failing = re.compile(r'Outcome\.FAIL, "([a-z-]+)"')
    codes = {code for path in checks.glob("*.py") for code in failing.findall(path.read_text("utf-8"))}
    made = {f"{what}-absent" for what in ("author", "publisher", "link", "title", "license", "copyright", "disclaimer")}
    made |= {f"{what}-absent" for what in ("wording", "tagline", "byline")}
    assert len(codes) > 10
    assert codes | made <= words("en").tables["missing"].keys()


# ------------------------------------------------------------------ what is alleged


def test_only_required_failures_of_the_republisher_are_alleged():
    bare = copy_of(BARE)
    failed = [n for n, f in enumerate(bare.record["findings"]) if f["outcome"] == "fail"]
    assert len(alleged(bare.record)) == len(failed) == 4
    for members in ({"outcome": "review"}, {"level": "guideline"}, {"origin": "publisher"}, {"origin": "unknown"}):
        spared = changed(bare, failed[0], **members)
        assert bare.record["findings"][failed[0]] not in alleged(spared.record)
        assert "Maren Oakhollow (CC BY" not in draft(spared).text


def test_nothing_to_allege_gives_no_letter():
    with pytest.raises(UsageError, match="nothing to write about"):
        draft(copy_of(CREDITED))
    with pytest.raises(UsageError, match="nothing to write about"):
        draft()


def test_pages_without_a_violation_stay_out_of_the_letter():
    letter = draft(copy_of(BARE), copy_of(CREDITED, url=f"https://{SITE}/fine"))
    assert letter.pages == (f"https://{SITE}/news/a-copy",)
    assert "/fine" not in letter.text


def test_a_long_list_of_pages_is_cut_and_said():
    many = [copy_of(BARE, url=f"https://{SITE}/{n}") for n in range(3)]
    many = [replace(many[0], record={**many[0].record, "url": f"https://{SITE}/{n}"}) for n in range(30)]
    letter = draft(*many)
    assert len(letter.pages) == 30
    assert letter.text.count(f"On https://{SITE}/") == 25
    assert "There are 5 more such pages" in letter.text


# ------------------------------------------------------------------ dates


def test_rights_are_spoken_of_where_the_licence_says_so_and_nowhere_else():
    assert "rights under the licence" in draft(copy_of(BYLINE)).text
    assert "(CC BY 3.0 IGO §7(b))" in draft(copy_of(BARE, work(license="CC-BY-3.0-IGO"))).text
    for other in ("CC-BY-3.0", "CC-BY-3.0-US", "CC-BY-2.0", "CC", "permission"):
        text = draft(copy_of(BARE, work(license=other))).text
        assert "rights" not in text.replace(SENDER.contact, "")
        assert "by 3 December 2026" in text


def test_the_days_count_from_the_first_letter():
    told = date(2026, 10, 20)
    assert "19 November 2026" in draft(copy_of(BYLINE, notified=told)).text
    assert choose_variant([copy_of(BYLINE, notified=told)], date(2026, 11, 19)) == "reminder"
    assert choose_variant([copy_of(BYLINE, notified=told)], date(2026, 11, 20)) == "overdue"


def test_thanks_do_not_speak_of_the_days_where_they_had_passed():
    late = copy_of(CREDITED, notified=date(2026, 9, 1), cured=date(2026, 11, 1))
    assert "30 days" not in draft(late).text


# ------------------------------------------------------------------ forms


@pytest.mark.parametrize("name", [name for name, _ in cases()])
def test_drafts_open_in_mail_programs(name):
    letter = SAMPLES["en"][name]
    data = written(letter, "eml", to="editor@harbourdigest.example", sender=SENDER.contact)
    mail = message_from_bytes(data, policy=default)
    assert not mail.defects
    assert (mail["Subject"], mail["To"], mail["From"]) == (
        letter.subject,
        "editor@harbourdigest.example",
        SENDER.contact,
    )
    assert mail["X-Unsent"] == "1"
    plain, html = mail.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == letter.text
    assert plain.get_content_charset() == html.get_content_charset() == "utf-8"
    assert data == written(letter, "eml", to="editor@harbourdigest.example", sender=SENDER.contact)
    assert max(map(len, data.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("name", [name for name, _ in cases()])
def test_html_says_what_the_text_says(name):
    letter = SAMPLES["en"][name]
    page = BeautifulSoup(written(letter, "html"), "html.parser")
    said = " ".join(page.body.get_text(" ").split())
    assert re.sub(r"\W", "", said) == re.sub(r"\W", "", letter.text)


def test_clauses_are_linked():
    page = BeautifulSoup(written(SAMPLES["en"]["almost"], "html"), "html.parser")
    links = {link.get_text(): link["href"] for link in page.find_all("a")}
    assert links["CC BY 4.0 §3(a)(1)(C)"] == "https://creativecommons.org/licenses/by/4.0/legalcode.en#s3a1C"
    assert links["CC BY 4.0 §6(b)(1)"] == "https://creativecommons.org/licenses/by/4.0/legalcode"
    assert links[SENDER.contact] == f"mailto:{SENDER.contact}"


# ------------------------------------------------------------------ hostile pages

NASTY = "x\r\nBcc: everybody@evil.example\r\n\r\n<script>alert(1)</script>\u202e{{ 7 * 7 }}"


@pytest.mark.parametrize(
    ("language", "cited"),
    [
        ("en", "CC BY 3.0 IGO (unported text §4(a)); The Lantern: terms of republication"),
        ("de", "CC BY 3.0 IGO (Text der nicht portierten Fassung §4(a)); The Lantern: Bedingungen für die Wiederveröffentlichung"),
        ("pt", "CC BY 3.0 IGO (texto não adaptado §4(a)); The Lantern: condições de republicação"),
    ],
)
def test_clauses_are_cited_in_the_language_of_the_letter(language, cited):
    clause = "CC BY 3.0 IGO (unported text §4(a)); The Lantern: terms of republication"
    copy = copy_of(BARE)
    number = next(n for n, finding in enumerate(copy.record["findings"]) if finding["check"] == "author-credit")
    letter = draft(changed(copy, number, clause=clause, clause_url="https://lantern.example/terms"), language=language)
    assert f"({cited})" in " ".join(letter.text.split())
    assert letter.addresses[cited] == "https://lantern.example/terms"


def test_the_words_of_the_clauses_are_all_translated():
    """What clauses say besides names, numbers and letters. Where nothing can fail, nothing is cited in a letter."""
    silent = {"deed", "nothing granted"}
    cited = {e.rule.clause for pack in load_rules().packs.values() for e in pack.entries}
    said = {words.strip() for clause in cited for words in re.findall(r"(?<![\w(])(?:[a-z]{3,} ?)+|(?<=\()(?:[a-z]{4,} ?)+", clause)}
    assert said - silent - {"iii"} <= words("en").tables["clauses"].keys()


def test_what_comes_from_a_page_stays_text():
    wrong = copy_of(BARE)
    number = next(n for n, f in enumerate(wrong.record["findings"]) if f["check"] == "license-notice")
    wrong = changed(wrong, number, code="license-wrong", params={"license": "CC BY 4.0", "named": NASTY})
    titled = replace(wrong, work=replace(wrong.work, title=NASTY))
    letter = draft(titled)
    assert "{{ 7 * 7 }}" in letter.text
    assert "\u202e" not in letter.text
    assert not any(line.startswith("Bcc:") for line in letter.text.splitlines())
    mail = message_from_bytes(written(letter, "eml"), policy=default)
    assert mail["Bcc"] is None
    assert "\n" not in letter.subject
    assert BeautifulSoup(written(letter, "html"), "html.parser").script is None


ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
TAGS = {"html", "head", "meta", "title", "body", "p", "br", "a", "ul", "li", "pre"}
BARE_COPY = copy_of(BARE)


@settings(max_examples=60)
@given(ANYTHING, ANYTHING, ANYTHING, st.sampled_from(languages()))
def test_no_text_of_a_page_or_a_record_leaves_its_place(named, title, url, language):
    number = next(n for n, f in enumerate(BARE_COPY.record["findings"]) if f["check"] == "license-notice")
    wrong = changed(BARE_COPY, number, code="license-wrong", params={"license": "CC BY 4.0", "named": named})
    wrong = replace(
        wrong, record={**wrong.record, "url": url, "credit_line": None}, work=replace(wrong.work, title=title, url=url)
    )
    letter = draft(wrong, language=language)
    mail = message_from_bytes(written(letter, "eml"), policy=default)
    assert set(mail.keys()) <= {"Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    page = BeautifulSoup(written(letter, "html"), "html.parser")
    assert {tag.name for tag in page.find_all()} <= TAGS
    assert all(a["href"].startswith(("https://", "http://", "mailto:")) for a in page.find_all("a"))
    assert all(set(tag.attrs) <= {"lang", "charset", "style", "href"} for tag in page.find_all())


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("editor@harbourdigest.example", True),
        ("a.b+c@sub.harbourdigest.example", True),
        ("Editor <editor@harbourdigest.example>", False),
        ("editor@harbourdigest.example\r\nBcc: x@evil.example", False),
        ("a@b.example, c@d.example", False),
        ("editor@localhost", False),
        ("https://harbourdigest.example/contact", False),
        ("", False),
    ],
)
def test_a_header_gets_one_plain_address(text, good):
    assert mail_address(text) is good
    mail = message_from_bytes(written(SAMPLES["en"]["almost"], "eml", to=text), policy=default)
    assert mail["To"] == (text if good else None)
    assert mail["Bcc"] is None


# ------------------------------------------------------------------ a team's own templates


def test_a_team_puts_its_own_template_before_the_programs(tmp_path):
    (tmp_path / "some" / "en").mkdir(parents=True)
    (tmp_path / "some" / "en" / "_closing.txt.j2").write_text("Yours, {{ publisher }}\n", encoding="utf-8")
    assert draft(copy_of(BARE), own=tmp_path / "some").text.endswith("Yours, The Tidewater Courier\n")
    (tmp_path / "uncredited.txt.j2").write_text("Subject: Hi\n\nPlease: {{ articles[0].title }}\n", encoding="utf-8")
    letter = draft(copy_of(BARE), own=tmp_path)
    assert (letter.subject, letter.text) == ("Hi", "Please: The Night Ferries of Marrow Bay\n")


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("Subject: x\n\n{{ nonsense }}\n", r"line 3: 'nonsense' is undefined"),
        ("Subject: x\n\n{% if %}\n", r"line 3: "),
        ("Subject: x\n\n{{ ''.__class__.__mro__ }}\n", r"unsafe|undefined"),
        ("Subject: x\n\n{% include 'gone.txt.j2' %}\n", r"gone.txt.j2"),
        ("Subject: x\n\n{{ 1 / 0 }}\n", r"line 3: "),
        ("no subject\n", r"Subject"),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path, template, told):
    (tmp_path / "uncredited.txt.j2").write_text(template, encoding="utf-8")
    with pytest.raises(DataError, match=told) as raised:
        draft(copy_of(BARE), own=tmp_path)
    assert str(tmp_path / "uncredited.txt.j2") in str(raised.value)


# ------------------------------------------------------------------ who gets none


def test_the_do_not_contact_list():
    listed = read_refusals(
        "# nobody\nquayside.example  the owner asked us\n\nrob@mail.example\nhttps://www.Two.example/x # why\n"
    )
    assert refusal(listed, "quayside.example").why == "the owner asked us"
    assert refusal(listed, "https://news.quayside.example/a?b").who == "quayside.example"
    assert refusal(listed, "two.example").who == "two.example"
    assert refusal(listed, "editor@quayside.example").who == "quayside.example"
    assert refusal(listed, "ROB@mail.example").who == "rob@mail.example"
    assert refusal(listed, "other@mail.example", "notquayside.example", "mail.example", "") is None


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ("münchen-blatt.example", "xn--mnchen-blatt-dlb.example"),
        ("xn--mnchen-blatt-dlb.example", "https://www.MÜNCHEN-blatt.example/x"),
        ("münchen-blatt.example", "rob@xn--mnchen-blatt-dlb.example"),
        ("rob@münchen-blatt.example", "rob@xn--mnchen-blatt-dlb.example"),
        ("quayside.example:8080", "quayside.example"),
        ("quayside.example", "quayside.example:8080"),
        ("https://quayside.example:8080/a?b@c", "quayside.example"),
        ("http:/quayside.example/", "quayside.example"),
        ("//quayside.example", "quayside.example"),
        ("*.quayside.example", "quayside.example"),
        ("https://*.quayside.example/*", "news.quayside.example"),
        (".quayside.example", "news.quayside.example"),
        ("quayside.example.,", "quayside.example"),
        ("@quayside.example", "rob@quayside.example"),
        ("<rob@quayside.example>", "mailto:Rob@quayside.example?subject=x"),
        ("192.0.2.7:80", "http://192.0.2.7/"),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]/"),
        ("www.example", "www.example"),
    ],
)
def test_an_entry_holds_however_it_is_written(entry, asked):
    assert refusal(read_refusals(f"{entry} because"), asked).why == "because"


def test_www_is_part_of_a_name_that_would_be_nothing_without_it():
    assert refusal(read_refusals("www.example"), "quayside.example") is None


@pytest.mark.parametrize("entry", ["quayside", "rob@", "@", "a@b@c.example", "https://", "*.", "a..example", "12.5", "[", "*"])
def test_an_entry_that_names_nobody_is_said_with_its_line(entry):
    with pytest.raises(DataError, match=r"list\.txt: line 3: .* is neither a site nor a mail address"):
        read_refusals(f"# who\nquayside.example\n{entry}  why\n", "list.txt")


def test_formats_are_those_of_the_command():
    from cccheck.cli.letter import command

    choice = next(option for option in command.params if option.name == "form")
    assert tuple(choice.type.choices) == FORMATS
