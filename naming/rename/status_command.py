"""The commands `naming rename status` and `cancel`: a plan's batches, and ending them early."""

import argparse
import asyncio
from contextlib import AbstractAsyncContextManager, aclosing, closing, nullcontext
from pathlib import Path
from typing import Final

from naming.claude.batch_client import BatchClient
from naming.claude.reasons import why_stopped
from naming.commands import ExitStatus
from naming.outcome import CannotName, Reason
from naming.rename.batch_format import Intent, StateFile, read_intents, state_path
from naming.rename.plan_file import Plan
from naming.rename.terminal import BadInput, Stopped, note, plain, tell_result
from naming.settings import Settings
from naming.wiring import endpoint_of

_SHOWN: Final = {
    "in_progress": "under way",
    "canceling": "being cancelled",
    "ended": "ended, to be read",
}


def status(given: argparse.Namespace, settings: Settings) -> int:
    """Show how the batches of a plan are doing; the result is the exit status. Raises BadInput."""
    known, _ = read_intents(_state_of(given.plan))
    intents = [intent for intent in known.values() if intent.event != "dropped"]
    plan = Plan(Path(given.plan))
    so_far = " so far" if plan.header.rows is None else ""
    print(f"{plain(given.plan)}: {sum(1 for _ in plan.rows()):,} tasks planned{so_far}")
    for intent, told in zip(intents, asyncio.run(_look(intents, settings)), strict=True):
        print(f"  {intent.batch or '(in doubt)':<36} {intent.requests:>9,} requests  {told}")
    done = sum(not intent.open for intent in intents)
    requests = sum(intent.requests for intent in intents)
    answered = sum(intent.succeeded for intent in intents)
    batches = f"{len(intents):,} batches, {done:,} of them done"
    print(f"{batches}; {requests:,} requests, {answered:,} of them answered")
    return ExitStatus.DONE


async def _look(intents: list[Intent], settings: Settings) -> list[str]:
    """Tell how each intent is doing, as the API knows it where it can be asked."""
    async with _client(settings) if settings.has_claude else nullcontext() as client:
        return [await _told(intent, client) for intent in intents]


async def _told(intent: Intent, client: BatchClient | None) -> str:
    at = f"at {intent.at:%Y-%m-%d %H:%M} UTC"
    if not intent.open:
        return intent.counts()
    if intent.batch is None:
        return f"tried {at}; looked for before anything is sent again"
    if client is None:
        return f"{intent.event} {at}"
    try:
        status = (await client.look(intent.batch)).processing_status
    except CannotName as declined:
        return f"{intent.event} {at} (it cannot be asked now: {declined.reason})"
    return _SHOWN.get(status, status)


def _client(settings: Settings) -> AbstractAsyncContextManager[BatchClient]:
    return aclosing(BatchClient(endpoint_of(settings, 1, batches=True)))


def cancel(given: argparse.Namespace, settings: Settings) -> int:
    """Have a plan's batches end early; gives the exit status. Raises BadInput, Stopped."""
    if not settings.has_claude:
        needed = "batches are cancelled with the key that created them"
        raise BadInput(f"ANTHROPIC_API_KEY: not set; {needed}")
    with closing(StateFile(_state_of(given.plan))) as state:
        requests = asyncio.run(_cancel(state, settings))
        doubtful = [intent for intent in state.open_intents() if intent.batch is None]
    for intent in doubtful:
        what = f"a batch of {intent.requests:,} requests"
        note(f"{what} may exist, and its id is not known; `naming rename plan` would find it")
    tell_result(f"{len(requests):,} batches with {sum(requests):,} requests are cancelled")
    return ExitStatus.LEFT_OVER if doubtful else ExitStatus.DONE


async def _cancel(state: StateFile, settings: Settings) -> list[int]:
    """Cancel what has not ended; gives how many requests each of these batches has."""
    cancelled = []
    async with _client(settings) as client:
        for intent in state.open_intents():
            if intent.batch is None:
                continue
            try:
                if not (await client.look(intent.batch)).ended:
                    state.write("cancelled", intent.intent)
                    await client.cancel(intent.batch)
                    cancelled.append(intent.requests)
            except CannotName as declined:
                why = why_stopped(declined) or f"it cannot be cancelled now ({declined.reason})"
                if declined.reason is Reason.MODEL_NOT_FOUND:
                    why = "not found with this key (not_found)"
                raise Stopped(f"batch {intent.batch}: {why}") from declined
    return cancelled


def _state_of(plan: str) -> Path:
    path = state_path(Path(plan))
    if not path.exists():
        raise BadInput(f"{path}: not there; {plan} was not asked through batches")
    return path
