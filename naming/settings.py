"""What an operator can set, by environment variable.

Typed, bounded, and refused with one clear line when wrong. Every command waits for this module, so
it is plain Python: a model of pydantic's would take 85 ms of processor time to import and to build.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, Final, get_type_hints
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PREFIX: Final = "NAMING_"
MAX_SECRET_FILE_BYTES: Final = 65_536
_VISIBLE_ASCII: Final = re.compile(r"[!-~]+")
_QUOTED: Final = re.compile(r"""["'`].*|.*["'`]""")
_HOST_PATTERN: Final = re.compile(r"[a-z0-9_.*-]+|\[[0-9a-f:.]+\]")


class BadSetting(ValueError):
    """A setting is wrong.

    The message is one line that names the variable and what is allowed, never the value.
    """


@dataclass(frozen=True, repr=False)
class Secret:
    """A text that is not shown with whatever holds it."""

    _value: str

    def get_secret_value(self) -> str:
        """Give the text."""
        return self._value

    def __repr__(self) -> str:
        """Say that there is a text."""
        return "Secret('**********')"


@dataclass(frozen=True)
class SettingRule:
    """How a variable's text becomes a value; `read` raises ValueError with what is allowed."""

    read: Callable[[str], Any]
    allowed: str = "text"


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


def _cache_url(value: str) -> Secret:
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
    return Secret(value)


def _visible(value: str) -> str:
    if not _VISIBLE_ASCII.fullmatch(value):
        raise ValueError("must be printable ASCII without spaces")
    if _QUOTED.fullmatch(value):  # they were meant for a shell, and would be sent
        raise ValueError("must not stand in quotation marks")
    return value


def _key(value: str) -> Secret:
    return Secret(_visible(value))


def _keys(value: str) -> tuple[Secret, ...]:
    keys = tuple(_key(part.strip()) for part in value.replace("\n", ",").split(",") if part.strip())
    if not keys:  # whoever wrote a list wanted a lock, and no keys would mean open to everybody
        raise ValueError("must hold at least one key")
    return keys


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    if not hosts or not all(_HOST_PATTERN.fullmatch(host) for host in hosts):
        raise ValueError(
            "must be names or addresses (of IPv6 in brackets) without a port, separated by commas"
        )
    return hosts


def _word(longest: int) -> SettingRule:
    def read(value: str) -> str:
        return _visible(value if len(value) <= longest else "")

    return SettingRule(read)


def _whole(least: int, most: int) -> SettingRule:
    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", value):
            raise ValueError("must be a whole number")
        if int(value) < least:
            raise ValueError(f"must be at least {least}")
        if int(value) > most:
            raise ValueError(f"must be at most {most}")
        return int(value)

    return SettingRule(read, f"{least} to {most}")


def _one_of(*words: str) -> SettingRule:
    def read(value: str) -> str:
        if (word := value.lower()) not in words:
            *first, last = map(repr, words)
            raise ValueError(f"must be one of {', '.join(first)} or {last}")
        return word

    return SettingRule(read, ", ".join(words))


_ON: Final = frozenset({"1", "true", "yes", "on"})
_OFF: Final = frozenset({"0", "false", "no", "off"})


def _switch(value: str) -> bool:
    if (word := value.lower()) not in _ON | _OFF:
        raise ValueError("must be true or false")
    return word in _ON


SWITCH: Final = SettingRule(_switch, "true, false")


@dataclass(frozen=True)
class Settings:
    """One field a variable, with its rule and its meaning. An empty variable counts as not set."""

    anthropic_api_key: Annotated[
        Secret | None,
        SettingRule(_key),
        "The key for Claude. Without it names come from the prompt alone.",
    ] = None
    anthropic_base_url: Annotated[
        str | None,
        SettingRule(_url),
        "Where the Messages API is, if not at Anthropic's address; "
        "`/v1` or `/v1/messages` at its end does no harm.",
    ] = None
    anthropic_model: Annotated[str, _word(200), "The model that is asked."] = "claude-haiku-5-5"
    host: Annotated[str, _word(255), "The address to listen on."] = "127.0.0.1"
    port: Annotated[int, _whole(0, 65_535), "The port to listen on; 0 takes a free one."] = 8000
    deadline_ms: Annotated[
        int,
        _whole(0, 60_000),
        "Milliseconds within which a caller who names no deadline is answered.",
    ] = 3000
    api_keys: Annotated[
        tuple[Secret, ...],
        SettingRule(_keys),
        "Bearer keys that callers must show one of, separated by commas. None: open to everybody.",
    ] = ()
    allowed_hosts: Annotated[
        tuple[str, ...],
        SettingRule(_hosts, "names, `*` for any part"),
        "Names in `Host` that are served beside this machine's own, separated by commas. None: "
        "only `localhost` and loopback addresses where the service is open and listens on "
        "loopback (so that no web page reaches it by a name of its own), else any.",
    ] = ()
    allow_open: Annotated[
        bool, SWITCH, "Listen where other machines can reach the service although no keys are set."
    ] = False
    playground: Annotated[
        bool, SWITCH, "Show a page at `/` to try prompts on, with what each step of the chain says."
    ] = False
    max_body_bytes: Annotated[
        int, _whole(1024, 1 << 30), "The largest request body that is read, in bytes."
    ] = 4 << 20
    max_requests: Annotated[
        int, _whole(1, 100_000), "Requests in progress; beyond them callers get status 503 at once."
    ] = 1000
    max_held_bytes: Annotated[
        int,
        _whole(1024, 1 << 36),
        "Bytes of request bodies over 16 KiB that are held together; beyond them status 503. "
        "One body of the largest size always has room.",
    ] = 256 << 20
    max_connections: Annotated[
        int,
        _whole(1, 100_000),
        "Connections kept open; beyond them idle ones are closed, and where none is idle new "
        "ones get status 503.",
    ] = 4096
    receive_timeout_ms: Annotated[
        int,
        _whole(10, 600_000),
        "Milliseconds within which a request must have come whole, or it is cut.",
    ] = 20_000
    drain_ms: Annotated[
        int,
        _whole(0, 60_000),
        "Milliseconds for which, told to stop, requests are still taken while readiness says no.",
    ] = 2000
    max_concurrent_calls: Annotated[
        int, _whole(1, 10_000), "Calls to Claude in flight; beyond them callers get `busy` at once."
    ] = 64
    call_timeout_ms: Annotated[
        int,
        _whole(10, 600_000),
        "Milliseconds that one call to Claude may take, however patient its caller.",
    ] = 10_000
    cache_seconds: Annotated[
        int,
        _whole(0, 86_400),
        "Seconds for which a name that Claude gave is reused for an equal prompt.",
    ] = 300
    cache_url: Annotated[
        Secret | None,
        SettingRule(_cache_url),
        "Valkey or Redis through which replicas share names and pauses. None: each on its own.",
    ] = None
    log_level: Annotated[
        str,
        _one_of("debug", "info", "warning", "error", "critical"),
        "The least serious line that is logged, in any case.",
    ] = "info"
    traces: Annotated[
        str,
        _one_of("off", "otlp"),
        "`otlp` sends traces where OpenTelemetry's `OTEL_…` variables say; needs the extra `otel`.",
    ] = "off"


FIELDS: Final = tuple(field.name for field in fields(Settings))


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
    given = dict(_given(environ)) | dict(overrides or {})
    known = {variable(field) for field in FIELDS} | {f"{variable(field)}_FILE" for field in SECRETS}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            raise BadSetting(
                f"{_shown(name)}: unknown setting; the settings are listed in the README"
            )
    rules = _rules()
    values = {
        field: _read(field, rules[field][0], given[field], environ)
        for field in FIELDS
        if field in given
    }
    return Settings(**values)


def _rules() -> dict[str, tuple[SettingRule, str]]:
    """Give the rule and the meaning of each field."""
    hints = get_type_hints(Settings, include_extras=True)
    return {field: hint.__metadata__ for field, hint in hints.items()}


def _read(field: str, rule: SettingRule, given: str, environ: Mapping[str, str]) -> Any:  # noqa: ANN401 # a value of any field
    try:
        return rule.read(given)
    except ValueError as error:
        name = variable(field)
        if field in SECRETS and environ.get(f"{name}_FILE", "").strip():
            name = f"{name}_FILE"
        raise BadSetting(f"{name}: {error}") from None


def _given(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field in FIELDS:
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


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() and char.isascii() else "?" for char in name)[:100]


def settings_table() -> str:
    """Write the settings as the README's table: variable, default, allowed, meaning."""
    lines = ["| variable | default | allowed | meaning |", "|---|---|---|---|"]
    usual = Settings()
    for field, (rule, meaning) in _rules().items():
        value = getattr(usual, field)
        default = "none" if value in (None, ()) else f"`{str(value).lower()}`"
        lines.append(f"| `{variable(field)}` | {default} | {rule.allowed} | {meaning} |")
    return "\n".join(lines)
