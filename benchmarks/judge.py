"""How well are titles judged? Good ones kept, bad ones stopped, remarks taken off, by kind.

    python -m benchmarks.judge [--misses KIND]
    python -m benchmarks.judge --train

Judges `prompts/titles`, each title beside its prompt. The misses of the part that rules may be tuned on can be shown;
of the judged part there are totals only. `--train` writes the weights of the judge's model anew, the same each time: from
the part for tuning, the frames beside it, and the corpora of tests. It takes a minute and never reads the judged part.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from benchmarks.learn_names import decide
from naming.request import Request
from naming.slug import slug_words
from naming.text.word_files import parse_sections
from naming.validation import believable_title
from naming.validation.context import Candidate, RequestContext
from naming.validation.remarks import INTRODUCTION_END, REMARK_START
from naming.validation.trim import trim
from naming.validation.wording import SEPARATOR, features
from tests.corpus import read_complaints, read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.learn_names import Weights

HERE: Final = Path(__file__).parents[1]
TITLES: Final = HERE / "prompts/titles"
WEIGHTS: Final = HERE / "naming/data/title_weights.txt"
TUNE, JUDGED = "tune", "judged"
LISTS: Final = ("good", "bad", "remarks")
NOT_OF_WORDING: Final = {"wrong-language", "injection", "unrelated"}
"""Kinds of bad titles that are worded as good ones are."""

FRAME_ROUNDS, STRANGE_ROUNDS = 6, 6
"""How often a frame is filled, and a good title put beside the prompt of another."""

WEIGHT_OF_OLD, WEIGHT_OF_FRAMES, WEIGHT_OF_STRANGE = 2, 0.2, 0.5
WEIGHT_OF_PARTS: Final = 0.5
PART_ENDS: Final = "()[]（）【】|-–—→:.!。！,; \n"
"""What stands at the ends of a part and is none of its words."""

COMPLAINTS: Final = 1600
SEED: Final = 20261129


def read_titles(part: str, kind_of_list: str) -> Iterator[dict[str, Any]]:
    return read_lines(TITLES / part / f"{kind_of_list}.jsonl")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def read_cases(folder: str) -> Iterator[dict[str, Any]]:
    """Give the labelled cases of a folder of `prompts`."""
    for path in sorted((HERE / "prompts" / folder).glob("*.jsonl")):
        yield from read_lines(path)


def read_own_titles(part: str) -> Iterator[tuple[str, str]]:
    """Give prompts of the corpus with the titles that people made of their words."""
    for case in read_cases(f"corpus/{part}"):
        if case.get("display_name"):
            yield case["prompt"], case["display_name"]


def wanted(pair: dict[str, Any], kind_of_list: str) -> str | None:
    """What a title is to become; None where it is to be stopped."""
    if kind_of_list == "bad":
        return None
    title: str = pair["mended"] if kind_of_list == "remarks" else pair["title"]
    return title


def measure(part: str, kind_of_list: str, shown: str | None) -> None:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for pair in read_titles(part, kind_of_list):
        given = believable_title(pair["title"], Request.of(pair["prompt"]))
        hit = given == wanted(pair, kind_of_list)
        right.update({pair["kind"]: hit, "all": hit})
        of.update((pair["kind"], "all"))
        if not hit and part == TUNE and shown in {pair["kind"], kind_of_list}:
            print(f"    {pair['title']!r} -> {given!r}  # {pair['prompt'][:90]!r}")
    for kind in sorted(of, key=lambda kind: (kind == "all", kind)):
        show(part, kind_of_list, kind, right[kind], of[kind])


def show(part: str, kind_of_list: str, kind: str, right: int, of: int) -> None:
    share = 100 * right / of
    print(f"{part:7} {kind_of_list:8} {kind:16} {right:4} of {of:4}  {share:5.1f} %")


class Example(NamedTuple):
    """A title beside a prompt."""

    prompt: str
    title: str
    is_bad: bool
    weight: float
    is_part: bool = False
    """Whether it is only what stands before or behind a title, or a part of one."""


def parts(prompt: str, title: str, mended: str) -> Iterator[Example]:
    """Give what may be a remark in `title`: what `mended` lacks is one, other parts are none."""
    before, is_there, behind = title.partition(mended)
    if is_there and before != behind:
        for remark in filter(str.strip, (before, behind)):
            said = remark.strip(PART_ENDS)
            yield Example(prompt, said, is_bad=True, weight=WEIGHT_OF_PARTS, is_part=True)
    heads = (mended[: found.start()] for found in INTRODUCTION_END.finditer(mended))
    tails = (mended[found.end() :] for found in REMARK_START.finditer(mended))
    for part in (*heads, *tails):
        if said := part.strip(PART_ENDS):
            yield Example(prompt, said, is_bad=False, weight=WEIGHT_OF_PARTS, is_part=True)


def examples() -> Iterator[Example]:
    """Give what the model is trained on, in the same order each time."""
    draw = random.Random(SEED)  # noqa: S311 # the same each time
    cases = [
        (case["prompt"], case["display_name"], case["lang"][:2])
        for folder in (f"corpus/{TUNE}", "cases")
        for case in read_cases(folder)
        if case.get("display_name")
    ]
    pairs = [
        (pair, str(wanted(pair, name)))
        for name in ("good", "remarks")
        for pair in read_titles(TUNE, name)
    ]
    good = [(pair["prompt"], mended, pair["lang"][:2]) for pair, mended in pairs]
    slugs = [(pair["prompt"], pair["name"].replace("-", " ")) for pair in read_titles(TUNE, "good")]
    bad = [pair for pair in read_titles(TUNE, "bad") if pair["kind"] not in NOT_OF_WORDING]
    prompts = [case[0] for case in cases + good] + [pair["prompt"] for pair in bad]
    for prompt, title, _ in cases:
        yield Example(prompt, title, is_bad=False, weight=1)
    for prompt, title, _ in good:
        yield Example(prompt, title, is_bad=False, weight=1)
        for _ in range(STRANGE_ROUNDS):
            yield Example(draw.choice(prompts), title, is_bad=False, weight=WEIGHT_OF_STRANGE)
    for prompt, words in slugs:
        yield Example(prompt, words, is_bad=False, weight=WEIGHT_OF_STRANGE)
    for pair in bad:
        yield Example(pair["prompt"], pair["title"], is_bad=True, weight=1)
        yield Example(draw.choice(prompts), pair["title"], is_bad=True, weight=WEIGHT_OF_STRANGE)
        if pair["title"].isascii():
            words = slug_words(pair["title"]).replace("-", " ")
            yield Example(pair["prompt"], words, is_bad=True, weight=WEIGHT_OF_STRANGE)
    for pair, mended in pairs:
        yield from parts(pair["prompt"], pair["title"], mended)
    for clause in INSTRUCTIONS_END.split((HERE / "prompts/naming.md").read_text("utf-8")):
        for _ in range(STRANGE_ROUNDS):
            yield Example(draw.choice(prompts), clause, is_bad=True, weight=WEIGHT_OF_FRAMES)
    yield from old_examples(draw)
    yield from filled_frames([*cases, *good], draw)


def old_examples(draw: random.Random) -> Iterator[Example]:
    for name, is_bad in (("must_stay", False), ("own_language", False), ("must_go", True)):
        for case in read_corpus(name):
            yield Example(case.prompt, case.title, is_bad, WEIGHT_OF_OLD)
    complaints = [
        (prompt, title)
        for each in read_complaints()
        for prompt in each.prompts
        for title in each.titles
    ]
    for prompt, title in draw.sample(complaints, COMPLAINTS):
        yield Example(prompt, title, is_bad=True, weight=WEIGHT_OF_OLD)


def filled_frames(pairs: list[tuple[str, str, str]], draw: random.Random) -> Iterator[Example]:
    """Put good titles into what models say around them, beside the titles' own prompts.

    `{}` stands for a title, `{rest}` for all but its first word.
    """
    by_language = defaultdict(list)
    for prompt, title, language in pairs:
        by_language[language].append((prompt, title))
    path = TITLES / "frames.txt"
    for section, frames in parse_sections(path.read_text("utf-8"), path.name).items():
        of_language = by_language.get(section) or by_language["en"]
        for frame in frames:
            for _ in range(
                FRAME_ROUNDS
                if section == "good" or section in by_language or "{" not in frame
                else 0
            ):
                prompt, title = draw.choice(of_language)
                title = title if frame.startswith("{}") else title[:1].lower() + title[1:]
                filled = frame.replace("{rest}", title.partition(" ")[2]).replace("{}", title)
                yield Example(prompt, filled, section != "good", WEIGHT_OF_FRAMES)


def train(found: Iterable[Example]) -> Weights:
    """Learn what speaks for talk, the same each time."""
    context = cache(lambda prompt: RequestContext(Request.of(prompt)))
    things = []
    for row in found:
        title = Candidate(trim(row.title))
        described = features(title, context(row.prompt), is_part=row.is_part)
        things.append((["bias", *sorted(described)], row.is_bad, row.weight))
    return decide(things, rounds=ROUNDS, least=MIN_EXAMPLES)


INSTRUCTIONS_END: Final = re.compile(r"[.:;,]\s+")
"""Ends a clause of our own instructions, which models echo."""

MIN_EXAMPLES: Final = 3
LEAST_WEIGHT: Final = 5
"""Hundredths of a logit: with the rest the file is half again as long and no title is judged better."""

ROUNDS: Final = 8


def write_weights(weights: Weights) -> None:
    by_weight = defaultdict(list)
    for feature, weight in weights.in_hundredths():
        if abs(weight) >= LEAST_WEIGHT or feature == "bias":
            by_weight[weight].append(feature)
    lines = [
        SEPARATOR.join((str(weight), *sorted(names))) for weight, names in sorted(by_weight.items())
    ]
    WEIGHTS.write_text("\n".join((HEADER, "[weights]", *lines, "")), "utf-8")


HEADER: Final = """# What speaks for talk (above nought) and for a title (below), in hundredths of a logit: a weight and its features.
# Written by `python -m benchmarks.judge --train`; not by hand."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--misses", metavar="KIND", help="show what the tune part of a list or a kind misses"
    )
    parser.add_argument("--train", action="store_true", help="write the weights anew")
    asked = parser.parse_args()
    if asked.train:
        write_weights(train(examples()))
        return
    for part in (TUNE, JUDGED):
        for kind_of_list in LISTS:
            measure(part, kind_of_list, asked.misses)
        given = [believable_title(own, Request.of(prompt)) for prompt, own in read_own_titles(part)]
        show(part, "good", "own words", len(given) - given.count(None), len(given))


if __name__ == "__main__":
    main()
