"""Bytes → text: what a browser's user would read, whatever the page says of its charset."""

import logging

import pytest

from making import page, texts

SAMPLES = {
    "fr": "Où est passée la chèvre ? Déjà l'été, à la forêt où naît le hêtre; maïs et façade.",
    "ru": "Привет, мир. Это статья о реке и мостах, которые через неё ведут.",
    "uk": "Щовечора о пів на десяту останній автобус їде ґанком.",
    "ja": "夜の渡し船は十一年のあいだ郡が運営していた。①髙橋さんは言う。",
    "zh": "每天晚上九点半，镕基站的最后一班车停在旧海关棚旁边。喆",
    "tw": "每天晚上九點半，最後一班車停在舊海關棚旁邊。",
    "ko": "매일 저녁 아홉 시 반에 마지막 버스가 옛 세관 옆에 선다. 똠방각하 펲시",
    "el": "Κάθε βράδυ στις εννιά και μισή το τελευταίο λεωφορείο",
    "tr": "Işık Yıldızoğlu her akşam dokuz buçukta",
    "pl": "Każdego wieczoru o wpół do dziesiątej ostatni autobus źdźbło",
    "th": "ทุกเย็นเวลาเก้าโมงครึ่ง",
    "he": "כל ערב בתשע וחצי עוצר האוטובוס האחרון",
    "ar": "كل مساء في التاسعة والنصف",
}
# language, codec of the bytes, label in the declaration
ROWS = [
    ("ru", "cp1251", "windows-1251"),
    ("ru", "cp1251", "CP1251"),
    ("ru", "koi8-r", "koi8-r"),
    ("uk", "koi8-u", "koi8-u"),
    ("ru", "iso8859-5", "iso-8859-5"),
    ("fr", "cp1252", "iso-8859-1"),
    ("fr", "cp1252", "us-ascii"),
    ("fr", "cp1252", "windows-1252"),
    ("fr", "iso8859-15", "iso-8859-15"),
    ("ja", "cp932", "shift_jis"),
    ("ja", "cp932", "windows-31j"),
    ("ja", "euc_jp", "euc-jp"),
    ("ja", "iso2022_jp", "iso-2022-jp"),
    ("zh", "gbk", "gbk"),
    ("zh", "gbk", "gb2312"),
    ("zh", "gb18030", "gb18030"),
    ("tw", "big5", "big5"),
    ("ko", "cp949", "euc-kr"),
    ("ko", "cp949", "ks_c_5601-1987"),
    ("el", "cp1253", "windows-1253"),
    ("el", "iso8859-7", "iso-8859-7"),
    ("tr", "cp1254", "iso-8859-9"),
    ("pl", "cp1250", "windows-1250"),
    ("pl", "iso8859-2", "iso-8859-2"),
    ("th", "cp874", "tis-620"),
    ("he", "cp1255", "windows-1255"),
    ("ar", "cp1256", "windows-1256"),
    ("ru", "utf-8", "windows-1251"),  # valid UTF-8 is UTF-8, whatever the declaration says
    ("fr", "utf-8", "iso-8859-1"),
    ("ja", "utf-8", "shift_jis"),
    ("zh", "utf-8", "no-such-charset"),
    ("ru", "utf-16", ""),  # with its mark
    ("ru", "utf-8-sig", "windows-1251"),
    ("ru", "utf-8", ""),
    ("ja", "cp932", ""),  # a guess
    ("zh", "gbk", ""),
    ("ru", "cp1251", ""),
    ("ru", "cp1251", "utf-8"),
    ("ja", "cp932", "utf-8"),
    ("ru", "cp1251", "no-such-charset"),
]


def body_of(sample: str, codec: str, meta: str = "") -> bytes:
    head = f'<meta charset="{meta}">' if meta else ""
    return f"<html><head>{head}<title>x</title></head><body><p>{sample}</p></body></html>".encode(codec, "ignore")


def check(language: str, codec: str, header: str, meta: str):
    sample = SAMPLES[language].encode(codec, "ignore").decode(codec)
    content_type = f"text/html; charset={header}" if header else "text/html"
    assert texts(page(body_of(sample, codec, meta), content_type=content_type)) == [sample]


@pytest.mark.parametrize(("language", "codec", "label"), ROWS)
@pytest.mark.parametrize("where", ["header", "meta"])
def test_the_text_is_read(language, codec, label, where):
    check(language, codec, label if where == "header" else "", label if where == "meta" else "")


@pytest.mark.xfail(
    strict=True, reason="decode.py: the guess takes Western Latin letters for windows-1250 (`Où` → `Oł`)"
)
@pytest.mark.parametrize("label", ["utf-8", "", "no-such-charset"])
def test_western_letters_are_guessed_as_a_browser_does(label):
    check("fr", "cp1252", label, "")


@pytest.mark.parametrize(
    ("language", "codec", "label"),
    [("he", "cp1255", "iso-8859-8-i"), ("ja", "euc_jp", "x-euc-jp"), ("fr", "cp1252", "x-cp1252")],
)
def test_labels_of_the_encoding_standard(language, codec, label):
    check(language, codec, label, "")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_by_its_header(codec):
    check("ru", codec, codec, "")


@pytest.mark.parametrize("label", ["iso8859-1", "l1", "iso_8859-1", "ansi_x3.4-1968", "iso-8859-15"])
def test_every_alias_of_latin_1_means_windows_1252(label):
    found = texts(page("<p>l’été</p>".encode("cp1252"), content_type=f"text/html; charset={label}"))
    assert found == ["l’été"]


def test_a_header_wins_over_the_page():
    check("ru", "cp1251", "windows-1251", "iso-8859-1")


def test_a_few_broken_bytes_do_not_change_the_charset():
    body = body_of(SAMPLES["ru"], "utf-8", "utf-8").replace(b"</p>", b" \xff\xfe</p>")
    assert texts(page(body, content_type="text/html; charset=utf-8"))[0].startswith(SAMPLES["ru"])


def test_a_declaration_far_down_is_not_one():
    body = b"<html><!--" + b"x" * 9000 + b"--><meta charset=koi8-r><p>" + SAMPLES["ru"].encode() + b"</p>"
    assert texts(page(body, content_type="text/html")) == [SAMPLES["ru"]]


@pytest.mark.parametrize("label", ["utf-7", "hz-gb-2312", "iso-2022-kr", "iso-2022-jp"])
def test_charsets_that_smuggle_mark_up_do_not_raise(label):
    assert isinstance(
        texts(page(b"+ADw-p+AD4- ~{<:Ky \x1b$B!!<p>x\xff", content_type=f"text/html; charset={label}")), list
    )


@pytest.mark.parametrize(
    "label", ["base64", "hex", "zip", "rot13", "idna", "undefined", "unicode_escape", "punycode", "mbcs", "a\x00b", "é"]
)
def test_codecs_that_are_no_charsets_do_no_harm(label):
    assert "caf" in texts(page(b"<p>caf\xe9</p>", content_type=f"text/html; charset={label}"))[0]


def test_guessing_says_nothing_on_the_terminal(caplog):
    with caplog.at_level(logging.WARNING):
        page(b"<p>" + bytes(range(128, 256)) * 2, content_type="text/html; charset=utf-8")
    assert not caplog.records
