"""What a call to Claude comes to: the text of a reply, its cost, or why there is none."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from itertools import islice
from typing import Final, Protocol

from naming.claude.circuit import State
from naming.claude.reasons import error_in
from naming.outcome import CannotName, Reason
from naming.request import Question
from naming.shared_cache.replica_cache import SharedLookup

MAX_COUNTED: Final = 1_000_000_000  # tokens. More is no count, nor a number that a counter adds

MAX_EVENTS: Final = 20  # of a stream that are looked at

PRICES: Final = {"claude-haiku-5-5": (0.10, 0.50)}  # US dollars a million tokens in and out
PRICES_OF: Final = "November 2026"
WRITE_SHARE: Final = 1.25
READ_SHARE: Final = 0.1
BATCH_SHARE: Final = 0.5
"""What a token costs of that: written to the cache, read from it, and in a Message Batch
(platform.claude.com, November 2026)."""

REFUSAL_CATEGORIES: Final = "cyber bio frontier_llm reasoning_extraction general_harms".split()
"""The policies that a refusal may name (the API reference, "RefusalStopDetails", November 2026)."""

UNCATEGORIZED: Final = "other"  # the category of a refusal that names none of them


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by their price: read in full, written, written to the cache, read from the cache."""

    input: int = 0
    output: int = 0
    cache_write: int = 0
    cache_read: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        """Add up what two replies cost."""
        return Tokens(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def all_input(self) -> int:
        """Tokens that were sent, wherever they were read from."""
        return self.input + self.cache_write + self.cache_read

    def cost_usd(self, model: str, share: float = 1.0) -> float | None:
        """Give what they cost in US dollars; None for a model whose price is not known here."""
        if (price := PRICES.get(model)) is None:
            return None
        read = self.input + WRITE_SHARE * self.cache_write + READ_SHARE * self.cache_read
        return share * (read * price[0] + self.output * price[1]) / 1e6

    def __str__(self) -> str:
        """Write them for a report."""
        cached = f" ({self.cache_write:,} written to the cache, {self.cache_read:,} read from it)"
        cached = cached if self.cache_write or self.cache_read else ""
        return f"tokens: {self.all_input:,} in{cached}, {self.output:,} out"


NO_TOKENS: Final = Tokens()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the text of all text blocks, and what it cost.

    `reason` says why there is none to read, and `category` which policy a refusal named.
    """

    text: str
    tokens: Tokens = NO_TOKENS
    reason: Reason | None = None
    category: str = UNCATEGORIZED

    @property
    def answer(self) -> str:
        """The text. Raises CannotName where there is none to read."""
        if self.reason is not None:
            raise CannotName(self.reason)
        return self.text


@dataclass(frozen=True, slots=True)
class Call:
    """What one call upstream came to; `reason` is None when the reply gave a name."""

    reason: Reason | None
    seconds: float
    reply: Reply | None = None
    """What came back; None where nothing did that could be read."""
    model: str = ""


class CallObserver:
    """Is told what happens on the way to Claude; this one takes no notice."""

    def called(self, call: Call) -> None:
        """Take note of a finished call."""

    def reused(self, how: str) -> None:
        """Take note that no call was needed: `cache`, `flight` or `shared`."""

    def looked(self, result: SharedLookup) -> None:
        """Take note of what came of a look into what replicas share."""

    def line_is(self, *, up: bool) -> None:
        """Take note that what replicas share can, or can no longer, be reached."""

    def in_flight(self, calls: int) -> None:
        """Take note of how many calls are under way now."""

    def circuit_is(self, state: State) -> None:
        """Take note of what the circuit does with the next call, at first and at each change."""

    def retires(self, model: str, when: str) -> None:
        """Take note, at the start, that `model` is due to retire: on a date, or soon."""

    def paused(self, reason: Reason, seconds: float) -> None:
        """Take note that calls are paused for `seconds`, after a failure for `reason`."""


class MessagesClient(Protocol):
    """Makes calls to one model, each within its time."""

    model: str

    async def send(self, question: Question) -> Reply:
        """Make one call about a question. Raises CannotName."""


def read_message(body: bytes, headers: Mapping[str, str], asked: str = "") -> Reply:
    """Read a reply about the text `asked`. Raises CannotName for a gateway's error in its place."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        message = list(_errors_of_a_stream(body))
    return read_parsed(message, headers, asked)


def _errors_of_a_stream(body: bytes) -> Iterator[object]:
    """Read the lines that may tell an error: some gateways stream where nobody asked for it."""
    lines = (line for line in body.splitlines() if b'"error' in line)
    for line in islice(lines, MAX_EVENTS):
        with suppress(ValueError, RecursionError):
            yield json.loads(line.removeprefix(b"data:"))


def read_parsed(message: object, headers: Mapping[str, str], asked: str = "") -> Reply:
    """Read a Messages reply that was JSON. Raises CannotName, as `read_message` does."""
    if (error := error_in(message, headers, asked)) is not None:
        raise error
    if not isinstance(message, dict):
        return Reply("", reason=Reason.UNREADABLE)
    tokens = Tokens(*(_count(message.get("usage"), kind) for kind in _COUNTS))
    text = _text(message.get("content"))
    if message.get("stop_reason") == "refusal":
        details = message.get("stop_details")
        category = details.get("category") if isinstance(details, dict) else None
        known = category if category in REFUSAL_CATEGORIES else UNCATEGORIZED
        return Reply("", tokens, Reason.REFUSED, known)
    if message.get("stop_reason") == "max_tokens" and not _is_whole(text):
        return Reply("", tokens, Reason.CUT_SHORT)
    return Reply(text, tokens, None if text else Reason.UNREADABLE)


def _text(content: object) -> str:
    """Put text blocks, and calls of tools, together; gateways give a text or a block alone, too."""
    texts, given = [], ""
    for block in content if isinstance(content, list) else [content]:
        if isinstance(block, str):
            texts.append(block)
        elif isinstance(block, dict):
            kind, text = block.get("type", "text"), block.get("text")
            if kind in ("text", "output_text") and isinstance(text, str):
                texts.append(text)
            elif kind == "tool_use" and not given:
                called = block.get("input")
                given = called if isinstance(called, str) else json.dumps(called)
    return "".join(texts) + given


def _is_whole(text: str) -> bool:
    """Tell whether the JSON object in a text has its end, though its writer was cut off."""
    try:
        json.JSONDecoder().raw_decode(text, text.index("{"))
    except (ValueError, RecursionError):
        return False
    return True


_COUNTS: Final = "input output cache_creation_input cache_read_input".split()


def _count(usage: object, kind: str) -> int:
    count = usage.get(f"{kind}_tokens") if isinstance(usage, dict) else None
    return count if isinstance(count, int) and 0 <= count <= MAX_COUNTED else 0
