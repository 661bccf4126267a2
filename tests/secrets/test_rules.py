"""The tables of rules: what each row must be like, and what it must find."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

import pytest

from naming.secrets.contexts import CONTEXTS
from naming.secrets.normalization import lowered, shadow
from naming.secrets.rules import read_fields, read_table
from naming.secrets.searching import MAX_WORK, WORK_OF_A_TRIAL, Index, Text
from tests.secrets.redacting import redact

if TYPE_CHECKING:
    from naming.secrets.contexts import Context
    from naming.secrets.rules import Finding
    from naming.secrets.searching import Rule

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants, _parser


def repeats_without_end(expression: str) -> list[str]:
    """List the repeats that have no bound and give characters back."""

    def walk(tree: object) -> list[str]:
        found = []
        for operation, argument in tree:  # type: ignore[attr-defined]
            if operation in {_constants.MAX_REPEAT, _constants.MIN_REPEAT}:
                found += [str(argument[2])] if argument[1] is _constants.MAXREPEAT else []
            for part in argument if isinstance(argument, tuple | list) else (argument,):
                for tree_within in part if isinstance(part, list) else (part,):
                    if isinstance(tree_within, _parser.SubPattern):
                        found += walk(tree_within)
        return found

    return walk(_parser.parse(expression))


def name(context: Context) -> str:
    return context.words[0]


@pytest.mark.parametrize("context", CONTEXTS, ids=name)
def test_a_rule_names_a_check_and_where_the_secret_is_and_ends(context: Context) -> None:
    groups = set(re.compile(context.expression).groupindex)
    groups |= set(re.compile(context.before).groupindex)
    assert {"sep", "value"} <= groups
    assert all(word and word == lowered(word) for word in context.words)
    assert repeats_without_end(context.expression) == []
    assert repeats_without_end(context.before) == []


def test_words_are_written_as_they_are_looked_for() -> None:
    words = [
        *(word for context in CONTEXTS for word in context.words),
        *(row[0] for kind in ("password", "key") for row in read_table("names", f"{kind} names")),
    ]
    assert [word for word in words if (folded := shadow(word)) and folded.text != word] == []


def test_no_rule_asks_for_a_fragment_that_its_file_has_not() -> None:
    assert [fields for fields in read_fields("contexts") if "(?&" in str(fields)] == []


def test_a_rule_is_tried_where_its_words_stand_one_inside_the_other_too() -> None:
    tried: list[tuple[str, int]] = []

    def rule(name: str) -> Rule:
        def find(_text: Text, at: int) -> tuple[Finding, ...]:
            tried.append((name, at))
            return ()

        return find

    index = Index([(("token", "key"), rule("1"), 0), (("okey",), rule("2"), 5)])
    text = Text("Tokey x Key")
    index.find_in(text)
    assert text.found == []
    assert sorted(tried) == [("1", 2), ("1", 8), ("2", 1)]
    assert text.work == 3 * WORK_OF_A_TRIAL + 5


def test_behind_the_ceiling_of_work_all_is_secret() -> None:
    pairs = " ".join(f"token {number} is" for number in range(600))
    text = Text(pairs)
    shown = redact(f"fix it, {pairs} and fix the login page")
    assert shown.startswith("fix it, token 0 is")
    assert "fix the login page" not in shown
    assert redact(shown) == shown
    assert text.work <= MAX_WORK


def test_of_more_matches_than_allowed_the_first_are_given() -> None:
    text = Text("a b c d e")
    units = MAX_WORK // 3
    assert [match[0] for match in text.each(re.compile(r"\w"), units)] == ["a", "b", "c"]
    assert text.shown[: text.end] == "a b c "
