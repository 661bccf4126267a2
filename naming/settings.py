"""What an operator can set, by environment variable.

Typed, bounded, and refused with one clear line when wrong. Every command waits for this module, so
it is plain Python: a model of pydantic's would take 85 ms of processor time to import and to build.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, get_type_hints

from naming import setting_rules as rules
from naming.setting_rules import Secret, SettingRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PREFIX: Final = "NAMING_"
MAX_SECRET_FILE_BYTES: Final = 65_536


class BadSetting(ValueError):
    """A setting is wrong.

    The message is one line that names the variable and what is allowed, never the value.
    """


MAX_GUIDE: Final = 2_000


class Guide(NamedTuple):
    """A file of wishes on style, and what it holds."""

    path: str
    text: str

    def __str__(self) -> str:
        """Give the path."""
        return self.path


def read_guide(path: str) -> Guide:
    """Read the file at `path`. Raises ValueError."""
    text = _read_text(path)
    if len(text) > MAX_GUIDE:
        raise ValueError(f"the file must hold at most {MAX_GUIDE:,} characters")
    return Guide(path, text)


_SIGNS_IN: Final = re.compile(r"^(?:authorization|x-api-key)[ \t]*:", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Settings:
    """One field a variable, with its rule and its meaning. An empty variable counts as not set."""

    anthropic_api_key: Annotated[
        Secret | None,
        SettingRule(rules.key),
        "The key for Claude. With no way to sign in there, names come from the prompt alone.",
    ] = None
    anthropic_auth_token: Annotated[
        Secret | None,
        SettingRule(rules.key),
        "A bearer token in place of the key, as gateways give; the key goes before it.",
    ] = None
    anthropic_custom_headers: Annotated[
        Secret | None,
        SettingRule(rules.headers),
        "Headers for every call to Claude, a line each: `Name: value`.",
    ] = None
    anthropic_base_url: Annotated[
        str | None,
        SettingRule(rules.url),
        "Where the Messages API is, if not at Anthropic's address; "
        "`/v1` or `/v1/messages` at its end does no harm.",
    ] = None
    anthropic_model: Annotated[str, rules.word(200), "The model that is asked."] = (
        "claude-haiku-5-5"
    )
    fallback_model: Annotated[
        str | None,
        rules.word(200),
        "The model that is asked in its place, once and within the same deadline, where it is "
        "missing, overloaded or limited.",
    ] = None
    claude: Annotated[
        str,
        rules.one_of("anthropic", "bedrock", "vertex", "foundry"),
        "Where Claude lives; a cloud's own variables are in [the table](claude.md).",
    ] = "anthropic"
    url: Annotated[
        str | None,
        SettingRule(rules.url),
        "The running service that `naming name` asks instead of naming by itself, with the first "
        "of `NAMING_API_KEYS`.",
    ] = None
    host: Annotated[str, rules.word(255), "The address to listen on."] = "127.0.0.1"
    port: Annotated[int, rules.whole(0, 65_535), "The port to listen on; 0 takes a free one."] = (
        8000
    )
    deadline_ms: Annotated[
        int,
        rules.whole(0, 60_000),
        "Milliseconds within which a caller who names no deadline is answered.",
    ] = 3000
    api_keys: Annotated[
        tuple[Secret, ...],
        SettingRule(rules.keys),
        "Bearer keys that callers must show one of, separated by commas. None: open to everybody.",
    ] = ()
    allowed_hosts: Annotated[
        tuple[str, ...],
        SettingRule(rules.hosts, "names, `*` for any part"),
        "Names in `Host` that are served beside this machine's own, separated by commas. None: "
        "only `localhost` and loopback addresses where the service is open and listens on "
        "loopback (so that no web page reaches it by a name of its own), else any.",
    ] = ()
    allow_open: Annotated[
        bool,
        rules.SWITCH,
        "Listen where other machines can reach the service although no keys are set.",
    ] = False
    playground: Annotated[
        bool,
        rules.SWITCH,
        "Show a page at `/` to try prompts on, with what each step of the chain says.",
    ] = False
    max_body_bytes: Annotated[
        int, rules.whole(1024, 1 << 30), "The largest request body that is read, in bytes."
    ] = 4 << 20
    max_requests: Annotated[
        int,
        rules.whole(1, 100_000),
        "Requests in progress that have come whole; beyond them callers get status 503 at once.",
    ] = 1000
    max_held_bytes: Annotated[
        int,
        rules.whole(1024, 1 << 36),
        "Bytes of request bodies over 16 KiB that are held together; beyond them status 503. "
        "One body of the largest size always has room.",
    ] = 256 << 20
    max_connections: Annotated[
        int,
        rules.whole(1, 100_000),
        "Connections kept open; beyond them idle ones are closed, and where none is idle new "
        "ones get status 503. Half of them may have a body on its way.",
    ] = 4096
    receive_timeout_ms: Annotated[
        int,
        rules.whole(10, 600_000),
        "Milliseconds within which a request must have come whole, or it is cut.",
    ] = 20_000
    drain_ms: Annotated[
        int,
        rules.whole(0, 60_000),
        "Milliseconds for which, told to stop, requests are still taken while readiness says no.",
    ] = 2000
    max_concurrent_calls: Annotated[
        int,
        rules.whole(1, 10_000),
        "Calls to Claude in flight; beyond them callers get `busy` at once.",
    ] = 64
    call_timeout_ms: Annotated[
        int,
        rules.whole(10, 600_000),
        "Milliseconds that one call to Claude may take, however patient its caller.",
    ] = 10_000
    cache_seconds: Annotated[
        int,
        rules.whole(0, 86_400),
        "Seconds for which a name that Claude gave is reused for an equal prompt.",
    ] = 300
    cache_url: Annotated[
        Secret | None,
        SettingRule(rules.cache_url),
        "Valkey or Redis through which replicas share names and pauses. None: each on its own.",
    ] = None
    template: Annotated[
        str,
        SettingRule(rules.text, "`{slug}`, `{ticket}`, `{type}`, `{user}` and literal text"),
        "How names are put together, such as `{type}/{ticket}-{slug}`: "
        "[house rules](house-rules.md).",
    ] = "{slug}"
    max_length: Annotated[int, rules.whole(12, 63), "Characters that a whole name has at most."] = (
        32
    )
    guide_file: Annotated[
        Guide | None,
        SettingRule(read_guide, "a path"),
        "A file of a team's wishes about the style of titles, which Claude is told: up to 2,000 "
        "characters.",
    ] = None
    language: Annotated[
        str | None,
        SettingRule(rules.language, "a BCP 47 tag"),
        "The language of titles, such as `de` or `pt-BR`; the prompt's own words stay in its "
        "language. None: that of each request.",
    ] = None
    log_level: Annotated[
        str,
        rules.one_of("debug", "info", "warning", "error", "critical"),
        "The least serious line that is logged, in any case.",
    ] = "info"
    traces: Annotated[
        str,
        rules.one_of("off", "otlp"),
        "`otlp` sends traces where OpenTelemetry's `OTEL_…` variables say; needs the extra `otel`.",
    ] = "off"
    signs_in: bool = False
    """Whether the SDK finds a profile or workload identity by itself; no variable of ours."""

    @property
    def guide(self) -> str:
        """The team's wishes on style; empty where there are none."""
        return self.guide_file.text if self.guide_file else ""

    @property
    def has_claude(self) -> bool:
        """Tell whether there is a way to Claude."""
        headers = self.anthropic_custom_headers
        return bool(
            self.anthropic_api_key
            or self.anthropic_auth_token
            or (headers and _SIGNS_IN.search(headers.get_secret_value()))
            or self.claude != "anthropic"
            or self.signs_in
        )


