"""What a plan has asked through batches: a JSON Lines file beside it, written before each step.

Each line tells facts about one intent to create a batch; what is known of it is all of its lines
together. It holds no prompt, no name and no key. Half a last line is a step that was not taken.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from naming.claude.message import NO_TOKENS, Tokens
from naming.rename.files import HeldFile, open_file, sync_folder
from naming.rename.terminal import BadInput

SUFFIX: Final = ".batches"
OTHER_KINDS: Final = ("errored", "expired", "canceled")


class Intent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One intent to create a batch, and what is known of it since its last event."""

    event: Literal["intended", "created", "dropped", "cancelled", "ended"]
    """A batch is about to be created, for the first time or once more; its id is known; there is
    none, and its questions are free; a person wants it to end early; its results were read."""
    at: datetime
    intent: str
    requests: int
    batch: str | None = None
    why: str | None = None
    succeeded: int = 0
    errored: int = 0
    expired: int = 0
    canceled: int = 0
    tokens: Tokens = NO_TOKENS

    @property
    def open(self) -> bool:
        """Tell whether anything is to come of it still."""
        return self.event not in {"dropped", "ended"}

    def counts(self) -> str:
        """Write how many requests were answered, and what became of the others."""
        others = (f", {n:,} {kind}" for kind in OTHER_KINDS if (n := getattr(self, kind)))
        return f"{self.succeeded:,} answered{''.join(others)}"


def state_path(plan: Path) -> Path:
    """Tell where the state of a plan is kept."""
    return plan.with_name(plan.name + SUFFIX)


class StateFile:
    """The file, open; held by this process alone when it is to be written. Raises BadInput."""

    def __init__(self, path: Path, *, hold: bool = False) -> None:
        self.path = path
        self.intents: dict[str, Intent] = {}
        self._file = HeldFile(path) if hold else None
        try:
            end = self._read()
        except BadInput:
            self.close()
            raise
        if self._file is not None:
            self._file.cut(end)
            sync_folder(path)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def write(self, event: str, intent: str, **facts: Any) -> Intent:  # noqa: ANN401 # of an Intent
        """Write down one step; it is on the disk before the step is taken. Raises Stopped."""
        line = {"event": event, "at": datetime.now(UTC), "intent": intent, **facts}
        assert self._file is not None  # noqa: S101 # who only looks does not write
        self._file.add(msgspec.json.encode(line) + b"\n")
        self._file.sync()
        return self._take(line)

    def _read(self) -> int:
        """Read every line; gives where the last whole one ends."""
        end = 0
        with open_file(self.path) as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    break
                try:
                    self._take(msgspec.json.decode(line, type=dict[str, Any]))
                except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError):
                    wrong = f"line {number}: not a line of a state file"
                    raise BadInput(f"{self.path}: {wrong}") from None
                end += len(line)
        return end

    def _take(self, line: dict[str, Any]) -> Intent:
        before = self.intents.get(line["intent"])
        known = msgspec.to_builtins(before) if before else {}
        self.intents[line["intent"]] = intent = msgspec.convert(known | line, Intent)
        return intent

    def tokens(self) -> Tokens:
        """Add up the tokens of all batches that were read."""
        return sum((intent.tokens for intent in self.intents.values()), NO_TOKENS)

    def kept_intents(self) -> list[Intent]:
        """Collect the intents whose questions are not free again."""
        return [intent for intent in self.intents.values() if intent.event != "dropped"]

    def open_intents(self) -> list[Intent]:
        """Collect the intents of which something is to come still."""
        return [intent for intent in self.intents.values() if intent.open]
