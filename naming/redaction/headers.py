"""Credentials that a place marks: in the lines of HTTP requests, in links, in markup, on command lines."""

from __future__ import annotations

import base64
import re
from string import digits
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.redaction.finding import Finding, holds_one_of
from naming.redaction.secret_words import PREDICATES, SENTENCE_WORDS
from naming.redaction.values import is_machine_made, is_mixed, is_nothing_secret, is_term, is_variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


_MIN_CREDENTIAL: Final = 12
"""Characters."""


def _anything(value: str) -> bool:
    return bool(value)


def _mixed(value: str) -> bool:
    return (is_mixed(value) and not is_term(value)) or is_machine_made(value)


def _is_name(value: str) -> bool:
    return value.islower() or is_variable(value)


def _words(value: str) -> bool:
    words = value.split()
    return SENTENCE_WORDS.isdisjoint(words) and len(PREDICATES.intersection(words)) < 2  # noqa: PLR2004 - "correct horse"


def _drawn(value: str) -> bool:
    if is_machine_made(value):
        return True
    kinds = (str.isdigit, str.islower, str.isupper)
    return value.isalnum() and all(any(map(kind, value)) for kind in kinds) and not is_variable(value)


def _credential(value: str) -> bool:
    if is_machine_made(value) or (len(value) >= _MIN_CREDENTIAL and _mixed(value) and not _is_name(value)):
        return True
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("ascii")
    except ValueError:
        return False
    return ":" in plain and plain.isprintable()


class _Place(NamedTuple):
    """One place: what must be in the text to look at all, the pattern, what its value must be.

    Of the characters of `marks`, when there are any, and of the words of `triggers` (in small letters) one must be
    there.
    The pattern's `sep` begins what is taken out, its `value` is the secret.
    """

    marks: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    is_secret: Callable[[str], bool]
    word: str = ""


def _place(marks: str, triggers: str, pattern: str, is_secret: Callable[[str], bool], word: str = "") -> _Place:
    return _Place(marks, tuple(triggers.split("|")), re.compile(pattern), is_secret, word)


_Q: Final = r"[\"'`]?"
_COMMANDS: Final = (
    r"(?:curl|wget|https?|xh|smbclient|mongo\w*|psql|redis-cli|mysql\w*|maria\w*|sshpass|docker|podman|helm|ldap\w+|sqlcmd|snowsql|cqlsh|influx|rabbitmqadmin|"
    r"twine|htpasswd|rclone|az|l?ftp|openssl|oc|kubectl)\b[^\n|]{0,200}?\s"
)

