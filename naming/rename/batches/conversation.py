"""Creating batches and reading their results, so that none is paid twice or lost at any stop.

The intent is on the disk before a batch is created. Where the answer is lost, the batch is looked
for in the list before anything is sent again; whose a batch is shows only in its results.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from naming.claude.backoff import Backoff
from naming.claude.batch_client import InDoubt
from naming.claude.reasons import STOPS, WAITED_OUT
from naming.outcome import CannotName, Reason
from naming.rename.batches.batch_format import NoResult, Tally, intent_of, take
from naming.rename.batches.journal import now
from naming.rename.errors import Stopped

if TYPE_CHECKING:
    from naming.claude.batch_client import Batch, BatchClient
    from naming.rename.batches.batch_format import Pack
    from naming.rename.batches.journal import Intent, StateFile
    from naming.rename.batches.questions import Questions
    from naming.rename.terminal import Terminal

FIRST_SECONDS: Final = 2.0
GROWTH: Final = 1.5
LONGEST_SECONDS: Final = 60.0
LONGEST_TOLD_SECONDS: Final = 3600.0
"""The longest pause that `Retry-After` is believed."""

SECONDS_A_CALL: Final = 1.5
"""The lowest published limit is 50 calls a minute for all of an organization's batches."""


class Pauses:
    """Pauses that grow until something has happened."""

    def __init__(self) -> None:
        self._backoff = Backoff(
            FIRST_SECONDS,
            growth=GROWTH,
            longest=LONGEST_SECONDS,
            longest_told=LONGEST_TOLD_SECONDS,
        )

    def reset(self) -> None:
        """Begin again with a short pause."""
        self._backoff.reset()

    async def wait(self, at_least: float | None = None, calls: int = 0) -> None:
        """Wait, at least as long as was told and as the rate limit asks for so many calls."""
        limit = calls * SECONDS_A_CALL if calls > 1 else 0.0
        await asyncio.sleep(max(self._backoff.pause(at_least), limit))
        self._backoff.grow()


SETTLE_SECONDS: Final = 600.0
"""The API gives itself so long for a request; until then a batch may still come to be."""

SKEW: Final = timedelta(hours=1)
"""How far this machine's clock may be ahead of the API's."""

TRIES_OF_RESULTS: Final = 5
"""How often results that come cut are read again before the run stops, to be resumed."""

_NO_BATCHES: Final = "there is no Message Batches API at that address; check ANTHROPIC_BASE_URL"


