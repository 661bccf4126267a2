"""What an operator can set, by environment variable.

Typed, bounded, and refused with one clear line when wrong. Every command waits for this module, so
it is plain Python: a model of pydantic's would take 85 ms of processor time to import and to build.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from naming import setting_rules as rules
from naming.setting_rules import Secret, SettingRule

PREFIX: Final = "NAMING_"
MAX_FILE_BYTES: Final = 65_536


class BadSetting(ValueError):
    """A setting is wrong; the message is one line with the variable and what is allowed."""


_SIGNS_IN: Final = re.compile(r"(?:authorization|x-api-key)[ \t]*:", re.IGNORECASE)


@dataclass(frozen=True)
class Settings:
    """One field a variable, with what it means; the table of docs/settings.md is made of them."""

    anthropic_api_key: Annotated[Secret | None, rules.KEY] = None
    """The key for Claude. With no way to sign in there, names come from the prompt alone."""
    anthropic_auth_token: Annotated[Secret | None, rules.KEY] = None
    """A bearer token in place of the key, as gateways give; the key goes before it."""
    anthropic_custom_headers: Annotated[tuple[Secret, ...], rules.HEADERS] = ()
    """Headers for every call to Claude."""
    anthropic_base_url: Annotated[str | None, rules.URL] = None
    """Where the Messages API is, if not at Anthropic's address; `/v1` or `/v1/messages` at its end
    does no harm."""
    anthropic_model: Annotated[str, rules.word(200)] = "claude-haiku-5-5"
    """The model that is asked."""
    fallback_model: Annotated[str | None, rules.word(200)] = None
    """The model that is asked in its place, once and within the same deadline, where it is missing,
    overloaded or limited."""
    claude: Annotated[str, rules.one_of("anthropic", "bedrock", "vertex", "foundry")] = "anthropic"
    """Where Claude lives; the clients of clouds read variables of their own, too."""
    url: Annotated[str | None, rules.URL] = None
    """The running service that `naming name` asks instead of naming by itself, with the first of
    `NAMING_API_KEYS`."""
    host: Annotated[str, rules.word(255)] = "127.0.0.1"
    """The address to listen on."""
    port: Annotated[int, rules.whole(0, 65_535)] = 8000
    """The port to listen on; 0 takes a free one."""
    deadline_ms: Annotated[int, rules.whole(0, 60_000)] = 3000
    """Milliseconds within which a caller who names no deadline is answered."""
    api_keys: Annotated[tuple[Secret, ...], rules.KEYS] = ()
    """Bearer keys that callers must show one of, separated by commas. None: open to everybody."""
    allowed_hosts: Annotated[tuple[str, ...], rules.HOSTS] = ()
    """Names in `Host`, `*` for any part, that are served beside this machine's own. None: only
    `localhost` and loopback addresses where the service is open and listens on loopback (so that no
    web page reaches it by a name of its own), else any."""
    allow_open: Annotated[bool, rules.SWITCH] = False
    """Listen where other machines can reach the service although no keys are set."""
    playground: Annotated[bool, rules.SWITCH] = False
    """Show a page at `/` to try prompts on, with what each step of the chain says."""
    max_body_bytes: Annotated[int, rules.whole(1024, 1 << 30)] = 4 << 20
    """The largest request body that is read, in bytes."""
    max_requests: Annotated[int, rules.whole(1, 100_000)] = 1000
    """Requests in progress that have come whole; beyond them callers get status 503 at once."""
    max_held_bytes: Annotated[int, rules.whole(1024, 1 << 36)] = 256 << 20
    """Bytes of request bodies over 16 KiB that are held together; beyond them status 503. One body
    of the largest size always has room."""
    max_connections: Annotated[int, rules.whole(1, 100_000)] = 4096
    """Connections kept open; beyond them idle ones are closed, and where none is idle new ones get
    status 503. Half of them may have a body on its way."""
    receive_timeout_ms: Annotated[int, rules.whole(10, 600_000)] = 20_000
    """Milliseconds within which a request must have come whole, or it is cut."""
    drain_ms: Annotated[int, rules.whole(0, 60_000)] = 2000
    """Milliseconds for which, told to stop, requests are still taken while readiness says no."""
    max_concurrent_calls: Annotated[int, rules.whole(1, 10_000)] = 64
    """Calls to Claude in flight; beyond them callers get `busy` at once."""
    call_timeout_ms: Annotated[int, rules.whole(10, 600_000)] = 10_000
    """Milliseconds that one call to Claude may take, however patient its caller."""
    cache_seconds: Annotated[int, rules.whole(0, 86_400)] = 300
    """Seconds for which a name that Claude gave is reused for an equal prompt."""
    cache_url: Annotated[Secret | None, rules.CACHE_URL] = None
    """Valkey or Redis through which replicas share names and pauses. None: each on its own."""
    template: Annotated[str, rules.TEMPLATE] = "{slug}"
    """How names are put together, such as `{type}/{ticket}-{slug}`."""
    max_length: Annotated[int, rules.whole(12, 63)] = 32
    """Characters that a whole name has at most."""
    guide: Annotated[str, rules.GUIDE] = ""
    """A team's wishes about the style of titles, which Claude is told; best in the file that
    `NAMING_GUIDE_FILE` names."""
    language: Annotated[str | None, rules.LANGUAGE] = None
    """The language of titles; the prompt's own words stay in its language. None: that of each
    request."""
    log_level: Annotated[str, rules.LOG_LEVEL] = "info"
    """The least serious line that is logged, in any case."""
    traces: Annotated[str, rules.one_of("off", "otlp")] = "off"
    """`otlp` sends traces where OpenTelemetry's `OTEL_…` variables say; needs the extra `otel`."""
    signs_in: bool = False
    """Whether the SDK finds a profile or workload identity by itself; no variable of ours."""

    @property
    def has_claude(self) -> bool:
        """Tell whether there is a way to Claude."""
        return bool(
            self.anthropic_api_key
            or self.anthropic_auth_token
            or any(_SIGNS_IN.match(header.text) for header in self.anthropic_custom_headers)
            or self.claude != "anthropic"
            or self.signs_in
        )


