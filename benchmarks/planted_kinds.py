"""The kinds of edits that benchmarks/edits.py plants, one function a kind: each changes one place, if it finds one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from planting import QUOTED, WORD, Article, Plant, in_quotation, opens

SPELLINGS = (
    "colour/color colours/colors favour/favor favourite/favorite labour/labor neighbour/neighbor "
    "neighbours/neighbors honour/honor behaviour/behavior rumour/rumor organise/organize organised/organized "
    "organisation/organization recognise/recognize realise/realize realised/realized criticised/criticized "
    "emphasise/emphasize analyse/analyze centre/center theatre/theater metres/meters litres/liters "
    "travelled/traveled traveller/traveler cancelled/canceled modelling/modeling defence/defense licence/license "
    "grey/gray programme/program catalogue/catalog dialogue/dialog cheque/check tyres/tires sceptical/skeptical "
    "towards/toward amongst/among whilst/while learnt/learned ageing/aging judgement/judgment jewellery/jewelry "
    "aluminium/aluminum per_cent/percent "
)
NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
PEOPLE = (
    "Ines Varga,Tobias Lindqvist,Margaret Holloway,Samir Haddad,Akua Mensah,Peter Novotny,Lena Fischer,Rafael Ortega,"
    "Priya Raman,Owen Gallagher,Mireille Dupont,Jonas Bakker,Hana Suzuki,Carlos Pineda,Ruth Adeyemi,Viktor Petrov"
).split(",")
PLACES = "Brackenford,Ostrava,Larkhaven,Port Selby,Minden,Cartagena,Halvorsen,Tamworth,Wexley,Arequipa".split(",")
BODIES = "Northgate Institute,Calder Foundation,Meridian Trust,Ashby Council,Rowan Agency,Tidewell Bank".split(",")
_VERBS = {"is", "was", "are", "were", "will", "would", "could", "should", "has", "had", "have", "can", "may", "must"}
_FILL = (
    "observers regional panel further careful study before anyone settled several doubted money aside enough plan "
    "weeks local review early partial claim quiet broad narrow second funding staff simple answer public record "
    "long winter "
).split()


def _foreign(article: Article, texts: Sequence[str]) -> str:
    """A text of another article."""
    while True:
        text = article.chance.choice(texts)
        if text not in article.text:
            return text


def _is_sentence(text: str) -> bool:
    """Whether a piece is a sentence, and no heading, caption or item of a list."""
    return text.rstrip().endswith((".", "!", "?", ".”", '."'))


def style(article: Article) -> bool:
    """Spelling, numerals, honorifics, quotation marks, dashes."""
    chance = article.chance
    pairs = [tuple(pair.replace("_", " ").split("/")) for pair in SPELLINGS.split()]
    marked = r"\b{}\b"
    for number in article.free()[:40]:
        sentence = article.pieces[number]
        for one, other in [*pairs, *((b, a) for a, b in pairs)]:
            found = re.search(marked.format(one), sentence)
            if found and sentence.find(one) == found.start() and article.swap("style", number, one, other):
                return True
        for digit, word in enumerate(NUMBERS, 2):
            found = re.search(rf"(?<![\w.,$-]){digit}(?= [a-z])|(?<![\w-]){word}(?= [a-z])", sentence)
            if found and chance.random() < 0.3:
                new = word if found[0].isdigit() else str(digit)
                if article.swap("style", number, f"{found[0]} ", f"{new} "):
                    return True
        signs = [("“", '"'), ("—", " - "), ("–", "—")]
        if "“" in sentence and "”" in sentence and chance.random() < 0.5:
            place = article.where(sentence)
            if place:
                low, high = sentence.index("“"), sentence.rindex("”")
                article.write(place, sentence.replace("“", '"').replace("”", '"'))
                article.plant("style", number, low, high + 1, "quotation marks")
                return True
        old, new = chance.choice(signs[1:])
        if old in sentence and chance.random() < 0.5 and article.swap("style", number, old, new):
            return True
    one, other = chance.choice(pairs)
    if chance.random() < 0.5:
        one, other = other, one
    person = chance.choice(PEOPLE).split()[1]
    digit = chance.randrange(len(NUMBERS))
    word = NUMBERS[digit]
    carriers = [
        (f"It had to do with {one}, the report says.", one, other),
        (f"That is what Dr. {person} said of it.", "Dr. ", ""),
        (f"Mr. {person} agreed with the others.", "Mr. ", ""),
        (f"It took {word} people to do it.", word, str(digit + 2)),
        ("The police did not say why it took so long.", "did not", "didn't"),
        ("Nobody in the United States had seen it.", "United States", "U.S."),
        ("Prices went up by 4 percent in the first round.", "percent", "%"),
    ]
    return article.carry("style", *chance.choice(carriers))


def time_and_place(article: Article) -> bool:
    """ "today" → "on Tuesday", "here" → "in Minden"."""
    chance = article.chance
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    for number in article.free()[:40]:
        if in_quotation(article, number):
            continue
        for word in (
            "today",
            "yesterday",
            "tomorrow",
            "this week",
            "last week",
            "last month",
            "last year",
            "this year",
        ):
            found = re.search(rf"(?<!of )(?<!until )\b{word}\b(?!['’])", article.pieces[number])
            if found:
                new = "on " + chance.choice(days) if "year" not in word else f"in {chance.randint(2015, 2024)}"
                if article.swap("time-and-place", number, word, new):
                    return True
    day, month = chance.choice(days), chance.choice(["March", "June", "October"])
    place = chance.choice(PLACES)
    carriers = [
        ("The council met today to talk about it.", "today", f"on {day}"),
        ("The vote was yesterday in the evening.", "yesterday", f"on {day}"),
        (f"The work began on {day} in the harbour.", f"on {day}", "today"),
        ("It was decided last month by the board.", "last month", f"in {month}"),
        ("The shop opened two years ago in the old mill.", "two years ago", "in 2019"),
        ("Nobody here had heard of it.", "here", f"in {place}"),
        ("The people of this country had waited for it.", "this country", "Australia"),
        ("It was the first of its kind in the country.", "the country", "Canada"),
        ("A meeting in Portland followed.", "Portland", "Portland, Oregon,"),
        ("They will meet again tomorrow, on the pier.", "tomorrow", f"on {month} 12"),
    ]
    return article.carry("time-and-place", *chance.choice(carriers))


def moved(article: Article) -> bool:
    """A paragraph at another place, at least two paragraphs away."""
    found = [place for number in article.free()[:30] if (place := article.paragraph(number)) is not None]
    found = list(dict.fromkeys(p for p in found if len("".join(article.pieces[p[2] : p[3] + 1]).split()) >= 25))
    for one in found:
        for other in found:
            between = article.pieces[one[3] + 1 : other[3] + 1]
            longer = 2 * len("".join(article.pieces[one[2] : one[3] + 1])) < len("".join(between))
            if longer and 2 <= sum("\n" in piece for piece in between) <= 14 and one[1] <= other[0]:
                moved_out = article.html[one[0] : one[1]]
                article.html = (
                    article.html[: one[0]] + article.html[one[1] : other[1]] + moved_out + article.html[other[1] :]
                )
                article.plant("moved", one[2], 0, len(article.pieces[one[3]]), "a paragraph", one[3])
                article.used.update(range(one[2], other[3] + 1))
                return True
    return False


def cut(article: Article) -> bool:
    """A sentence or a paragraph left out."""
    if article.chance.random() < 0.4:
        for number in article.free()[:20]:
            place = article.paragraph(number)
            if place is not None:
                article.html = article.html[: place[0]] + article.html[place[1] :]
                article.plant("cut", place[2], 0, len(article.pieces[place[3]]), "a paragraph", place[3])
                return True
    for number in article.free()[:20]:
        at = article.where(article.pieces[number])
        if at is not None and _is_sentence(article.pieces[number]):
            article.write(at, "")
            article.plant("cut", number, 0, len(article.pieces[number]), "a sentence")
            return True
    return False


def inserted(article: Article) -> bool:
    """A sentence put into a paragraph, or a paragraph between two."""
    chance = article.chance
    if chance.random() < 0.5 and article.paragraphs:
        for number in article.free()[:20]:
            place = article.paragraph(number)
            if place is not None and place[3] + 1 < len(article.pieces) and article.paragraph(place[3] + 2):
                opening = re.match(r"<p\b[^>]*>", article.html[place[0] :], re.I)
                text = _foreign(article, article.paragraphs)
                new = f"{opening[0] if opening else '<p>'}{html.escape(text, quote=False)}</p>"
                article.html = article.html[: place[1]] + new + article.html[place[1] :]
                size = len(article.pieces[place[3]])
                article.plant("inserted", place[3], size, size, f"paragraph → {text}")
                return True
    for number in article.free()[:20]:
        at = article.where(article.pieces[number])
        own = article.pieces[number]
        if at is not None and not in_quotation(article, number) and _is_sentence(own):
            new = _foreign(article, article.others)
            article.write(at, own + " " + new)
            article.plant("inserted", number, len(own), len(own), f"→ {new}")
            return True
    return False


def rewritten(article: Article) -> bool:
    """A sentence in other words: half of its words, or all of them."""
    chance = article.chance
    for number in article.free()[:20]:
        own = article.pieces[number]
        at = article.where(own)
        if at is None or in_quotation(article, number) or len(own.split()) < 10 or not _is_sentence(own):
            continue
        if chance.random() < 0.4:
            article.write(at, _foreign(article, article.others))
        else:
            words = own.split()
            size = len(words)
            plain = [n for n, word in enumerate(words) if word.strip(".,;:").isalpha() and word.islower()]
            if len(plain) < 6 or plain[0] > 4 or plain[-1] < size - 4:
                continue
            picked = {plain[0], plain[-1], *chance.sample(plain, (3 * len(plain)) // 4)}
            for n in picked:
                mark = words[n][len(words[n].rstrip(".,;:")) :]
                words[n] = chance.choice(_FILL) + mark
            article.write(at, " ".join(words))
        article.plant("rewritten", number, 0, len(own), "a sentence")
        return True
    return False


def quotation(article: Article) -> bool:
    """One to three words between quotation marks replaced, put in or taken out."""
    chance = article.chance
    for number in article.free()[:60]:
        own = article.pieces[number]
        found = QUOTED.search(own)
        at = article.where(own) if found else None
        if found is None or at is None or not opens(article, number, found.start()):
            continue
        inner = list(WORD.finditer(own, found.start() + 1, found.end() - 1))
        plain = [n for n, m in enumerate(inner) if 0 < n < len(inner) - 2 and m[0].islower()]
        if len(inner) < 6 or not plain:
            continue
        n = chance.choice(plain)
        word, size = inner[n], chance.choice((1, 1, 2))
        end = inner[min(n + size, len(inner) - 1) - 1].end()
        new = " ".join(chance.sample(_FILL, chance.choice((1, 2))))
        way = chance.random()
        if way < 0.2:
            changed = own[: word.start()] + own[end:].lstrip()
        elif way < 0.4:
            changed, end = own[: word.start()] + new + " " + own[word.start() :], word.start()
        else:
            changed = own[: word.start()] + new + own[end:]
        article.write(at, changed)
        article.plant("quotation-altered", number, word.start(), end, f"{own[word.start() : end]} → {new}")
        return True
    person = chance.choice(PEOPLE)
    said = "We have looked at every page of it and found nothing that surprised us at all"
    old, new = chance.choice([("every", "one"), ("surprised", "worried"), ("nothing that surprised us", "much")])
    return article.carry("quotation-altered", f"“{said},” said {person}, who had read it.", old, new)


def number(article: Article) -> bool:
    """Another figure, in digits or words."""
    chance = article.chance
    for at in article.free()[:40]:
        if in_quotation(article, at):
            continue
        own = article.pieces[at]
        found = list(re.finditer(r"(?<![\w.,/-])\d[\d,.]*\d(?![\w/-])|(?<![\w.,/-])\d(?![\w/.,-])", own))
        words = list(re.finditer(rf"\b(?:{'|'.join(NUMBERS)})\b", own))
        if found and chance.random() < 0.8:
            m = chance.choice(found)
            digit = next(i for i, c in enumerate(m[0]) if c.isdigit())
            new = m[0][:digit] + str(1 + (int(m[0][digit]) + chance.randint(0, 6)) % 9) + m[0][digit + 1 :]
            if new != m[0] and article.swap("number-altered", at, own[: m.end()], own[: m.start()] + new):
                last = article.plants.pop()
                article.plants.append(Plant(last.kind, at, m.start(), at, m.end(), f"{m[0]} → {new}"))
                return True
        elif words:
            m = chance.choice(words)
            new = chance.choice([word for word in NUMBERS if word != m[0]])
            if article.swap("number-altered", at, m[0], new):
                return True
    old, new = chance.choice(
        [
            ("40 people", "60 people"),
            ("3 million", "3 billion"),
            ("$5", "$8"),
            ("seven", "nine"),
            ("1.5", "15"),
            ("12%", "21%"),
        ]
    )
    sentence = f"The bill for it came to {old} in the end." if "people" not in old else f"There were {old} in the hall."
    return article.carry("number-altered", sentence, old, new)


def name(article: Article) -> bool:
    """Another person, place or body."""
    chance = article.chance
    known = article.text
    for at in article.free()[:40]:
        if in_quotation(article, at):
            continue
        own = article.pieces[at]
        for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]{3,}(?: [A-Z][a-zà-ÿ]{3,})?(?=[ ,.]| said)", own):
            lower = m[0].split()[-1].lower()
            if re.search(rf"\b{lower}\b", known) or lower in _NOT_NAMES:
                continue
            new = chance.choice([*PEOPLE, *PLACES])
            new = new.split()[-1] if " " not in m[0] else new
            if article.swap("name-altered", at, own[: m.end()], own[: m.start()] + new):
                last = article.plants.pop()
                article.plants.append(Plant(last.kind, at, m.start(), at, m.end(), f"{m[0]} → {new}"))
                return True
    one, other = chance.sample(PEOPLE, 2)
    body, another = chance.sample(BODIES, 2)
    first = one.split()[0]
    carriers = [
        (f"The study was led by {one} of the {body}.", one, other),
        (f"It was paid for by the {body} in full.", body, another),
        (f"Much of this was the work of {first}, who left early.", first, other.split()[0]),
        (f"The letter was signed by {one}.", one.split()[1], other.split()[1]),
    ]
    return article.carry("name-altered", *chance.choice(carriers))


_NOT_NAMES = set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)


def negation(article: Article) -> bool:
    """A `not` put in or taken out."""
    chance = article.chance
    for at in article.free()[:40]:
        if in_quotation(article, at):
            continue
        own = article.pieces[at]
        found = re.search(r" (?:not|never) ", own)
        if found and chance.random() < 0.7:
            place = article.where(own)
            if place:
                article.write(place, own[: found.start()] + " " + own[found.end() :])
                article.plant("negation-altered", at, found.start() + 1, found.end() - 1, "not →")
                return True
        verbs = [m for m in re.finditer(r"(?<= )[a-z]+(?= )(?! not)", own) if m[0] in _VERBS]
        if verbs:
            m = chance.choice(verbs)
            place = article.where(own)
            if place:
                article.write(place, own[: m.end()] + " not" + own[m.end() :])
                article.plant("negation-altered", at, m.end(), m.end(), "→ not")
                return True
    return article.carry("negation-altered", "It was legal to do so at the time.", "legal", "illegal")


KINDS: dict[str, Callable[[Article], bool]] = {
    "quotation-altered": quotation,
    "number-altered": number,
    "name-altered": name,
    "negation-altered": negation,
    "rewritten": rewritten,
    "inserted": inserted,
    "cut": cut,
    "moved": moved,
    "time-and-place": time_and_place,
    "style": style,
}
