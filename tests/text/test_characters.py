"""One clean line out of any text: what stays, what goes, and where it may be cut."""

from __future__ import annotations

import time
import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from naming.text.characters import MAX_MARKS, cut, fault, is_shown, one_line
from tests.strategies import EMOJI, INVISIBLES, MARKS, SURROGATES, hostile_text, prompts, repeated

ZWNJ, ZWJ = "\u200c", "\u200d"
JOINED = st.sampled_from(
    [
        "👨\u200d👩\u200d👧",
        "🏳️\u200d🌈",
        "می\u200cخواهم",
        "क्\u200dष",
        "ක්\u200dෂ",
        "1️⃣",
        "❤️",
        "👍🏽",
        "\u093e\u200d\u0915",
    ]
)
JOINERS = st.sampled_from([ZWNJ, ZWJ, "\ufe0e", "\ufe0f"])
joined_text = st.lists(
    st.one_of(
        JOINED,
        JOINERS,
        EMOJI,
        INVISIBLES,
        MARKS,
        st.text(max_size=3),
        st.sampled_from(" =+-@＝＋－＠﹦﹢﹣﹫"),
    ),
    max_size=12,
).map("".join)
texts = st.one_of(hostile_text, prompts, joined_text, SURROGATES)


def clusters(line: str) -> list[str]:
    found: list[str] = regex.findall(r"\X", line)
    return found


@given(texts | repeated)
@example("\u093e\u200d\u0915")  # a vowel sign with nothing before it, and a joiner behind
@example("=\u200d=")
@example("a\n\u0301")
@example("👨\u200d\U0001fada\u200d👩")  # a picture newer than this Unicode between two joiners
def test_a_clean_line_is_lawful_or_empty(text: str) -> None:
    line = one_line(text)
    assert line == "" or fault(line) is None


@given(texts | repeated)
@example("\u0344" * 5)  # one mark that becomes two
@example("\u0958" + "\u093c" * 4)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line


@given(texts)
def test_a_clean_line_is_spaced_by_single_plain_spaces(text: str) -> None:
    line = one_line(text)
    assert line.split() == line.split(" ") or line == ""


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30))
def test_letters_and_digits_stay_as_they_were_composed(text: str) -> None:
    kept = [char for char in text if is_shown(char)]
    assert one_line(text) == unicodedata.normalize("NFC", "".join(kept))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \t\r\n ", ""),
        ("\u200b\ufeff\x00", ""),
        ("=+-@ ", ""),
        ("＝＋ －＠﹦﹢﹣﹫1", "1"),
        ("  Fix\tthe \n\n login\r\nbutton ", "Fix the login button"),
        (
            "Fix\u2028the\u2029login\x85now\x0bor\x0cnever\x1cat\x1fall",
            "Fix the login now or never at all",
        ),
        ("修复\u3000登录\xa0按钮", "修复 登录 按钮"),
        ("=cmd|' /C calc'!A0", "cmd|' /C calc'!A0"),
        ("-- - @+=x = y", "x = y"),
        ("- élan", "élan"),
        ("1 - é", "1 - é"),
        ("cafe\u0301", "café"),
        ("\u0301cafe", "cafe"),
        (" \u0301\u0302 x é", "x é"),
        ("pay\u202etxt.exe", "paytxt.exe"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u034fb\u115fc\u3164d\u2800e\uffa0f", "abcdef"),
        ("a\ue000b\U000f0000c\u0378d\ud800e", "abcde"),
        ("fla\U000e0067\U000e0062g", "flag"),
        ("\x1b[31mred", "[31mred"),
        ("\u02bcn é", "\u02bcn é"),
    ],
)
def test_what_goes_and_what_stays(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    "line",
    [
        "👨\u200d👩\u200d👧\u200d👦 family",
        "👩🏽\u200d🚀 lift-off",
        "🏳️\u200d🌈 flag",
        "❤️ and ☎︎",
        "1️⃣ first",
        "می\u200cخواهم",
        "نامه\u200cای",
        "क्\u200dष",
        "ර\u0dca\u200dය",
        "ক্\u200cষ",
        "മല\u0d4d\u200d",
    ],
)
def test_joiners_stay_where_an_emoji_or_a_script_needs_them(line: str) -> None:
    expected = line.rstrip(ZWJ)  # at the end nothing follows that it could join
    assert one_line(line) == expected
    assert fault(expected) is None


@pytest.mark.parametrize(
    "text",
    [
        "a\u200db",
        "a\u200cb",
        "👩\u200d",
        "\u200d👩",
        "👩\u200d x",
        "x\u200d👩",
        "a\ufe0f",
        "\ufe0f👩",
        "می\u200c x",
        "中\u200d文",
        "👩\u200c👩",
    ],
)
def test_joiners_go_where_nothing_needs_them(text: str) -> None:
    assert not set(one_line(text)) & set("\u200c\u200d\ufe0e\ufe0f")
    assert fault(text) is not None


