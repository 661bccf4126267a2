"""The tables of rules: what each row must be like, and what it must find."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

import pytest

from naming.secrets.normalization import lowered, shadow
from naming.secrets.rules import condition, read_fields, read_rows
from naming.secrets.searching import MAX_WORK, WORK_OF_A_TRIAL, Index, Rule, Text
from tests.secrets.redacting import redact

if TYPE_CHECKING:
    from naming.secrets.rules import Finding

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants
    import sre_parse


def repeats_without_end(expression: str) -> list[str]:
    """List the repeats that have no bound and give characters back."""

    def walk(tree: object) -> list[str]:
        found = []
        for operation, argument in tree:  # type: ignore[attr-defined]
            if operation in {sre_constants.MAX_REPEAT, sre_constants.MIN_REPEAT}:
                found += [str(argument[2])] if argument[1] is sre_constants.MAXREPEAT else []
            for part in argument if isinstance(argument, tuple | list) else (argument,):
                for tree_within in part if isinstance(part, list) else (part,):
                    if isinstance(tree_within, sre_parse.SubPattern):
                        found += walk(tree_within)
        return found

    return walk(sre_parse.parse(expression))


CONTEXTS = read_fields("contexts")


@pytest.mark.parametrize("fields", CONTEXTS, ids=lambda fields: fields["words"][:20])
def test_a_rule_names_where_the_secret_is_and_ends(fields: dict[str, str]) -> None:
    expressions = fields["pattern"], fields.get("before", "")
    groups = [group for each in expressions for group in re.compile(each).groupindex]
    assert {"sep", "value"} <= set(groups)
    assert all(word and word == lowered(word) for word in fields["words"].split("|"))
    assert [repeats_without_end(each) for each in expressions] == [[], []]


def test_a_kind_is_made_of_shapes_and_kinds_that_are_known() -> None:
    terms = {"empty": lambda text: not text, "small": str.islower}
    check = condition("empty or not small", terms)
    assert [check(text) for text in ("", "A", "a")] == [True, True, False]
    with pytest.raises(KeyError):
        condition("empty or large", terms)
    with pytest.raises(TypeError):
        condition("small(1)", terms)


def test_words_are_written_as_they_are_looked_for() -> None:
    words = [
        *(word for fields in CONTEXTS for word in fields["words"].split("|")),
        *(row[0] for kind in ("password", "key") for row in read_rows("names", f"{kind} names")),
    ]
    assert [word for word in words if (folded := shadow(word)) and folded.text != word] == []


def test_no_rule_asks_for_a_fragment_that_its_file_has_not() -> None:
    assert [fields for fields in CONTEXTS if "(?&" in str(fields)] == []


def test_a_rule_is_tried_where_its_words_stand_one_inside_the_other_too() -> None:
    tried: list[tuple[str, int]] = []

    def rule(name: str, words: tuple[str, ...], work: int = 0) -> Rule:
        def find(_text: Text, match: re.Match[str]) -> tuple[Finding, ...]:
            tried.append((name, match.start()))
            return ()

        return Rule(words, "", find, work)

    index = Index([rule("1", ("token", "key")), rule("2", ("okey",), 5)])
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
