"""Credentials that show by what stands around them, or by a form of their own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from naming.secrets.rules import Finding, Shapes, alternatives, condition, read_fields
from naming.secrets.searching import WORK_OF_A_TRIAL, WORK_OF_A_VALUE, Rule, Text
from naming.secrets.values import KINDS
from naming.text.word_files import words_in

_SHAPES: Final = Shapes("forms")

# --- what requests, links, markup, commands and programs mark

_QUOTES: Final = frozenset("\"'`*|/")
_compiled: Final = cache(re.compile)


def _context(fields: Mapping[str, str]) -> Rule:
    """Make the rule of a row: what stands at a word, and before it where that matters."""
    is_secret, reach = condition(fields["check"], KINDS), int(fields.get("reach", "240"))

    def find(text: Text, last: re.Match[str]) -> Iterable[Finding]:
        first, at = last, last.start()
        text.work += WORK_OF_A_VALUE + last.end() - at
        if "before" in fields:
            text.work += reach // 2
            start = max(0, at - reach)
            if "unbroken" in fields:
                start = max(start, text.small.rfind(" ", start, at))
            before = _compiled(rf"(?:{fields['before']})\Z").search(text.small, start, at)
            if before is None:
                return ()
            first = before if "value" in before.re.groupindex else last
        groups = last.re.groupindex
        start = first.start("value")
        end = (last if "value" in groups else first).end("value")
        sep = first.start("sep")
        sep = start - 1 if sep < 0 else sep  # the quote in front
        if text.is_hidden(sep, end):
            return ()
        whole = text.shown[start:end].rstrip(".,;:?)]}")
        end = start + len(whole)
        is_quoted = {text.shown[start - 1 : start], text.shown[end : end + 1]} <= _QUOTES
        value = whole if is_quoted else whole.rstrip(".,;:!?)]}")
        # a password may end with an exclamation mark, like a sentence
        secret = next(filter(is_secret, (value, whole)), None)
        if secret is None or KINDS["nothing_secret"](value):
            return ()
        end = start + len(secret) + (is_quoted and sep < start)
        end = last.end("end") if "end" in groups else end
        return (Finding(sep, end, fields.get("word", ""), secret),)

    return Rule(fields["words"].split("|"), fields["pattern"], find, int(fields.get("work", "0")))


CONTEXTS: Final = tuple(map(_context, read_fields("contexts")))

# --- e-mail addresses, also with `[at]`, or outside of ASCII

_SPACED: Final = frozenset(f" {opening}" for opening in "[({<")


def _emails(searched: Text, sign: re.Match[str]) -> Iterator[Finding]:
    text, (at, end) = searched.shown, sign.span()
    searched.work += WORK_OF_A_VALUE
    at -= text[at - 1 : at + 1] in _SPACED
    first = max(0, at - 66)
    if text[at - 1 : at] != '"':
        first = max(first, text.rfind(" ", first, at))
    local = _SHAPES.local.search(text, first, at)
    if local is None or searched.is_hidden(*sign.span()):
        return
    start = local.start()
    if _SHAPES.shell_before.search(text, max(0, start - 80), start) and (
        "." not in local[0] or _SHAPES.path_after.match(text, end)
    ):
        return  # who logs in to a host, as in `ssh bob@host`
    password = _SHAPES.password_after.match(text, end)
    last = password.end() if password and KINDS["mixed"](password[1]) else end
    yield Finding(start, last, "email address", f"{local[0]} {text[end + 1 : last]}".rstrip())


# --- connection strings and URLs with a user's password or token

_WORDS: Final = "secrets/addresses.txt"
_SHELLS: Final = words_in(_WORDS, "shells")
_WEB: Final = words_in(_WORDS, "web")
_SERVICES: Final = {
    scheme: service
    for service in ("broker", "server", "proxy", "stream", "database")
    for scheme in words_in(_WORDS, service)
}
"""What stands at an address of each scheme; any other is called an address."""


def _connection_strings(searched: Text, found: re.Match[str]) -> Iterator[Finding]:
    searched.work += WORK_OF_A_VALUE
    scheme = searched.before(_SHAPES.scheme, found.start(), 32).lower()
    start, text = found.start() - len(scheme), searched.shown
    password, only, place = (text[slice(*found.span(g))] for g in ("password", "only", "place"))
    if not _SHAPES.placeholder.fullmatch(password or only) and (
        password or KINDS["mixed"](only) or scheme not in _SHELLS
    ):
        path = text[slice(*found.span("path"))]
        yield Finding(start, found.end(), _shown_address(scheme, place, path), password)


def _shown_address(scheme: str, place: str, path: str) -> str:
    """Say what an address points at, without the user and the query, which may hold secrets."""
    if scheme in _WEB:
        return f"{scheme}://{place}"
    name = re.split("[+.]", scheme)[0]
    service = _SERVICES.get(name, "address")
    database = _SHAPES.database.search(path) if service == "database" else None
    return " ".join(filter(None, [name, database[1] if database else "", service]))


RULES: Final = (
    Rule(alternatives("addresses", "signs"), _SHAPES.address.pattern, _emails),
    Rule(("://", ":\\/\\/"), _SHAPES.userinfo.pattern, _connection_strings),
)

# --- numbers of bank accounts and payment cards

_MIN_DIGITS: Final = 8  # accounts may have letters too


def find_numbers(text: Text) -> Iterator[Finding]:
    """Find numbers of bank accounts by their check digits (ISO 13616), and of payment cards."""
    plain = text.rest.encode("ascii", "ignore")
    if len(plain) - len(plain.translate(None, b"0123456789")) < _MIN_DIGITS:
        return
    for account in text.each(_SHAPES.iban, WORK_OF_A_VALUE):
        number = account[0].replace(" ", "")
        if int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1:
            yield Finding(account.start(), account.end(), "bank account", number)
    at = 0
    while match := _SHAPES.number.search(text.rest, at, text.end):
        if not text.spend(WORK_OF_A_TRIAL, match.start()):
            return
        card = _card(text.rest, match)
        # a year in front may look like the first group of one
        at = card.end if card else match.start() + 1
        if card:
            yield card


def _card(text: str, match: re.Match[str]) -> Finding | None:
    """Tell a card's number by issuer, length, grouping and check digit.

    Sixteen digits that begin as a Visa card's need no right check digit: they may be mistyped.
    """
    for end in {match.end(): None, match.start("more"): None}:
        number = text[match.start() : end] if end > 0 else ""
        gaps = {" " if gap.isspace() else gap for gap in _SHAPES.gaps.findall(number)}
        plain = _SHAPES.gaps.sub("", number)
        if len(gaps) > 1 or not _SHAPES.issuer.fullmatch(plain):
            continue
        if passes_luhn(plain):
            return Finding(match.start(), end, "card number", plain)
        if _SHAPES.visa.fullmatch(number):
            return Finding(match.start(), end, "number", plain)
    return None


def passes_luhn(number: str) -> bool:
    """Tell whether the last digit checks those before it (ISO/IEC 7812-1, annex B)."""
    doubled = "".join(str(2 * int(digit)) for digit in number[-2::-2])
    return sum(map(int, number[-1::-2] + doubled)) % 10 == 0


# --- blocks of private keys, whole or cut off at either end, in lines, in one line or escaped

PRIVATE_KEY: Final = "private key"
MIN_BODY: Final = 8  # characters; a frame with less inside is talk about the format


def find_private_keys(searched: Text) -> Iterator[Finding]:
    """Find private keys by their frame."""
    text = searched.shown
    if "PRIVATE KEY" not in text and "Private-Lines" not in text:
        return
    begins: list[tuple[int, int]] = []
    done = 0
    for mark in searched.each(_SHAPES.mark, WORK_OF_A_VALUE):
        if mark.lastgroup == "begin":
            begins.append(mark.span())
            continue
        end = mark.start()
        if not begins:
            lines = searched.before(_SHAPES.body_backwards, end, end - done)
            begins = [(end - len(lines),) * 2]
        start, body = begins[0]
        if end - body >= MIN_BODY:
            yield Finding(start, mark.end(), PRIVATE_KEY, text[body:end])
        begins, done = [], mark.end()
    for start, body in begins:  # without an end
        # It may be empty, so it always matches.
        end = body + len(_SHAPES.body.match(text, body)[0].rstrip())  # type: ignore[index]
        if end - body >= MIN_BODY:
            yield Finding(start, end, PRIVATE_KEY, text[body:end])
