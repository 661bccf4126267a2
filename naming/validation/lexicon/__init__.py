"""Words by which the languages in Latin letters are told apart.

Data for `tongue`, and how to read it.

Every language has its `SMALL` words, the `WORK` that titles begin with (in some languages end with)
and the `THINGS` that software tasks are about. Words are written as people spell them and folded as
texts are. A word that several languages have tells none of them from another, so an English word
that is at home elsewhere too stands there as well. Jargon that developers use in every language
(login, bug, deploy) is in none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from naming.text.folding import fold
from naming.text.tokens import words
from naming.validation.lexicon import asian, eastern, english, germanic, nordic, romance, slavic

if TYPE_CHECKING:
    from types import ModuleType

MODULES: Final[tuple[ModuleType, ...]] = (
    english,
    romance,
    germanic,
    nordic,
    slavic,
    eastern,
    asian,
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of one language."""

    family: str
    small: frozenset[str]
    work: frozenset[str]
    all: frozenset[str]
    letters: frozenset[str]
    endings: re.Pattern[str]

    def has(self, word: str) -> bool:
        """Tell whether `word` is known or ends as words of this language do."""
        return word in self.all or self.endings.search(word) is not None


def _read(module: ModuleType, language: str) -> Lexicon:
    small, work, things = (
        words(fold(kind.get(language, ""))) for kind in (module.SMALL, module.WORK, module.THINGS)
    )
    letters = frozenset(module.LETTERS.get(language, ""))
    endings = re.compile(rf"\w{{4}}(?:{module.ENDINGS.get(language, '(?!)')})$")
    return Lexicon(module.__name__, small, work, small | work | things, letters, endings)


LEXICONS: Final = {
    language: _read(module, language) for module in MODULES for language in module.SMALL
}
"""By ISO 639-1 code."""

LANGUAGE_NAMES: Final = re.compile(
    r"\b(?:english|[ei]ngl[ei]se?s?|anglais\w*|englisch\w*|angielsk\w+|anglick\w+|anglictin\w+|engelska?|englanti\w*"
    r"|ingilizce\w*|angol\w*|engleza|tieng \w+|inggris|bahasa|spanish|espanol\w*|castellano|espagnol\w*|spanisch\w*"
    r"|spagnolo|hiszpansk\w+|spanelsk\w+|spaans|french|frances\w?|francais\w*|franzosisch\w*|francuski\w*|francouz\w+"
    r"|frans|german|aleman|allemand\w*|deutsch\w*|tedesco|niemieck\w+|nemeck\w+|nemcin\w+|duits|almanca"
    r"|portuguese|portugu[ei]s\w*|portoghese|italian\w?|italien\w*|italienisch\w*|dutch|nederlands\w*|niederlandisch\w*"
    r"|holland\w+|polnisch\w*|polsku|polaco|polonais|czech|cesky|cestin\w+|tschechisch\w*|turkish|turkce\w*|turkisch\w*"
    r"|vietnamese|indonesian?\w*|swedish|svenska|schwedisch\w*|danish|dansk|norwegian|norsk|finnish|suomeksi|hungarian"
    r"|magyarul|romanian|russian|ruso|russe|russisch\w*|chinese|chinesisch\w*|chino|chinois|japanese|japanisch\w*"
    r"|japones|japonais|korean|arabic|arabisch\w*|bilingu\w+|multilingu\w+|translat\w+|traduc\w+|traduz\w+|tradui\w+"
    r"|ubersetz\w+|tradurre|traduzi\w*|przetlumacz\w*|preloz\w*|prelozit|vertaal\w*|oversett\w*|oversatt\w*|cevir\w*"
    r"|terjemahkan|(?:de|en|es|fr|it|nl|pl|pt|tr)-[a-z]{2})\b"
)
"""A folded request that names a language may want its answer, and so its title, in that one."""
