"""Chinese in Latin letters, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from naming.text.romanization import read_chinese


def spelt(text: str) -> list[str]:
    return [word for word, _ in read_chinese(text)]


def test_the_syllables_of_a_word_stand_together_and_particles_are_left_out() -> None:
    assert spelt("修复登录页面的按钮") == ["xiufu", "denglu", "yemian", "anniu"]
    assert spelt("请把日志导出") == ["rizhi", "daochu"]


def test_what_turns_the_meaning_says_most_and_a_syllable_least() -> None:
    assert dict(read_chinese("不要删除除了管理员以外的账号")) == {
        "buyao": 3, "shanchu": 2, "chule": 3, "guanliyuan": 2, "yiwai": 3, "zhanghao": 2,
    }  # fmt: skip
    assert dict(read_chinese("视频切到后台")) == {"shipin": 2, "qie": 1, "dao": 1, "houtai": 2}


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_han_characters_become_letters_and_nothing_else(text: str) -> None:
    assert all(
        word.isascii() and word.isalnum() and says in range(4) for word, says in read_chinese(text)
    )
