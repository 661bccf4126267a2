"""What an operator can set, by environment variable.

Typed, bounded, and refused with one clear line when wrong.
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, get_args, get_origin
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

PREFIX: Final = "NAMING_"
MAX_SECRET_FILE_BYTES: Final = 65_536
_VISIBLE_ASCII: Final = re.compile(r"[!-~]+")


class BadSetting(ValueError):
    """A setting is wrong.

    The message is one line that names the variable and what is allowed, never the value.
    """


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        fine = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
        fine = fine and "@" not in parts.netloc and not set("?#") & set(value)
    except ValueError:
        fine = False
    if not fine or not _VISIBLE_ASCII.fullmatch(value):
        raise ValueError(
            "must be an http:// or https:// address without a user, a query or a fragment"
        )
    return value


CACHE_OPTIONS: Final = frozenset({"db", "ssl_ca_certs"})


def _cache_url(value: str) -> SecretStr:
    try:
        parts = urlsplit(value)
        options = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
        there = (
            bool(parts.path) if parts.scheme == "unix" else bool(parts.hostname) and parts.port != 0
        )
        fine = (
            parts.scheme in {"redis", "rediss", "unix"}
            and there
            and options.keys() <= CACHE_OPTIONS
        )
        database = options.get("db", [parts.path.strip("/") if parts.scheme != "unix" else ""])[0]
        fine = fine and (not database or re.fullmatch(r"[0-9]{1,4}", database) is not None)
    except ValueError:
        fine = False
    if not fine or not _VISIBLE_ASCII.fullmatch(value):
        raise ValueError(
            "must be a redis://, rediss:// or unix:// address; "
            "of options it takes db and ssl_ca_certs"
        )
    return SecretStr(value)


def _key(value: str) -> SecretStr:
    if not _VISIBLE_ASCII.fullmatch(value):
        raise ValueError("must be printable ASCII without spaces")
    return SecretStr(value)


def _keys(value: str) -> tuple[SecretStr, ...]:
    keys = tuple(_key(part.strip()) for part in value.replace("\n", ",").split(",") if part.strip())
    if not keys:  # whoever wrote a list wanted a lock, and no keys would mean open to everybody
        raise ValueError("must hold at least one key")
    return keys


def _whole(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,12}", value):
        raise ValueError("must be a whole number")
    return int(value)


_ON: Final = frozenset({"1", "true", "yes", "on"})
_OFF: Final = frozenset({"0", "false", "no", "off"})


def _switch(value: str) -> bool:
    if (word := value.lower()) not in _ON | _OFF:
        raise ValueError("must be true or false")
    return word in _ON


OptionalKey = Annotated[SecretStr | None, BeforeValidator(_key)]
OptionalUrl = Annotated[str | None, BeforeValidator(_url)]
OptionalCacheUrl = Annotated[SecretStr | None, BeforeValidator(_cache_url)]
Keys = Annotated[tuple[SecretStr, ...], BeforeValidator(_keys)]
WholeNumber = Annotated[int, BeforeValidator(_whole)]
Switch = Annotated[bool, BeforeValidator(_switch)]


class Settings(BaseModel):
    """One field a variable. An empty variable counts as not set."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=False
    )

    anthropic_api_key: OptionalKey = Field(
        default=None, description="The key for Claude. Without it names come from the prompt alone."
    )
    anthropic_base_url: OptionalUrl = Field(
        default=None, description="Where the Messages API is, if not at Anthropic's address."
    )
    anthropic_model: str = Field(
        default="claude-haiku-5-5",
        pattern=r"^[!-~]{1,200}$",
        description="The model that is asked.",
    )
    host: str = Field(
        default="127.0.0.1", pattern=r"^[!-~]{1,255}$", description="The address to listen on."
    )
    port: WholeNumber = Field(
        default=8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one."
    )
    deadline_ms: WholeNumber = Field(
        default=3000,
        ge=0,
        le=60_000,
        description="Milliseconds within which a caller who names no deadline is answered.",
    )
    api_keys: Keys = Field(
        default=(),
        description="Bearer keys that callers must show one of, separated by commas. None: open to "
        "everybody.",
    )
    allow_open: Switch = Field(
        default=False,
        description="Listen where other machines can reach the service although no keys are set.",
    )
    playground: Switch = Field(
        default=False,
        description="Show a page at `/` to try prompts on, with what each step of the chain says.",
    )
    max_body_bytes: WholeNumber = Field(
        default=4 << 20,
        ge=1024,
        le=1 << 30,
        description="The largest request body that is read, in bytes.",
    )
    max_requests: WholeNumber = Field(
        default=1000,
        ge=1,
        le=100_000,
        description="Requests in progress; beyond them callers get status 503 at once.",
    )
    max_held_bytes: WholeNumber = Field(
        default=256 << 20,
        ge=1024,
        le=1 << 36,
        description="Bytes of request bodies over 16 KiB that are held together; beyond them "
        "status "
        "503. One body of the largest size always has room.",
    )
    max_connections: WholeNumber = Field(
        default=4096,
        ge=1,
        le=100_000,
        description="Connections kept open; beyond them idle ones are closed, and where none is "
        "idle "
        "new ones get status 503.",
    )
    receive_timeout_ms: WholeNumber = Field(
        default=20_000,
        ge=10,
        le=600_000,
        description="Milliseconds within which a request must have come whole, or it is cut.",
    )
    drain_ms: WholeNumber = Field(
        default=2000,
        ge=0,
        le=60_000,
        description="Milliseconds for which, told to stop, requests are still taken while "
        "readiness "
        "says no.",
    )
    max_concurrent_calls: WholeNumber = Field(
        default=64,
        ge=1,
        le=10_000,
        description="Calls to Claude in flight; beyond them callers get `busy` at once.",
    )
    call_timeout_ms: WholeNumber = Field(
        default=10_000,
        ge=10,
        le=600_000,
        description="Milliseconds that one call to Claude may take, however patient its caller.",
    )
    cache_seconds: WholeNumber = Field(
        default=300,
        ge=0,
        le=86_400,
        description="Seconds for which a name that Claude gave is reused for an equal prompt.",
    )
    cache_url: OptionalCacheUrl = Field(
        default=None,
        description="Valkey or Redis through which replicas share names and pauses. None: each on "
        "its own.",
    )
    log_level: Annotated[
        Literal["debug", "info", "warning", "error", "critical"], BeforeValidator(str.lower)
    ] = Field(default="info", description="The least serious line that is logged, in any case.")
    traces: Annotated[Literal["off", "otlp"], BeforeValidator(str.lower)] = Field(
        default="off",
        description="`otlp` sends traces where OpenTelemetry's `OTEL_…` variables say; needs the "
        "extra `otel`.",
    )


