"""From a reply to a name that people will see.

Each field judged, the good half saved, or a reason why not.
"""

import re
from typing import Final

from naming.extraction import name_from_request
from naming.names import (
    LEGACY_PREFIX,
    MAX_NAME_LENGTH,
    MIN_NAME_LENGTH,
    TaskName,
    name_fault,
)
from naming.outcome import CannotName, Reason
from naming.request import Request
from naming.secrets import holds_secret
from naming.slug import lawful, slug_words
from naming.text.language import lexicons
from naming.text.tokens import STEM_LENGTH, common_words, has_foreign_words
from naming.validation.context import SAME_SUBJECT, Candidate, RequestContext
from naming.validation.markup import without_markup
from naming.validation.remarks import mend
from naming.validation.reply import read_reply
from naming.validation.same_language import is_in_language_of
from naming.validation.title_checks import Examples, brings, is_title
from naming.validation.trim import MAX_TITLE_READ, shorten, trim
from naming.validation.wording import is_talk

NO_EXAMPLES: Final = Examples()

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WRITTEN_AS_SLUG: Final = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+){2,}")
_JOINT: Final = re.compile(r"(?<![A-Z])[-_]|[-_](?!\d)")
_SLUG: Final = re.compile(r"[A-Za-z0-9._/-]+")


def believe(text: str, request: Request, examples: Examples = NO_EXAMPLES) -> TaskName:
    """Make a name of the reply `text` to `request`.

    Raises CannotName: UNREADABLE when the reply holds no answer, NOT_A_NAME when its answer names
    nothing.
    """
    reply, context = read_reply(text), RequestContext(request)
    name, display_name = reply.name or "", reply.display_name or ""
    title = _read_title(display_name, context)
    slug = _read_slug(name, context, title)
    if title is None:
        talk = bool(display_name) and not is_title(Candidate(mend(display_name, context)), context)
        title = _title_from_name(name, context, after_talk=talk)
        if title is None and slug is not None and not talk:
            own = name_from_request(request)  # its title was in another language, or not there
            refused = Candidate(trim(display_name))
            if own is not None and not examples.hold(slug, refused, context):
                return TaskName(slug, own.display_name, kind=reply.kind)
    if title is None:
        raise CannotName(Reason.NOT_A_NAME)
    if slug is None or not says_the_same(slug, title):
        slug = lawful(title.slug)
    if slug is None or examples.hold(slug, title, context):
        raise CannotName(Reason.NOT_A_NAME)
    return TaskName(slug, title.text, kind=reply.kind)


def read_models() -> None:
    """Judge two titles, so that what judges read on first use is there before any request."""
    request = Request.of("Why do clients see an empty list?")
    believable_title("Reparar la búsqueda de clientes", request)
    believe('{"name": "empty-list", "display_name": "Empty list"}', request)


def believable_title(field: str, request: Request) -> str | None:
    """Make a lawful display name of `field`.

    None when it is no title, is in another script or language or holds a secret.
    """
    title = _read_title(field, RequestContext(request))
    return title.text if title is not None else None


def _read_title(field: str, request: RequestContext) -> Candidate | None:
    mended = "" if brings(field[:MAX_TITLE_READ], request) else mend(field, request)
    title = _spaced(mended, request.text)
    candidate = Candidate(title)
    if not title or not is_title(candidate, request) or not is_in_language_of(request, candidate):
        return None
    if not request.subject.share(candidate.folded):
        whole = trim(field)
        if mended != whole and is_talk(Candidate(whole), request):
            return None  # `Access denied | Cloudflare`: what talk left, which nobody asked about
    if holds_secret(title):  # which is then one clean line, as laws want it
        return None
    short = shorten(title)
    return candidate if short == title else Candidate(short)


def _spaced(title: str, prompt: str) -> str:
    """Write a title that was written as a slug with spaces, unless it is a name in the prompt.

    Tickets stay whole.
    """
    if _WRITTEN_AS_SLUG.fullmatch(title) is None or title.casefold() in prompt.casefold():
        return title
    return _JOINT.sub(" ", title[:1].upper() + title[1:])


def _read_slug(field: str, request: RequestContext, judged: Candidate | None) -> str | None:
    """Make a lawful name of `field`.

    None when nothing is left of it, it names nothing or holds a secret. `judged` is a title that
    was found to be one: then the same words in the name need no second look.
    """
    slug = field
    if name_fault(field) is not None:  # a lawful name is spelt as it stands
        slug = _spelt(trim(without_markup(field[:MAX_TITLE_READ], request.text)))
    if not slug or holds_secret(field):
        return None
    words = Candidate(slug.replace("-", " "))
    is_judged = judged is not None and words.text == judged.folded
    if not is_judged and not is_title(words, request):
        return None
    if len(slug) > MAX_NAME_LENGTH:  # cut as a title is, so that no connecting word is left
        slug = shorten(words.text, MAX_NAME_LENGTH).replace(" ", "-")
    return lawful(slug)


def _title_from_name(
    field: str, request: RequestContext, *, after_talk: bool = False
) -> Candidate | None:
    """Make a title of a name's words, the first with a capital.

    A name that was written as a title stays one. None when they are no title. Beside a display name
    that was talk, they must share their subject with the request. Names are in English, so where a
    title in another language is wanted, they are none.
    """
    if request.wanted not in {"", "en"}:
        return None
    line = trim(field)
    if _SLUG.fullmatch(line):
        line = _spelt(line).replace("-", " ")
    if len(line) < MIN_NAME_LENGTH or (
        after_talk and request.subject.share(Candidate(line).folded) < SAME_SUBJECT
    ):
        return None
    return _read_title(line[:1].upper() + line[1:], request)


def _spelt(field: str) -> str:
    """Spell a name without bound: its words in lower case, without the legacy prefix."""
    slug = slug_words(_HUMP.sub("-", field))
    while slug.startswith(LEGACY_PREFIX):
        slug = slug.removeprefix(LEGACY_PREFIX)
    return slug


def says_the_same(slug: str, title: Candidate) -> bool:
    """Tell whether a person can match `slug` with `title`.

    Between two languages nobody can tell, so it does.
    """
    if not title.text.isascii() or not title.slug:
        return True
    words, spelt = set(slug.split("-")), set(title.slug.split("-"))
    theirs = {word[:STEM_LENGTH] for word in spelt}
    if any(word[:STEM_LENGTH] in theirs for word in words - common_words()):
        return True
    return lexicons()["en"].all.isdisjoint(spelt) or has_foreign_words(title.folded)