@given(MARKS, st.sampled_from("aทक"), st.integers(0, 400))
def test_no_character_carries_more_than_a_handful_of_marks(
    marks: str, base: str, times: int
) -> None:
    line = one_line(f"x{base}{marks * times}")
    assert len(line) <= 2 + MAX_MARKS
    assert not regex.search(rf"\p{{M}}{{{MAX_MARKS + 1}}}", line)


def test_as_many_marks_stay_as_a_living_script_needs() -> None:
    assert one_line("x" + "\u0323\u0301\u0302\u0304") == unicodedata.normalize(
        "NFC", "x\u0323\u0301\u0302\u0304"
    )
    assert one_line("ที่นี่") == "ที่นี่"
    assert (
        one_line("z" + "\u0301" * 5) == "ź" + "\u0301" * 3 + ""
    )  # four in all, the first of them composed


@given(texts, st.integers(0, 70))
@example("نمی\u200cخواهم" * 12, 5)
@example("نمی\u200cخواهم" * 12, 4)
@example("aaaa👩\u200d👩\u200d👧", 5)
def test_a_cut_line_is_a_lawful_beginning_within_the_limit(text: str, limit: int) -> None:
    line = one_line(text)
    short = cut(line, limit)
    assert len(short) <= limit or short == line == ""
    assert line.startswith(short)
    assert short == "" or fault(short) is None


@given(texts, st.integers(1, 70))
def test_a_cut_never_goes_through_a_character(text: str, limit: int) -> None:
    line = one_line(text)
    whole = clusters(line)
    short = cut(line, limit)
    rest = line[len(short) :].lstrip("\u200c\u200d")
    assert not short or clusters(short + " " + rest)[: len(clusters(short))] == clusters(short)
    assert len(clusters(short)) <= len(whole)
    if rest and not rest[0].isspace():
        assert rest[0] not in "\ufe0e\ufe0f"
        assert unicodedata.category(rest[0])[0] != "M"


@pytest.mark.parametrize(
    ("line", "limit", "short"),
    [
        ("fix login", 9, "fix login"),
        ("fix login", 8, "fix"),
        ("fix login", 4, "fix"),
        ("fix login", 3, "fix"),
        ("fix login", 2, "fi"),
        ("fix the login", 7, "fix the"),
        ("fix", 0, ""),
        ("aaa\xa0bbb", 4, "aaa"),
        ("abcdef", 4, "abcd"),
        ("修复登录按钮", 4, "修复登录"),
        ("abc👨\u200d👩\u200d👧", 7, "abc"),
        ("abc👨\u200d👩\u200d👧x", 8, "abc👨\u200d👩\u200d👧"),
        ("👨\u200d👩\u200d👧", 4, ""),
        ("🇩🇪🇫🇷", 3, "🇩🇪"),
        ("e\u0301\u0323x", 2, ""),
        ("می\u200cخواهم", 3, "می"),  # the joiner goes with what it joined
    ],
)
def test_where_a_line_is_cut(line: str, limit: int, short: str) -> None:
    assert cut(line, limit) == short


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "empty"),
        (" a", "white space"),
        ("a ", "white space"),
        ("=a", "starts with"),
        ("a\x00", "invisible"),
        ("é\u200b", "invisible"),
        ("é\u200d", "joiner"),
        ("é a\ufe0f", "joiner"),
        ("\u0301é", "inside a character"),
        ("e\u0301", "NFC"),
        ("fine", None),
        ("fïne", None),
        ("a\xa0b", None),
    ],
)
def test_a_fault_is_said_in_words(line: str, said: str | None) -> None:
    broken = fault(line)
    assert broken is None if said is None else said in str(broken)


@given(st.characters())
def test_a_character_is_shown_unless_it_is_a_control_a_format_or_a_blank(char: str) -> None:
    hidden = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    blank = regex.match(r"\p{Default_Ignorable_Code_Point}", char) or char == "\u2800"
    assert is_shown(char) == (not hidden and not blank)


def test_every_blank_character_of_unicode_is_hidden() -> None:
    ignorable = regex.compile(r"\p{Default_Ignorable_Code_Point}")
    blanks = [chr(code) for code in range(0x110000) if ignorable.match(chr(code))]
    assert not [hex(ord(char)) for char in blanks if is_shown(char)]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\u0301",
        "👨\u200d",
        "\u200d",
        "\ufe0f",
        "\u0344",
        "ا\u200d",
        "=",
        "\u093e\u200d",
        "\n\u0301",
        "👨\u200d\U0001fada\u200d",
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        text = "é" + piece * times
        started = time.process_time()
        cut(one_line(text), 64)
        return time.process_time() - started

    seconds(1_000)
    # Eight times the text may take eight times as long; quadratic would be sixty-four.
    assert min(seconds(32_000) for _ in range(3)) < 25 * max(
        min(seconds(4_000) for _ in range(3)), 0.002
    )
