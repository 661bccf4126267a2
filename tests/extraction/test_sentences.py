"""A text taken apart into sentences, headings, items and labels."""

from __future__ import annotations

import pytest
from hypothesis import given

from naming.extraction.sentences import (
    LAST_LINES,
    MAX_BLOCK,
    MAX_FIRST,
    MAX_LAST,
    MAX_LENGTH,
    Sentence,
    plain,
    sentences_of,
    split_sentences,
)
from tests.strategies import hostile_text, prompts, repeated


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences_of(text)]


@given(hostile_text | prompts | repeated)
def test_few_sentences_of_bounded_length_are_read(text: str) -> None:
    found = sentences_of(text)
    assert len(found) <= MAX_FIRST + MAX_LAST
    assert all(0 < len(sentence.text) <= MAX_LENGTH for sentence in found)


def test_each_sentence_tells_how_it_stands() -> None:
    text = "## Describe the bug\nExport drops rows. It did not.\n- [ ] add a test\nGoal: no loss"
    under = "describe the bug"
    assert sentences_of(text) == [
        Sentence("Describe the bug", "heading", under, "", begins=True),
        Sentence("Export drops rows.", "prose", under, "", begins=True),
        Sentence("It did not.", "prose", under, "", begins=False),
        Sentence("add a test", "item", under, "", begins=False),
        Sentence("no loss", "prose", under, "goal", begins=True),
    ]


def test_a_label_alone_is_a_heading() -> None:
    assert [sentence.shape for sentence in sentences_of("Steps:\n1. press Pay")] == [
        "heading",
        "item",
    ]


def test_labels_of_forms_in_chinese_and_japanese_are_read_without_a_space_behind() -> None:
    text = "【标题】导出报表日期少一天\n件名:画像の容量制限\n备注：时区"
    assert [(found.label, found.text) for found in sentences_of(text)] == [
        ("标题", "导出报表日期少一天"),
        ("件名", "画像の容量制限"),
        ("备注", "时区"),
    ]


def test_what_stands_before_a_colon_is_not_always_a_label() -> None:
    for line in (
        "Fix hostname: port parsing",  # in a text of one line only a known label is one
        "KeyError: 'user_id'\nin app.py",
        "this is more than a label: it is a sentence\nof two lines",
    ):
        assert texts(line)[0].startswith(line[:12]), line
    assert texts("fix(auth): refresh tokens once") == ["refresh tokens once"]
    assert texts("Task: write a lexer") == ["write a lexer"]


def test_no_label_ends_inside_code() -> None:
    line = "### What happened?\nthe loader ignores `disabled: true` in plugins.yml"
    assert sentences_of(line)[-1].text == "the loader ignores disabled: true in plugins.yml"


def test_steps_of_a_scenario_are_left_out_beside_its_name() -> None:
    steps = "Given a card with 50\n  When somebody pays 30\n  Then 20 remain\n"
    assert [each.text for each in sentences_of(f"Gift cards\n{steps}Points?")] == [
        "Gift cards", "Points?",
    ]  # fmt: skip
    assert sentences_of(steps)[0].text == "Given a card with 50"
    assert sentences_of("Log in\nGiven the trouble, why not by mail?")[-1].text.startswith("Given")


def test_only_the_first_and_the_last_sentences_are_read() -> None:
    lines = [f"line {at}." for at in range(40)]
    assert texts("\n\n".join(lines)) == lines[:MAX_FIRST] + lines[-MAX_LAST:]
    assert LAST_LINES >= MAX_LAST


def test_markup_goes_and_its_words_stay() -> None:
    cases = [
        ("**bold** and _emphasis_ and ~~gone~~", "bold and emphasis and gone"),
        ("`code` and ``more code``", "code and more code"),
        ("| a | b |", "a, b"),
        ("snake_case and 2*3", "snake_case and 2*3"),
        ("Review ${selection} for {argument name=x}", "Review for"),
        ("${all}", "${all}"),
        ("> quoted", "quoted"),
    ]
    assert [(line, plain(line)) for line, wanted in cases if plain(line) != wanted] == []


