"""Single flight: equal questions share a call, nobody harms anybody, and nothing is left behind."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naming.claude.reuse import Flight, SingleFlight

FAR = 3600.0


def run(scene: Coroutine[Any, Any, None]) -> None:
    """Play `scene` on a loop of its own; anything that the loop has to complain of, or a task left, is an error."""
    complaints: list[dict[str, Any]] = []

    async def played() -> None:
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: complaints.append(context)
        )
        await scene
        for _ in range(5):
            await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        gc.collect(1)  # an exception that nobody retrieved complains when its task is collected
        await asyncio.sleep(0)

    asyncio.run(played())
    assert complaints == []


def later(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


class Upstream:
    """A call that waits to be told what to come to, and counts what happens to it."""

    def __init__(self) -> None:
        self.calls = 0
        self.cancelled = 0
        self.result: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def __call__(self, _flight: Flight[str]) -> str:
        self.calls += 1
        try:
            return await asyncio.shield(self.result)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


Scene = Callable[[SingleFlight[str], Upstream], Awaitable[None]]


def play(scene: Scene) -> None:
    async def played() -> None:
        flights: SingleFlight[str] = SingleFlight()
        upstream = Upstream()
        await scene(flights, upstream)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert len(flights.under_way) == 0
        upstream.result.cancel()

    run(played())


def waiter(
    flights: SingleFlight[str], upstream: Upstream, seconds: float = FAR, key: str = "key"
) -> asyncio.Task[str]:
    return asyncio.create_task(flights.join(key, later(seconds), upstream))


async def settle() -> None:
    for _ in range(4):
        await asyncio.sleep(0)


def test_equal_questions_make_one_call() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        waiters = [waiter(flights, upstream) for _ in range(50)]
        await settle()
        assert len(flights.under_way) == 1
        assert "key" in flights.under_way
        upstream.result.set_result("name")
        assert await asyncio.gather(*waiters) == ["name"] * 50
        assert upstream.calls == 1
        assert "key" not in flights.under_way

    play(scene)


def test_other_questions_make_other_calls() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        waiters = [waiter(flights, upstream, key=key) for key in "abc"]
        await settle()
        assert len(flights.under_way) == 3
        assert "d" not in flights.under_way
        upstream.result.set_result("name")
        await asyncio.gather(*waiters)
        assert upstream.calls == 3

    play(scene)


def test_a_question_asked_again_later_makes_a_new_call() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        upstream.result.set_result("name")
        assert await flights.join("key", later(FAR), upstream) == "name"
        assert await flights.join("key", later(FAR), upstream) == "name"
        assert upstream.calls == 2

    play(scene)


@pytest.mark.parametrize("leaving", range(3))
def test_one_waiters_cancellation_never_harms_the_others(leaving: int) -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        waiters = [waiter(flights, upstream) for _ in range(3)]
        await settle()
        waiters[leaving].cancel()
        await settle()
        assert upstream.cancelled == 0
        upstream.result.set_result("name")
        results = await asyncio.gather(*waiters, return_exceptions=True)
        assert isinstance(results.pop(leaving), asyncio.CancelledError)
        assert results == ["name", "name"]

    play(scene)


@pytest.mark.parametrize("hasty", range(3))
def test_one_waiters_short_deadline_never_harms_the_others(hasty: int) -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        waiters = [waiter(flights, upstream, 0.01 if at == hasty else FAR) for at in range(3)]
        with pytest.raises(TimeoutError):
            await waiters[hasty]
        await settle()
        assert upstream.cancelled == 0
        upstream.result.set_result("name")
        assert [await one for at, one in enumerate(waiters) if at != hasty] == ["name", "name"]

    play(scene)


def test_the_last_one_to_leave_cancels_the_call() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        first, second = waiter(flights, upstream), waiter(flights, upstream, 0.01)
        await settle()
        first.cancel()
        with pytest.raises(TimeoutError):
            await second
        await settle()
        assert upstream.cancelled == 1

    play(scene)


def test_who_comes_after_the_last_one_left_is_not_given_the_cancelled_call() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        first = waiter(flights, upstream)
        await settle()
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        second = waiter(flights, upstream)  # the first call has had no time to end yet
        await settle()
        upstream.result.set_result("name")
        assert await second == "name"
        assert upstream.calls == 2

    play(scene)


def test_a_call_slow_to_end_does_not_take_its_follower_off_the_list() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        tidied = asyncio.Event()

        async def slow_to_end(_flight: Flight[str]) -> str:
            try:
                await asyncio.sleep(FAR)
            finally:
                await tidied.wait()
            raise AssertionError

        first = asyncio.create_task(flights.join("key", later(FAR), slow_to_end))
        await settle()
        first.cancel()
        await settle()
        second = waiter(flights, upstream)
        await settle()
        tidied.set()
        await settle()
        assert "key" in flights.under_way
        third = waiter(flights, upstream)
        await settle()
        upstream.result.set_result("name")
        assert [await second, await third] == ["name", "name"]
        assert upstream.calls == 1

    play(scene)


def test_an_exception_reaches_every_waiter() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        waiters = [waiter(flights, upstream) for _ in range(3)]
        await settle()
        upstream.result.set_exception(error := ValueError("no"))
        assert await asyncio.gather(*waiters, return_exceptions=True) == [error] * 3

    play(scene)


def test_an_exception_that_nobody_waits_for_any_more_is_no_ones_complaint() -> None:
    async def scene(flights: SingleFlight[str], _upstream: Upstream) -> None:
        async def fails_at_the_end(_flight: Flight[str]) -> str:
            try:
                await asyncio.sleep(FAR)
            finally:
                raise ValueError("while tidying up")

        lonely = asyncio.create_task(flights.join("key", later(FAR), fails_at_the_end))
        await settle()
        lonely.cancel()
        with pytest.raises(asyncio.CancelledError):
            await lonely
        await settle()

    play(scene)


def test_a_call_that_fails_as_its_only_waiter_leaves_is_no_ones_complaint() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        lonely = waiter(flights, upstream)
        await settle()
        upstream.result.set_exception(ValueError("no"))
        lonely.cancel()
        with pytest.raises(asyncio.CancelledError):
            await lonely
        await settle()
        upstream.result.exception()

    play(scene)


def test_a_call_that_is_over_at_once_is_shared_by_nobody_later() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        async def fails(_flight: Flight[str]) -> str:
            raise ValueError("at once")

        with pytest.raises(ValueError, match="at once"):
            await flights.join("key", later(FAR), fails)
        upstream.result.set_result("name")
        assert await flights.join("key", later(FAR), upstream) == "name"

    play(scene)


def test_patience_is_that_of_the_most_patient_waiter() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        seen: list[Flight[str]] = []

        async def call(flight: Flight[str]) -> str:
            seen.append(flight)
            return await upstream(flight)

        untils = [later(10), later(30), later(20)]
        waiters = [asyncio.create_task(flights.join("key", until, call)) for until in untils]
        await settle()
        assert [flight.patience for flight in seen] == [untils[1]]
        assert seen[0].waiters == 3
        upstream.result.set_result("name")
        await asyncio.gather(*waiters)
        assert seen[0].waiters == 0

    play(scene)


def test_a_deadline_in_the_past_is_a_timeout_and_leaves_no_call() -> None:
    async def scene(flights: SingleFlight[str], upstream: Upstream) -> None:
        with pytest.raises(TimeoutError):
            await flights.join("key", later(-1), upstream)
        await settle()

    play(scene)


@dataclass(frozen=True)
class Plan:
    """What one waiter does, and when, in turns of the loop."""

    key: str
    comes: int
    gives_up: int | None
    is_hasty: bool


PLANS = st.builds(
    Plan, st.sampled_from("ab"), st.integers(0, 6), st.none() | st.integers(0, 12), st.booleans()
)


class Upstreams:
    """Calls for two questions, all over at once when told so."""

    def __init__(self, *, fail: bool) -> None:
        self.running = {"a": 0, "b": 0}
        self.over = asyncio.Event()
        self.fail = fail

    async def call(self, key: str) -> str:
        self.running[key] += 1
        assert self.running[key] == 1
        try:
            await self.over.wait()
        finally:
            self.running[key] -= 1
        if self.fail:
            raise ValueError(key)
        return key


async def wait(flights: SingleFlight[str], upstreams: Upstreams, plan: Plan) -> str:
    for _ in range(plan.comes):
        await asyncio.sleep(0)
    until = later(-1 if plan.is_hasty else FAR)
    return await flights.join(plan.key, until, lambda _: upstreams.call(plan.key))


def is_just(result: str | BaseException, plan: Plan, *, fail: bool) -> bool:
    """Tell whether a waiter got what its own plan and the call's end allow, and nothing that others caused."""
    if isinstance(result, asyncio.CancelledError):
        return plan.gives_up is not None
    if isinstance(result, TimeoutError):
        return plan.is_hasty
    if fail:
        return isinstance(result, ValueError) and str(result) == plan.key
    return result == plan.key


@given(st.lists(PLANS, max_size=8), st.integers(0, 12), st.booleans())
@settings(max_examples=200)
def test_in_any_order_of_events_nobody_harms_anybody(
    plans: list[Plan], ends: int, fail: bool
) -> None:
    async def scene() -> None:
        flights: SingleFlight[str] = SingleFlight()
        upstreams = Upstreams(fail=fail)
        waiters = [asyncio.create_task(wait(flights, upstreams, plan)) for plan in plans]
        for turn in range(20):
            for task, plan in zip(waiters, plans, strict=True):
                if plan.gives_up == turn:
                    task.cancel()
            if turn == ends:
                upstreams.over.set()
            await asyncio.sleep(0)
        results = await asyncio.gather(*waiters, return_exceptions=True)
        assert all(
            is_just(result, plan, fail=fail) for result, plan in zip(results, plans, strict=True)
        )
        await settle()
        assert len(flights.under_way) == 0
        assert upstreams.running == {"a": 0, "b": 0}

    run(scene())
