"""Names that came to harm are found, and a name made to be slow to look for is not."""

from time import process_time

from cccheck.checks._garbled import garbled


def test_a_name_of_lost_letters_is_looked_for_once():
    wanted = garbled("é" * 60 + " abc")
    begun = process_time()
    assert wanted is not None
    assert wanted.search("?" * 590) is None
    assert process_time() - begun < 2  # without possessive quantifiers: years


def test_what_is_left_of_a_name():
    wanted = garbled("José Muñoz")
    assert wanted is not None
    assert all(
        wanted.search(f"By {form}")
        for form in ("Jos? Mu?oz", "Jos\ufffd Mu\ufffdoz", "JosÃ© MuÃ±oz", "Jos&eacute; Mu&ntilde;oz")
    )
    assert wanted.search("By Josef Munroz") is None
    assert garbled("Jane Doe") is None
