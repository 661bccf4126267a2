"""The one place that knows every concrete part and puts them together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from naming.chain import without_key
from naming.claude.interfaces import CallObserver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from naming.chain import Ask
    from naming.claude.client import Endpoint
    from naming.claude.interfaces import SharedCache
    from naming.settings import Settings


def endpoint_of(settings: Settings, max_connections: int, model: str | None = None) -> Endpoint:
    """Tell where and as whom Claude is called; the settings must hold a key.

    `model` goes before the settings' one.
    """
    from naming.claude.client import Endpoint  # noqa: PLC0415 # it imports the SDK

    assert settings.anthropic_api_key is not None  # noqa: S101 # whoever opens it asks first
    return Endpoint(
        api_key=settings.anthropic_api_key.get_secret_value(),
        model=model or settings.anthropic_model,
        base_url=settings.anthropic_base_url,
        max_connections=max_connections,
        call_seconds=settings.call_timeout_ms / 1000,
    )


@asynccontextmanager
async def open_asker(
    settings: Settings, observer: CallObserver | None = None
) -> AsyncIterator[Ask]:
    """Open the way to Claude that `settings` describe; with no key, one that always declines."""
    if settings.anthropic_api_key is None:
        yield without_key
        return

    # The SDK takes most of a second to import, so only those who have a key pay for it.
    from naming.claude.ask import AskClaude  # noqa: PLC0415
    from naming.claude.client import Client  # noqa: PLC0415
    from naming.claude.instructions import load_instructions  # noqa: PLC0415
    from naming.validation.phrases import compile_phrases  # noqa: PLC0415

    compile_phrases()
    instructions = load_instructions()
    observer = observer or CallObserver()
    endpoint = endpoint_of(settings, settings.max_concurrent_calls)
    client = Client(endpoint, instructions)
    try:
        async with _open_shared(settings, observer) as shared:
            yield AskClaude(
                client,
                instructions,
                max_calls=settings.max_concurrent_calls,
                call_seconds=endpoint.call_seconds,
                cache_seconds=settings.cache_seconds,
                observer=observer,
                shared=shared,
            )
    finally:
        await client.close()


@asynccontextmanager
async def _open_shared(
    settings: Settings, observer: CallObserver
) -> AsyncIterator[SharedCache | None]:
    if settings.cache_url is None or settings.anthropic_api_key is None:
        yield None
        return

    # Its client takes a while to import too.
    from naming.shared_cache.redis_client import RedisClient  # noqa: PLC0415
    from naming.shared_cache.replica_cache import ReplicaCache, Seal  # noqa: PLC0415

    client = RedisClient(settings.cache_url.get_secret_value(), lambda up: observer.line_is(up=up))
    client.open()
    try:
        yield ReplicaCache(
            client,
            # Replicas that may ask as the same account may know what it was told.
            Seal(settings.anthropic_api_key.get_secret_value(), settings.anthropic_base_url or ""),
            observer,
            cache_seconds=settings.cache_seconds,
            probe_seconds=settings.call_timeout_ms / 1000,
        )
    finally:
        await client.close()


def sources_line(settings: Settings) -> str:
    """Say in one line where names will come from."""
    if settings.anthropic_api_key is None:
        return "no ANTHROPIC_API_KEY: names come from the prompt's own words, else a random pair"
    return (
        f"names come from Claude ({settings.anthropic_model}), else the prompt's own words, "
        "else a random pair"
    )
