from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.secrets.contexts import _CHECKS
from naming.secrets.rules import (
    KEYWORDS,
    Rule,
    RuleIndex,
    read_names,
    read_rules,
    read_words,
    scan,
)

WORDS = tuple(
    dict.fromkeys(
        (
            *(start for kind in ("password", "key") for start, _ in read_names(f"{kind} names")),
            *(keyword for rule in read_rules("contexts") for keyword in rule.keywords),
            *read_words("names", "near names"),
        )
    )
)


def rule(name: str, *keywords: str, marks: str = "") -> Rule:
    return Rule(keywords=keywords, expression=name, marks=marks)


RULES = RuleIndex(rule(word, word) for word in WORDS)


def tried(rules: RuleIndex, text: str) -> list[str]:
    return [rule.expression for rule in rules.to_try(scan(text))]


texts_of_keywords = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(WORDS).flatmap(
            lambda word: st.integers(0, len(word)).map(lambda end: word[:end])
        ),
        st.sampled_from(WORDS).flatmap(
            lambda word: st.integers(0, len(word)).map(lambda start: word[start:])
        ),
        st.sampled_from((" ", "\n", "A", "x", "é", "修", "PASS", "Key", "/", "-")),
    ),
    max_size=12,
).map("".join)
"""Keywords and halves of keywords, one inside the other."""


@given(texts_of_keywords)
def test_exactly_the_rules_are_tried_whose_words_a_text_holds(text: str) -> None:
    assert tried(RULES, text) == [word for word in WORDS if word in scan(text).small]


def test_each_word_is_found_by_itself() -> None:
    for word in WORDS:
        assert word in tried(RULES, f"xé {word.upper()} x" if word.isascii() else f"x {word}x")


def test_two_keywords_with_their_rarest_letter_in_one_place_are_both_found() -> None:
    rules = RuleIndex([rule("psk", "psk"), rule("key", "key"), rule("login", "login")])
    assert tried(rules, "the PSKey") == ["psk", "key"]


def test_a_rule_of_several_words_is_tried_once_and_in_its_place() -> None:
    rules = RuleIndex([rule("1", "token", "key"), rule("2", "login"), rule("3", "key")])
    assert tried(rules, "a key, a token") == ["1", "3"]


def test_a_rule_of_marks_is_tried_where_the_text_holds_one_of_them() -> None:
    rules = RuleIndex(
        [rule("given", "key", marks=":="), rule("named", "key"), rule("at", "", marks="@")]
    )
    assert [tried(rules, text) for text in ("a key", "key: x", "KEY=x", "x=@")] == [
        ["named"],
        ["given", "named"],
        ["given", "named"],
        ["at"],
    ]


def test_no_keyword_contains_another() -> None:
    assert not [
        (keyword, other)
        for keyword in KEYWORDS
        for other in KEYWORDS
        if keyword != other and other in keyword
    ]


FILES_OF_RULES = ("contexts", "one_time_codes", "string_literals")


@pytest.mark.parametrize("file", FILES_OF_RULES)
def test_every_rule_compiles_and_names_a_check_that_there_is(file: str) -> None:
    for rule in read_rules(file):
        assert "" not in rule.keywords
        assert all(keyword == keyword.lower() for keyword in rule.keywords)
        assert rule.check in _CHECKS or (
            not rule.check and rule.context_pattern.pattern == rule.context
        )
        assert {"sep", "value"} <= set(rule.pattern.groupindex) or file == "string_literals"


def test_no_rule_asks_for_a_fragment_that_its_file_has_not() -> None:
    expressions = [
        expression
        for file in FILES_OF_RULES
        for rule in read_rules(file)
        for expression in (rule.expression, rule.context)
    ]
    assert [expression for expression in expressions if "(?&" in expression] == []
