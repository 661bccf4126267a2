"""The chain, straight: Claude, the prompt's own words, a random pair; and always the story of which."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from naming import chain
from naming.chain import name_task, without_key
from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.request import Question, Request
from tests.strategies import hostile_text, prompts

if TYPE_CHECKING:
    from collections.abc import Callable

PROMPT = "please fix the login button"
CLAUDES = TaskName("repair-login-button", "Repair the login button")
UNTIL = 12.5


async def answers(_text: Request, _until: float) -> TaskName:
    return CLAUDES


def declines(reason: Reason) -> Callable[[Request, float], asyncio.Future[TaskName]]:
    async def decline(_text: Request, _until: float) -> TaskName:
        raise CannotName(reason)

    return decline  # type: ignore[return-value]


def name(prompt: str, ask: chain.Ask) -> Outcome:
    return asyncio.run(name_task(prompt, ask, UNTIL))


def test_claudes_name_is_used_when_there_is_one() -> None:
    assert name(PROMPT, answers) == Outcome(CLAUDES, Source.CLAUDE, None)


def test_whatever_claude_declines_for_the_prompts_own_words_are_used_and_the_reason_is_told() -> (
    None
):
    for reason in Reason:
        outcome = name(PROMPT, declines(reason))
        assert outcome == Outcome(outcome.task_name, Source.PROMPT, reason)
        assert "login" in outcome.task_name.name


@pytest.mark.parametrize("prompt", ["", "  \n", "🔥", "---", "\u200b"])
def test_a_prompt_without_words_gets_a_random_pair(prompt: str) -> None:
    for reason in Reason:
        outcome = name(prompt, declines(reason))
        assert (outcome.source, outcome.reason) == (Source.RANDOM, reason)
        assert not outcome.task_name.name.startswith("task")


@given(hostile_text | prompts)
def test_any_prompt_has_a_name_when_claude_declines(prompt: str) -> None:
    outcome = name(prompt, without_key)
    assert isinstance(outcome.task_name, TaskName)
    assert outcome.source in {Source.PROMPT, Source.RANDOM}
    assert outcome.reason is Reason.NO_API_KEY


def test_the_prompts_own_words_are_made_first_also_when_claude_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps: list[str] = []

    def own_words(text: Request) -> TaskName | None:
        steps.append(f"own words of {text.text}")
        return TaskName("own-words", "Own words")

    async def ask(_text: Request, _until: float) -> TaskName:
        steps.append("asked")
        return CLAUDES

    monkeypatch.setattr(
        Request, "of", lambda prompt: Request(f"clean {prompt}", Question(f"clean {prompt}"))
    )
    monkeypatch.setattr(chain, "name_from_request", own_words)
    assert name("x", ask).source is Source.CLAUDE
    assert steps == ["own words of clean x", "asked"]


def test_claude_is_asked_about_the_cleaned_prompt_until_the_callers_deadline() -> None:
    asked: list[tuple[str, float]] = []

    async def ask(text: Request, until: float) -> TaskName:
        asked.append((text.text, until))
        return CLAUDES

    name("fix \x1b[31mthe\x1b[0m\u200b login", ask)
    assert asked == [("fix the login", UNTIL)]


def test_where_the_prompt_holds_nothing_to_name_there_is_nothing_to_ask() -> None:
    asked: list[str] = []

    async def ask(text: Request, _until: float) -> TaskName:
        asked.append(text.text)
        raise CannotName(Reason.NOT_ASKED)

    assert name("🔥🚀", ask).reason is Reason.NOT_ASKED
    assert asked == [""]


@pytest.mark.parametrize(
    "error", [ValueError("a bug"), TimeoutError(), KeyError("x"), asyncio.CancelledError()]
)
def test_what_is_no_declining_flies(error: BaseException) -> None:
    async def breaks(_text: Request, _until: float) -> TaskName:
        raise error

    with pytest.raises(type(error)):
        name(PROMPT, breaks)


def test_a_name_in_breach_of_its_laws_ends_no_chain() -> None:
    """A bug in believing flies too: it never becomes a name."""

    async def breaks(_text: Request, _until: float) -> TaskName:
        return TaskName("task-1", "x")

    with pytest.raises(ValueError, match="name must not be 'task'"):
        name(PROMPT, breaks)


def test_a_declining_carries_its_reason_as_the_word_of_the_api() -> None:
    declined = CannotName(Reason.RATE_LIMITED, retry_after_seconds=3.0)
    assert str(declined) == "rate_limited"
    assert declined.retry_after_seconds == 3.0
    assert CannotName(Reason.BUSY).retry_after_seconds is None


def test_the_words_of_sources_and_reasons_are_those_of_the_contract() -> None:
    assert {source.value for source in Source} == {"claude", "prompt", "random", "current"}
    assert {reason.value for reason in Reason} == set(
        "no_api_key not_asked deadline rate_limited overloaded spend_limit unreachable authentication model_not_found "
        "bad_request refused cut_short unreadable not_a_name circuit_open busy".split()
    )


def test_a_secret_of_the_prompt_in_claudes_answer_makes_it_no_name() -> None:
    async def guesses(_text: Request, _until: float) -> TaskName:
        return TaskName("fix-zx9kq2mvb7-footer", "Fix footer Zx9kQ2mVb7")

    outcome = asyncio.run(name_task("Fix footer, password=Zx9kQ2mVb7 leaks", guesses, 0.0))
    assert (outcome.source, outcome.reason) == (Source.PROMPT, Reason.NOT_A_NAME)
    assert "zx9kq2mvb7" not in outcome.task_name.name
    fine = asyncio.run(name_task("Fix footer Zx9kQ2mVb7 of the page", guesses, 0.0))
    assert fine.source is Source.CLAUDE


CALLED = TaskName("fix-login-button-x4kq", "Fix login button")
KEPT = Outcome(CALLED, Source.CURRENT)


def test_a_task_keeps_its_name_whatever_claude_declines_for() -> None:
    for prompt in (PROMPT, "---"):
        request = Request.of(prompt).called(*CALLED)
        for reason in Reason:
            assert asyncio.run(name_task(request, declines(reason), UNTIL)) == KEPT


def test_a_task_keeps_its_name_where_claude_says_the_same_and_else_gets_claudes() -> None:
    for title in ("Fix login button", "Fix the login button", "Fix login button on Safari"):

        async def says(_: Request, __: float, title: str = title) -> TaskName:
            return TaskName("some-slug", title)

        assert asyncio.run(name_task(Request.of(PROMPT).called(*CALLED), says, UNTIL)) == KEPT

    async def moves_on(_: Request, __: float) -> TaskName:
        return TaskName("add-dark-mode", "Add dark mode")

    outcome = asyncio.run(name_task(Request.of(PROMPT).called(*CALLED), moves_on, UNTIL))
    assert outcome == Outcome(TaskName("add-dark-mode", "Add dark mode"), Source.CLAUDE)


def test_a_new_name_that_repeats_a_secret_leaves_the_task_the_one_it_has() -> None:
    async def guesses(_: Request, __: float) -> TaskName:
        return TaskName("rotate-zx9kq2mvb7", "Rotate Zx9kQ2mVb7")

    request = Request.of("Rotate it, password=Zx9kQ2mVb7").called(*CALLED)
    assert asyncio.run(name_task(request, guesses, UNTIL)) == KEPT
