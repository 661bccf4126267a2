"""Korean in Latin letters: what was borrowed, what hangs at words, and how the rest is spelt."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from naming.slug import slug_words
from naming.text.romanization import read_korean

hangul = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1)


@given(hangul)
def test_every_word_is_read_in_latin_letters(word: str) -> None:
    assert re.fullmatch(r" [a-z][a-z -]* ", read_korean(word))


@given(st.text(st.characters(max_codepoint=0xABFF)))
def test_what_is_not_korean_stays(text: str) -> None:
    assert read_korean(text) == text


def test_words_are_spelt_as_koreans_would() -> None:
    cases = [
        ("로그인 페이지에 소셜 로그인 추가", "login-page-social-login-chuga"),
        ("이미지업로드", "image-upload"),
        ("쿼리만 고쳐", "query-man-gochyeo"),  # only the query
        ("응답을 JSON으로 변환하는 프록시", "eungdap-json-byeonhwan-proxy"),
        ("PDF에 비밀번호", "pdf-bimilbeonho"),
        (
            "재평가 결과를",
            "jaepyeongga-gyeolgwa",
        ),  # no particle after a syllable that it never follows
        ("짝수 독립 신라 일러스트", "jjaksu-dokrip-sinra-illeoseuteu"),
        ("값이 없어요", "gapsi-eopseoyo"),
    ]
    assert [(text, slug_words(text)) for text, _ in cases] == cases
