"""Pages that do not hold a work's text and yet point to it are for a person, with what was seen; others are not."""

import pytest

from making import audit, paragraphs, work

WORK = work()
FOREIGN = "<p>Something quite different stands here, in other words and in another order than anywhere else.</p>"
FACTS = [
    ("In", "Aldermoor", "the council paid", "1,482", "pounds to"),
    ("", "Bramhope", "for", "73", "lamps that"),
    ("Old", "Cattering", "had asked for since", "1987", "and never got; then"),
    ("", "Dunmarsh", "sent", "215", "more, of which"),
    ("", "Elverton", "kept", "64", "and the ferry"),
    ("", "Fennick", "lost", "3,950", "at sea near"),
    ("", "Galloway", "in the winter of", "1994", "when nobody looked."),
]
TEXT = " ".join(" ".join(part for part in row if part) for row in FACTS)
TRANSLATED = (
    "Die Gemeinde {0[1]} zahlte {0[3]} Pfund. {1[1]} bekam {1[3]} Lampen. Seit {2[3]} wollte {2[1]} sie auch.".format(
        *FACTS
    ).replace("1,482", "1.482")
    + " Dann schickte {3[1]} noch {3[3]}, {4[1]} behielt {4[3]}, {5[1]} verlor {5[3]} vor {6[1]}, {6[3]}.".format(
        *FACTS
    ).replace("3,950", "3.950")
)
NUMBERED = work(id="numbered", text=TEXT)


def seen(html: str, *works, hint=None):
    return audit(html, *works, hint=hint)


def test_a_link_is_a_trace():
    found = seen(FOREIGN + f'<p>Nach <a href="{WORK.url}">diesem Bericht</a></p>')
    assert (found.verdict, found.work) == ("review", WORK.id)
    assert "links the original" in found.detail and not found.findings


def test_pictures_are_a_trace():
    pictured = work(images=[["https://tidewatercourier.example/wp/night-ferry-at-dusk-1200x800.jpg", "The ferry"]])
    html = FOREIGN + '<figure><img src="/uploads/night-ferry-at-dusk.jpg?w=300"></figure>'
    found = seen(html, pictured)
    assert (found.verdict, found.work) == ("review", WORK.id) and "shows a picture" in found.detail
    aside = f'{FOREIGN}<div class="related"><img src="/uploads/night-ferry-at-dusk.jpg"></div>'
    assert seen(aside, pictured).verdict == "not-a-copy"
    assert seen(
        FOREIGN + '<img src="/uploads/logo.png">', work(images=[["https://a.example/logo.png", ""]])
    ).verdict == ("not-a-copy")


def test_author_and_publisher_are_a_trace_of_the_hinted_work_alone():
    html = FOREIGN + "<p>Nach Maren Oakhollow, The Tidewater Courier</p>"
    assert seen(html, WORK, hint=WORK.id).verdict == "review"
    assert seen(html, WORK).verdict == "not-a-copy"


def test_names_and_numbers_in_the_same_order_are_a_trace():
    found = seen(f"<p>{TRANSLATED}</p>", NUMBERED, hint="numbered")
    assert (found.verdict, found.work, found.findings) == ("review", "numbered", ())
    assert "in the same order" in found.detail
    assert seen(f"<p>{TRANSLATED}</p>", NUMBERED).verdict == "not-a-copy"


def test_numbers_alone_are_a_trace_in_another_script():
    text = "Совет заплатил 1 482 фунта за 73 лампы; с 1987 года просили, потом 215 и 64, а 3 950 пропали зимой 1994."
    assert "numbers in the same order" in seen(f"<p>{text}</p>", NUMBERED, hint="numbered").detail


@pytest.mark.parametrize("step", [-1, 3])
def test_the_same_facts_in_another_order_are_no_trace(step):
    order = [FACTS[n * step % len(FACTS)] for n in range(len(FACTS))]
    text = ". ".join(f"Von {row[3]} kamen nach {row[1]}" for row in order)
    assert seen(f"<p>{text}</p>", NUMBERED, hint="numbered").verdict == "not-a-copy"


def test_the_reason_of_an_excerpt_names_share_and_length():
    short = audit("<blockquote><!--text 3-4--></blockquote>")
    assert short.verdict == "excerpt" and "%" in short.detail and "300 words" in short.detail
    long = work(text="\n\n".join(" ".join(f"w{p}x{n}" for n in range(60)) for p in range(40)))
    some = "".join(f"<p>{part}</p>" for part in paragraphs(long)[:7])
    found = audit(some, long)
    assert found.verdict == "review" and "18%" in found.detail and "less than 30%" in found.detail
