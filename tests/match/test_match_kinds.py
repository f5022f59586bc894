"""Each kind of edit in small: what differs between two sentences, and what it is called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cccheck.errors import DataError
from cccheck.match.kinds.numbers import amounts
from cccheck.match.kinds.source import Source
from cccheck.match.kinds.vocabulary import EMPTY, files, read_vocabulary, vocabulary_of
from cccheck.model import HARMLESS_KINDS, KIND_ORDER, Edit, Match
from making import page
from match.texts import html_of, match, prose, work_of

AROUND = prose(4, 4, 30)


def edits(original: str, copy: str, language: str = "en") -> list[Edit]:
    """What is told of one sentence that stands between unchanged paragraphs."""
    made = work_of([*AROUND[:2], original, *AROUND[2:]], language=language, title="")
    found = match(page(html_of([*AROUND[:2], copy, *AROUND[2:]])), made)
    assert isinstance(found, Match)
    assert found.words_copied + found.words_cut + found.words_altered == found.words_work
    return list(found.edits)


def kinds(original: str, copy: str, language: str = "en") -> list[tuple[str, str]]:
    return [(edit.kind, edit.detail) for edit in edits(original, copy, language)]


@pytest.mark.parametrize(
    ("original", "copy", "kind", "detail"),
    [
        ("The colour of the old harbour wall was grey.", "The color of the old harbour wall was grey.", "style", "spelling"),
        ("They organised it in the spring of that year.", "They organized it in the spring of that year.", "style", "spelling"),
        ("It was the organisation's first big meeting there.", "It was the organization's first big meeting there.", "style", "spelling"),
        ("Some ten people stood at the gate in the rain.", "Some 10 people stood at the gate in the rain.", "style", "numeral"),
        ("It cost them 1,500 crowns in the first month.", "It cost them 1500 crowns in the first month.", "style", "numeral"),
        ("A third of them, or 2 million people, went home.", "A third of them, or 2,000,000 people, went home.", "style", "numeral"),
        ("It rose by 5 percent in the first half of May.", "It rose by 5% in the first half of May.", "style", "numeral"),
        ("The letter was read by Dr. Varga in the hall.", "The letter was read by Varga in the hall.", "style", "honorific"),
        ("The police did not say why it took so long.", "The police didn't say why it took so long.", "style", "contraction"),
        ("Nobody in the United States had heard of it.", "Nobody in the U.S. had heard of it.", "style", "abbreviation"),
        ("It was taken up by the World Health Organization then.", "It was taken up by the WHO then.", "style", "abbreviation"),
        ("The meeting — a long one — ended with a vote.", "The meeting - a long one - ended with a vote.", "style", "typography"),
        ("He called it “a day to remember” and sat down.", 'He called it "a day to remember" and sat down.', "style", "typography"),
        ("The council met today to talk about the harbour.", "The council met on Tuesday to talk about the harbour.", "time-and-place", "time"),
        ("The vote was held two years ago in the old hall.", "The vote was held in 2019 in the old hall.", "time-and-place", "time"),
        ("Nobody here had seen a winter as long as that.", "Nobody in Port Selby had seen a winter as long as that.", "time-and-place", "place"),
        ("The mayor of Portland did not want to say more.", "The mayor of Portland, Oregon, did not want to say more.", "time-and-place", "place"),
        ("The government of this country waited for a year.", "The government of Australia waited for a year.", "time-and-place", "place"),
        ("There were 40 people in the hall that evening.", "There were 60 people in the hall that evening.", "number-altered", ""),
        ("The level rose by 1.5 metres in a single night.", "The level rose by 15 metres in a single night.", "number-altered", ""),
        ("It has 3 million users in all of the islands.", "It has 3 billion users in all of the islands.", "number-altered", ""),
        ("They paid 5 dollars for each of the old boats.", "They paid 5 euros for each of the old boats.", "number-altered", ""),
        ("They paid $5 for each of the old boats there.", "They paid £5 for each of the old boats there.", "number-altered", ""),
        ("It was the third fire in the mill that summer.", "It was the fourth fire in the mill that summer.", "number-altered", ""),
        ("The study was led by Ines Varga of the institute.", "The study was led by Ruth Adeyemi of the institute.", "name-altered", ""),
        ("Much of the work was done by Varga in the end.", "Much of the work was done by Vargas in the end.", "name-altered", "slip"),
        ("It was paid for by the Calder Foundation alone.", "It was paid for by the Meridian Foundation alone.", "name-altered", ""),
        ("The inspector did not find any fault with it.", "The inspector did find any fault with it.", "negation-altered", ""),
        ("The inspector can find the fault in the wiring.", "The inspector can't find the fault in the wiring.", "negation-altered", ""),
        ("It was legal to sell them on the open market.", "It was illegal to sell them on the open market.", "negation-altered", ""),
        ("The tin on the wall is full again this week.", "The tin on the wall is empty again this week.", "negation-altered", ""),
        ("There are more posts than in any other winter.", "There are fewer posts than in any other winter.", "negation-altered", ""),
        ("The price of bread rose again in the spring.", "The price of bread went up again in the spring.", "rewritten", ""),
        ("It was Ines Varga, the head of the institute, who said so.", "It was Ruth Adeyemi, a mayor, who said so.", "name-altered", ""),
        ("It was Ines Varga, the head of the institute, who said so.", "It was Varga, who leads the institute, who said so.", "rewritten", ""),
        ("Nobody was hurt when the roof of it came down.", "Everybody was hurt when the roof of it came down.", "negation-altered", ""),
        ("“We have looked at every page of it,” she said.", "“We have looked at one page of it,” she said.", "quotation-altered", ""),
        ("“We have seen 40 pages of it so far,” she said.", "“We have seen 60 pages of it so far,” she said.", "quotation-altered", "number"),
        ("«We have looked at every page of it», she said.", "«We have barely looked at every page of it», she said.", "quotation-altered", "negation"),
        ("„We have looked at every page of it“, she said.", "„We have looked at every line of it“, she said.", "quotation-altered", ""),
        ("“We left on a Monday and came home late,” he said.", "“We left today and came home late,” he said.", "quotation-altered", ""),
        ("The old keeper of the light was a patient man.", "The old keeper of the light was a clever man.", "rewritten", ""),
        ("The old keeper of the light was a patient man.", "The old keeper of the light was a very patient man.", "inserted", "words"),
        ("The old and tired keeper of the light went home.", "The old keeper of the light went home.", "cut", "middle"),
    ],
)  # fmt: skip
def test_kind(original, copy, kind, detail):
    assert kinds(original, copy) == [(kind, detail)]


@pytest.mark.parametrize(
    ("original", "copy"),
    [
        ("The well-known keeper of the light went home.", "The well known keeper of the light went home."),
        ("The keeper of the light saw the café close.", "The keeper of the light saw the cafe\u0301 close."),
        ("It isn't what the keeper of the light said.", "It isn’t what the keeper of the light said."),
        ('He called it "a day to remember" and sat down.', "He called it “a day to remember” and sat down."),
        ("The keeper of the light waited... and went.", "The keeper of the light waited… and went."),
        ("The keeper of the light read the Quran daily.", "The keeper of the light read the Qurʾān daily."),
        ("The keeper planted them in the spring again.", "The keeper plant- ed them in the spring again."),
    ],
)
def test_what_is_no_edit(original, copy):
    assert kinds(original, copy) == []


@pytest.mark.parametrize(
    ("language", "original", "copy", "kind"),
    [
        ("de", "Der alte Hund lief gestern über die Brücke.", "Die alte Katze lief gestern über die Brücke.", "rewritten"),
        ("de", "Das sagte Angela Merkel gestern im Bundestag.", "Das sagte Angela Nahles gestern im Bundestag.", "name-altered"),
        ("de", "Das Amt hat die Fähre nicht genehmigt, heißt es.", "Das Amt hat die Fähre genehmigt, heißt es.", "negation-altered"),
        ("de", "Es kamen 1.500 Leute in die alte Halle am See.", "Es kamen 1500 Leute in die alte Halle am See.", "style"),
        ("de", "Der Pegel stieg um 1,5 Meter in einer Nacht.", "Der Pegel stieg um 15 Meter in einer Nacht.", "number-altered"),
        ("de", "Der Rat tagte heute in der alten Halle am See.", "Der Rat tagte am Dienstag in der alten Halle am See.", "time-and-place"),
        ("fr", "Le conseil s'est réuni hier dans la vieille salle.", "Le conseil s'est réuni mardi dans la vieille salle.", "time-and-place"),
        ("fr", "Le maire n'a jamais reçu la lettre du port.", "Le maire n'a reçu la lettre du port.", "negation-altered"),
        ("fr", "Il y avait trois bateaux dans le port ce soir.", "Il y avait 3 bateaux dans le port ce soir.", "style"),
        ("es", "El alcalde no recibió la carta del puerto viejo.", "El alcalde recibió la carta del puerto viejo.", "negation-altered"),
        ("es", "Había siete barcos en el puerto viejo del norte.", "Había nueve barcos en el puerto viejo del norte.", "number-altered"),
        ("pt", "O conselho reuniu-se ontem na velha sala do porto.", "O conselho reuniu-se na terça-feira na velha sala do porto.", "time-and-place"),
        ("it", "Il sindaco non ha letto la lettera del porto.", "Il sindaco ha letto la lettera del porto.", "negation-altered"),
        ("nl", "De raad heeft de veerboot niet goedgekeurd.", "De raad heeft de veerboot goedgekeurd.", "negation-altered"),
    ],
)  # fmt: skip
def test_kind_in_other_languages(language, original, copy, kind):
    assert [found for found, _ in kinds(original, copy, language)] == [kind]


def test_a_language_without_a_file_still_has_digits_and_quotation_marks():
    assert kinds("Tuli 40 veden taloon sinä iltana kai.", "Tuli 60 veden taloon sinä iltana kai.", "xx") == [
        ("number-altered", "")
    ]


def test_a_headline_in_title_case_names_nobody():
    original, copy = "The Old Keeper Of The Light\n\nThe keeper of the old light", "The Old Guardian Of The Light"
    found = kinds(original, copy + "\n\nThe keeper of the old light")
    assert "name-altered" not in {kind for kind, _ in found}


def test_the_first_word_of_a_sentence_is_a_name_only_where_it_is_one_elsewhere():
    text = "People asked what Varga had seen there. {} had seen it all, from the first day to the last one."
    assert kinds(text.format("Varga"), text.format("Ortega Ruiz")) == [("name-altered", "")]
    assert kinds(text.format("Somebody"), text.format("Everyone")) == [("rewritten", "")]


def test_a_sentence_written_anew_is_one_edit():
    original = "The keeper of the old light went down to the shore each morning and counted the boats in the bay."
    copy = "Each dawn the man who kept the lamp walked to the beach so that he could number every ship out there."
    ((kind, _),) = kinds(original, copy)
    assert kind == "rewritten"


def test_a_cut_is_placed_at_whole_sentences():
    first = "The keeper went down to the shore. "
    second = "The keeper counted the boats and wrote a number into his book. "
    third = "The keeper then went home to his wife and slept until it was noon."
    (edit,) = edits(first + second + third, first + third)
    assert (edit.kind, edit.original_quote) == ("cut", second.strip().rstrip("."))


def test_the_sides_of_a_grave_edit_are_both_quoted():
    (edit,) = edits("The inspector did not find any fault.", "The inspector did find any fault.")
    assert edit.original_quote == "inspector did not find any"
    assert edit.copy is not None and edit.copy.quote == "inspector did find any"


def test_a_quotation_cut_as_a_whole_or_by_dots_is_a_cut():
    said = "He sat down. “We never had a boat like that. We never will have one.” Then the room was quiet again."
    assert kinds(said, "He sat down. “We never had a boat like that.” Then the room was quiet again.")[0][0] == "cut"
    long = "“We never had a boat like that one in the bay, and we never will,” he said, and left."
    assert kinds(long, "“We never had a boat … in the bay, and we never will,” he said, and left.")[0][0] == "cut"
    assert kinds(long, "“We never had a boat in the bay, and we never will,” he said, and left.")[0][0] == (
        "quotation-altered"
    )


def test_a_moved_paragraph_is_told_as_moved():
    parts = prose(9, 8, 30)
    found = match(page(html_of([*parts[:2], *parts[3:6], parts[2], *parts[6:]])), work_of(parts, title=""))
    assert isinstance(found, Match)
    assert [(edit.kind, edit.words) for edit in found.edits] == [("moved", 30)]
    assert found.words_copied == found.words_work


def test_a_dateline_is_a_place_added():
    parts = prose(11, 4, 30)
    found = match(page(html_of(["LARKHAVEN, May 3 — " + parts[0], *parts[1:]])), work_of(parts, title="", language="en"))
    assert isinstance(found, Match)
    assert [(edit.kind, edit.detail) for edit in found.edits] == [("time-and-place", "place")]


# ------------------------------------------------------------------ beside the text


def test_another_headline_is_a_fact():
    head = "<title>Boats at last for the bay | Digest</title>"
    body = html_of(AROUND).replace("<h1>Head</h1>", "<h1>Boats at last for the bay</h1>")
    found = match(page(head + body), work_of(AROUND, title="The night ferries of the bay"))
    assert isinstance(found, Match)
    (edit,) = found.edits
    assert (edit.kind, edit.original_quote) == ("headline-changed", "The night ferries of the bay")
    assert edit.copy is not None and edit.copy.quote == "Boats at last for the bay"
    kept = body.replace("Boats at last for the bay", "The Night Ferries of the Bay")
    assert not match(page(kept), work_of(AROUND, title="The night ferries of the bay")).edits  # type: ignore[union-attr]


def test_dropped_links_and_pictures_are_facts():
    words = AROUND[1].split()[3:5]
    text, href = " ".join(words), "https://lamps.example/report"
    made = work_of(AROUND, title="", links=((text, href),), images=(("https://a.example/pier-at-dawn.jpg", "The pier"),))
    found = match(page(html_of(AROUND)), made)
    assert isinstance(found, Match)
    assert {(e.kind, e.original_quote, e.detail) for e in found.edits} == {
        ("images-dropped", "The pier", "https://a.example/pier-at-dawn.jpg"),
        ("links-dropped", text, href),
    }
    linked = html_of(AROUND).replace(text, f'<a href="{href}?utm_source=x">{text}</a>', 1)
    shown = linked.replace("</article>", '<img src="/up/pier-at-dawn-800x600.jpg"></article>')
    assert not match(page(shown), made).edits  # type: ignore[union-attr]


# ------------------------------------------------------------------ parts


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,500", ("1500",)),
        ("two hundred and six", ("206",)),
        ("twenty five", ("25",)),
        ("twenty-five", ("25",)),
        ("2.5 million", ("2500000",)),
        ("10:30", ("10:30",)),
        ("3rd", ("3.",)),
        ("third", ("3.",)),
        ("half a dozen", ("0.5", "12")),
        ("5km", ("5",)),
        ("no number", ()),
    ],
)
def test_amounts(text, values):
    assert amounts(text.split(), vocabulary_of("en", "")).values == values


@given(st.text(max_size=200), st.integers(0, 200))
@settings(max_examples=60)
def test_a_source_answers_anything(text, at):
    source = Source(text)
    start, end = source.sentence(min(at, len(text)))
    assert 0 <= start <= end <= len(text) or start >= end
    assert all(0 <= a <= b <= len(text) for a, b in source.quotes)
    source.starts_sentence(min(at, len(text)))
    assert source.names is not None


@given(st.lists(st.text(alphabet="0123456789.,:- %$€½kmTten", min_size=1, max_size=50), max_size=5))
@settings(max_examples=60)
def test_amounts_of_anything(tokens):
    amounts(tokens, vocabulary_of("en", ""))
    amounts(tokens, EMPTY)


@given(st.integers(0, 10_000), st.sampled_from(["", "é", "\u200b", "“", "”", "(", ".", "9", "\n"]))
@settings(max_examples=30)
def test_any_change_of_a_sign_ends_no_audit(seed, sign):
    parts = prose(seed)
    copy = [part.replace(" ", f" {sign}", 3) for part in parts]
    found = match(page(html_of(copy)), work_of(parts, title=""))
    assert isinstance(found, Match)
    assert {edit.kind for edit in found.edits} <= set(KIND_ORDER)


def test_harmless_kinds_are_kinds():
    assert set(KIND_ORDER) > HARMLESS_KINDS


def test_every_file_of_words_is_good():
    for language, path in files().items():
        words = read_vocabulary(path)
        assert words.language == language
        assert words.negations and words.common and len(words.days) >= 7 and len(words.months) >= 12


@pytest.mark.parametrize(
    ("text", "key"),
    [("common = 'the'", "common"), ("nonsense = []", "nonsense"), ("[time]\nweeks = []", "time.weeks"), ("a = [", "")],
)
def test_a_bad_file_is_named(tmp_path, text, key):
    path = tmp_path / "xx.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as error:
        read_vocabulary(path)
    assert str(path) in str(error.value) and key in str(error.value)
