"""Asking as a whole, with a client and a clock of the test's own: what is reused, what is refused, what is retried."""

from __future__ import annotations

import asyncio
import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from naming.claude import ask as asking
from naming.claude.ask import ANSWER_SECONDS, AskClaude
from naming.claude.circuit import State
from naming.claude.instructions import load_instructions
from naming.claude.message import Call, CallObserver, Reply, Tokens
from naming.names import TaskName
from naming.outcome import CannotName, Reason
from naming.request import Question, Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

TEXT = "fix the login button"
GOOD = Reply(
    json.dumps({"name": "fix-login-button", "display_name": "Fix login button"}), Tokens(500, 20)
)
NAME = TaskName("fix-login-button", "Fix login button")
INSTRUCTIONS = load_instructions()

Answer = Reply | CannotName | Exception | float
"""A reply, an error, or the seconds after which a good reply comes."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next thing to do: hours of waiting take no time, and no test races a clock."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0

    def time(self) -> float:
        return self._ahead

    def _run_once(self) -> None:
        waiting = [handle.when() for handle in self._scheduled if not handle.cancelled()]  # type: ignore[attr-defined] # no public way
        if not self._ready and waiting:  # type: ignore[attr-defined]
            self._ahead = max(self._ahead, min(waiting))
        super()._run_once()  # type: ignore[misc]


class FakeClient:
    """Gives its answers in turn, the last one for ever."""

    model = "fake"

    def __init__(self, *answers: Answer, call_seconds: float = 10.0) -> None:
        self.answers = list(answers)
        self.call_seconds = call_seconds
        self.asked: list[str] = []
        self.under_way = self.cancelled = 0

    async def send(self, question: Question) -> Reply:
        self.asked.append(question.text)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        self.under_way += 1
        try:
            async with asyncio.timeout(self.call_seconds):
                await asyncio.sleep(answer if isinstance(answer, float) else 0)
        except TimeoutError:
            raise CannotName(Reason.DEADLINE) from None
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.under_way -= 1
        if isinstance(answer, Exception):
            raise answer
        return GOOD if isinstance(answer, float) else answer


class Notes(CallObserver):
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.spared: list[str] = []

    def called(self, call: Call) -> None:
        self.calls.append(call)

    def reused(self, how: str) -> None:
        self.spared.append(how)


class Stage:
    """One asker with everything that a test wants to see of it."""

    def __init__(
        self,
        *answers: Answer,
        max_calls: int = 4,
        call_seconds: float = 10.0,
        cache_seconds: float = 0.0,
        second: FakeClient | None = None,
    ) -> None:
        self.client = FakeClient(*answers, call_seconds=call_seconds)
        self.notes = Notes()
        self.asker = AskClaude(
            self.client, INSTRUCTIONS, max_calls=max_calls, cache_seconds=cache_seconds,
            observer=self.notes, now=now, second=second,
        )  # fmt: skip

    async def ask(self, seconds: float = 3.0, text: str = TEXT) -> TaskName | Reason:
        try:
            return await self.asker(Request(text, Question(text)), now() + seconds)
        except CannotName as declined:
            return declined.reason

    def begin(self, seconds: float = 3.0, text: str = TEXT) -> asyncio.Task[TaskName | Reason]:
        return asyncio.create_task(self.ask(seconds, text))

    @property
    def calls(self) -> int:
        return len(self.client.asked)

    def state(self) -> State:
        return self.asker._first.circuit.state


def now() -> float:
    return asyncio.get_running_loop().time()


def play(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async def played() -> None:
        await scene()
        for _ in range(5):
            await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(played())


def scene(act: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    """Make a test of what happens on a loop with a clock of its own."""

    def test() -> None:
        async def acted() -> None:
            await act()

        play(acted)

    test.__name__ = act.__name__
    return test


def declining(reason: Reason, retry_after: float | None = None) -> CannotName:
    return CannotName(reason, retry_after_seconds=retry_after)


@scene
async def test_a_good_reply_is_a_name_and_is_counted_with_its_tokens() -> None:
    stage = Stage(0.25)
    assert await stage.ask() == NAME
    assert stage.client.asked == [TEXT]
    assert stage.notes.calls == [Call(None, 0.25, GOOD, "fake")]
    assert stage.notes.spared == []
    assert stage.asker.calls_in_flight == 0


# What is reused


@scene
async def test_a_recent_name_is_given_again_without_a_call() -> None:
    stage = Stage(GOOD, cache_seconds=60)
    assert [await stage.ask(), await stage.ask()] == [NAME, NAME]
    assert stage.calls == 1
    assert stage.notes.spared == ["cache"]
    assert await stage.ask(seconds=0) == NAME  # it costs no time
    await asyncio.sleep(60)
    assert await stage.ask() == NAME
    assert stage.calls == 2


@scene
async def test_without_a_cache_every_question_is_asked() -> None:
    stage = Stage(GOOD)
    for _ in range(3):
        await stage.ask()
    assert stage.calls == 3
    assert stage.notes.spared == []


@scene
async def test_another_prompt_is_another_question() -> None:
    stage = Stage(GOOD, cache_seconds=60)
    await stage.ask()
    await stage.ask(text=f"{TEXT} again")
    assert stage.calls == 2


@scene
async def test_a_new_name_that_a_task_was_given_is_known_when_it_is_asked_about_again() -> None:
    stage, request = Stage(GOOD, cache_seconds=60), Request(TEXT, Question(TEXT))
    for current in (TaskName("paint-door", "Paint door"), NAME.renamed("fix-login-button-x4kq")):
        assert await stage.asker(request.called(*current), now() + 3) == NAME
    assert stage.calls == 1
    await stage.ask()  # for a task without a name it is another question
    assert stage.calls == 2


@scene
async def test_a_declining_is_not_kept() -> None:
    stage = Stage(declining(Reason.REFUSED), GOOD, cache_seconds=60)
    assert [await stage.ask(), await stage.ask()] == [Reason.REFUSED, NAME]


@scene
async def test_a_name_that_guesses_a_secret_of_the_prompt_is_not_kept() -> None:
    stage = Stage(GOOD, cache_seconds=60)
    secretive = Request.of("fix the button, password=loginbutton7")
    for _ in range(2):
        assert await stage.asker(secretive, now() + 3) == NAME
    assert stage.calls == 2


@scene
async def test_equal_questions_at_one_time_share_a_call() -> None:
    stage = Stage(0.2, max_calls=1)
    waiters = [stage.begin() for _ in range(5)]
    assert [await waiter for waiter in waiters] == [NAME] * 5
    assert stage.calls == 1
    assert stage.notes.spared == ["flight"] * 4
    assert len(stage.notes.calls) == 1


@scene
async def test_a_hasty_caller_does_not_harm_a_patient_one() -> None:
    stage = Stage(0.3)
    hasty, patient = stage.begin(0.1), stage.begin(1.0)
    assert await hasty is Reason.DEADLINE
    assert await patient == NAME
    assert stage.client.cancelled == 0


# What is not asked


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 0.001, ANSWER_SECONDS])
def test_without_time_nothing_is_asked(seconds: float) -> None:
    async def act() -> None:
        stage = Stage(GOOD)
        assert await stage.ask(seconds) is Reason.NOT_ASKED
        assert stage.calls == 0

    play(act)


@scene
async def test_with_a_little_time_it_is_asked() -> None:
    assert await Stage(GOOD).ask(ANSWER_SECONDS + 0.001) == NAME


@scene
async def test_where_there_is_no_text_nothing_is_asked() -> None:
    stage = Stage(GOOD)
    assert await stage.ask(text="") is Reason.NOT_ASKED
    assert stage.calls == 0


@scene
async def test_the_answer_comes_a_moment_before_the_deadline_and_nothing_goes_on_after_it() -> None:
    stage = Stage(3600.0)
    started = now()
    assert await stage.ask(0.5) is Reason.DEADLINE
    assert now() - started == pytest.approx(0.5 - ANSWER_SECONDS)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (stage.client.under_way, stage.client.cancelled, stage.asker.calls_in_flight) == (
        0,
        1,
        0,
    )
    assert [call.reason for call in stage.notes.calls] == [Reason.DEADLINE]


@scene
async def test_a_call_takes_no_longer_than_a_call_may_however_patient_its_caller() -> None:
    stage = Stage(3600.0, call_seconds=2.0)
    started = now()
    assert await stage.ask(60.0) is Reason.DEADLINE
    assert now() - started == pytest.approx(2.0)


# The limit of calls in flight


@scene
async def test_over_the_limit_callers_hear_busy_at_once() -> None:
    stage = Stage(0.5, max_calls=2)
    first, second = stage.begin(text="one door"), stage.begin(text="two doors")
    await asyncio.sleep(0.1)
    assert stage.asker.calls_in_flight == 2
    started = now()
    assert await stage.ask(text="three doors") is Reason.BUSY
    assert now() == started
    assert stage.calls == 2
    await asyncio.gather(first, second)
    assert stage.asker.calls_in_flight == 0
    assert await stage.ask(text="four doors") in {NAME, Reason.NOT_A_NAME}
    assert stage.calls == 3


@scene
async def test_callers_of_a_call_under_way_join_it_also_at_the_limit() -> None:
    stage = Stage(0.5, max_calls=1)
    first, second = stage.begin(), stage.begin()
    assert [await first, await second] == [NAME, NAME]


# The circuit


@scene
async def test_after_five_failures_calls_pause_and_callers_hear_so_at_once() -> None:
    stage = Stage(declining(Reason.RATE_LIMITED))
    assert [await stage.ask() for _ in range(6)] == [Reason.RATE_LIMITED] * 5 + [
        Reason.CIRCUIT_OPEN
    ]
    assert stage.calls == 5
    assert len(stage.notes.calls) == 5
    assert stage.state() is State.OPEN


@scene
async def test_one_probe_after_the_pause_and_calls_again_when_it_succeeds() -> None:
    stage = Stage(*[declining(Reason.RATE_LIMITED)] * 5, 0.2)
    for _ in range(5):
        await stage.ask()
    await asyncio.sleep(10)
    waiters = [stage.begin(text=f"{TEXT} {number}") for number in range(3)]
    await asyncio.sleep(0.1)
    assert stage.state() is State.PROBING
    results = [await waiter for waiter in waiters]
    assert results.count(Reason.CIRCUIT_OPEN) == 2
    assert stage.state() is State.CLOSED
    assert await stage.ask() == NAME


@scene
async def test_a_probe_given_up_by_its_hasty_caller_leaves_the_next_to_probe() -> None:
    stage = Stage(*[declining(Reason.RATE_LIMITED)] * 5, 3600.0, GOOD)
    for _ in range(5):
        await stage.ask()
    await asyncio.sleep(10)
    assert await stage.ask(0.1) is Reason.DEADLINE
    assert await stage.ask() == NAME


@pytest.mark.parametrize("reason", [Reason.REFUSED, Reason.CUT_SHORT, Reason.UNREADABLE])
def test_bad_replies_never_pause_calls(reason: Reason) -> None:
    async def act() -> None:
        stage = Stage(declining(reason))
        assert [await stage.ask() for _ in range(12)] == [reason] * 12
        assert stage.state() is State.CLOSED

    play(act)


@scene
async def test_a_bad_reply_starts_the_count_of_failures_anew() -> None:
    bad = declining(Reason.RATE_LIMITED)
    stage = Stage(*[bad] * 4, declining(Reason.REFUSED), *[bad] * 4, GOOD)
    for _ in range(9):
        await stage.ask()
    assert await stage.ask() == NAME


@scene
async def test_a_reply_that_is_no_name_is_no_failure_and_is_counted_with_its_tokens() -> None:
    stage = Stage(Reply("Sure, happy to help!", Tokens(7, 8)))
    for _ in range(8):
        assert await stage.ask() in {Reason.UNREADABLE, Reason.NOT_A_NAME}
    assert stage.state() is State.CLOSED
    assert {call.reply.tokens for call in stage.notes.calls if call.reply} == {Tokens(7, 8)}
    assert all(call.reason is not None for call in stage.notes.calls)


@pytest.mark.parametrize(
    "reason", [Reason.AUTHENTICATION, Reason.SPEND_LIMIT, Reason.MODEL_NOT_FOUND]
)
def test_what_only_a_person_can_mend_pauses_calls_at_once(reason: Reason) -> None:
    async def act() -> None:
        stage = Stage(declining(reason))
        assert [await stage.ask(), await stage.ask()] == [reason, Reason.CIRCUIT_OPEN]
        await asyncio.sleep(299)
        assert await stage.ask() is Reason.CIRCUIT_OPEN
        await asyncio.sleep(1)
        assert await stage.ask() is reason

    play(act)


@scene
async def test_retry_after_lengthens_the_pause() -> None:
    stage = Stage(declining(Reason.RATE_LIMITED, 45.0))
    for _ in range(5):
        await stage.ask()
    await asyncio.sleep(44)
    assert await stage.ask() is Reason.CIRCUIT_OPEN
    await asyncio.sleep(1)
    assert await stage.ask() is Reason.RATE_LIMITED


@scene
async def test_a_hang_past_the_usual_time_is_a_failure() -> None:
    stage = Stage(3600.0)
    for _ in range(5):
        assert await stage.ask(2.0) is Reason.DEADLINE
    assert await stage.ask(2.0) is Reason.CIRCUIT_OPEN


@scene
async def test_callers_in_more_of_a_hurry_than_claude_ever_is_do_not_stop_the_patient_ones() -> (
    None
):
    stage = Stage(1.0)
    for _ in range(20):
        assert await stage.ask(0.9) is Reason.DEADLINE
    assert isinstance(await stage.ask(5.0), TaskName)


@scene
async def test_a_callers_own_very_short_deadline_is_no_failure() -> None:
    stage = Stage(3600.0)
    for _ in range(20):
        assert await stage.ask(0.3) is Reason.DEADLINE
    assert stage.state() is State.CLOSED


@scene
async def test_a_call_past_its_longest_time_is_a_failure() -> None:
    stage = Stage(3600.0, call_seconds=0.1)
    for _ in range(5):
        await stage.ask(5.0)
    assert stage.state() is State.OPEN


# What is usual


@scene
async def test_the_usual_time_follows_the_calls_that_succeed_within_bounds() -> None:
    stage = Stage(GOOD)
    assert stage.asker._first.usual_seconds == pytest.approx(0.8)
    stage.client.answers = [1.0]
    await stage.ask(60)
    assert stage.asker._first.usual_seconds == pytest.approx(2 * (0.4 + 0.2 * 0.6))
    for _ in range(60):
        await stage.ask(60)
    assert stage.asker._first.usual_seconds == pytest.approx(2.0, abs=0.01)
    stage.client.answers = [9.0]
    for _ in range(60):
        await stage.ask(60)
    assert stage.asker._first.usual_seconds == 5.0
    stage.client.answers = [GOOD]
    for _ in range(60):
        await stage.ask(60)
    assert stage.asker._first.usual_seconds == 0.4


@scene
async def test_failures_do_not_change_what_is_usual() -> None:
    stage = Stage(declining(Reason.REFUSED))
    for _ in range(10):
        await stage.ask()
    assert stage.asker._first.usual_seconds == pytest.approx(0.8)


@scene
async def test_refusals_with_an_answer_in_between_raise_no_doubt() -> None:
    bad = declining(Reason.BAD_REQUEST)
    stage = Stage(bad, bad, GOOD, bad, bad, GOOD)
    for _ in range(6):
        await stage.ask()
    assert stage.client.asked == [TEXT] * 6
    assert stage.state() is State.CLOSED


@scene
async def test_a_refusal_of_all_prompts_is_found_again_by_the_probe_after_the_pause() -> None:
    stage = Stage(declining(Reason.BAD_REQUEST))
    assert [await stage.ask() for _ in range(4)] == [Reason.BAD_REQUEST] * 3 + [Reason.CIRCUIT_OPEN]
    assert stage.calls == 4
    await asyncio.sleep(300)
    assert [await stage.ask() for _ in range(2)] == [Reason.BAD_REQUEST, Reason.CIRCUIT_OPEN]
    assert stage.calls == 6
    assert len(stage.notes.calls) == 6


# Another model on bad days

BAD_DAYS = [Reason.MODEL_NOT_FOUND, Reason.OVERLOADED, Reason.RATE_LIMITED]


@pytest.mark.parametrize("reason", BAD_DAYS)
def test_where_the_first_model_is_missing_overloaded_or_limited_the_second_is_asked_once(
    reason: Reason,
) -> None:
    async def act() -> None:
        second = FakeClient(GOOD)
        stage = Stage(declining(reason), second=second)
        assert await stage.ask() == NAME
        assert (stage.calls, len(second.asked)) == (1, 1)
        for _ in range(9):  # also once calls to the first are paused
            assert await stage.ask() == NAME
        assert stage.state() is State.OPEN
        assert stage.calls <= 5
        assert len(second.asked) == 10

    play(act)


@pytest.mark.parametrize("reason", sorted({*Reason} - {*BAD_DAYS, Reason.CIRCUIT_OPEN}))
def test_for_other_failures_the_second_model_is_not_asked(reason: Reason) -> None:
    async def act() -> None:
        second = FakeClient(GOOD)
        stage = Stage(declining(reason), second=second)
        for _ in range(8):
            assert await stage.ask() in {reason, Reason.CIRCUIT_OPEN}
        assert second.asked == []

    play(act)


@pytest.mark.parametrize(("seconds", "asked"), [(0.82, 1), (0.8, 0)])
def test_the_second_model_is_asked_only_where_a_usual_call_still_fits(
    seconds: float, asked: int
) -> None:
    async def act() -> None:
        second = FakeClient(GOOD)
        stage = Stage(declining(Reason.OVERLOADED), second=second)
        found = await stage.ask(seconds)
        assert found == (NAME if asked else Reason.OVERLOADED)
        assert len(second.asked) == asked

    play(act)


@scene
async def test_a_second_model_that_fails_too_leaves_the_firsts_reason_and_is_paused_itself() -> (
    None
):
    second = FakeClient(declining(Reason.UNREACHABLE))
    stage = Stage(declining(Reason.RATE_LIMITED), second=second)
    assert {await stage.ask() for _ in range(8)} == {Reason.RATE_LIMITED, Reason.CIRCUIT_OPEN}
    assert len(second.asked) == 5


@scene
async def test_the_second_model_is_asked_too_while_another_process_has_paused_the_first() -> None:
    second = FakeClient(GOOD)
    stage = Stage(GOOD, second=second)
    stage.asker._first.circuit.hear(10.0, 10.0)
    assert await stage.ask() == NAME
    assert (stage.calls, len(second.asked)) == (0, 1)


@scene
async def test_a_second_model_that_answers_badly_is_believed_to_have_answered() -> None:
    second = FakeClient(Reply("", reason=Reason.REFUSED))
    stage = Stage(declining(Reason.OVERLOADED), second=second)
    assert await stage.ask() is Reason.REFUSED


@scene
async def test_the_first_model_is_tried_again_after_its_pause() -> None:
    second = FakeClient(GOOD)
    stage = Stage(*[declining(Reason.OVERLOADED)] * 5, GOOD, second=second)
    for _ in range(6):
        await stage.ask()
    await asyncio.sleep(10)
    assert await stage.ask() == NAME
    assert stage.state() is State.CLOSED
    assert len(second.asked) == 6
    assert [call.model for call in stage.notes.calls[-1:]] == ["fake"]


# The one retry


@pytest.mark.parametrize("reason", [Reason.UNREACHABLE, Reason.OVERLOADED])
def test_a_failure_that_may_pass_is_tried_once_more(reason: Reason) -> None:
    async def act() -> None:
        stage = Stage(declining(reason), GOOD)
        started = now()
        assert await stage.ask() == NAME
        assert 0.05 <= now() - started <= 0.15
        assert [call.reason for call in stage.notes.calls] == [reason, None]

    play(act)


@scene
async def test_it_is_tried_once_more_and_not_twice() -> None:
    stage = Stage(declining(Reason.OVERLOADED), declining(Reason.UNREACHABLE), GOOD)
    assert await stage.ask(60) is Reason.UNREACHABLE
    assert stage.calls == 2


@pytest.mark.parametrize(
    "reason",
    sorted({*Reason} - {Reason.UNREACHABLE, Reason.OVERLOADED, Reason.CIRCUIT_OPEN, Reason.BUSY}),
)
def test_other_failures_are_not_tried_again(reason: Reason) -> None:
    async def act() -> None:
        stage = Stage(declining(reason), GOOD)
        assert await stage.ask(60) is reason
        assert stage.calls == 1

    play(act)


@pytest.mark.parametrize(("seconds", "calls"), [(0.95, 2), (0.9, 2), (0.85, 1), (0.5, 1)])
def test_it_is_tried_again_only_where_the_deadline_leaves_a_usual_calls_time(
    monkeypatch: pytest.MonkeyPatch, seconds: float, calls: int
) -> None:
    monkeypatch.setattr(
        random, "uniform", lambda least, _most: least
    )  # 0.05 s of pause, and 0.8 s are usual

    async def act() -> None:
        stage = Stage(declining(Reason.OVERLOADED))
        await stage.ask(seconds)
        assert stage.calls == calls

    play(act)


@pytest.mark.parametrize(
    ("retry_after", "calls"), [(0.0, 2), (1.0, 2), (3.0, 1), (3600.0, 1), (float("inf"), 1)]
)
def test_retry_after_is_waited_for_where_the_deadline_allows(
    retry_after: float, calls: int
) -> None:
    async def act() -> None:
        stage = Stage(declining(Reason.OVERLOADED, retry_after), GOOD)
        started = now()
        await stage.ask(3.0)
        assert stage.calls == calls
        assert calls == 1 or now() - started >= retry_after

    play(act)


@scene
async def test_a_more_patient_caller_of_the_same_question_makes_room_for_the_retry() -> None:
    stage = Stage(declining(Reason.OVERLOADED), GOOD)
    hasty, patient = stage.begin(0.5), stage.begin(5.0)
    assert await patient == NAME
    assert await hasty == NAME


@scene
async def test_no_retry_goes_into_a_circuit_that_has_opened_meanwhile() -> None:
    stage = Stage(declining(Reason.OVERLOADED))
    waiters = [stage.begin(60, f"{TEXT} {number}") for number in range(4)]
    await asyncio.sleep(0.01)  # four failures, four pauses before a retry
    assert stage.calls == 4
    stage.client.answers = [declining(Reason.AUTHENTICATION)]
    assert await stage.ask(text="another door") is Reason.BUSY
    waiters[0].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert await stage.ask(text="another door") is Reason.AUTHENTICATION
    assert stage.state() is State.OPEN
    assert [await waiter for waiter in waiters[1:]] == [Reason.OVERLOADED] * 3
    assert stage.calls == 5


@scene
async def test_the_failure_that_opens_the_circuit_is_not_tried_again() -> None:
    stage = Stage(*[declining(Reason.RATE_LIMITED)] * 4, declining(Reason.OVERLOADED))
    for _ in range(4):
        await stage.ask()
    started = now()
    assert await stage.ask(60) is Reason.OVERLOADED
    assert stage.calls == 5
    assert now() == started  # nor is a retry waited for


@scene
async def test_retries_are_a_tenth_of_the_calls_with_ten_saved_up_in_quiet_times() -> None:
    for quiet in (0, 500):
        stage = Stage(*[GOOD] * quiet, GOOD)
        for _ in range(quiet):
            await stage.ask(60)
        for _ in range(10):
            await fail_and_succeed(stage)
        assert stage.calls == quiet + 20 + 10
        for _ in range(100):
            await fail_and_succeed(stage)
        retries = stage.calls - quiet - 220
        assert 30 <= retries <= 32  # refused ones cost nothing


async def fail_and_succeed(stage: Stage) -> None:
    stage.client.answers = [declining(Reason.OVERLOADED), GOOD]
    await stage.ask(60)
    stage.client.answers = [GOOD]  # else five failures in a row would open the circuit
    await stage.ask(60)


# Bugs


@scene
async def test_what_is_no_declining_flies_and_leaves_nothing_behind() -> None:
    stage = Stage(*[declining(Reason.RATE_LIMITED)] * 5, KeyError("a bug"), GOOD)
    for _ in range(5):
        await stage.ask()
    await asyncio.sleep(10)
    with pytest.raises(KeyError):
        await stage.ask()
    assert stage.asker.calls_in_flight == 0
    assert stage.state() is State.OPEN  # the probe told nothing
    assert await stage.ask() == NAME


def test_who_does_not_want_to_know_need_not_listen() -> None:
    async def act() -> None:
        asker = AskClaude(FakeClient(GOOD), INSTRUCTIONS, max_calls=1, cache_seconds=9)
        until = now() + 5
        assert await asker(Request(TEXT, Question(TEXT)), until) == NAME
        assert await asker(Request(TEXT, Question(TEXT)), until) == NAME

    play(act)


def test_the_bounds_are_sane() -> None:
    assert 0 < ANSWER_SECONDS <= 0.05
    assert 0 < asking.RETRY_PAUSE.first <= 0.33
