"""Reasons for having no name: which one an error comes to, who may try again, waits, or stops."""

import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final

from naming.outcome import CannotName, Reason
from naming.text.word_files import read_sections, words_in

WAITED_OUT: Final[Mapping[Reason, str]] = {
    Reason.RATE_LIMITED: "it limits the rate (rate_limited)",
    Reason.OVERLOADED: "it is overloaded (overloaded)",
    Reason.UNREACHABLE: "it cannot be reached (unreachable)",
    Reason.DEADLINE: "it does not answer in time (deadline)",
}
"""What ends by itself: whoever has the time waits, and is told why."""

STANDING: Final[Mapping[Reason, str]] = {
    Reason.SPEND_LIMIT: (
        "Claude's spend limit is reached (spend_limit); raise it or wait for its next period"
    ),
    Reason.AUTHENTICATION: (
        "Claude refuses the key (authentication);"
        " check ANTHROPIC_API_KEY, and that its organization is not on hold"
    ),
    Reason.MODEL_NOT_FOUND: (
        "there is no such model (model_not_found); check ANTHROPIC_MODEL, and ANTHROPIC_BASE_URL"
    ),
    Reason.BAD_REQUEST: (
        "what answers refuses every question (bad_request);"
        " check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
    ),
}
"""What only a person mends, and how; a bad request where no prompt fares better."""

OUTAGE: Final = frozenset({*WAITED_OUT, *STANDING}) - {Reason.BAD_REQUEST}
"""The failures of the API, whatever the prompt; others one caller's prompts could bring about."""

RETRIED_SOON: Final = frozenset({Reason.UNREACHABLE, Reason.OVERLOADED})
"""The failures after which a second try within a second may do better."""

UNUSABLE: Final = frozenset({Reason.UNREADABLE, Reason.CUT_SHORT, Reason.BAD_REQUEST})
"""Bad luck with one prompt, or the sign that there is no Claude at that address."""


class OnHold(CannotName):
    """The organization is on hold, so that no key of it is taken."""


def why_stopped(declined: CannotName) -> str | None:
    """Say what only a person mends, and how; None for what may end otherwise."""
    if isinstance(declined, OnHold):
        return (
            "Claude's organization is on hold (organization_on_hold);"
            " an admin of it can appeal in the Console"
        )
    stands = declined.lasting or declined.reason in OUTAGE
    return STANDING.get(declined.reason) if stands else None


class Stopped(Exception):
    """The work cannot go on now; the message says why. What was done stays."""


MAX_DATE_LENGTH: Final = 40  # characters. The longest form of a date in HTTP has 33
MAX_SAID_LENGTH: Final = 4000  # characters of an error that are looked at
MAX_DEPTH: Final = 5  # levels of objects and lists that an error may be wrapped in

ERROR_FIELDS: Final = frozenset({"error", "errors", "errorMessage"})
"""What only an error holds; the last is AWS Lambda's."""

WORD_FILE: Final = "claude_errors.txt"

OPTIONAL: Final = frozenset({"format", "effort", "thinking", "cache"})
"""The optional fields of a question, each with a section of the words by which it is refused."""

_REASON_OF_STATUS: Final[Mapping[int, Reason]] = {
    401: Reason.AUTHENTICATION,
    402: Reason.SPEND_LIMIT,
    403: Reason.AUTHENTICATION,
    404: Reason.MODEL_NOT_FOUND,
    429: Reason.RATE_LIMITED,
}
"""Documented under "Errors" in the provider's API reference."""

_REFUSED_FOR: Final = (Reason.MODEL_NOT_FOUND, Reason.AUTHENTICATION, Reason.RATE_LIMITED)


class InvalidRequest(CannotName):
    """A request is refused as it is; `named` tells which optional fields the refusal speaks of."""

    def __init__(self, reason: Reason, named: frozenset[str], *, lasting: bool) -> None:
        super().__init__(reason, lasting=lasting)
        self.named = named