class Conversation:
    """Sends packs and reads results. Raises Stopped for what waiting does not mend."""

    def __init__(
        self,
        client: BatchClient,
        state: StateFile,
        questions: Questions,
        talk: Terminal,
    ) -> None:
        self._client = client
        self._state = state
        self._questions = questions
        self._talk = talk
        self._read_intents: set[str] = set()
        self._said = ""
        self._cancelled = 0
        """Questions that somebody else cancelled while this process was waiting for them."""

    async def send(self, pack: Pack) -> None:
        """Create the batch of a pack; if that stays in doubt, `settle` finds it out."""
        pauses, what = Pauses(), f"a batch of {len(pack):,} requests"
        while True:
            intent = self._state.write("intended", pack.intent, requests=len(pack))
            try:
                self._created(intent, await self._client.create(pack.body()))
            except CannotName as declined:
                self._state.write("dropped", pack.intent, why=declined.reason.value)
                self._wait_out(declined, what, _NO_BATCHES)
                # It may take hours until there is room, and results are not kept for ever.
                await self._read_what_has_ended()
                await pauses.wait(declined.retry_after_seconds)
            except InDoubt as doubt:
                self._talk.note(
                    f"it is not known whether {what} was created ({doubt.reason});"
                    " looking for it in the list of batches before it is sent again"
                )
                if not await self._find_out(intent, 0.0 if doubt.was_answered else SETTLE_SECONDS):
                    return
                await pauses.wait()
            else:
                return

    async def _read_what_has_ended(self) -> None:
        for intent in self._state.open_intents():
            if intent.batch is not None:
                try:
                    await self._settled(intent)
                except CannotName:
                    return  # `settle` says what is wrong, when nothing else is left to do

    async def _find_out(self, intent: Intent, settle_seconds: float) -> bool:
        pauses = Pauses()
        while True:
            try:
                return await self._was_never_created(intent, settle_seconds)
            except CannotName as declined:
                self._wait_out(declined, "the list of batches", _NO_BATCHES)
                await pauses.wait(declined.retry_after_seconds)

    def _created(self, intent: Intent, batch: Batch) -> None:
        self._state.write("created", intent.id, batch=batch.id)
        self._talk.note(f"batch {batch.id} has {intent.requests:,} requests")

    async def settle(self) -> None:
        """Wait until every batch has ended, and read the results that this process has not."""
        intents = self._state.intents.values()
        if waiting := self._state.open_intents():
            requests = sum(intent.requests for intent in waiting)
            self._talk.note(
                f"waiting for {len(waiting):,} batches with {requests:,} requests;"
                " it may be stopped meanwhile, and the same command goes on"
            )
        pauses = Pauses()
        with self._talk.bar(sum(one.requests for one in intents if not one.dropped)) as advance:
            while waiting := [intent for intent in intents if self._awaited(intent)]:
                for intent in waiting:
                    if await self._heard(intent, pauses):
                        pauses.reset()
                        advance(intent.requests)
                if left := sum(self._awaited(intent) for intent in waiting):
                    await pauses.wait(calls=left)
        if self._cancelled:
            raise Stopped(f"{self._cancelled:,} questions were cancelled meanwhile")

    async def _heard(self, intent: Intent, pauses: Pauses) -> bool:
        """Go one step on with an intent, and pause where that cannot be done now."""
        try:
            return await self._settled(intent)
        except CannotName as declined:
            what = f"batch {intent.batch}" if intent.batch else "the list of batches"
            self._wait_out(declined, what, self._gone(intent))
            await pauses.wait(declined.retry_after_seconds)
            return False

    def _awaited(self, intent: Intent) -> bool:
        return not intent.dropped and intent.id not in self._read_intents

    async def _settled(self, intent: Intent) -> bool:
        """Go one step on with an intent; tells whether all of it was heard."""
        if intent.in_doubt and await self._was_never_created(intent, SETTLE_SECONDS):
            self._state.write("dropped", intent.id, why="it is not in the list of batches")
            self._questions.free_all(intent.id)
            return True
        if intent.batch is None:
            return False
        batch = await self._client.look(intent.batch)
        if not batch.ended:
            return False
        if batch.archived_at is not None:
            gone = f"its results are not kept any more; {self._gone(intent)}"
            raise Stopped(f"batch {batch.id}: {gone}")
        tally = await self._read_whole(intent, batch)
        self._read_intents.add(intent.id)
        if intent.ended is None:
            self._note_end(intent, tally)
        return True

    def _note_end(self, intent: Intent, tally: Tally) -> None:
        if not intent.cancelled:
            self._cancelled += tally.kinds["canceled"]
        tokens = tally.tokens
        intent = self._state.write(
            "ended",
            intent.id,
            **tally.kinds,
            tokens_in=tokens.input,
            tokens_out=tokens.output,
            cache_write=tokens.cache_write,
            cache_read=tokens.cache_read,
        )
        if intent.ended is not None:
            self._talk.note(f"batch {intent.batch} has ended: {intent.ended.counts()}")

    async def _read_whole(self, intent: Intent, batch: Batch) -> Tally:
        """Read all results of an ended batch, again where they come cut."""
        pauses = Pauses()
        for _ in range(TRIES_OF_RESULTS):
            tally = await self._read(intent, batch)
            if len(tally.seen) >= intent.requests:
                return tally
            await pauses.wait()
        raise Stopped(
            f"batch {batch.id}: its results do not come whole:"
            f" {len(tally.seen):,} of {intent.requests:,} are there"
        )

    async def _read(self, intent: Intent, batch: Batch) -> Tally:
        """Read results as far as they come. Raises CannotName when they cannot be had now."""
        tally = Tally()
        async with self._client.results(batch.id) as lines:
            try:
                async for line in lines:
                    if line.strip():
                        take(line, intent.id, self._questions, tally)
            except NoResult:
                pass  # cut, or garbled: what is missing shows in the count
        return tally

    async def _was_never_created(self, intent: Intent, settle_seconds: float) -> bool:
        """Look for the batch of an intent in doubt, now and once it must be in the list.

        True if it is not. False too while one of the same size is under way that may be it. Raises
        CannotName.
        """
        if not await self._is_missing(intent):
            return False
        left = settle_seconds - (now() - intent.tried).total_seconds()
        if left <= 0:
            return True
        self._talk.note(f"it is not there; looking once more in {min(left, SETTLE_SECONDS):,.0f} s")
        await asyncio.sleep(min(left, SETTLE_SECONDS))
        return await self._is_missing(intent)

    async def _is_missing(self, intent: Intent) -> bool:
        """Look for the batch of an intent in the list."""
        known, may_be_it = self._state.batches() | intent.ruled_out, False
        async with aclosing(self._client.recent(intent.began - SKEW)) as recent:
            candidates = [
                b async for b in recent if b.requests == intent.requests and b.id not in known
            ]
        for batch in candidates:
            if not batch.ended:
                may_be_it = True
            elif await self._intent_of(batch) == intent.id:
                self._created(intent, batch)
                return False
            else:
                intent.ruled_out.add(batch.id)
        return not may_be_it

    async def _intent_of(self, batch: Batch) -> str | None:
        """Tell by its first result whose an ended batch is. Raises CannotName if unreadable now."""
        if batch.archived_at is not None:
            raise Stopped(
                f"batch {batch.id} may be this plan's, but its results are not kept any more"
            )
        async with self._client.results(batch.id) as lines:
            async for line in lines:
                try:
                    return intent_of(line)
                except NoResult:
                    break
        raise CannotName(Reason.UNREADABLE)

    def _wait_out(self, declined: CannotName, what: str, not_found: str) -> None:
        """Say, once, what is waited for. Raises Stopped for what only a person mends."""
        reason = declined.reason
        if reason is Reason.MODEL_NOT_FOUND:
            raise Stopped(f"{what}: not found; {not_found}") from declined
        if reason in STOPS:
            raise Stopped(STOPS[reason]) from declined
        if reason is Reason.BAD_REQUEST:
            raise Stopped(f"{what}: Claude refuses it (bad_request)") from declined
        said = (
            f"waiting for {what}: {WAITED_OUT.get(reason, f'the answer cannot be read ({reason})')}"
        )
        if said != self._said:
            self._talk.note(said)
        self._said = said

    def _gone(self, intent: Intent) -> str:
        lines = f"the lines about {intent.id} out of {self._state.path}"
        return f"to ask its questions again, take {lines}"
