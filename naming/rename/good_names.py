"""What a task's old words are worth: good already, better than nothing, or nothing."""

import re
from collections.abc import Iterator
from typing import Final

from naming.extraction import name_from_prompt, name_from_request
from naming.names import TaskName
from naming.rename.reading import WORDS
from naming.rename.tasks import Task
from naming.request import Question, Request
from naming.slug import LAWFUL_PREFIX, lawful, slug_words
from naming.text.folding import fold
from naming.text.patterns import words_of_languages
from naming.text.tokens import Subject, common_words, content_words
from naming.text.word_files import words_in
from naming.uniqueness import SUFFIX_LENGTH, SUFFIX_LETTERS
from naming.validation import believable_title

_LEGACY: Final = re.compile(rf"({LAWFUL_PREFIX}-)?(?:task-)+([a-z0-9]+(?:-[a-z0-9]+)*)")
_SUFFIX: Final = re.compile(
    rf"-(?:(?=[a-z0-9]*[0-9])[a-z0-9]{{3,12}}|[0-9a-f]{{4,12}}"
    rf"|[{SUFFIX_LETTERS}]{{{SUFFIX_LENGTH}}})$"
)

LEAST_WORDS: Final = 2  # words with a meaning that a good name has
LEAST_COVERED: Final = 0.4  # the part of the words in the prompt's own name that a good one has
MOST_WORDS_OF_TITLE: Final = 8  # words of a prompt that can be a title as it stands


def good_name(task: Task) -> TaskName | None:
    """Give the name that a task's own words make; None when Claude should be asked."""
    request = Request.of(task.prompt)
    own = name_from_request(request)
    if own is None or is_legacy(task.prompt):
        return None
    for words in _old_words(task):
        kept = _kept(words, request.text, own)
        if kept is not None and not request.is_repeated_in(kept.display_name):
            return kept
    return own if _is_title(task.prompt.strip(), own) else None


def name_from_old_words(task: Task) -> TaskName | None:
    """Make a name of a task's old title, else its legacy name; None where they are placeholders."""
    for words in _old_words(task):
        said = (w for w in re.findall(r"\w+", words) if w.isalpha() and (w[1:] or not w.isascii()))
        if any(word.lower() not in words_in(WORDS, "placeholders") for word in said):
            name = name_from_prompt(words)
            if name is not None and not is_legacy(name.name):
                return name
    return None


def is_cut(title: str, prompt: str) -> bool:
    """Tell whether a title is empty, or its prompt's start, cut before a sentence or line ends."""
    title, ellipses = re.subn(r"\s*(?:…|\.{3})$", "", " ".join(title.split()))
    flat = re.sub(r"\s*\n\s*", "\n", prompt.strip())
    asked = " ".join(re.split(r"[^\S\n]+", flat))
    if not asked.replace("\n", " ").startswith(title):
        return False
    rest = asked[len(title) :].lstrip(" ")
    return not title or (bool(rest) and (bool(ellipses) or rest[0] not in "\n.!?:;。！？"))


def _old_words(task: Task) -> Iterator[str]:
    """Give a task's old title unless it repeats the old name, and the words of that name."""
    title, name = (task.names.display_name or "").strip(), task.names.name
    slug = slug_words(title)
    if slug != slug_words(name):
        hidden = f"{LAWFUL_PREFIX}-{slug.removeprefix(f'{LAWFUL_PREFIX}-')}"
        yield _words_of_slug(hidden) if is_legacy(hidden) else title
    yield _words_of_slug(name)


def is_legacy(text: str) -> bool:
    """Tell whether a text is a legacy name, or one that only hides its prefix."""
    found = _LEGACY.fullmatch(text.strip().lower())
    return found is not None and not (found[1] and _SUFFIX.search(found[0]) is None)


def _words_of_slug(name: str) -> str:
    """Give the words of a legacy name without its suffix, as a title; empty for any other name."""
    found = _LEGACY.fullmatch(name.strip().lower())
    if found is None:
        return ""
    words = _SUFFIX.sub("", "-" + found[2]).replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _kept(words: str, text: str, own: TaskName) -> TaskName | None:
    """Make a name of old words that say what the prompt is about, and nothing that is not in it."""
    folded = fold(words)
    if (
        not _are_specific(words)
        or folded.split()[-1] in common_words()  # it was cut there
        or Subject.read(text).share(folded) < 1
        or Subject.read(words).share(fold(own.display_name)) < LEAST_COVERED
    ):
        return None
    title = believable_title(words, Request(text, Question(text)))
    if title is None or len(title) < len(words.strip()):
        return None
    slug = lawful(slug_words(title))
    return None if slug is None else TaskName(slug, title)


def _is_title(prompt: str, own: TaskName) -> bool:
    """Tell whether a prompt is a title: short, no question, and all of it in its own name."""
    is_short = len(prompt.split()) <= MOST_WORDS_OF_TITLE and _are_specific(prompt)
    return is_short and content_words(fold(prompt)) <= content_words(fold(own.display_name))


def _are_specific(words: str) -> bool:
    """Tell whether words say more than a kind of work, and are no message."""
    found, openings = content_words(fold(words)), "|".join(words_in(WORDS, "openings of a message"))
    if len(found) < LEAST_WORDS or re.search(rf"(?i)[?？]|://|^(?:{openings})\b", words):
        return False
    dull = words_in(WORDS, "kinds of work") | words_of_languages("weak verbs")
    return bool(found - dull)