RULES: Final[Mapping[str, SettingRule]] = {
    name: hint.__metadata__[0]
    for name, hint in Settings.__annotations__.items()
    if hasattr(hint, "__metadata__")
}
"""The rule of each variable, by field."""

PRIVATE: Final = frozenset(name for name, rule in RULES.items() if rule.private)
"""Fields that are not shown, and that a file can give too, whose path `NAME_FILE` holds."""


def variable(field_name: str) -> str:
    """Name the environment variable of a field."""
    name = field_name.upper()
    return name if name.startswith("ANTHROPIC_") else f"{PREFIX}{name}"


def read_settings(environ: Mapping[str, str], overrides: Mapping[str, str] = {}) -> Settings:
    """Read the settings; the command line's `overrides` go by field. Raises BadSetting."""
    known = {*map(variable, RULES), *(f"{variable(each)}_FILE" for each in PRIVATE)}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            printable = "".join(char if " " <= char <= "~" else "?" for char in name)[:100]
            raise BadSetting(f"{printable}: unknown setting; {_meant(name, known)}")
    values: dict[str, Any] = {}
    for each, rule in RULES.items():
        name, given = _given(each, environ)
        try:
            text = _read_file(given) if name.endswith("_FILE") else given
            if text or each in overrides:
                values[each] = rule.read(overrides.get(each, text))
        except ValueError as error:
            raise BadSetting(f"{name}: {error}") from None
    settings = Settings(**values, signs_in=_signs_in(environ))
    if not {"template", "max_length"}.isdisjoint(values):
        from naming.template import BadTemplate, Template  # noqa: PLC0415 # takes a while to import

        try:
            Template(settings.template, settings.max_length)
        except BadTemplate as error:
            raise BadSetting(f"NAMING_TEMPLATE: {error}") from None
    return settings


def _given(field_name: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """Give the variable that counts for a field, and what it holds. Raises BadSetting."""
    name = variable(field_name)
    given = environ.get(name, "")
    text = given.strip()
    path = environ.get(f"{name}_FILE", "").strip() if field_name in PRIVATE else ""
    if path and text:
        raise BadSetting(f"{name}: set either {name} or {name}_FILE, not both")
    if path:
        return f"{name}_FILE", path
    if field_name == "api_keys" and given and not text:
        return name, ","  # somebody wanted a lock, so blanks are a list of no keys
    return name, text


def _signs_in(environ: Mapping[str, str]) -> bool:
    """Tell whether the SDK would find a named profile, a workload identity or an active profile."""
    profile = environ.get("ANTHROPIC_PROFILE") or environ.get("ANTHROPIC_CONFIG_DIR")
    token = environ.get("ANTHROPIC_IDENTITY_TOKEN") or environ.get("ANTHROPIC_IDENTITY_TOKEN_FILE")
    rule = environ.get("ANTHROPIC_FEDERATION_RULE_ID") and environ.get("ANTHROPIC_ORGANIZATION_ID")
    folder = Path(environ.get("HOME", "/nowhere"), ".config", "anthropic")
    names = ("active_config", "configs/default.json")
    # A path that is not ours to look at is none.
    is_active = any(os.path.isfile(folder / name) for name in names)  # noqa: PTH113 # as said
    return bool(profile or (token and rule) or is_active)


def _read_file(path: str) -> str:
    """Read a small file of text. Raises ValueError, which says why it cannot."""
    file = Path(path)
    try:
        if file.exists() and not file.is_file() and not file.is_dir():
            raise OSError(0, "it is no plain file")  # noqa: TRY301 # a pipe might never end
        with file.open("rb") as opened:
            text = opened.read(MAX_FILE_BYTES + 1).decode().strip()
    except OSError as error:
        raise ValueError(f"the file cannot be read: {error.strerror}") from None
    except ValueError:
        raise ValueError("the file cannot be read: it is not text in UTF-8") from None
    if not text or len(text) > MAX_FILE_BYTES:
        raise ValueError(f"the file is {'too large' if text else 'empty'}")
    return text


def _meant(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 # wanted only here

    words = {whole.removeprefix(PREFIX): whole for whole in known}
    for close in get_close_matches(name.removeprefix(PREFIX).upper(), words, n=1):
        return f"did you mean {words[close]}?"
    return "docs/settings.md lists those there are"


def settings_in_force(settings: Settings, environ: Mapping[str, str]) -> str:
    """Write a line for each setting: what is in force and where it comes from, no secret."""
    rows = [("variable", "value", "from")]
    for each in RULES:
        name, given = _given(each, environ)
        value = "hidden" if given and each in PRIVATE else shown(getattr(settings, each))
        origin = f"the file that {name} names" if name.endswith("_FILE") else "environment"
        rows.append((variable(each), value, origin if given else "default"))
    wide, wider = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(f"{name:{wide}}  {value:{wider}}  {origin}" for name, value, origin in rows)


def shown(value: object) -> str:
    """Write a value of a setting as it could have been given."""
    if value in (None, (), ""):
        return "none"
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
