"""From a reply to a name that people will see.

Each field judged, the good half saved, or a reason why not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.names import (
    LEGACY_PREFIX,
    MAX_DISPLAY_LENGTH,
    MAX_NAME_LENGTH,
    MIN_NAME_LENGTH,
    TaskName,
    display_fault,
)
from naming.outcome import CannotName, Reason
from naming.secrets import holds_secret
from naming.slug import lawful, name_from_title, slug_words
from naming.text.folding import fold
from naming.text.subject import STEM_LENGTH, Subject
from naming.text.tokens import COMMON_WORDS, speaks_another_language
from naming.validation.guard import HALF, Examples, is_example, is_title
from naming.validation.language import is_latin, same_script
from naming.validation.markup import without_markup
from naming.validation.reply import read_reply
from naming.validation.tongue import same_tongue
from naming.validation.trim import MAX_TITLE_READ, first_sentence, shorten, trim

if TYPE_CHECKING:
    from naming.request import Request

NO_EXAMPLES: Final = Examples()

LANGUAGES_BY_SIGN: Final = frozenset({"cpp", "csharp"})
"""Languages whose sign a model's slug drops, so that they become the language C."""

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WRITTEN_AS_SLUG: Final = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+){2,}")
_JOINT: Final = re.compile(r"(?<![A-Z])[-_]|[-_](?!\d)")
_SLUG: Final = re.compile(r"[A-Za-z0-9._/-]+")
_CUT_AT_QUOTE: Final = (" ", "\\", "(", "[", "{", "<", "\t", "\n")


def believe(text: str, request: Request, examples: Examples = NO_EXAMPLES) -> TaskName:
    """Make a name of the reply `text` to `request`.

    Raises CannotName: UNREADABLE when the reply holds no answer, NOT_A_NAME when its answer names
    nothing.
    """
    reply, prompt = read_reply(text), request.text
    name, display_name = reply.name or "", reply.display_name or ""
    title = believable_title(display_name, prompt)
    judged = title if title is not None and len(display_name) <= MAX_DISPLAY_LENGTH else ""
    slug = believable_slug(name, prompt, judged)
    if title is None:
        talk = bool(display_name) and not is_title(display_name, prompt)
        again = talk and not is_title(_same_beginning(name, display_name) or name, prompt)
        title = None if again else _title_from_name(name, prompt, after_talk=talk)
    elif slug is not None and _was_cut_at_a_quote(display_name, title, slug):
        title = _title_from_name(name, prompt) or title
    if title is None:
        raise CannotName(Reason.NOT_A_NAME)
    if slug is None or not says_the_same(slug, title):
        slug = name_from_title(title)
    if slug is None or is_example(slug, title, prompt, examples):
        raise CannotName(Reason.NOT_A_NAME)
    return TaskName(slug, title)


def believable_title(field: str, prompt: str) -> str | None:
    """Make a lawful display name of `field`.

    None when it is no title, is in another script or holds a secret.
    """
    title = _spaced(trim(without_markup(field[:MAX_TITLE_READ], prompt)), prompt)
    if len(title) > MAX_DISPLAY_LENGTH:
        title = first_sentence(title)
    if not title or not is_title(title, prompt) or not is_in_language_of(prompt, title):
        return None
    short = shorten(title)
    if short != title and _repeats_secret(title):  # of a title that stays whole, its laws say so
        return None
    return short if display_fault(short) is None else None


def is_in_language_of(prompt: str, title: str) -> bool:
    """Tell whether `title` may be in the language of the cleaned `prompt`.

    Where that is not clear, it may.
    """
    return same_script(title, prompt) and (not is_latin(title) or same_tongue(title, prompt))


def _spaced(title: str, prompt: str) -> str:
    """Write a title that was written as a slug with spaces, unless it is a name in the prompt.

    Tickets stay whole.
    """
    if _WRITTEN_AS_SLUG.fullmatch(title) is None or title.casefold() in prompt.casefold():
        return title
    return _JOINT.sub(" ", title[:1].upper() + title[1:])


def believable_slug(field: str, prompt: str, judged: str = "") -> str | None:
    """Make a lawful name of `field`.

    None when nothing is left of it, it names nothing or holds a secret.

    `judged` is a title that was found to be one: then the same words in the name need no second
    look.
    """
    slug = _spelt(trim(without_markup(field[:MAX_TITLE_READ], prompt)))
    words = slug.replace("-", " ")
    if (
        not slug
        or _repeats_secret(field)
        or (words != fold(judged) and not is_title(words, prompt))
    ):
        return None
    return lawful(_whole_words(slug))


def _whole_words(slug: str) -> str:
    """Cut `slug` as a title is cut, so that no connecting word is left at its end."""
    if len(slug) <= MAX_NAME_LENGTH:
        return slug
    return shorten(slug.replace("-", " "), MAX_NAME_LENGTH).replace(" ", "-")


def _title_from_name(field: str, prompt: str, *, after_talk: bool = False) -> str | None:
    """Make a title of a name's words, the first with a capital.

    A name that was written as a title stays one.

    None when they are no title. Beside a display name that was talk, they must share their subject
    with the prompt.
    """
    line = trim(field)
    if _SLUG.fullmatch(line):
        line = _spelt(line).replace("-", " ")
    if len(line) < MIN_NAME_LENGTH or (
        after_talk and Subject.read(prompt).share(fold(line)) < HALF
    ):
        return None
    return believable_title(line[:1].upper() + line[1:], prompt)


def _same_beginning(name: str, display_name: str) -> str | None:
    """Give the beginning of `display_name` that `name` spells, if it does.

    Talk that lost its marks is still talk.
    """
    spelt, start = _spelt(name), ""
    for word in trim(display_name).split()[:MAX_NAME_LENGTH]:
        start = f"{start} {word}"
        if not spelt or slug_words(start).startswith(spelt):
            return start.rstrip("!.:")
    return None


def _spelt(field: str) -> str:
    """Spell a name without bound: its words in lower case, without the legacy prefix."""
    slug = slug_words(_HUMP.sub("-", field))
    while slug.startswith(LEGACY_PREFIX):
        slug = slug.removeprefix(LEGACY_PREFIX)
    return slug


def _was_cut_at_a_quote(field: str, title: str, slug: str) -> bool:
    """Tell whether the display name ends where an unescaped quote stood.

    `Fix ` beside `fix-login-button`.
    """
    return field.endswith(_CUT_AT_QUOTE) and slug.startswith(f"{slug_words(title)}-")


def says_the_same(slug: str, title: str) -> bool:
    """Tell whether a person can match `slug` with `title`.

    Between two languages nobody can tell, so it does.
    """
    spelt = slug_words(title)
    if not spelt or not is_latin(title) or speaks_another_language(title):
        return True
    if not LANGUAGES_BY_SIGN.isdisjoint(spelt.split("-")) and "c" in slug.split("-"):
        return False
    theirs = {word[:STEM_LENGTH] for word in spelt.split("-")}
    return any(word[:STEM_LENGTH] in theirs for word in slug.split("-") if word not in COMMON_WORDS)


def _repeats_secret(field: str) -> bool:
    """Tell whether `field` holds a secret.

    The prompt was redacted before it was sent, so it repeats no other one.
    """
    return holds_secret(field)
