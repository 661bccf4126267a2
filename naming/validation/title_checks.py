"""Whether a candidate is a title, or the model answering, refusing, commenting or echoing.

Where the evidence is weak it is one: a good title lost is as bad as a bad one kept.
"""

import re
from typing import Final

from naming.text.word_files import words_in
from naming.validation.context import Candidate, RequestContext
from naming.validation.injection import obeys
from naming.validation.kinds import says_only
from naming.validation.trim import is_words_alone
from naming.validation.wording import is_talk

GREETS: Final = frozenset({"assent", "greeting", "first person", "second person"})
"""Kinds of words of which a request's own are no title of it."""

_CODE: Final = re.compile(
    r"[\[{]\s*[\"'{]|'''|</?\w{0,12}:?think|<\||<html|<?!doctype|[<\[({].*[>\])}]$"
    r"|[\w.]+\([^()]*\)$|[a-z_]+=\S+$"
)
"""The beginning of code and markup, or nothing but the call of a function or an assignment."""

_THING: Final = re.compile(
    r"\w{2,9}:/?/\S+|(?<![\w/:])//\w\S+|\bwww\.\S+"  # addresses
    r"|[\w.+-]+@[\w-]+\.\w+"
    r"|<[@#!][^>\s]*>|(?<![\w/])@[^\W_]\w+|(?<![\w&])#[^\W\d_]\w+|(?<!\w)#\d+"  # of chats
    r"|\b(?P<standard>[A-Z][A-Z0-9]{1,9})-\d+\b"  # of trackers
    r"|(?<![\w.])(?:[\w-]+\.)+(?:[A-Za-z]{2,9}/\S|(?P<domain>[A-Za-z]{2,9})\b)"
    r"|\+?\(?\d[\d ()./-]{6,}\d|\d{6,}|(?<![\w!])!\d{2,}"  # telephones, merge requests
)
_NOT_ALPHANUMERIC: Final = re.compile(r"[\W_]+")


def is_title(candidate: Candidate, request: RequestContext) -> bool:
    """Tell whether `candidate` names the task that the request asks for."""
    line = candidate.folded
    if not any(char.isalnum() for char in line):
        return bool(line) and line == request.folded
    if obeys(line, request) or brings(candidate.text, request):
        return False
    if line == request.folded:
        return True
    if line in request.folded:  # their own words
        return not says_only(GREETS, line, request, theirs=True)
    return _CODE.match(line) is None and not is_talk(candidate, request)


def brings(text: str, request: RequestContext) -> bool:
    """Tell whether a title has an address, a mention or a number that the request has not."""
    if is_words_alone(text):
        return False
    for thing in _THING.finditer(text):
        if thing["standard"] in words_in("validation.txt", "standards"):
            continue
        domain = thing["domain"]
        if domain is not None and domain.lower() not in words_in("validation.txt", "domains"):
            continue
        if _squeezed(thing[0]) not in _squeezed(request.text):
            return True
    return False


def _squeezed(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", text).casefold()
