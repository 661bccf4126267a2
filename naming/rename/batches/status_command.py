"""The commands `naming rename status` and `cancel`: a plan's batches, and ending them early."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from naming.claude.batch_client import BatchClient
from naming.claude.reasons import STOPS
from naming.exit_status import ExitStatus
from naming.outcome import CannotName, Reason
from naming.rename.batches.journal import StateFile, state_path
from naming.rename.errors import BadInput, Stopped
from naming.rename.plan_file import Plan
from naming.rename.terminal import Terminal, plain
from naming.wiring import endpoint_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator

    from naming.rename.batches.journal import Intent
    from naming.settings import Settings

_SHOWN: Final = {
    "in_progress": "under way",
    "canceling": "being cancelled",
    "ended": "ended, to be read",
}


def status(given: argparse.Namespace, settings: Settings) -> int:
    """Show how the batches of a plan are doing; the result is the exit status. Raises BadInput."""
    with closing(_state_of(given.plan)) as state:
        intents = [intent for intent in state.intents.values() if not intent.dropped]
    print(_plan_line(Path(given.plan)))
    told = asyncio.run(_ask(intents, settings))
    for intent in intents:
        batch = f"{intent.batch or '(in doubt)':<36}"
        print(f"  {batch} {intent.requests:>9,} requests  {told[intent.id]}")
    ended = [intent.ended for intent in intents if intent.ended is not None]
    requests = sum(intent.requests for intent in intents)
    print(f"{len(intents):,} batches, {len(ended):,} of them done; {requests:,} requests,", end=" ")
    print(f"{sum(one.succeeded for one in ended):,} of them answered")
    return ExitStatus.DONE


def cancel(given: argparse.Namespace, settings: Settings) -> int:
    """Have a plan's batches end early; gives the exit status. Raises BadInput, Stopped."""
    if not settings.has_claude:
        raise BadInput(
            "ANTHROPIC_API_KEY: not set; batches are cancelled with the key that created them"
        )
    with closing(_state_of(given.plan, hold=True)) as state:
        talk, waiting = Terminal(), state.open_intents()
        cancelled = asyncio.run(_cancel(state, waiting, settings))
    requests = sum(intent.requests for intent in cancelled)
    print(f"{len(cancelled):,} batches with {requests:,} requests are cancelled")
    doubtful = [intent for intent in waiting if intent.in_doubt]
    for intent in doubtful:
        talk.say(
            f"naming: a batch of {intent.requests:,} requests may exist, and its id is not known;"
            " `naming rename plan` would find it"
        )
    return ExitStatus.LEFT_OVER if doubtful else ExitStatus.DONE


def _state_of(plan: str, *, hold: bool = False) -> StateFile:
    path = state_path(Path(plan))
    if not path.exists():
        raise BadInput(f"{path}: not there; {plan} was not asked through batches")
    return StateFile(path, hold=hold)


def _plan_line(path: Path) -> str:
    rows = sum(1 for _ in Plan(path).rows())
    whole = Plan(path).header.rows is not None
    return f"{plain(str(path))}: {rows:,} tasks planned{'' if whole else ' so far'}"


async def _ask(intents: list[Intent], settings: Settings) -> dict[str, str]:
    """Tell the state of each intent, as the API knows it where it can be asked."""
    told = {intent.id: _from_file(intent) for intent in intents}
    if not settings.has_claude:
        return told
    async with _connected(settings) as client:
        for intent in intents:
            if intent.batch is not None and intent.ended is None:
                try:
                    batch = await client.look(intent.batch)
                    told[intent.id] = _SHOWN.get(batch.processing_status, batch.processing_status)
                except CannotName as declined:
                    told[intent.id] += f" (it cannot be asked now: {declined.reason})"
    return told


def _from_file(intent: Intent) -> str:
    ended = intent.ended
    if ended is not None:
        return ended.counts()
    if intent.batch is None:
        return (
            f"tried at {intent.tried:%Y-%m-%d %H:%M} UTC; looked for before anything is sent again"
        )
    return f"created at {intent.tried:%Y-%m-%d %H:%M} UTC"


async def _cancel(state: StateFile, intents: list[Intent], settings: Settings) -> list[Intent]:
    cancelled = []
    async with _connected(settings) as client:
        for intent in intents:
            if intent.batch is None:
                continue
            try:
                if not (await client.look(intent.batch)).ended:
                    state.write("cancelled", intent.id)
                    await client.cancel(intent.batch)
                    cancelled.append(intent)
            except CannotName as declined:
                raise Stopped(f"batch {intent.batch}: {_why(declined.reason)}") from declined
    return cancelled


def _why(reason: Reason) -> str:
    if reason is Reason.MODEL_NOT_FOUND:
        return "not found with this key (not_found)"
    return STOPS.get(reason, f"it cannot be cancelled now ({reason})")


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[BatchClient]:
    client = BatchClient(endpoint_of(settings, 1, batches=True))
    try:
        yield client
    finally:
        await client.close()
