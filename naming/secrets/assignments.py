"""Values given to a password, key or token by name: `password=…`, `"apiKey".

"…"`, `my password is …`, `--token …`.

The rule. Behind a **password's** name any value counts that stands in quotes or directly behind
`=`. Behind `:`, "is" or a space it must mix letters with digits or symbols, or be a number; a plain
word counts only where nothing follows it and its line begins with the name (`pwd: sunshine`) or
somebody owns it ("my password is sunshine"): that keeps titles such as "Reset password: email
flow". Behind a **key's** name, whose value a machine draws, it must look drawn. Placeholders,
types, expressions and terms such as `sha256` never count.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.secrets.clues import ByClue
from naming.secrets.finding import Finding
from naming.secrets.randomness import is_mixed_random
from naming.secrets.secret_words import (
    COMMON_PASSWORDS,
    KEY_WORDS,
    KEYS_TO_HIDE,
    OTHER_KINDS_OF_KEY,
    PASSES,
    PASSWORD_WORDS,
    PREPOSITIONS,
    SENTENCE_WORDS,
    WORDS_WITHIN_WORDS,
)
from naming.secrets.values import (
    has_digits_for_letters,
    is_contract,
    is_joined_words,
    is_machine_made,
    is_mixed,
    is_nothing_secret,
    is_path,
    is_plain_word,
    is_term,
    is_variable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from naming.secrets.clues import Glance

_NAMES: Final = ByClue(
    ("", (start,), (re.compile(re.escape(start) + rest), is_password))
    for words, is_password in ((PASSWORD_WORDS, True), (KEY_WORDS, False))
    for start, rest in words
)

_COPULA: Final = (
    r"is set to|is now|was set to|(?:should|must|will|shall) be|set to|is|was|are|to|as|"
    r"será|es|é|è|est|ist|lautet|jest|je|adalah|là|это|—|-"
)
_AFTER: Final = re.compile(
    r"(?:[_-]?(?:\d{1,3}|prod|production|dev|test|staging|live|old|new|value|string|str|text|plain|raw|b64|base64|"
    r"root|data|pem|"
    r"(?<=private_key_)id|"
    r"admin|base))?(?![^\W_])"
    r"(?:\\?[\"'`]|%22|&quot;|[\]*>_~)}]|[\u2600-\u27bf\U0001f300-\U0001faff])*"  # the end of a quoted name
    r"(?P<whose> \([^()\n]{1,40}\)"
    r"|(?: (?:wi-?fi|wlan|vpn|root|admin|db|database|ssh|ftp|smtp|sudo)(?= ?[:=]| is ))"
    r"|(?: as [a-z]{3,12}(?= ?=))"  # Dim pwd As String = "…"
    rf"|(?: (?:{PREPOSITIONS})(?: [\w@.'/-]{{1,30}}){{1,4}}?))?"  # "for the admin"
    r"(?P<sep>[ \t]*(?::=|=>|->|<-|<<<|[!=]==?|\?\?=?|\|\|=?|==?|:|：|＝|%3[ad])(?:\*\*|__|"
    r"</[a-z]{1,8}>)?[ \t]*(?:\r?\n){0,2}[ \t]*(?:[-*>][ \t]+)?"
    rf"|[ ](?:{_COPULA})[: ][ ]{{0,2}}|[ ]\|[ ]"
    r"|(?(whose)(?!)|(?:[ \t]+|[ \t]*\r?\n[ \t]*))|(?<=\w>)(?=[^\s<>]{3,300}</))",
    re.IGNORECASE,
)
_AFTER_OTHER_SCRIPT: Final = re.compile(
    r"(?P<sep>\s?(?:是|为|為|は|는|은|이|가|هي|это|—|[:：=＝])\s{0,3}|\s?(?=[!-~“「«]))"
)
_COPULAS: Final = re.compile(rf"\s*(?:{_COPULA}|是|为|為|は|는|은|이|가|هي)[\s:]*", re.IGNORECASE)

_QUOTED: Final = re.compile(
    r"```[a-z]*\n(?P<fenced>[^\n]{1,300})(?:\n```)?"
    r"|(?:[bfru@])?(?P<q>\\?\"|\\?'|`{1,3}|%22|&quot;|“|”|«|‘|„|「|'''|\"\"\"|"
    r"\*\*)\s?(?P<inner>[^\n]{1,300}?)\s?(?:(?P=q)|[”»’“」])"
)
_BARE: Final = re.compile(r"(?:(?![&;,|][\w.-]{1,40}[\"']?[=:]|\\[nrt](?![\w!-~])|</)\S){1,300}")
_EASY: Final = re.compile(r"[^\s&;,|\\<]{1,300}+(?![&;,|\\<])")
"""The same without a character that may end it.

