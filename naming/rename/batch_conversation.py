"""Batches created and read so that none is paid twice or lost: how is in docs/large-renames.md."""

import asyncio
from contextlib import aclosing, suppress
from datetime import UTC, datetime, timedelta
from typing import Final

from naming.claude.batch_client import Batch, BatchClient, InDoubt
from naming.claude.circuit import Backoff
from naming.claude.patient import LONGEST_TOLD_SECONDS
from naming.claude.reasons import WAITED_OUT, why_stopped
from naming.outcome import CannotName, Reason
from naming.rename.batch_format import Intent, NoResult, Pack, StateFile, Tally, read_result
from naming.rename.scratch import Questions
from naming.rename.terminal import Stopped, note, progress

FIRST_SECONDS: Final = 2.0
GROWTH: Final = 1.5
LONGEST_SECONDS: Final = 60.0
SECONDS_A_CALL: Final = 1.5  # the lowest published limit is 50 calls a minute for an organization
SETTLE_SECONDS: Final = 600.0  # the API's own time for a request; until then a batch may come to be
SKEW: Final = timedelta(hours=1)  # how far this machine's clock may be ahead of the API's
TRIES_OF_RESULTS: Final = 5  # how often results that come cut are read before the run stops


class Conversation:
    """Sends packs and reads results. Raises Stopped for what waiting does not mend."""

    def __init__(self, client: BatchClient, state: StateFile, questions: Questions) -> None:
        self._client, self._state, self._questions = client, state, questions
        self._backoff = Backoff(FIRST_SECONDS, GROWTH, LONGEST_SECONDS, LONGEST_TOLD_SECONDS)
        self._read = set[str]()  # intents whose results this process has read
        self._listed_at_once = set[str]()  # intents that stand in the list at once if they ever do
        self._others = set[str]()  # batches like this plan's that are somebody else's
        self._said = ""
        self._cancelled = 0  # questions that somebody cancelled while they were waited for

    async def send(self, pack: Pack) -> None:
        """Create the batch of a pack; if that stays in doubt, `settle` finds it out."""
        what = f"a batch of {len(pack):,} requests"
        while True:
            intent = self._state.write("intended", pack.intent, requests=len(pack))
            try:
                return self._created(intent, await self._client.create(pack.length, pack.chunks()))
            except CannotName as declined:
                self._state.write("dropped", pack.intent, why=declined.reason.value)
                await self._wait_out(declined, what)
                # It may take hours until there is room, and results are not kept for ever.
                for other in [one for one in self._state.open_intents() if one.batch is not None]:
                    await self._heard(other)
            except InDoubt as doubt:
                next_ = "looking for it in the list of batches before it is sent again"
                note(f"it is not known whether {what} was created ({doubt.reason}); {next_}")
                if doubt.was_answered:
                    self._listed_at_once.add(pack.intent)
                return await self._pause()

    def _created(self, intent: Intent, batch: Batch) -> None:
        self._state.write("created", intent.intent, batch=batch.id)
        note(f"batch {batch.id} has {intent.requests:,} requests")
        self._backoff.reset()

    async def settle(self) -> None:
        """Wait until every batch has ended, and read the results that this process has not."""
        if waiting := self._state.open_intents():
            requests = sum(intent.requests for intent in waiting)
            may = "it may be stopped meanwhile, and the same command goes on"
            note(f"waiting for {len(waiting):,} batches with {requests:,} requests; {may}")
        with progress((), sum(intent.requests for intent in self._awaited())) as shown:
            while waiting := self._awaited():
                for intent in waiting:
                    if await self._heard(intent):
                        self._backoff.reset()
                        shown.update(intent.requests)
                if left := len(self._awaited()):
                    await self._pause(calls=left)
        if self._cancelled:
            raise Stopped(f"{self._cancelled:,} questions were cancelled meanwhile")

    def _awaited(self) -> list[Intent]:
        intents = self._state.intents.values()
        return [one for one in intents if one.event != "dropped" and one.intent not in self._read]

    async def _heard(self, intent: Intent) -> bool:
        """Go one step on with an intent, where that can be done now; tells whether it is over."""
        try:
            if intent.batch is not None:
                return await self._has_ended(intent, intent.batch)
            if not await self._was_never_created(intent):
                return False
        except CannotName as declined:
            what = f"batch {intent.batch}" if intent.batch else "the list of batches"
            await self._wait_out(declined, what, self._gone(intent) if intent.batch else "")
            return False
        self._state.write("dropped", intent.intent, why="it is not in the list of batches")
        return True

    async def _has_ended(self, intent: Intent, id_: str) -> bool:
        batch = await self._client.look(id_)
        if not batch.ended:
            return False
        if batch.archived_at is not None:
            raise Stopped(f"batch {id_}: its results are not kept any more; {self._gone(intent)}")
        tally = await self._results(intent, id_)
        self._read.add(intent.intent)
        if intent.event != "ended":
            if intent.event != "cancelled":
                self._cancelled += tally.kinds["canceled"]
            ended = self._state.write("ended", intent.intent, **tally.kinds, tokens=tally.tokens)
            note(f"batch {id_} has ended: {ended.counts()}")
        return True

    async def _results(self, intent: Intent, id_: str) -> Tally:
        """Read all results of an ended batch, again where they come cut."""
        for _ in range(TRIES_OF_RESULTS):
            tally = Tally()
            async with aclosing(self._client.results(id_)) as lines:
                with suppress(NoResult):  # cut, or garbled: what is missing shows in the count
                    async for line in lines:
                        tally.take(line, intent.intent, self._questions)
            if len(tally.seen) >= intent.requests:
                return tally
            await self._pause()
        there = f"{len(tally.seen):,} of {intent.requests:,} are there"
        raise Stopped(f"batch {id_}: its results do not come whole: {there}")

    async def _was_never_created(self, intent: Intent) -> bool:
        """Look for a batch in doubt now, and once it must be listed; False while any may be it."""
        if not await self._is_missing(intent):
            return False
        left = SETTLE_SECONDS - (datetime.now(UTC) - intent.at).total_seconds()
        if left <= 0 or intent.intent in self._listed_at_once:
            return True
        note(f"it is not there; looking once more in {min(left, SETTLE_SECONDS):,.0f} s")
        await asyncio.sleep(min(left, SETTLE_SECONDS))
        return await self._is_missing(intent)

    async def _is_missing(self, intent: Intent) -> bool:
        """Look for the batch of an intent in the list."""
        may_be_it, intents = False, self._state.intents
        known = self._others.union(one.batch for one in intents.values() if one.batch is not None)
        async with aclosing(self._client.recent(intent.at - SKEW)) as recent:
            alike = [b async for b in recent if b.requests == intent.requests and b.id not in known]
        for batch in alike:
            if not batch.ended:
                may_be_it = True
            elif (owner := intents.get(await self._intent_of(batch))) is not None:
                self._created(owner, batch)
            else:
                self._others.add(batch.id)
        return intents[intent.intent].batch is None and not may_be_it

    async def _intent_of(self, batch: Batch) -> str:
        """Tell by its first result whose an ended batch is. Raises CannotName if unreadable now."""
        if batch.archived_at is not None:
            gone = "its results are not kept any more"
            raise Stopped(f"batch {batch.id} may be this plan's, but {gone}")
        async with aclosing(self._client.results(batch.id)) as lines:
            with suppress(NoResult):
                async for line in lines:
                    return read_result(line)[0]
        raise CannotName(Reason.UNREADABLE)

    async def _wait_out(self, declined: CannotName, what: str, gone: str = "") -> None:
        """Say, once, what is waited for, and wait. Raises Stopped for what only a person mends."""
        reason, stopped = declined.reason, why_stopped(declined)
        if reason is Reason.MODEL_NOT_FOUND:
            missing = "there is no Message Batches API at that address; check ANTHROPIC_BASE_URL"
            stopped = f"{what}: not found; {gone or missing}"
        elif reason is Reason.BAD_REQUEST:
            stopped = f"{what}: Claude refuses it (bad_request)"
        if stopped is not None:
            raise Stopped(stopped) from declined
        why = WAITED_OUT.get(reason, f"the answer cannot be read ({reason})")
        said = f"waiting for {what}: {why}"
        if said != self._said:
            note(said)
        self._said = said
        await self._pause(declined.retry_after_seconds)

    async def _pause(self, at_least: float | None = None, calls: int = 0) -> None:
        """Pause, longer each time, as long as was told and as long as so many calls may take."""
        limit = calls * SECONDS_A_CALL if calls > 1 else 0.0
        await asyncio.sleep(max(self._backoff.pause(at_least), limit))
        self._backoff.grow()

    def _gone(self, intent: Intent) -> str:
        about = f"the lines about {intent.intent} out of {self._state.path}"
        return f"to ask its questions again, take {about}"