def test_wrapped_lines_are_one_paragraph() -> None:
    long = "a line that is long enough to have been wrapped by an editor"
    assert texts(f"{long}\nand goes on") == [f"{long} and goes on"]
    assert texts(f"{long}.\nAnd ends") == [f"{long}.", "And ends"]
    assert texts("please fix\nthe login button\non mobile") == [
        "please fix the login button on mobile"
    ]
    assert texts("short\nlines") == ["short", "lines"]
    assert texts(f"{long},\nGoes on") == [f"{long}, Goes on"]


def test_a_paragraph_ends_somewhere() -> None:
    assert len(texts("x" * MAX_BLOCK + "y\nthe end")) == 2


def test_abbreviations_end_no_sentence() -> None:
    pieces = list(split_sentences("Use e.g. this one. J. Doe asks! Does it? yes… ok; so - then"))
    assert pieces == ["Use e.g. this one.", "J. Doe asks!", "Does it?", "yes…", "ok", "so", "then"]


def test_sentences_without_spaces_between_them_are_split() -> None:
    assert texts("能加上分页吗?现在太慢了!谢谢") == ["能加上分页吗?", "现在太慢了!", "谢谢"]
    assert list(split_sentences("你好！修复登录。谢谢")) == ["你好！", "修复登录。", "谢谢"]
    assert list(split_sentences("Fix it. - Then stop. ")) == ["Fix it.", "Then stop."]
    assert list(split_sentences("困ってます……保存を直す")) == ["困ってます……", "保存を直す"]


def test_an_issue_begins_no_heading() -> None:
    lines = ["#4521 login is broken", "#42", "#Setup"]
    assert [sentences_of(line)[0].text for line in lines] == [*lines[:2], "Setup"]


def test_a_line_with_the_time_of_a_chat_begins_anew_and_is_not_gone_on_with() -> None:
    lines = [
        "[14:02] Priya: the import of the orders chokes on semicolons",
        "[14:03] Tom: yeah, saw that",
        "Priya Nair  9:41 AM",
        "the import is the one of the orders",
    ]
    found = [sentence.text for sentence in sentences_of("\n".join(lines))]
    assert found == [*lines[:2], lines[3]]  # whose turn it is names nothing


def test_what_stands_beside_a_request_is_left_out_of_a_form() -> None:
    form = [
        "Caller: Mia Berg",
        "Priority: 4",
        "[Yesterday 16:20] Bo Holm",
        "Анна, [05.03.2026 18:22]",
        "<details>",
        "[notes]: #notes",
        "Short description: The queue hangs on Mondays",
        "## Expected behavior",
        "Jobs are printed",
        "### Erwartetes Verhalten",
        "Alles wird gedruckt",
    ]
    assert [each.text for each in sentences_of("\n".join(form))] == ["The queue hangs on Mondays"]


@pytest.mark.parametrize("line", ["Priority: high", "Ann Lee 9:41 AM", "<section>"])
def test_it_stays_where_there_is_nothing_else(line: str) -> None:
    assert len(sentences_of(line)) == 1


def test_a_line_of_the_words_of_headings_is_a_heading() -> None:
    shapes = [each.shape for each in sentences_of("Background\nThe job takes 7 hours.")]
    assert shapes == ["heading", "prose"]
    assert sentences_of("Background")[0].shape == "prose"
    for line in ("fix", "What are the steps to reproduce"):
        assert sentences_of(f"{line}\n\nThe job takes 7 hours.")[0].shape == "prose"


def test_a_heading_with_words_of_its_own_stands_beside_nothing() -> None:
    lines = ["Print it larger.", "## Printer labels", "They are too small."]
    found = [each.text for each in sentences_of("\n\n".join(lines))]
    assert found == ["Print it larger.", "Printer labels", "They are too small."]
