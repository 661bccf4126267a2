"""How a title is worded, and whether titles are worded so: a small trained model.

A line is described by features: its words, the kinds of words in it (`data/title_words.txt`, in
some forty languages) and their neighbours, each marked by whether the request has it too, and a few
counts. A logistic regression over them, trained on `prompts/titles` by `benchmarks.judge`, tells
talk from titles. Its weights are text, in hundredths of a logit: `data/title_weights.txt`.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from naming.text.word_files import read_sections
from naming.validation.context import Candidate, RequestContext
from naming.validation.kinds import Token, tokens
from naming.validation.trim import is_words_alone

WEIGHTS: Final = "title_weights.txt"

MAX_WORDED: Final = 160  # characters of a line that are described

_THING: Final = re.compile(r"\w*\d[\w.]*|\S*[\\/_]\S*")
"""A number, a path or an identifier."""

_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
MAX_SHAPE: Final = 8

ENDING: Final = 3  # letters at the end of a longer word that tell its form


def features(title: Candidate, request: RequestContext, *, is_part: bool = False) -> set[str]:
    """Describe how `title`, or what may be a remark beside one, is worded beside `request`."""
    text, line = title.text[:MAX_WORDED], title.folded[:MAX_WORDED]
    found, kinds = set[str](), set[str]()
    content = shared = told = 0
    token: Token | None = None
    before: tuple[str, ...] = ()
    for token in tokens(line, request):
        first = not found
        found.add(f"{token.mark}{token.text}")
        if first:
            found.add(f"^ {token.text}")
        if len(token.text) > ENDING:
            found.add(f"-{token.text[-ENDING:]}")
        for kind in token.kinds:
            kinds.add(f"{token.mark}[{kind}]")
            found.update(f"[{earlier}] [{kind}]" for earlier in before)
            if first:
                kinds.add(f"^{token.mark}[{kind}]")
        before = token.kinds
        content += token.says
        shared += token.says and token.mark != "+"
        told += token.says and (token.mark != "+" or not token.kinds)
    if token is not None:
        found.add(f"{token.text} $")
        kinds.update(f"[{kind}] $" for kind in token.kinds)
    part = "none" if not shared else "some" if shared * 2 <= content else "most"
    if not (shared or request.is_in_script_of(text)):
        part = "incomparable"
    brought = [each for each in kinds if each.startswith("+")] or ["no talk"]
    roles = ("", "part ") if is_part else ("",)
    found.update(f"{role}{each}" for role in roles for each in (*kinds, f"shares {part}"))
    found.update(f"{each} {part}" for each in kinds)
    found.update(f"{sign} {each}" for sign in text if not sign.isalnum() for each in brought)
    found.update(
        (
            f"shares {part} of {min(content, 6)}",
            f"shares {part} of a request of {request.length}",
            f"tells {min(told, 3)} of {min(content, 6)}",
            f"letters {min(len(text) // 8, 6)}",
            f"words {min(len(text.split()), 6)}",
        )
    )
    for thing in () if is_words_alone(line) else _THING.findall(line):
        if thing not in request.folded:
            shape = _DIGITS.sub("0", _LETTERS.sub("a", thing))[:MAX_SHAPE]
            found |= {"new thing", f"new {shape}"}
    return found


@cache
def _weights() -> Mapping[str, int]:
    """Read the weight of each feature, in hundredths of a logit."""
    weights: dict[str, int] = {}
    for line in read_sections(WEIGHTS)["weights"]:
        weight, *features_of_weight = line.split(SEPARATOR)
        weights.update(dict.fromkeys(features_of_weight, int(weight)))
    return weights


SEPARATOR: Final = "\t"
"""Stands between a weight and its features in the file of weights."""

UNLIKELY: Final = 50
"""Hundredths of a logit from which on a line is taken for talk: evidence, not a doubt."""

DOUBT: Final = 0
"""The same for what stands beside a title, which is hardly missed."""


def is_talk(title: Candidate, request: RequestContext, *, is_part: bool = False) -> bool:
    """Tell whether `title` is worded as talk, and not as a title of `request` or a part of one."""
    weights, found = _weights(), features(title, request, is_part=is_part)
    likely = weights["bias"] + sum([weights.get(feature, 0) for feature in found])
    return likely > (DOUBT if is_part else UNLIKELY)
