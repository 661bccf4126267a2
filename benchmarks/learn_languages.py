"""Collect the words by which titles are told to be in another language than their prompt.

    python -m benchmarks.learn_languages > naming/data/language_words.txt

They come from `prompts/languages` and from the parts for tuning of the other corpora, never from what is judged. A word
counts where it stands twice in a language, and in `prompts/languages` once. What English texts say more often is
jargon that developers of every language use. The commonest of each language are kept that at most one other has.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from benchmarks.judge import HERE, TUNE, read_cases, read_titles
from naming.text.folding import fold
from naming.text.language import lexicons
from naming.text.tokens import MARKS
from naming.validation.same_language import ALSO_CALLED

if TYPE_CHECKING:
    from collections.abc import Iterator

OF_TWO_LANGUAGES: Final = {"wrong-language", "injection", "language-note", "foreign-thing"}
OFTEN: Final = 2
"""Times that a word must stand in a language's texts."""

MOST_IN_ENGLISH: Final = 2
"""Times that it may stand in English ones: with more it is jargon."""

SHORTEST: Final = 3
MOST_WORDS: Final = 600
"""Words of a language: with all of them there are twice as many, and one title in a hundred more is told."""

MOST_LANGUAGES: Final = 2
"""Languages that may have a word: in more it tells little."""

UNSPACED: Final = {"zh", "ja"}
"""Languages of which single characters are known."""

WORD: Final = re.compile(rf"(?:[^\W\d_]|{MARKS})+")

HEAD: Final = """\
# Words of texts in each language, by which titles are told to be in another: written by
# `python -m benchmarks.learn_languages`, not by hand.
"""


def texts() -> Iterator[tuple[str, str, int]]:
    """Give texts with their languages, and how much they count."""
    for name in ("good", "bad", "remarks"):
        for pair in read_titles(TUNE, name):
            if pair["kind"] not in OF_TWO_LANGUAGES:
                yield pair["lang"][:2], f"{pair['prompt']}\n{pair['title']}", 1
    for case in read_cases(f"corpus/{TUNE}"):
        yield case["lang"][:2], case["prompt"], 1
    for path in sorted((HERE / "prompts/languages").glob("*.txt")):
        yield path.stem, path.read_text("utf-8"), OFTEN


def main() -> None:
    """Write the words of each language that the judge knows."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    counts = defaultdict[str, Counter[str]](Counter)
    for language, text, count in texts():
        for word in WORD.findall(text.casefold()):
            counts[ALSO_CALLED.get(language, language)][word] += count
    known = {code: lexicon.all for code, lexicon in lexicons().items() if code not in UNSPACED}
    told = {
        code: [
            word
            for word, count in sorted(counts[code].items(), key=lambda each: (-each[1], each[0]))
            if count >= OFTEN
            and len(word) >= SHORTEST
            and counts["en"][word] <= MOST_IN_ENGLISH
            and words.isdisjoint((word, fold(word)))
        ]
        for code, words in known.items()
        if code != "en"
    }
    languages = Counter(word for words in told.values() for word in words)
    print(HEAD, end="")
    for code, words in sorted(told.items()):
        kept = [word for word in words if languages[word] <= MOST_LANGUAGES][:MOST_WORDS]
        print("", f"[{code}]", *textwrap.wrap(" ".join(sorted(kept)), 100), sep="\n")


if __name__ == "__main__":
    main()
