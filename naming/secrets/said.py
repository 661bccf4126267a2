"""Credentials in sentences where the word for them comes behind, and pairs of a user and a password."""

from __future__ import annotations

import re
from string import digits
from typing import TYPE_CHECKING, Final

from naming.secrets.clues import ByClue
from naming.secrets.credentials import is_literal, is_typed
from naming.secrets.finding import Finding, holds_one_of
from naming.secrets.values import has_digits_for_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.clues import Glance

_WORDS: Final = "password|passwort|contraseña|senha|mot de passe|hasło|wachtwoord|пароль|kennwort|passphrase|passcode"
_BEHIND: Final = re.compile(
    r" (?:is|as|for|come|como|comme|als|est|ist|jako|e|è|é|es|как)"
    r" (?:(?:the|my|our|your|a|le|la|il|das|el|o|het) (?:[\w'’-]{1,14} ){0,3}"
    r"|(?:new|admin|root|db|login|user|wifi|master) )?"
    rf"(?:{_WORDS})(?=\s*(?:$|[.,;:!?)\n—–-]|(?:for|to|on|in|and|but|then|when|at|with|und|et|y|e|и)\b))"
)
_RULES: Final = ByClue((("", tuple(_WORDS.split("|")), _BEHIND),))
_VALUE: Final = re.compile(r"(?<![\w/.@#-])[^\s\"'`()]{5,60}(?=[\"'`*]{0,2}\Z)")

_PAIR: Final = re.compile(r"/ ?(?=[^\s/]{0,40}[0-9!#$])(?P<value>[^\s\"'`<>/:]{5,60})(?![/:\w])")
_SIGNS_IN: Final = re.compile(
    r"(?<![\w./-])(?:zugang|zugangsdaten|connecte[rz]?(?:-toi|-vous)?|connexion|anmeld\w{0,5}|einlogg\w{0,5}|acced\w{1,3}|"
    r"entr[aáeo]r?|zaloguj(?: si[eę])?|"
    r"inlogg\w{0,4}|logga? inn?|kirjaudu|giriş(?: yap)?|войди|зайди|войти|зайти|увійди|логин|登录|登入|"
    r"ログイン|로그인|ssh|"
    r"server|host|user ?/? ?pass(?:word)?|user ?name ?/ ?password)[:：]?"
    r"(?: (?:avec|con|com|mit|als|med|met|jako|come|como|sisään|под|как|за|с))? ?[\"'`]?[\w.@+-]{2,40} ?\Z"
)
_KNOWN_USER: Final = re.compile(
    r"(?<![\w/.@-])(?:admin|root|administrator|guest|sa|demo|ubuntu) ?\Z"
)

_MARKS: Final = f"{digits}!#$"
_AROUND: Final = 90


def find_said(text: str, glance: Glance) -> Iterator[Finding]:
    """Find "use … as the password", and "connecte-toi avec marie / …"."""
    for pattern in _RULES.to_try(glance):
        for word in pattern.finditer(glance.small):
            value = _VALUE.search(text, max(0, word.start() - 64), word.start())
            if value is not None and is_literal(value[0]):
                yield Finding(value.start(), value.end(), "secret", value[0])
    if "/" in text and holds_one_of(_MARKS, text):
        for pair in _PAIR.finditer(text):
            at = pair.start()
            password = pair["value"].rstrip(".,;?)")
            if not is_typed(password):
                continue
            before = glance.small[max(0, at - _AROUND) : at]
            if _SIGNS_IN.search(before) or (
                has_digits_for_letters(password) and _KNOWN_USER.search(before)
            ):
                yield Finding(at, pair.start("value") + len(password), "", password)
