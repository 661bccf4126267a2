"""Whether a candidate is a title, or the model answering, refusing, commenting or echoing.

Where the evidence is weak it is one: a good title lost is as bad as a bad one kept.
"""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from naming.names import TaskName
from naming.text.folding import fold
from naming.text.tokens import Subject, content_words, is_unspaced
from naming.text.word_files import words_in
from naming.validation.context import SAME_SUBJECT, Candidate, RequestContext
from naming.validation.kinds import kinds_of, says_only
from naming.validation.trim import is_words_alone
from naming.validation.wording import is_talk

GREETS: Final = frozenset({"assent", "greeting", "first person", "second person"})
"""Kinds of words of which a request's own are no title of it."""

_CODE: Final = re.compile(
    r"[\[{]\s*[\"'{]|'''|</?\w{0,12}:?think|<\||<html|<?!doctype|[<\[({].*[>\])}]$"
    r"|(?a:[\w.]+)\([ -'*-~]*\)$|[a-z_]+=\S+$"
)
"""The beginning of code and markup, or nothing but the call of a function or an assignment."""

_THING: Final = re.compile(
    r"\w{2,9}:/?/\S+|(?<![\w/:])//\w\S+|\bwww\.\S+"  # addresses
    r"|[\w.+-]+@[\w-]+\.\w+"
    r"|<[@#!][^>\s]*>|(?<![\w/])@[^\W_]\w+|(?<![\w&])#[^\W\d_]\w+|(?<!\w)#\d+"  # of chats
    r"|\b(?P<standard>[A-Z][A-Z0-9]{1,9})-\d+\b"  # of trackers
    r"|(?<![\w.])(?:[\w-]+\.)+com?\.[a-z]{2}\b"
    r"|(?<![\w.])(?:[\w-]+\.)+(?:[A-Za-z]{2,9}/\S|(?P<domain>[A-Za-z]{2,9})\b)"
    r"|\blocalhost:\d+|\bv?(?P<version>\d+\.\d+(?:\.\d+)*)\b"
    r"|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b"  # commits
    r"|\+?\(?\d[\d ()./-]{6,}\d|\d{6,}|(?<![\w!])!\d{2,}"  # telephones, merge requests
)

INJECTION: Final = "injection.txt"

AROUND: Final = 50
"""Characters in front of a title, and as many before those and behind, that may demand it."""

BEHIND: Final = 30  # the same behind it
MUCH_ELSE: Final = 2  # words of a request beside what it demands that ask for something else
MOST_DICTATED: Final = 2
"""Words that may be dictated without quotation marks: two characters are one where no space is."""

_LABEL: Final = re.compile(r"\s*\w+:\s*")
_QUOTES: Final = "'\"“«„‘「"
MOST_PLACES: Final = 8  # places of a title in the request that are looked at

_CLAUSE_END: Final = re.compile(r"[.!?;\]>] |[。！？]| (?=[<\[])|/// ")
_SIGNS_AROUND: Final = re.compile(r"^\W+|\W+$")


def is_title(candidate: Candidate, request: RequestContext) -> bool:
    """Tell whether `candidate` names the task that the request asks for."""
    line = candidate.folded
    if not any(char.isalnum() for char in line):
        return bool(line) and line == request.folded
    if obeys(line, request) or brings(candidate.text, request):
        return False
    if line in request.folded:  # their own words
        return line == request.folded or not says_only(GREETS, line, request, theirs=True)
    return _CODE.match(line) is None and not is_talk(candidate, request)


def brings(text: str, request: RequestContext) -> bool:
    """Tell whether a title has an address, a mention or a number that the request has not."""
    if is_words_alone(text):
        return False
    for thing in _THING.finditer(text):
        domain, standard = thing["domain"], thing["standard"]
        is_none = standard in words_in("validation.txt", "standards") or (
            domain is not None and domain.lower() not in words_in("validation.txt", "domains")
        )
        told = _squeezed(thing["version"] or thing[0])
        if not is_none and told not in _squeezed(request.text):
            return True
    return False


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def obeys(line: str, request: RequestContext) -> bool:
    """Tell whether the words of the folded `line` stand only where the request demands them.

    There the same clause tells what to say (`the title is …`), and that nothing else will do
    (`only`), or it or one beside it turns to a machine (`dear bot`) or against its instructions
    (`ignore`), or the line is in quotation marks or of a word or two and the rest asks for
    something else. A title that is also what the rest of the request speaks of is none of it.
    """
    literal, text = _SIGNS_AROUND.sub("", line), request.folded
    if literal not in text:  # perhaps where Claude did not see it
        text = request.uncleaned
    if not literal or literal not in text or literal == text:
        return False
    rest, demands, clauses = text, set[str](), ""
    length = len(literal.split()) + sum(map(is_unspaced, literal)) // 2
    for found in islice(re.finditer(re.escape(literal), text), MOST_PLACES):
        at, end = found.span()
        before = _CLAUSE_END.split(text[max(0, at - AROUND) : at])[-1]
        clause = f"{before} {_CLAUSE_END.split(text[end : end + BEHIND])[0]}"  # some verbs are last
        if "say" in (kinds := kinds_of(clause, request, INJECTION)):
            around = kinds_of(text[max(0, at - 2 * AROUND) : end + AROUND], request, INJECTION)
            demands |= kinds | (around - {"insist"})
            rest = f"{rest[:at]}{' ' * len(literal)}{rest[end:]}"
            is_dictated = before[-1:] in _QUOTES or length <= MOST_DICTATED
            clauses += clause if is_dictated and not _LABEL.fullmatch(before) else ""
    other, own = content_words(rest), content_words(literal)
    is_beside = clauses != "" and len(other - content_words(clauses)) >= MUCH_ELSE
    demanded = not demands.isdisjoint({"insist", "override"}) or is_beside
    return demanded and not own <= other


class Examples:
    """Our own worked examples, which small models give as the answer to anything."""

    def __init__(self, examples: Iterable[TaskName] = ()) -> None:
        self._examples = [
            (each.name, fold(each.display_name), Subject.read(f"{each.display_name} {each.name}"))
            for each in examples
        ]

    def hold(self, name: str, title: Candidate, request: RequestContext) -> bool:
        """Tell whether the answer is one of them, and none of the request.

        Small models also say one in other words (`hi` became `Ask snowflake import rows`): then
        most of the title's words are an example's, and none is the request's.
        """
        line = title.folded
        shared = max(map(request.subject.share, (line, name.replace("-", " "))))
        return shared < SAME_SUBJECT and any(
            name == own_name
            or line == own_title
            or (not shared and subject.share(line) > SAME_SUBJECT)
            for own_name, own_title, subject in self._examples
        )
