"""How much of a text is read: head and tail, cut so that no half of a secret stays."""

import re
from collections.abc import Iterable
from itertools import accumulate, takewhile
from typing import Final, NamedTuple


class Extent(NamedTuple):
    """Characters that are read of a text's head and of its tail."""

    head: int
    tail: int

    @property
    def whole(self) -> int:
        """Characters of the longest text that is read whole: cutting it would save little."""
        return self.head + self.tail + 96

    def of(self, text: str) -> str:
        """Take what is read of `text`."""
        ends = f"{text[: self.head]}\n{text[len(text) - self.tail :]}"
        return text if len(text) <= self.whole else ends


PROMPT_EXTENT: Final = Extent(2_900, 1_100)
LIMIT: Final = PROMPT_EXTENT.whole
"""Characters of a prompt that are read: requests open or close it, between is material."""

_MARGIN: Final = 200
"""Characters before the tail that redaction sees: `password:` gives away the word behind it."""

_HEAD_MARGIN: Final = 400
"""Characters behind the head that redaction sees: a passphrase goes on behind a space."""

_KEY_LOOKBACK: Final = 8_192
"""Characters: a private key of 8,192 bits (RSA), the longest in use, takes 6.4 KB."""

CUT: Final = "[…]"
"""Stands on a line of its own where the middle of a prompt was left out."""

MODEL_TOKENS: Final = 900
"""Leaves a tenth of the promised thousand for the error of the estimate."""

_GAP: Final = "\x00"
"""Where the tail begins while secrets are looked for: a control, so no visible text holds it.

One outside of ASCII would cost: secrets hide in fewer shapes in a text of ASCII alone."""

# White space, or a letter of a script that writes without spaces and no key is written in.
_BREAK: Final = re.compile(r"[\s\u0e01-\u0e5b\u2e80-\u3163\u3165-\ud7ff\uf900-\ufaff]")
_KEY_BEGINS: Final = "-----BEGIN "
_KEY_ENDS: Final = re.compile(r"-----END [A-Z0-9 ]{0,40}-----")


def split_ends(text: str, extent: Extent = PROMPT_EXTENT) -> tuple[str, str]:
    """Take the head and the tail of a long `text`, both with a margin and cut between words."""
    reach = extent.tail + _MARGIN
    start = max(1, len(text) - reach)
    head, tail = head_of(text, extent.head + _HEAD_MARGIN), tail_of(text[start - 1 :], reach)
    lookback = text[max(0, start - _KEY_LOOKBACK) : start]
    if lookback.rfind(_KEY_BEGINS) > lookback.rfind("-----END "):
        end = _KEY_ENDS.search(tail)
        tail = tail[end.end() :] if end else ""
    if head.rfind(_KEY_BEGINS) > head.rfind("-----END "):
        head = head[: head.rfind(_KEY_BEGINS)]
    return head, tail


def with_gap(ends: Iterable[str]) -> str:
    """Put a text's ends together, so that secrets are looked for in both at once."""
    return f"\n{_GAP}\n".join(ends)


def join_ends(redacted: str, head: str, extent: Extent) -> str:
    """Put both ends, `redacted` together, around a line that says `CUT`; the margins go.

    The margin of the `head`, as it was, is counted from its end, wherever secrets have made it
    shorter: half a secret at the end stays in what goes.
    """
    margin = len(head) - len(head_of(head, extent.head))
    head, _, tail = redacted.partition(_GAP)
    head = head_of(head, max(0, len(head.rstrip()) - margin))
    tail = tail_of(tail.strip(), extent.tail)
    line = tail.find("\n", 0, _MARGIN) + 1  # the first whole one, where one begins soon enough
    return f"{head.strip()}\n\n{CUT}\n\n{tail[line:]}".strip()


def head_of(text: str, limit: int) -> str:
    """Take at most `limit` characters from the start of `text`, up to a place between words."""
    if len(text) <= limit:
        return text
    end = next((at for at in range(limit, 0, -1) if _BREAK.match(text, at)), 0)
    return text[:end].rstrip()


def tail_of(text: str, limit: int) -> str:
    """Take at most `limit` characters from the end of `text`, from a place between words."""
    if len(text) <= limit:
        return text
    found = _BREAK.search(text, len(text) - limit - 1)
    return text[found.end() :].lstrip() if found else ""


def estimate_tokens(text: str) -> float:
    """Estimate what `text` costs a model: a token for four characters of ASCII or one other.

    High for accented Latin, about right for Chinese, Japanese and Korean.
    """
    ascii_only = len(text.encode("ascii", "ignore"))
    return ascii_only / 4 + (len(text) - ascii_only)


def head_and_tail(text: str, tokens: int) -> str:
    """Shorten `text` to about `tokens`: two thirds head, one third tail, `CUT` between."""
    if estimate_tokens(text) <= tokens:
        return text
    head = head_of(text, _reach(text, tokens * 2 / 3))
    tail = tail_of(text, _reach(text[::-1], tokens / 3 - 2))
    return f"{head} {CUT} {tail}".strip()


def _reach(text: str, tokens: float) -> int:
    """Count the characters from the start of `text` that cost no more than `tokens`."""
    costs = accumulate(0.25 if char.isascii() else 1.0 for char in text)
    return sum(1 for _ in takewhile(lambda spent: spent <= tokens, costs))


def for_model(clean_text: str) -> str:
    """Shorten cleaned text to what a model is shown, about `MODEL_TOKENS`."""
    return head_and_tail(clean_text, MODEL_TOKENS)