SECRETS: Final = frozenset({"anthropic_api_key", "api_keys", "cache_url"})
"""Fields that `NAME_FILE` can give too, as the path of a file that holds the value."""


def variable(field: str) -> str:
    """Name the environment variable of `field`."""
    return field.upper() if field.startswith("anthropic_") else f"{PREFIX}{field.upper()}"


def read_settings(
    environ: Mapping[str, str], overrides: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings from `environ`; `overrides` hold what the command line says, by field.

    Raises BadSetting.
    """
    values = dict(_given(environ)) | dict(overrides or {})
    known = {variable(field) for field in Settings.model_fields} | {
        f"{variable(field)}_FILE" for field in SECRETS
    }
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            raise BadSetting(
                f"{_shown(name)}: unknown setting; the settings are listed in the README"
            )
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise BadSetting(
            _in_one_line(error.errors(include_url=False, include_input=False)[0], environ)
        ) from None


def _given(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field in Settings.model_fields:
        name = variable(field)
        given = environ.get(name, "")
        value = given.strip()
        if field in SECRETS and (path := environ.get(f"{name}_FILE", "").strip()):
            if value:
                raise BadSetting(f"{name}: set either {name} or {name}_FILE, not both")
            value = _read_secret(f"{name}_FILE", path)
        elif field == "api_keys" and given and not value:
            value = ","  # somebody wanted a lock, so blanks are a list of no keys
        if value:
            yield field, value


def _read_secret(name: str, path: str) -> str:
    try:
        value = _read_plain_file(path).decode().strip()
    except (OSError, ValueError) as error:
        reason = (
            error.strerror
            if isinstance(error, OSError) and error.strerror
            else "it is not text in UTF-8"
        )
        raise BadSetting(f"{name}: the file cannot be read: {reason}") from None
    if not value or len(value) > MAX_SECRET_FILE_BYTES:
        raise BadSetting(f"{name}: the file is {'empty' if not value else 'too large'}")
    return value


def _read_plain_file(path: str) -> bytes:
    """Read a file a little beyond the bound.

    A pipe or a device, which might never end, is not even waited for.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    with open(descriptor, "rb") as file:  # noqa: PTH123 # it is open already
        kind = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(kind):
            raise OSError(0, "Is a directory" if stat.S_ISDIR(kind) else "it is no plain file")
        return file.read(MAX_SECRET_FILE_BYTES + 1)


def _in_one_line(error: ErrorDetails, environ: Mapping[str, str]) -> str:
    field = str(error["loc"][0])
    name = variable(field)
    if field in SECRETS and environ.get(f"{name}_FILE", "").strip():
        name = f"{name}_FILE"
    said = _ALLOWED.get(error["type"], "{msg}").format(
        msg=_without_lead(error["msg"]), **error.get("ctx", {})
    )
    return f"{name}: {said}"


def _without_lead(message: str) -> str:
    return message.removeprefix("Value error, ")


_ALLOWED: Final[Mapping[str, Any]] = {
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be one of {expected}",
    "string_pattern_mismatch": "must be printable ASCII without spaces",
}


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() and char.isascii() else "?" for char in name)[:100]


def settings_table() -> str:
    """Write the settings as the README's table: variable, default, allowed, meaning."""
    lines = ["| variable | default | allowed | meaning |", "|---|---|---|---|"]
    for field, info in Settings.model_fields.items():
        default = "none" if info.default in (None, ()) else f"`{str(info.default).lower()}`"
        lines.append(f"| `{variable(field)}` | {default} | {_allowed(info)} | {info.description} |")
    return "\n".join(lines)


def _allowed(info: FieldInfo) -> str:
    bounds = [
        bound
        for rule in info.metadata
        for bound in (getattr(rule, "ge", None), getattr(rule, "le", None))
    ]
    numbers = [bound for bound in bounds if bound is not None]
    if numbers:
        return f"{numbers[0]} to {numbers[1]}"
    if info.annotation is bool:
        return "true, false"
    return (
        ", ".join(get_args(info.annotation)) if get_origin(info.annotation) is Literal else "text"
    )
