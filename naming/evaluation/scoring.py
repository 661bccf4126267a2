"""The score of one answer: measure by measure, each from 0 (missed) to 1 (met)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from statistics import fmean
from typing import Final

import regex
import snowballstemmer

from naming.evaluation.inputs import WORD_FILE, Case
from naming.names import display_fault, name_fault
from naming.request import Request
from naming.slug import slug_words
from naming.text.patterns import WordPattern
from naming.text.romanization import HAN, is_japanese, read_chinese, read_japanese
from naming.text.scripts import SCRIPT_RUNS
from naming.text.word_files import read_sections, words_in

MEASURES: Final[Mapping[str, str]] = dict(
    line.split(": ", 1) for line in read_sections(WORD_FILE)["measures"]
)
"""What is measured and what it means, in the order it is shown."""

_JUDGED: Final = MEASURES.keys() - {"score", "matters", "lawful", "no_leak"}
SECRET_TAGS: Final = frozenset({"secret", "secrets"})
"""Cases with one of these tags hold secrets; their `must_not_contain` lists them."""

_IDENTIFIER: Final = re.compile(
    r"(?<!\w)(?=[\w#@!./+-]*(?:\d|_|[a-z][A-Z]|[A-Z]{2}|\w\.\w))[#@!]?\w[\w./+-]*\w"
    r"|\b[CF][#+]{1,2}(?!\w)"
)
"""A word with a digit, an underscore, a capital inside, two capitals, a dot inside; C++."""

_OPENER: Final = WordPattern(r"{request openers}\b(?=.)", WORD_FILE)
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_MIN_SECRET: Final = 4
"""Characters of a listed secret, without signs, from which on it is looked for in any spelling."""

_MIN_INFLECTED: Final = 4
"""Letters of a word that matters from which on it may have an ending: `not` is not in `notify`."""


def score(case: Case, name: str, display_name: str) -> dict[str, float]:
    """Measure the two names that `case` was given; what the case has no label for is left out."""
    found = dict(_measure(case, name, display_name))
    judged = [value for measure, value in found.items() if measure in _JUDGED]
    if not found["lawful"] or not found["no_leak"]:
        found["score"] = 0.0
    elif judged:
        found["score"] = fmean(judged)
    return found


def _measure(case: Case, name: str, display_name: str) -> Iterator[tuple[str, float]]:
    texts = (display_name.casefold(), name, name.replace("-", " "))
    yield "lawful", float(name_fault(name) is None and display_fault(display_name) is None)
    yield "no_leak", float(not _leaks(case, name, display_name))
    if case.current is not None and case.turn is not None:
        is_kept = (name, display_name) == case.current
        yield ("changed", float(not is_kept)) if case.turn else ("kept", float(is_kept))
    if case.name is not None:
        yield "name_f1", name_f1(name, case.name)
    if case.display_name is not None:
        yield "title_rouge_l", rouge_l(display_name, case.display_name)
        # What the reference kept of the prompt's names of things.
        found, written = set(_IDENTIFIER.findall(case.display_name)), case.prompt.casefold()
        if identifiers := [each for each in found if each.casefold() in written]:
            yield "identifiers_kept", fmean(_keeps(each, texts) for each in identifiers)
    if case.lang is not None:
        yield "language_kept", float(keeps_language(display_name, case.lang, case.prompt))
    if case.matters:
        # Both names hold one of the alternatives, in some inflection.
        held = (
            any(holds(each, line) for each in wanted.split("|"))
            for wanted in case.matters
            for line in (name, display_name)
        )
        yield "matters", float(all(held))
    if case.must_contain:
        yield "contains", fmean(_keeps(each, texts) for each in case.must_contain)
    if unwanted := [each.casefold() for each in case.must_not_contain]:
        yield "avoids", float(not any(each in text for each in unwanted for text in texts))
    if case.name is not None or case.display_name is not None:
        yield "tidy", float(_is_tidy(case, name, display_name))


def _keeps(wanted: str, texts: tuple[str, ...]) -> bool:
    """Tell whether a text is in the names, as it is or as a slug has it; `v1` is not in `v12`."""
    as_it_is = re.compile(rf"(?<!\d(?=\d)){re.escape(wanted.casefold())}(?!(?<=\d)\d)")
    if any(as_it_is.search(text) for text in texts):
        return True
    signs = _NOT_WORDS.sub("-", fold(wanted).replace("++", "pp").replace("#", "sharp ")).strip("-")
    plain = _NOT_WORDS.sub("-", fold(wanted)).strip("-")
    return any(f"-{each}-" in f"-{texts[1]}-" for each in (signs, plain) if len(each) > 1)


def holds(wanted: str, line: str) -> bool:
    """Tell whether `line` holds `wanted`: as written, as a slug spells it, or in another form."""
    if not wanted.isascii():
        slugs = {slug_words(wanted, language) for language in ("", "de", "uk")}
        readers = (read_chinese, read_japanese) if HAN.search(wanted) else ()
        for read in (read_japanese,) if is_japanese(wanted) else readers:
            slugs.add("".join(word for word, _ in read(wanted)))
        joined = slug_words(line).replace("-", "")
        return wanted.casefold() in line.casefold() or any(
            slug.replace("-", "") in joined for slug in slugs if slug
        )
    spelt, slug = f"-{slug_words(line)}-", slug_words(wanted)
    ends = ("",) if len(slug) >= _MIN_INFLECTED else ("-", "s-")
    if slug and any(f"-{slug}{end}" in spelt for end in ends):
        return True
    stems, words = {stem(word) for word in words_of(line)}, words_of(wanted)
    return bool(words) and all(stem(word) in stems for word in words)


def _leaks(case: Case, name: str, display_name: str) -> bool:
    listed = () if SECRET_TAGS.isdisjoint(case.tags) else map(_bare, case.must_not_contain)
    names = (_bare(name), _bare(display_name))
    return Request.of(case.prompt).is_repeated_in(name, display_name) or any(
        len(each) >= _MIN_SECRET and any(each in text for text in names) for each in listed
    )


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", fold(text))


def _is_tidy(case: Case, name: str, display_name: str) -> bool:
    """Tell whether the names begin and end as a title does."""
    words = name.split("-")
    if len(words) == 1:  # a prompt such as `hello` is a name as it stands
        return True
    if display_name.endswith(("…", "...")):
        return False
    if any(map(_OPENER.compiled.match, (display_name, name.replace("-", " ")))):
        return False
    ends = set(display_name.casefold().split()[-1:])  # PDF/A ends in no article
    if words_of(display_name)[-1:] != words[-1:]:
        ends.add(words[-1])
    endings = words_in(WORD_FILE, "unfinished endings")
    return endings.isdisjoint(ends) and not _is_cut(words[-1], case)


def _is_cut(word: str, case: Case) -> bool:
    """Tell whether `word` is no word of the prompt or the reference, but the beginning of one."""
    theirs = set(words_of(f"{case.prompt} {case.name} {case.display_name}"))
    return word not in theirs and any(
        each.startswith(word) and stem(each) != stem(word) for each in theirs
    )


# --- how alike two texts are, word by word, and whether a title keeps the language of its request

_ACCENTS: Final = regex.compile(r"(?<=[\x00-\x7f])\p{M}+")
_ALONE: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD: Final = regex.compile(rf"{_ALONE}\p{{M}}*|(?:(?!{_ALONE})[\p{{L}}\p{{M}}\p{{N}}])+")
"""A word, or one character of a script that puts no spaces between words."""

_ENGLISH: Final = snowballstemmer.stemmer("english")

_SCRIPTS: Final = {
    code: script
    for script, *codes in map(str.split, read_sections(WORD_FILE)["scripts"])
    for code in codes
}
"""The script of each language not written in Latin letters, and of each subtag."""

_ALSO_HAN: Final = frozenset({"Kana", "Hangul"})
"""Scripts beside which a language writes Han, so that a short title may hold nothing else."""

STOP_WORDS: Final = words_in(WORD_FILE, "stop words")
"""English words that join others and say nothing of the task."""


def fold(text: str) -> str:
    """Give `text` without case, and its Latin letters without accents; quotes stay as they are."""
    accented = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", accented))


def words_of(text: str) -> list[str]:
    """Split `text` into its words, folded."""
    return [match[0] for match in _WORD.finditer(fold(text))]


@lru_cache(20_000)
def stem(word: str) -> str:
    """Give the stem of an English word; another language's word mostly stays as it is."""
    return str(_ENGLISH.stemWord(word))