FIELDS: Final = tuple(field.name for field in fields(Settings) if field.name != "signs_in")


SECRETS: Final = frozenset(
    {
        "anthropic_api_key",
        "anthropic_auth_token",
        "anthropic_custom_headers",
        "api_keys",
        "cache_url",
    }
)
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
            raise BadSetting(f"{_shown(name)}: unknown setting{_alike(name, known)}")
    rules = _rules()
    values = {
        field: _read(field, rules[field][0], given[field], environ)
        for field in FIELDS
        if field in given
    }
    settings = Settings(**values, signs_in=_signs_in(environ))
    if not {"template", "max_length"}.isdisjoint(values):
        _check_template(settings)
    return settings


def _check_template(settings: Settings) -> None:
    from naming.template import BadTemplate, Template  # noqa: PLC0415 # takes a while to import

    try:
        Template(settings.template, settings.max_length)
    except BadTemplate as error:
        raise BadSetting(f"NAMING_TEMPLATE: {error}") from None


def _signs_in(environ: Mapping[str, str]) -> bool:
    """Tell whether the SDK would find credentials where it looks when it is given none.

    In this order: a named profile, workload identity, the active profile on disk.
    """
    if environ.get("ANTHROPIC_PROFILE") or environ.get("ANTHROPIC_CONFIG_DIR"):
        return True
    token = environ.get("ANTHROPIC_IDENTITY_TOKEN") or environ.get("ANTHROPIC_IDENTITY_TOKEN_FILE")
    rule = environ.get("ANTHROPIC_FEDERATION_RULE_ID") and environ.get("ANTHROPIC_ORGANIZATION_ID")
    if token and rule:
        return True
    folder = Path(environ.get("HOME", "/nowhere"), ".config", "anthropic")
    names = ("active_config", "configs/default.json")
    return any(os.path.isfile(folder / name) for name in names)  # noqa: PTH113 # not ours is none


def _rules() -> dict[str, tuple[SettingRule, str]]:
    """Give the rule and the meaning of each field."""
    hints = get_type_hints(Settings, include_extras=True)
    return {field: hints[field].__metadata__ for field in FIELDS}


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
        return _read_text(path)
    except ValueError as error:
        raise BadSetting(f"{name}: {error}") from None


def _read_text(path: str) -> str:
    """Read a small file of text. Raises ValueError, which says why it cannot."""
    try:
        value = _read_plain_file(path).decode().strip()
    except (OSError, ValueError) as error:
        reason = (
            error.strerror
            if isinstance(error, OSError) and error.strerror
            else "it is not text in UTF-8"
        )
        raise ValueError(f"the file cannot be read: {reason}") from None
    if not value or len(value) > MAX_SECRET_FILE_BYTES:
        raise ValueError(f"the file is {'empty' if not value else 'too large'}")
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


def _alike(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 # wanted only here

    words = {whole.removeprefix(PREFIX): whole for whole in known}
    found = get_close_matches(name.removeprefix(PREFIX).upper(), words, n=1)
    if found:
        return f"; did you mean {words[found[0]]}?"
    return "; docs/settings.md lists those there are"


def settings_table() -> str:
    """Write the settings as the table of docs/settings.md: variable, default, allowed, meaning."""
    lines = ["| variable | default | allowed | meaning |", "|---|---|---|---|"]
    usual = Settings()
    for field, (rule, meaning) in _rules().items():
        value = getattr(usual, field)
        default = "none" if value in (None, ()) else f"`{str(value).lower()}`"
        lines.append(f"| `{variable(field)}` | {default} | {rule.allowed} | {meaning} |")
    return "\n".join(lines)
