"""What a line begins with before it says what is wanted: greetings, openers, labels, roles."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from naming.text.patterns import FirstWords, WordPattern, any_of, entries_of

OPENERS: Final = "extraction/openers.txt"
ROLES: Final = "extraction/roles.txt"

SPACED_SCRIPTS: Final = "\u0900"
"""Scripts from here on write marks inside of words, or no spaces between them."""

GREETING: Final = FirstWords("greetings")
OPENER: Final = FirstWords("openers")
USER_STORY: Final = FirstWords("user stories")
FORBIDDEN: Final = FirstWords("what not")
INTRO: Final = FirstWords("introductions")
ARTICLE: Final = FirstWords("articles")
PERSONA_ABROAD: Final = FirstWords("personas")

GREETING_UNSPACED: Final = WordPattern("{greetings unspaced}", flags=re.NOFLAG)
OPENER_UNSPACED: Final = WordPattern("{openers unspaced}", flags=re.NOFLAG)
USER_STORY_UNSPACED: Final = WordPattern("{user stories unspaced}", flags=re.NOFLAG)
PERSONA_UNSPACED: Final = WordPattern("{personas unspaced}", flags=re.NOFLAG)

CLOSER: Final = WordPattern(
    r"(?:[,;:.!?\s-]+{closers after a mark}(?: {closer emphasis})?|[,\s]+{closers}"
    r"|{closers unspaced})[.!?。！？\s]*$"
)
"""Politeness behind a request, in any language."""

_LABEL_ENDS: Final = r"\**[ \t]?[:：]\**[ \t]*(?=\S)"

STRONG_LABEL: Final = WordPattern(r"\**{labels}" + _LABEL_ENDS, OPENERS)
"""A label that stands before a title and nothing else: `Title: …`, `**Task:** …`."""

LABEL: Final = WordPattern(r"\**(?:{labels}|{other labels})" + _LABEL_ENDS, OPENERS)
"""A label in front of a line."""

LABEL_REACH: Final = 28
"""Characters in which the colon of a label stands."""

ADDRESSED: Final = re.compile(r"\A(?:[@/][A-Za-z][\w-]{0,39}[,:]?\s+)+(?=\S+\s+\S)")
"""`@bot fix lint errors`, `/plan add dark mode`: to whom or what it is said, not what."""

VERB_COMMANDS: Final = WordPattern(r"\A/(?={verbs} (?!{verbs}\b))")
"""`/review the payment PR`: a command that says itself what is to be done."""

NAMES_A_FILE: Final = re.compile(r"[\w)]\.[A-Za-z]\w{0,4}\b|[\w.]/\w")
"""`In src/api/users.py, line 42, …`: an introduction that is not left out."""

PLACEHOLDER: Final = re.compile(
    r"\$\{[^{}\n]{1,80}\}|\{[a-z]+ [^{}\n]{1,80}\}|\$ARGUMENTS\b|\$\d\b"
    r"|\{\{[^{}\n]{0,80}[ |.:][^{}\n]{0,80}\}\}|\\\([A-Za-z]{1,40}\)"
)
"""A hole in a template: `${selection}`, `{argument name=…}`."""

PERSONA: Final = WordPattern(
    r"{settings of a role}?{leads to a role}*{plays}{playing as}|{is a role}"
    r"|as an? (?=[^,.\n]{0,80}$)(?![^\n]{0,80} (?:i|we) )"
)
"""`I want you to act as`, `You are`, at the start of a line in English."""

ACT_AS: Final = WordPattern(r"\b{plays a role}\b|充当|扮演|作为|担任", ROLES)

ROLE_WORDS_UNSPACED: Final = WordPattern("{role words unspaced}", flags=re.NOFLAG)

ROLE_ENDS: Final = WordPattern(
    r"(?:,? (?:{what a role is for}|{role ends})\b|[,.;:(，。；：、（]| - | – | — )", ROLES
)
AFTER_ROLE: Final = WordPattern(r"^(?:,? ?(?:{what a role is for}|{after a role})\b)+ ", ROLES)
TASK_OF_ROLE: Final = WordPattern(r",? and (?:then )?(?:please )?(?={verbs}\b)")
FLATTERY: Final = WordPattern(r"^(?:{praise}(?:,? ))+(?=\S+ \S+|[^\x00-\x7f])", ROLES)


@cache
def closing_words() -> tuple[str, ...]:
    """Give how a line ends that ends in politeness: a quick look before the pattern."""
    sections = ("closers after a mark", "closer emphasis", "closers", "closing words")
    return tuple(phrase for section in sections for phrase in entries_of(section))


def greeting_in(line: str, word: str) -> int:
    """Find where a greeting ends that `line`, whose first word is `word`, begins with.

    0 when it greets nobody.
    """
    if line[:1] < SPACED_SCRIPTS:
        return GREETING.end(line, word)
    found = GREETING_UNSPACED.compiled.match(line)
    return found.end() if found else 0


def role_in(line: str, word: str) -> int:
    """Find where a role begins that `line`, whose first word is `word`, gives to its reader.

    0 when it gives none.
    """
    if line[:1] >= SPACED_SCRIPTS:
        found = PERSONA_UNSPACED.compiled.match(line)
    else:
        found = PERSONA.compiled.match(line)
    return found.end() if found else PERSONA_ABROAD.end(line, word)


@cache
def _verbs() -> tuple[frozenset[str], tuple[str, ...]]:
    """Give the verbs that ask for something: those of one word, and those with a particle."""
    verbs = any_of("verbs").removeprefix("(?:").removesuffix(")").split("|")
    particles = tuple(verb for verb in verbs if " " in verb)
    return frozenset(verbs) - set(particles), particles


def is_imperative(word: str, line: str) -> bool:
    """Tell whether `line`, begun by `word`, starts with a verb that asks for something."""
    verbs, with_a_particle = _verbs()
    return word in verbs or line[:20].lower().startswith(with_a_particle)