# All of them are matched against small letters.
_PLACES: Final = (
    _place(
        ":=,",
        "authorization",
        rf"authorization{_Q}\]?(?P<sep>\s{{0,3}}[:=,]\s{{0,3}}{_Q})(?:[a-z][a-z0-9-]{{2,20}}\s+)?(?P<value>[^\s\"'`<>]{{6,2000}})",
        _mixed,
    ),
    _place(
        "",
        "bearer |basic |bot |apikey |token ",
        r"(?:bearer|basic|bot|apikey|token)(?P<sep>\s{1,3})(?P<value>[a-z0-9._~+/=-]{8,2000})",
        _credential,
    ),
    _place(
        "=",
        "cookie",
        rf"cookie(?P<sep>\s{{0,3}}[:=]\s{{0,3}}{_Q})(?P<value>(?!(?:samesite|path|domain|max-age|expires)=)[\w.-]{{1,60}}=[^\n\"'`]{{1,2000}})",
        _anything,
    ),
    _place(
        "=",
        "?|&",
        r"[?&;](?:x-(?:amz|goog)-(?:signature|credential|security-token)|sig|signature|sign|hmac|(?:access_|id_|refresh_)?token|"
        r"auth|api[_-]?key|key|password|passwd|pwd|secret|code|state|awsaccesskeyid)(?P<sep>=)(?P<value>[^\s&#\"'`<>)]{6,2000})",
        _mixed,
    ),
    _place(
        "/",
        "hook|telegram|chat.googleapis",
        r"https?://(?P<sep>)(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)"
        r"|(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks|[\w.-]+\.webhook\.office\.com/webhookb2"
        r"|outlook\.office\.com/webhook|hooks\.zapier\.com/hooks/catch|chat\.googleapis\.com/v1/spaces"
        r"|hook\.[\w.]{0,20}make\.com|api\.telegram\.org/(?:file/)?bot)/?(?P<value>[^\s\"'`<>)]{8,400})",
        _anything,
        "webhook URL",
    ),
    _place(
        "<",
        "</",
        r"(?:password|passwd|pwd|secret|token|api[_-]?key|accesskey)\w{0,10}>(?P<sep>\s{0,2})(?P<value>[^<>\n]{3,300})(?=</)",
        _anything,
    ),
    _place(
        ":=",
        "value",
        rf"(?:password|passwd|pwd|secret|token|key|pass){_Q}\s{{0,2}}[,\n]?\s{{0,12}}{_Q}value(?P<sep>{_Q}\s?[:=]\s?){_Q}(?P<value>[^\s\"'<>]{{3,300}})",
        _mixed,
    ),
    _place(
        "\"'",
        "identified",
        r"identified (?:with \S{1,40} )?by (?:password )?(?P<sep>)[\"'](?P<value>[^\"'\n]{1,200})",
        _anything,
    ),
    _place("", "login", r"login\s+\S{1,60}\s+password(?P<sep>\s+)(?P<value>\S{1,200})", _anything),
    _place(
        "/:|",
        "login|log in|sign in|cred|zugangsdaten|identifiant",
        r"(?:log(?:ged)? ?in(?: as| with| using| is|:)|sign in (?:as|with)|"
        r"credentials?(?: are| is|:)?|creds(?: are| is|:)?|"
        r"zugangsdaten:?|identifiants?:?|credenciales:?|credenciais:?|credenziali:?) {1,2}"
        r"[\"'`]?[\w.@+-]{2,40}"
        r"(?P<sep> ?[/:|] ?)(?P<value>[^\s\"'`<>/:][^\s\"'`<>]{4,100})",
        _mixed,
    ),
    _place(
        "",
        "seed|recovery|mnemonic",
        r"(?:seed|recovery|mnemonic|backup)(?: (?:phrase|words|seed))?(?P<sep>\s?(?::|=|is)\s{0,2}[\"'`]?)"
        r"(?P<value>(?:[a-z]{3,8} ){11,23}[a-z]{3,8}(?![a-z]))",
        _anything,
    ),
    _place(
        ":%",
        " -u| --user| --proxy-user",
        rf"{_COMMANDS}(?:-u|--user|--proxy-user)[ =]?[\"']?[\w.@\\+-]{{1,60}}(?P<sep>[:%])(?P<value>[^\s\"']{{1,200}})",
        _anything,
    ),
    _place(
        "",
        "pass|pwd|psw| pw",
        r"(?:user(?:name)?|login)[ :=]{1,3}[\w.@+-]{2,40}[,;/|]? {1,2}(?:and |with )?"
        r"(?:pass(?:word|wd|wort|e)?|pwd?|psw)(?P<sep>[ :=]{1,3})(?P<value>[^\s\"'`<>(){}]{5,100})",
        _mixed,
    ),
    _place(
        "/:",
        "login ",
        r"login (?:admin|root|administrator|demo|guest|sa|postgres|ubuntu|pi|ftp|[a-z]+@[\w.-]+)"
        r"(?P<sep>[/:])(?P<value>[^\s\"'`<>/:]{5,100})(?![/:])",
        _mixed,
    ),
    _place(
        ":",
        "admin:|root:|administrator:",
        r"(?<![\w./:@-])(?:admin|root|administrator)(?P<sep>:)(?P<value>[^\s\"'`<>/:@,;]{6,100})(?![/:@\w])",
        _mixed,
    ),
    _place("/", "/user:", r"/user:\S{1,60}(?P<sep> {1,2})(?P<value>[^\s/]\S{3,100})", _mixed),
    _place(
        digits,
        "community",
        r"community(?: string)?(?: is|:|=)?(?P<sep> {0,2})(?P<value>(?<=[ :=])(?=[a-z!@#$%]*[0-9])[^\s\"'`<>*]{6,60})",
        _mixed,
    ),
    _place(
        "-",
        "passphrase",
        r"passphrase(?P<sep>\s?(?::|=|is)?\s{1,3}[\"'`]?)(?P<value>(?:[a-z]{3,12}-){3,9}[a-z]{3,12}(?![\w-]))",
        _anything,
    ),
    _place(
        "",
        "passphrase",
        r"(?:my|our) (?:[a-z]+ )?passphrase(?P<sep>(?: is|:) )"
        r"(?P<value>(?:[a-z]{3,12} ){3,9}[a-z]{3,12}(?=[.,;!]?(?:\s*\n|\s*$)))",
        _words,
    ),
    _place(
        ":=",
        "pass",
        r"pass(?:word)?(?P<sep>\s?[:=]\s?[\"']?)(?P<value>(?:[a-z]{4} ){3}[a-z]{4}(?![\w-]| [a-z]))",
        _words,
    ),
    _place(
        "",
        "/",
        r"/(?:[a-z]+[-_])?(?:reset|invit|verif|confirm|magic|activat|token|unsubscribe|share|signin|password|recover|onetime|otl)"
        r"[a-z]*(?:[-_][a-z]+)?(?P<sep>/)(?P<value>[a-z0-9_-]{12,300})(?![\w./-])",
        _drawn,
    ),
    _place(
        "|", "sudo", r"echo (?P<sep>)[\"']?(?P<value>[^\s\"'|]{4,100})[\"']?\s*\|\s*sudo\s+-[a-z]*s", _mixed, "password"
    ),
    _place(
        "-",
        "zip|7z|unrar|rar ",
        r"(?:\bzip|\bunzip|\b7za?|\b(?:un)?rar)\b[^\n|]{0,80}?\s-p(?P<sep> ?[\"']?)(?P<value>[^\s\"'-][^\s\"']{3,100})",
        _mixed,
    ),
    _place(
        "-",
        "openssl",
        r"openssl\b[^\n|]{0,200}?\s(?:-k |-pass(?:in|out)? pass:)(?P<sep>)[\"']?(?P<value>[^\s\"']{4,100})",
        _mixed,
        "password",
    ),
    _place(
        digits,
        "identified by |requirepass |masterauth ",
        r"(?:identified by|requirepass|masterauth)(?P<sep> +[\"']?)(?P<value>(?=\S*[0-9])[^\s@\"';]{4,100})",
        _mixed,
    ),
    _place("", "auth ", r"(?:^|[\n>`])\s*auth(?P<sep> +)(?P<value>[^\s\"'`;]{6,100})", _mixed),
    _place(
        "[(",
        "auth",
        r"auth\s*[=:]\s*[(\[]\s*[\"'][^\"'\n]{0,60}[\"']\s*,\s*(?P<sep>[\"'])(?P<value>[^\"'\n]{4,100})",
        _mixed,
    ),
    _place("-", " -p", rf"{_COMMANDS}-p(?P<sep> ?{_Q})(?P<value>[^\s\"'-][^\s\"']{{3,200}})", _mixed),
    _place(
        "-",
        " -a | -w ",
        rf"{_COMMANDS}-(?:a|w)(?P<sep> ?{_Q})(?P<value>[^\s\"'-][^\s\"']{{3,200}})",
        _mixed,
    ),
)


def find_placed(text: str, small: str) -> Iterator[Finding]:
    """Find credentials that stand in a place for them."""
    for place in _PLACES:
        if place.marks and not holds_one_of(place.marks, text):
            continue
        for trigger in place.triggers:  # a loop: `any` of a generator takes three times as long
            if trigger in small:
                yield from _found_at(place, text, small)
                break


def _found_at(place: _Place, text: str, small: str) -> Iterator[Finding]:
    for match in place.pattern.finditer(small):
        start, end = match.span("value")
        value = text[start:end].rstrip(".,;:!?)]}")
        if not is_nothing_secret(value) and place.is_secret(value):
            first = match.start() if place.word else match.start("sep")
            last = start + len(value)
            last += text[last : last + 1] == text[start - 1 : start] != " "  # the other quote
            yield Finding(first, last, place.word, value)
