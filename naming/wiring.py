"""The one place that knows every concrete part and puts them together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from naming.chain import Ask, without_key
from naming.claude.message import CallObserver
from naming.setting_rules import Secret
from naming.settings import BadSetting, Settings

if TYPE_CHECKING:
    from naming.claude.endpoint import Endpoint
    from naming.shared_cache.replica_cache import ReplicaCache


def endpoint_of(
    settings: Settings, max_connections: int, model: str | None = None, *, batches: bool = False
) -> "Endpoint":
    """Tell where and as whom Claude is called, perhaps another `model`. Raises BadSetting."""
    from naming.claude.endpoint import ANTHROPIC, Endpoint, Unconfigured  # noqa: PLC0415 # the SDK

    if batches and settings.claude != ANTHROPIC:
        raise BadSetting(f"NAMING_CLAUDE: there are no Message Batches at {settings.claude}")
    pairs = (_text(header).partition(":") for header in settings.anthropic_custom_headers)
    endpoint = Endpoint(
        model=model or settings.anthropic_model,
        api_key=_text(settings.anthropic_api_key) or None,
        auth_token=_text(settings.anthropic_auth_token) or None,
        headers={name.strip(): value.strip() for name, _, value in pairs},
        base_url=settings.anthropic_base_url,
        cloud=settings.claude,
        max_connections=max_connections,
        call_seconds=settings.call_timeout_ms / 1000,
    )
    try:
        if settings.claude != ANTHROPIC or settings.signs_in:  # else nothing can be missing
            endpoint.connect()
    except Unconfigured as error:
        name = "NAMING_CLAUDE" if settings.claude != ANTHROPIC else "ANTHROPIC_PROFILE"
        raise BadSetting(f"{name}: {error}") from None
    return endpoint


def _text(secret: Secret | None) -> str:
    return "" if secret is None else secret.text


def check_claude(settings: Settings, *, batches: bool = False) -> None:
    """Find out, before anything is begun, whether Claude can be asked. Raises BadSetting."""
    if settings.claude != "anthropic" or settings.signs_in:  # else the SDK need not be imported
        endpoint_of(settings, 1, batches=batches)


@asynccontextmanager
async def open_asker(
    settings: Settings, observer: CallObserver | None = None
) -> AsyncIterator[Ask]:
    """Open the way to Claude; where there is none, one that declines. Raises BadSetting."""
    if not settings.has_claude:
        yield without_key
        return

    # The SDK takes most of a second to import, so only those who have a key pay for it.
    from naming.claude.ask import AskClaude  # noqa: PLC0415
    from naming.claude.client import Client  # noqa: PLC0415
    from naming.claude.instructions import load_instructions  # noqa: PLC0415
    from naming.claude.threads import LooseThreads  # noqa: PLC0415
    from naming.validation import read_models  # noqa: PLC0415

    read_models()
    # Tokens are fetched and addresses looked up in threads, for minutes on bad days.
    asyncio.get_running_loop().set_default_executor(LooseThreads())
    observer = observer or CallObserver()
    instructions = load_instructions(guide=settings.guide)
    endpoint = endpoint_of(settings, settings.max_concurrent_calls)
    async with AsyncExitStack() as stack:
        models = filter(None, (endpoint.model, settings.fallback_model))
        client, *others = [Client(replace(endpoint, model=each), instructions) for each in models]
        for each in (client, *others):
            stack.push_async_callback(each.close)

        async def tell_retirement() -> None:
            if (when := await client.retirement()) is not None:
                observer.retires(client.model, when)

        telling = asyncio.create_task(tell_retirement())
        stack.callback(telling.cancel)
        yield AskClaude(
            client,
            instructions,
            max_calls=settings.max_concurrent_calls,
            cache_seconds=settings.cache_seconds,
            observer=observer,
            shared=await _open_shared(stack, settings, observer),
            second=next(iter(others), None),
        )


async def _open_shared(
    stack: AsyncExitStack, settings: Settings, observer: CallObserver
) -> "ReplicaCache | None":
    """Open what replicas share that may ask as the same account, so may know what it was told.

    Where the account is known by no secret of ours, the address of the cache has to serve.
    """
    if settings.cache_url is None:
        return None
    # Its client takes a while to import too.
    from naming.shared_cache.redis_client import RedisClient  # noqa: PLC0415
    from naming.shared_cache.replica_cache import ReplicaCache, Seal  # noqa: PLC0415

    client = RedisClient(_text(settings.cache_url), lambda up: observer.line_is(up=up))
    stack.push_async_callback(client.close)
    secret = (
        _text(settings.anthropic_api_key or settings.anthropic_auth_token)
        or "\n".join(map(_text, settings.anthropic_custom_headers))
        or _text(settings.cache_url)
    )
    place = "" if settings.claude == "anthropic" else settings.claude
    return ReplicaCache(
        client,
        Seal(secret, f"{place}{settings.anthropic_base_url or ''}"),
        observer.looked,
        cache_ms=settings.cache_seconds * 1000,
        probe_ms=settings.call_timeout_ms,
    )


def sources_line(settings: Settings) -> str:
    """Say in one line where names will come from."""
    if not settings.has_claude:
        return "no ANTHROPIC_API_KEY: names come from the prompt's own words, else a random pair"
    place = settings.anthropic_base_url if settings.claude == "anthropic" else settings.claude
    models = " else ".join(filter(None, (settings.anthropic_model, settings.fallback_model)))
    at = f" at {place}" if place else ""
    return f"names come from Claude ({models}{at}), else the prompt's own words, else a random pair"