def error_of(status: int, body: object, headers: Mapping[str, str], asked: str = "") -> CannotName:
    """Tell the reason of an error. What stands in the text `asked` tells nothing: errors quote."""
    said = _Said(body, asked)
    if 400 <= status < 500 and said.tells("on hold"):  # noqa: PLR2004
        return OnHold(Reason.AUTHENTICATION)
    if status in {400, 403, 422, 429} and said.tells(Reason.SPEND_LIMIT):
        return CannotName(Reason.SPEND_LIMIT)
    if status in {400, 422}:
        return said.refusal()
    by_hundred = {4: Reason.BAD_REQUEST, 5: Reason.OVERLOADED}
    reason = by_hundred.get(status // 100, Reason.UNREACHABLE)  # as a redirect is not followed
    return _declined(_REASON_OF_STATUS.get(status, reason), headers)


def error_in(reply: object, headers: Mapping[str, str], asked: str = "") -> CannotName | None:
    """Tell the reason of an error that a gateway put into a 200; None where there is none."""
    if isinstance(reply, list):  # as Google's are, and the events of a stream
        reply = next(filter(_says_so, reply), None)
    if not isinstance(reply, dict):
        return None
    if not (says_so := _says_so(reply)):
        if reply.get("content") or reply.get("choices") or reply.get("type") == "message":
            return None
        error_keys = words_in(WORD_FILE, "error keys") | words_in(WORD_FILE, "status keys")
        if error_keys.isdisjoint(_joined(key) for key, _ in _leaves(reply)):
            return None
    said = _Said(reply, asked)
    if said.status is not None:
        return error_of(said.status, reply, headers, asked)
    if said.tells("on hold"):
        return OnHold(Reason.AUTHENTICATION)
    reason = said.first_of(Reason.SPEND_LIMIT, *_REFUSED_FOR, Reason.OVERLOADED)
    if reason is None and not says_so:
        return None
    refusal = said.refusal()
    if reason is None and (refusal.named or refusal.lasting or said.tells("invalid")):
        return refusal
    # Else something went wrong there, and it does not say what.
    return _declined(reason or Reason.OVERLOADED, headers)


def _says_so(reply: object) -> bool:
    """Tell whether an object calls itself an error."""
    if not isinstance(reply, dict):
        return False
    kinds = {str(reply.get("type")), str(reply.get("status"))}
    return not kinds.isdisjoint({"error", "failed", "failure"}) or any(
        value is False if key in {"ok", "success"} else value and key in ERROR_FIELDS
        for key, value in reply.items()
    )


def _declined(reason: Reason, headers: Mapping[str, str]) -> CannotName:
    return CannotName(reason, retry_after_seconds=seconds_until(headers.get("retry-after", "")))


class _Said:
    """The words of an error: its sentences, its codes run together, and the status among them."""

    def __init__(self, body: object, asked: str) -> None:
        leaves = list(_leaves(body))
        keys = words_in(WORD_FILE, "status keys")
        statuses = (
            each for key, each in leaves if _joined(key) in keys and _STATUS.fullmatch(each)
        )
        self.status = next(map(int, statuses), None)
        # Gateways quote the errors of others: `An error occurred (ThrottlingException) when …`.
        codes = (
            _joined(word)
            for _, value in leaves
            for word in ([value] if len(value.split()) == 1 else _ERROR_NAME.findall(value))
        )
        self._text = _plain(" ".join(value for _, value in leaves))
        self._told = "|".join((self._text, *codes))
        self._asked = f"{_plain(asked)} {_joined(asked)}"

    def tells(self, section: str) -> bool:
        """Tell whether one of a section's entries is there, and not only quoted."""
        return any(found[0] not in self._asked for found in _entries(section).finditer(self._told))

    def first_of(self, *reasons: Reason) -> Reason | None:
        """Give the first reason of which it tells."""
        return next(filter(self.tells, reasons), None)

    def refusal(self) -> InvalidRequest:
        """Read the refusal of a request."""
        words = {name: read_sections(WORD_FILE)[f"field {name}"] for name in OPTIONAL}
        named = {name for name in OPTIONAL if any(word in self._text for word in words[name])}
        if not named & {"format", "effort"} and "output config" in self._text:
            named |= {"format", "effort"}  # the field that holds both
        reason = self.first_of(*_REFUSED_FOR) or Reason.BAD_REQUEST
        return InvalidRequest(reason, frozenset(named), lasting=self.tells("always sent"))


_STATUS: Final = re.compile("[45][0-9]{2}")
_ERROR_NAME: Final = re.compile(r"\b[A-Za-z]+(?:Error|Exception)\b")


def _leaves(value: object, depth: int = 0, key: str = "") -> Iterator[tuple[str, str]]:
    """Give the texts and numbers of an error, each with its key."""
    if isinstance(value, dict | list) and depth < MAX_DEPTH:
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inner, depth + 1, str(name))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield key, str(value)[:MAX_SAID_LENGTH]


def _plain(text: str) -> str:
    return re.sub(r"[\s_|\-]+", " ", text[:MAX_SAID_LENGTH].lower())


def _joined(text: str) -> str:
    return re.sub(r"[\W_]+", "", text[:MAX_SAID_LENGTH].lower())


@cache
def _entries(section: str) -> re.Pattern[str]:
    """Give the pattern of a section's entries: those of one word in ASCII stand in codes only."""
    return re.compile(
        "|".join(
            re.escape(entry).replace("\\ …\\ ", "\\ .{0,80}?")
            if " " in entry or not entry.isascii()
            else rf"(?<=\|)\w*?{entry}"
            for entry in read_sections(WORD_FILE)[section]
        )
    )


def seconds_until(moment: str) -> float | None:
    """Read seconds, or a date (RFC 9110, RFC 3339), as seconds from now, at least 0; else None."""
    moment = moment.strip()
    try:
        if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", moment):
            return float(moment)
        read = datetime.fromisoformat if moment[:1].isdigit() else parsedate_to_datetime
        then = read(moment[:MAX_DATE_LENGTH])
        then = then if then.tzinfo else then.replace(tzinfo=UTC)
        return max(0.0, then.timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
