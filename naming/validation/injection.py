"""Whether a title is what a text in the request demands as its title, and nothing else."""

import re
from typing import Final

from naming.text.tokens import content_words
from naming.validation.context import RequestContext
from naming.validation.kinds import kinds_of

WORDS: Final = "injection.txt"

AROUND: Final = 50
"""Characters in front of a title, and as many before those and behind, that may demand it."""

BEHIND: Final = 30  # the same behind it
MOST_PLACES: Final = 8  # places of a title in the request that are looked at

_CLAUSE_END: Final = re.compile(r"[.!?;\]>] |[。！？]| (?=[<\[])|/// ")
_SIGNS_AROUND: Final = re.compile(r"^\W+|\W+$")


def obeys(line: str, request: RequestContext) -> bool:
    """Tell whether the words of the folded `line` stand only where the request demands them.

    There the same clause tells what to say (`the title is …`) and that nothing else will do
    (`only`), or it or one beside it turns to a machine (`dear bot`) or against its instructions
    (`ignore`). A title that is also what the rest of the request speaks of is none of it.
    """
    literal, text = _SIGNS_AROUND.sub("", line), request.folded
    if literal not in text:  # perhaps where Claude did not see it
        text = request.uncleaned
    if not literal or literal not in text or literal == text:
        return False
    rest, demands, at = text, set[str](), -1
    for _ in range(MOST_PLACES):
        if (at := text.find(literal, at + 1)) < 0:
            break
        end = at + len(literal)
        clause = _CLAUSE_END.split(text[max(0, at - AROUND) : at])[-1]
        clause += " " + _CLAUSE_END.split(text[end : end + BEHIND])[0]  # verbs that stand last
        if "say" in (kinds := kinds_of(clause, request, WORDS)):
            around = kinds_of(text[max(0, at - 2 * AROUND) : end + AROUND], request, WORDS)
            demands |= kinds | (around - {"insist"})
            rest = f"{rest[:at]}{' ' * len(literal)}{rest[end:]}"
    return not demands.isdisjoint({"insist", "override"}) and not (
        content_words(literal) <= content_words(rest)
    )
