"""Whether a title is what a text in the request demands as its title, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.text.tokens import content_words, is_unspaced
from naming.validation.wording import kinds_of

if TYPE_CHECKING:
    from naming.validation.context import RequestContext

WORDS: Final = "injection.txt"

BEFORE: Final = 80
"""Characters in front of a literal title among which it may be demanded."""

BEHIND: Final = 30
"""The same behind it."""

MOST_PLACES: Final = 8
"""Places of a title in the request that are looked at."""

_CLAUSE_END: Final = re.compile(r"[.!?;] |[。！？]")
_SIGNS_AROUND: Final = re.compile(r"^\W+|\W+$")


def obeys(line: str, request: RequestContext) -> bool:
    """Tell whether the words of the folded `line` stand only where the request demands them.

    Such a request tells in the same clause what to say (`the title is …`), and either there that
    nothing else will do (`only`) or anywhere that nothing else counts (`ignore`, `system`). A title
    that is also what the rest of the request speaks of is none of it.
    """
    literal, text = _SIGNS_AROUND.sub("", line), request.folded
    if not literal or literal not in text or literal == text:
        return False
    rest, demands, at = text, set[str](), -1
    for _ in range(MOST_PLACES):
        if (at := text.find(literal, at + 1)) < 0:
            break
        end = at + len(literal)
        clause = _CLAUSE_END.split(text[max(0, at - BEFORE) : at])[-1]
        behind = text[end : end + BEHIND]
        if any(map(is_unspaced, behind[1:4])):  # there the verb stands last
            clause += behind
        if "say" in (kinds := kinds_of(clause, request, WORDS)):
            demands |= kinds
            rest = f"{rest[:at]}{' ' * len(literal)}{rest[end:]}"
    if not demands or content_words(literal) <= content_words(rest):
        return False
    return "insist" in demands or "override" in kinds_of(rest, request, WORDS)
