"""How texts are compared: shortcuts for the usual text, held against the long way that they spare."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from naming.text.folding import fold
from naming.text.tokens import STEM_LENGTH, Subject, content_words, words
from tests.strategies import hostile_text, prompts

CONTRACTED = st.sampled_from(
    "i m ve im ive I'm cant can t don't dont WONT won that s thats let lets s t hasnt_ _isnt isn`t café cant修".split()
)
ascii_text = st.text(st.characters(codec="ascii"), max_size=200)
contracted = st.lists(
    st.tuples(CONTRACTED, st.sampled_from([" ", "  ", "\n", "", "_", "'", ". ", "—"])), max_size=12
).map(lambda parts: "".join(word + gap for word, gap in parts))

QUOTES = str.maketrans("\u2018\u2019\u02bc`\u201c\u201d\u00ab\u00bb\u3000", "''''" + '""""' + " ")
ARABIC = str.maketrans("أإآةى", "ااا" + "هي", "ـًٌٍَُِّْ")
LATIN = str.maketrans("ıøłđæœё", "ioldaoе", "\u0307")
CONTRACTION = re.compile(
    r"\b(?:(i) ?(m|ve)|(can|don|won|couldn|doesn|didn|isn|hasn|haven|wasn) ?(t)|(here|that|what|let) ?(s))\b"
)


def folded_at_length(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(QUOTES)).casefold().translate(ARABIC)
    if not text.isascii():
        text = re.sub(
            "[\u00a8-\u024f]", lambda char: unicodedata.normalize("NFD", char[0])[0], text
        ).translate(LATIN)
    return CONTRACTION.sub(
        lambda found: "'".join(filter(None, found.groups())), " ".join(text.split())
    )


@given(hostile_text | prompts | ascii_text | contracted | st.text())
@example("Großes “ÄRGER” — İstanbul, ﬁx ｌｏｇｉｎ at 3 K")
@example("i m sure that don t is here")
@example("it cant—and so on")
@example("مُحَمَّد أحمد إلى آخرة على")
def test_a_text_is_folded_as_tables_and_patterns_would_fold_it(text: str) -> None:
    assert fold(text) == folded_at_length(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("I cant, i m, lets", "i can't, i'm, let's"), ("`Çok` Łódź", "'cok' lodz"), ("a\n b", "a b")],
)
def test_case_accents_quotes_and_missing_apostrophes_make_no_difference(
    text: str, folded: str
) -> None:
    assert fold(text) == folded


def test_words_of_arabic_stand_without_their_article_and_others_as_they_are() -> None:
    assert words(fold("أصلح زر الدخول بالهاتف login")) == {"اصلح", "زر", "دخول", "هاتف", "login"}


@given(hostile_text | prompts, hostile_text | prompts)
@example("fixing a log", "fix the logs, fixed loggers")
def test_a_word_is_shared_if_it_or_its_stem_is_there(text: str, line: str) -> None:
    there, wanted = words(fold(text)), content_words(fold(line))
    stems = {word[:STEM_LENGTH] for word in there if len(word) >= STEM_LENGTH}
    shared = [word for word in wanted if word in there or word[:STEM_LENGTH] in stems]
    assert Subject.read(text).share(fold(line)) == (len(shared) / len(wanted) if wanted else 0.0)


def test_a_common_word_is_one_however_folding_spells_it() -> None:
    assert content_words(fold("على الموقع إلى هذه الصفحة")) == {"موقع", "صفحه"}
