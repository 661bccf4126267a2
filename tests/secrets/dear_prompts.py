"""Looks for prompts that cost much processor time, by mutating those that cost most so far.

    python -m tests.secrets.dear_prompts --seconds 600 [--conversations]

prints what costs more than all before, from text to fallback name, and the dearest in the end. A
prompt is a list of pieces that is repeated until it is as long as what is read of a prompt at most.
What costs most lives on, joined, cut, changed and repeated.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from naming import name_prompt
from naming.extraction import name_from_request
from naming.request import Role, read_conversation
from naming.secrets.forms import CONTEXTS
from naming.secrets.rules import alternatives, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LENGTH: Final = 4_608
"""Characters: the head and the tail of a long prompt with their margins."""

KEPT: Final = 40
ALIKE: Final = 4
"""Of those that cost most, so many may hold the same pieces but for their order."""

ADDITIONS: Final = 1_000
LIMIT: Final = 600
"""Loops of a thousand additions that no prompt may cost: 25 ms where one takes 42 µs."""

SIGNS: Final = [*"\n\t !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "://", "\\n", "&#97;", "%41", "\\u0061"]
VALUES: Final = (
    *("a", "1", "aB3dE6gH9jK2mN5pQ8sT", "hunter22", "Tr0ub4dor3", "secret", "4111 1111 1111 1111"),
    *(
        "0" * 32,
        "3f786850e387550fdab836ed7e6dc881de23001b",
        "b@c.de",
        "é",
        "修",
        "修改登录页面的报错，",
        "導出報表",
        "ログインページを直して",
        "を",
        "\u0301",
        "ｋ",
        "рa",
    ),
    *(
        "https://",
        "sk-",
        "ghp_",
        "eyJ",
        "BEGIN A PRIVATE KEY-----",
        "END A PRIVATE KEY-----",
        "GB82",
    ),
    *(
        "apple ",
        "is ",
        "my ",
        "curl ",
        "abcd-",
        "Zm9vOmJhcg==",
        "DE89 3704 0044 ",
        "0x12, ",
        "17, ",
    ),
    *(
        "```\n",
        "<a>",
        "</a>",
        "<!-- ",
        '{"a": ',
        "[a](b)",
        "> ",
        "| a ",
        "# a\n",
        "---\n",
        "- [ ] ",
    ),
    *(
        '  File "a.py", line 1, in b\n',
        "at a.b(c.js:1:2)\n",
        "\x1b[31m",
        "please ",
        "ที่",
        "の",
        "\U0001f525",
    ),
)


class Prompt(NamedTuple):
    """What a prompt costs, and its pieces."""

    cost: float
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The pieces, repeated up to `LENGTH`."""
        return repeated(self.pieces)


def repeated(pieces: tuple[str, ...]) -> str:
    """Repeat `pieces` up to `LENGTH` characters."""
    unit = "".join(pieces) or " "
    return (unit * (LENGTH // len(unit) + 1))[:LENGTH]


def in_turns(text: str) -> object:
    """Name a task by a conversation that holds `text` again and again."""
    said = [text, text[:690], text[:10], text[:690], text]
    messages = [(role, each) for each in said for role in Role]
    return name_from_request(read_conversation(messages).called("fix-it", "Fix it"))


def words() -> list[str]:
    """List what rules begin with."""
    return [
        *(word for rule in CONTEXTS for word in rule.words),
        *(row[0] for kind in ("password", "key") for row in read_rows("names", f"{kind} names")),
        *(re.sub(r"[\\(?:|)].*", "", row[1]) for row in read_rows("vendor_tokens")),
        *alternatives("vendors", "vendors"),
    ]


def processor_time(work: Callable[[], object], times: int = 2) -> float:
    """Give the processor time of `work` in seconds, the least of so many times."""
    took = []
    for _ in range(times):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return min(took)


def additions() -> int:
    """Add a thousand numbers: what times are compared with."""
    total = 0
    for number in range(ADDITIONS):
        total += number
    return total


def loops(text: str, work: Callable[[str], object] = name_prompt) -> float:
    """Say how many loops of a thousand additions `text` costs, measured side by side."""
    pairs = [
        (processor_time(lambda: work(text), 1), processor_time(additions, 40)) for _ in range(9)
    ]
    return min(cost for cost, _ in pairs) / min(loop for _, loop in pairs)


def dear_prompts(
    seconds: float,
    seed: int = 0,
    work: Callable[[str], object] = name_prompt,
    found: Callable[[Prompt], object] = bool,
) -> list[Prompt]:
    """Look for the dearest prompts for so many seconds of processor time; the dearest first.

    `found` is told of each that costs more than all before.
    """
    random = Random(seed)
    pieces = [*words(), *VALUES, *SIGNS]
    until = time.process_time() + seconds
    kept = [measured((piece,), work) for piece in random.sample(pieces, min(KEPT, len(pieces)))]
    seen = {prompt.pieces for prompt in kept}
    fresh: Iterator[str] = iter(random.sample(pieces, len(pieces)))
    while time.process_time() < until:
        single = next(fresh, None)
        child = mutated(random, kept, pieces) if single is None else (single,)
        if child not in seen:
            seen.add(child)
            dearest = max(kept)
            kept = different([*kept, measured(child, work)])
            if kept[0] > dearest:
                found(kept[0])
    return sorted(kept, reverse=True)


def different(prompts: list[Prompt]) -> list[Prompt]:
    """Give the dearest, without the many that hold the same pieces."""
    alike: Counter[frozenset[str]] = Counter()
    kept = []
    for prompt in sorted(prompts, reverse=True):
        alike[frozenset(prompt.pieces)] += 1
        if alike[frozenset(prompt.pieces)] <= ALIKE:
            kept.append(prompt)
    return kept[:KEPT]


def measured(pieces: tuple[str, ...], work: Callable[[str], object]) -> Prompt:
    """Measure the prompt of `pieces`."""
    text = repeated(pieces)
    return Prompt(processor_time(lambda: work(text)), pieces)


def mutated(random: Random, kept: list[Prompt], pieces: list[str]) -> tuple[str, ...]:
    """Make new pieces of the dearest so far."""
    child = list(random.choice(kept).pieces)
    for _ in range(random.randint(1, 3)):
        at = random.randint(0, len(child))
        match random.randrange(5):
            case 0:
                child.insert(at, random.choice(pieces))
            case 1:
                child[at : at + random.randint(1, 3)] = []
            case 2:
                child[at:] = random.choice(kept).pieces[:12]
            case 3:
                child[at : at + 1] = [random.choice(pieces)]
            case _:
                child.insert(at, "".join(child[:3]) * random.choice((1, 2, 20)))
    return tuple(piece[:200] for piece in child[:24])


def main() -> None:
    """Print the dearest prompts."""

    def show(prompt: Prompt) -> None:
        cost, shown = loops(prompt.text, work), "".join(prompt.pieces)
        print(f"{prompt.cost * 1e3:7.2f} ms {cost:6.0f} loops  {shown!r}", flush=True)  # noqa: T201 - a command

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of processor time")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--conversations", action="store_true", help="instead of prompts, each in many turns"
    )
    arguments = parser.parse_args()
    work = in_turns if arguments.conversations else name_prompt
    for prompt in dear_prompts(arguments.seconds, arguments.seed, work, show)[:10]:
        show(prompt)


if __name__ == "__main__":
    main()