Several times as fast, where one name stands behind another."""

_TRAILING: Final = ".,;:!?)]}>'\"`*’”»。，、；！？"
_SUFFIX_OF_OTHER_SCRIPT: Final = re.compile(r"[^!-~].*", re.DOTALL)

_NAME_BEFORE: Final = re.compile(r"[\w.$-]{1,60}\Z")
_NO_SECRET: Final = re.compile(rf"(?:{OTHER_KINDS_OF_KEY})[_ .-]?(?:keys?|tokens?|[a-z]*id)\Z")
_SECRET: Final = re.compile(rf"(?:{KEYS_TO_HIDE})[_ .-]?(?:access[_ -]?)?keys?\Z")
_PASS_OF: Final = re.compile(rf"(?<![A-Za-z])(?:{PASSES})\Z", re.IGNORECASE)
_LINE_START: Final = re.compile(
    r"(?:^|[\n,;(|{/])[ \t]*(?:[-*>#]+[ \t]*)?[\"'`*]*"
    r"(?:(?:export|set|const|let|var|my|our|the|a|"
    r"user|admin|root|db|login|default|temp|temporary|new|current) )*[\w.-]*$",
    re.IGNORECASE,
)
_OWNED: Final = re.compile(
    r"\b(?:my|our|his|her|their|whose|admin|root|meine?|mi|mon|ma|minha|mio|mój|мой|我的)\s+(?:[\w-]+\s+){0,3}[\w.-]*$",
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(
    r"[ \t]*(?:$|[\r\n,;)\]}|.!?。]|\\n|(?:and|und|y|et|but|for|on|to|then|which)\b)"
)
_LINE_END: Final = re.compile(r"[!?.,;]{0,3}[ \t]*(?:$|[\r\n])")
_FLAG: Final = re.compile(r"(?:^|\s)--?[\w-]*$")

_WITHOUT_SPACES: Final = re.compile(
    r"[^A-Za-z!#-&*+]*[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3][^A-Za-z!#-&*+]*"
)
"""What a sentence says in a script without spaces ("at least 8 characters")."""

_ATTRIBUTE: Final = re.compile(r"\w=[\"'{]")
_PLAIN_NAMES: Final = re.compile(
    r"(?:.*[_.-])?(?:pass|passwords?|passphrase|passcode|passwd|pwd|pw|psw)", re.IGNORECASE
)

_PHRASE_WORD: Final = re.compile(r"[a-z]{3,12}")
_MIN_PHRASE: Final = 3
"""Words."""

_MAX_NESTED: Final = 8
"""Names."""

_MIN_ADJACENT: Final = 6
_MIN_KEY: Final = 7
_MIN_SECRET: Final = 6
_MIN_ADJACENT_KEY: Final = 12
_MIN_NUMBER: Final = 4
_MIN_PIN: Final = 3
"""Characters."""


class _Given(NamedTuple):
    """A value, and how it was given; `start` to `end` of the text is what gives it."""

    start: int
    end: int
    name: str
    before: str
    separator: str
    value: str
    quoted: bool
    after: str

    @property
    def is_adjacent(self) -> bool:
        """Only white space stands between name and value."""
        return not self.separator.strip()

    @property
    def is_tight(self) -> bool:
        """The value stands directly behind an equals sign."""
        return (
            "=" in self.separator and self.separator.strip() == self.separator
        ) or self.separator.lower() == "%3d"

    @property
    def is_flag(self) -> bool:
        """The name is an option of a command."""
        return _FLAG.search(self.before + self.name) is not None


def find_assignments(text: str, glance: Glance) -> Iterator[Finding]:
    """Find values that are given to a password, key or token by name."""
    for pattern, is_password in _NAMES.to_try(glance):
        names = [name for name in pattern.finditer(glance.small) if _is_name(text, name)]
        for given in _given_to(names, text, _is_password if is_password else _is_key):
            yield Finding(given.start, given.end, "", given.value)


def _given_to(
    names: list[re.Match[str]], text: str, is_secret: Callable[[_Given], bool]
) -> Iterator[_Given]:
    """Find the secrets that are given to `names`.

    Of many names within one value that is none (`key=key=key=…`) only the first and the last are
    asked for theirs: the time that a text takes stays in proportion to its length.
    """
    done, rejected, nested = 0, 0, 0
    for name, following in zip_longest(names, names[1:]):
        start = name.start()
        nested = nested + 1 if start < rejected else 0
        is_inner = nested > _MAX_NESTED and following is not None and following.start() < rejected
        if (
            start < done
            or is_inner
            or _is_said_twice(text, name, following)
            or (given := _given(text, name)) is None
        ):
            continue
        if given.value and not is_nothing_secret(given.value) and is_secret(given):
            done = given.end
            yield given
        rejected = max(rejected, given.end)


def _is_said_twice(text: str, name: re.Match[str], following: re.Match[str] | None) -> bool:
    """Tell whether the value of `name` is the same word again ("token token"), whose own value is asked for next."""
    if following is None or following.group() != name.group():
        return False
    return (
        not text[name.end() : following.start()].strip(" \t:=")
        and not text[following.end() : following.end() + 1].isalnum()
    )


def _is_name(text: str, name: re.Match[str]) -> bool:
    before = text[name.start() - 1 : name.start()] if name.start() else ""
    if not before.isalpha() or not before.isascii():
        return True
    if name.group() not in WORDS_WITHIN_WORDS or (
        text[name.start()].isupper() and before.islower()
    ):
        return True
    if name.group() in {"pass", "pw"} and _PASS_OF.search(
        text, max(0, name.start() - 8), name.start()
    ):
        return True
    return _SECRET.search(name.string, max(0, name.start() - 30), name.end()) is not None


def _given(text: str, name: re.Match[str]) -> _Given | None:
    other_script = not name.group()[-1].isascii()
    separator = _AFTER.match(text, name.end()) or (
        other_script and _AFTER_OTHER_SCRIPT.match(text, name.end())
    )
    if not separator:
        return None
    at = separator.end()
    if (quoted := _QUOTED.match(text, at)) is not None:
        value, end = quoted["fenced"] or quoted["inner"], quoted.end()
    elif (bare := _EASY.match(text, at) or _BARE.match(text, at)) is not None:
        value = (
            _SUFFIX_OF_OTHER_SCRIPT.sub("", bare.group())
            if other_script and bare.group()[0] < "\x7f"
            else bare.group()
        )
        value = value.rstrip(_TRAILING)
        end = at + len(value)
    else:
        return None
    before = _NAME_BEFORE.search(text, max(0, name.start() - 60), name.start())
    name_start = before.start() if before else name.start()
    return _Given(
        separator.start("sep"),
        end,
        text[name_start : name.end()],
        text[max(0, name_start - 40) : name_start],
        separator["sep"] or ">",
        value,
        quoted is not None or not separator["sep"],
        text[end : end + 12],
    )


def _is_password(given: _Given) -> bool:
    value = given.value
    if given.is_flag and given.is_adjacent:
        return not value.startswith("-") and (is_mixed(value) or is_plain_word(value))
    if given.quoted:
        return _is_quoted_password(given)
    if given.is_tight:
        if given.name == "PWD" and is_path(value):  # where a shell is, not what it keeps
            return False
        return not (is_variable(value) and "pass" in value.lower())
    is_pass = given.name.lower() == "pass"
    if value.isdigit():
        return len(value) >= (_MIN_ADJACENT if given.is_adjacent else _MIN_NUMBER) and not is_pass
    if is_mixed(value) and not is_term(value):
        if _WITHOUT_SPACES.fullmatch(value):
            return False
        if given.is_adjacent:
            if "\n" in given.separator and not _LINE_END.match(given.after):
                return False
            return (
                len(value) >= _MIN_ADJACENT
                and value[0] not in "/(-@#"
                and _is_adjacent_password(value, is_pass=is_pass)
            )
        return not is_path(value) and not (is_variable(value) and "=" in given.separator)
    return _is_plain_password(given)


def _is_adjacent_password(value: str, *, is_pass: bool) -> bool:
    if is_variable(value):
        return False
    if is_pass:  # mostly a verb
        return is_mixed_random(value) or has_digits_for_letters(value)
    return not _ATTRIBUTE.search(value) and (
        any(char.isdigit() for char in value) or value.isalpha()
    )


def _is_quoted_password(given: _Given) -> bool:
    words = given.value.split()
    if len(words) > 1 and "=" not in given.separator and not _COPULAS.fullmatch(given.separator):
        return (
            "phrase" in given.name.lower()
            or _is_passphrase(given)
            or any(is_mixed(word) and not is_term(word) for word in words)
        )
    return not given.is_adjacent or is_mixed(given.value)


def _is_passphrase(given: _Given) -> bool:
    words = given.value.split()
    return (
        ":" in given.separator
        and len(words) >= _MIN_PHRASE
        and all(_PHRASE_WORD.fullmatch(word) for word in words)
        and SENTENCE_WORDS.isdisjoint(words)
    )


def _is_plain_password(given: _Given) -> bool:
    if given.value.lower() in COMMON_PASSWORDS and _CLAUSE_END.match(given.after):
        return True
    if (
        not given.separator.strip(" \t\n|")
        or not is_plain_word(given.value)
        or not _CLAUSE_END.match(given.after)
    ):
        return False
    before = given.before + given.name
    if _COPULAS.fullmatch(given.separator):
        return _OWNED.search(before) is not None
    if given.name.lower() in {"pwd", "passwd", "pw", "psw"}:
        return True
    return _PLAIN_NAMES.fullmatch(given.name) is not None and _LINE_START.search(before) is not None


def _names_a_secret(given: _Given, before: str) -> bool:
    is_variable_of_the_environment = given.name.isupper() and "_" in given.name
    return is_variable_of_the_environment or "sess" in before or _SECRET.search(before) is not None


def _is_pin(given: _Given, small: str) -> bool:
    length = len(given.value)
    if small.startswith(("cvv", "cvc")) and given.is_adjacent:
        return _MIN_PIN <= length <= _MIN_NUMBER
    is_pin = small.endswith(("pin", "otp", "cvv", "cvv2", "cvc"))
    return is_pin and length >= _MIN_PIN and not given.is_adjacent


def _is_key(given: _Given) -> bool:
    value, small = given.value, given.name.lower()
    if value.isdigit():
        return _is_pin(given, small)
    before = (given.before[-20:] + given.name).lower()
    if " " in value or _NO_SECRET.search(before) or ("token" in small and is_contract(value)):
        return False
    if is_machine_made(value):
        return True
    if is_path(value) or (not given.quoted and not given.is_tight and is_joined_words(value)):
        return False
    if given.is_adjacent and len(value) >= _MIN_KEY and has_digits_for_letters(value):
        return True
    if (
        given.is_adjacent
        and not given.quoted
        and not given.is_flag
        and len(value) < _MIN_ADJACENT_KEY
    ):
        return False
    if small.endswith(
        ("key", "keys", "salt", "sig", "signature", "auth", "sid")
    ) and not _names_a_secret(given, before):
        return False
    if given.is_tight and (given.name.isupper() or given.before.endswith(("?", "&"))):
        return not is_variable(value)
    if value.lower() in COMMON_PASSWORDS:
        return not given.is_adjacent
    shortest = _MIN_SECRET if "secret" in small else _MIN_KEY
    return (
        len(value) >= shortest and is_mixed(value) and not is_term(value) and not is_variable(value)
    )
