"""Chinese in Latin letters, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from naming.text.parts import LEFT_OUT, OTHER, SMALL, TURNING, VERB
from naming.text.romanization import read_chinese


def said(text: str) -> list[tuple[str, str]]:
    return [(word, part) for word, part in read_chinese(text) if part != LEFT_OUT]


def test_the_syllables_of_a_word_stand_together_and_particles_are_left_out() -> None:
    assert said("修复登录页面的按钮") == [
        ("xiufu", VERB), ("denglu", VERB), ("yemian", OTHER), ("anniu", OTHER),
    ]  # fmt: skip
    assert said("请把日志导出") == [("ba", SMALL), ("rizhi", OTHER), ("daochu", VERB)]


def test_what_turns_the_meaning_is_known() -> None:
    assert said("不要删除除了管理员以外的账号") == [
        ("buyao", TURNING), ("shanchu", VERB), ("chule", TURNING), ("guanliyuan", OTHER),
        ("yiwai", TURNING), ("zhanghao", OTHER),
    ]  # fmt: skip


def test_characters_with_several_readings_are_read_as_their_word_has_them() -> None:
    read = {text: "".join(word for word, _ in read_chinese(text)) for text in (
        "重启", "严重", "长度", "店长", "调整", "调用", "执行", "银行", "地图", "过滤", "重命名", "模板",
    )}  # fmt: skip
    assert list(read.values()) == [
        "chongqi", "yanzhong", "changdu", "dianzhang", "tiaozheng", "diaoyong", "zhixing",
        "yinhang", "ditu", "guolv", "chongmingming", "muban",
    ]  # fmt: skip


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_han_characters_become_letters_and_nothing_else(text: str) -> None:
    assert all(word == "" or (word.isascii() and word.isalnum()) for word, _ in read_chinese(text))