def name_f1(given: str, wanted: str) -> float:
    """Give the F1 of the stems that two names (slugs) share, stop words left out."""
    mine, theirs = _stems(given), _stems(wanted)
    shared = (mine & theirs).total()
    return 2 * shared / (mine.total() + theirs.total()) if shared else 0.0


def _stems(text: str) -> Counter[str]:
    words = words_of(text)
    return Counter(map(stem, [word for word in words if word not in STOP_WORDS] or words))


def rouge_l(given: str, wanted: str) -> float:
    """Give ROUGE-L (Lin, 2004) as F1: the longest common subsequence of the words."""
    mine, theirs = words_of(given), words_of(wanted)
    common = [0] * (len(theirs) + 1)
    for word in mine:
        diagonal = 0
        for at, each in enumerate(theirs, 1):
            longest = diagonal + 1 if word == each else max(common[at], common[at - 1])
            diagonal, common[at] = common[at], longest
    return 2 * common[-1] / (len(mine) + len(theirs)) if common[-1] else 0.0


def keeps_language(title: str, lang: str, prompt: str) -> bool:
    """Tell whether `title` is in the labelled language `lang`: in its script, and not in English.

    Rough. Words that the prompt holds tell nothing: they are names of things, or the user's own.
    A title of nothing else, or without letters, keeps any language.
    """
    primary, *subtags = lang.split("-")
    script = next(filter(None, map(_SCRIPTS.get, (*subtags, primary))), "Latin")
    theirs = set(words_of(prompt))
    own = [word for word in words_of(title) if word not in theirs]
    if not _is_in_script(script, " ".join(own) or title, all_from_prompt=not own):
        return False
    if script != "Latin" or primary == "en":
        return True
    english = sum(word in STOP_WORDS | words_in(WORD_FILE, "english title words") for word in own)
    spelt = " ".join(word for word in title.casefold().split() if fold(word) != word)
    has_accents = not set(own).isdisjoint(words_of(spelt))  # as English never has
    return not english or english < len(own) / 2 or has_accents


def _is_in_script(script: str, text: str, *, all_from_prompt: bool) -> bool:
    """Tell whether most of `text` is in `script`; any of it is enough where all is the prompt's."""
    found: Counter[str] = Counter()
    for run in SCRIPT_RUNS.finditer(text):
        found[str(run.lastgroup)] += len(run[0])
    right = found[script] + (found["Han"] if script in _ALSO_HAN else 0)
    if script == "Han" and found["Kana"]:
        return False
    if all_from_prompt:
        return right > 0 or not found or found.keys() == {"Latin"}
    return right * 2 >= found.total() or (right > 0 and found.total() - right == found["Latin"])
