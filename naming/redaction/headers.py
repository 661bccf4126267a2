"""Credentials in the lines of HTTP requests and on command lines, where a place rather than a word marks them."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final

from naming.redaction.finding import Finding
from naming.redaction.values import is_machine_made, is_mixed, is_nothing_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

_AUTHORIZATION: Final = re.compile(
    r"\b(?:proxy-)?authorization[\"']?\]?(?P<sep>\s{0,3}[:=,]\s{0,3}[\"'`]?)"
    r"(?:(?:bearer|basic|token|digest|apikey|key|bot|negotiate|aws4-hmac-sha256|[a-z]{3,20})\s+)?(?P<value>[^\s\"'`<>]{6,2000})",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(
    r"\b(?P<scheme>bearer|basic|bot|apikey)(?P<sep>\s{1,3})(?P<value>[A-Za-z0-9._~+/=-]{8,2000})", re.IGNORECASE
)
_COOKIE: Final = re.compile(
    r"\b(?:set-)?cookie(?P<sep>\s{0,3}[:=]\s{0,3}[\"'`]?)(?P<value>[\w.-]{1,60}=[^\n\"'`]{1,2000})", re.IGNORECASE
)
_KEY_HEADER: Final = re.compile(
    r"(?<![\w-])(?:x-[a-z-]{0,30}|[a-z]{2,20}-[a-z-]{0,30})(?:key|token|secret|auth|signature|password)(?P<sep>[\"']?\s{0,2}[:=]\s{0,3}[\"'`]?)(?P<value>[^\s\"'`<>;,]{6,500})",
    re.IGNORECASE,
)
_USER_FLAG: Final = re.compile(
    r"\b(?:curl|wget|http|https|xh|smbclient|mongo\w*|psql|redis-cli|mysql\w*|maria\w*|sshpass|docker|podman|helm|ldap\w+|sqlcmd|twine|htpasswd|rclone|az|ftp|lftp|openssl|oc|kubectl)\b[^\n|]{0,300}"
)
_USER_AND_PASSWORD: Final = re.compile(
    r"(?<=\s)(?:-u|--user|--proxy-user|-U)(?:[ =]|(?=\S))[\"']?[\w.@\\+-]{1,60}(?P<sep>[:%])(?P<value>[^\s\"']{1,200})"
)
_SHORT_FLAG: Final = re.compile(r"(?<=\s)-(?:p|P|a|w)(?P<sep>[ ]?[\"']?)(?P<value>[^\s\"'-][^\s\"']{3,200})")
_TIGHT_FLAG: Final = re.compile(r"(?<=\s)-p(?P<sep>[\"']?)(?P<value>[^\s\"'-][^\s\"']{3,200})[\"']?")
_LOGIN: Final = re.compile(
    r"\b(?:login|log in|logged in|sign in|credentials?|creds|user(?:name)?/pass(?:word)?)\b[^\n:/|]{0,25}?[:\s]\s{0,2}[\"'`]?(?P<user>[\w.@+-]{2,40})(?P<sep>\s?[/:|]\s?)(?P<value>[^\s\"'`<>/:][^\s\"'`<>]{4,100})",
    re.IGNORECASE,
)
_TAGGED: Final = re.compile(
    r"<(?P<tag>[\w:.-]{0,40}(?:password|passwd|pwd|secret|token|apikey|api[_-]key|accesskey)[\w]{0,10})>(?P<sep>\s{0,2})(?P<value>[^<>\n]{3,300})</",
    re.IGNORECASE,
)
_NAMED_VALUE: Final = re.compile(
    r"\b(?:name|key)[\"']?\s?[:=]\s?[\"']?[\w.:-]{0,60}(?:password|passwd|pwd|secret|token|key|pass)[\"']?\s{0,2}[,\n]?\s{0,12}[\"']?value(?P<sep>[\"']?\s?[:=]\s?)[\"']?(?P<value>[^\s\"'<>]{3,300})",
    re.IGNORECASE,
)
_NETRC: Final = re.compile(r"\blogin\s+\S{1,60}\s+password(?P<sep>\s+)(?P<value>\S{1,200})", re.IGNORECASE)
_SIGNED: Final = re.compile(
    r"[?&;](?:x-(?:amz|goog)-(?:signature|credential|security-token)|sig|signature|sign|hmac|token|access_token|id_token|refresh_token|auth|apikey|api_key|api-key|key|password|passwd|pwd|secret|code|state|awsaccesskeyid)(?P<sep>=)(?P<value>[^\s&#\"'`<>)]{6,2000})",
    re.IGNORECASE,
)
_WEBHOOK: Final = re.compile(
    r"(?P<sep>https?://)(?P<value>(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)|(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks|[\w.-]+\.webhook\.office\.com/webhookb2|outlook\.office\.com/webhook|hooks\.zapier\.com/hooks/catch|chat\.googleapis\.com/v1/spaces|hook\.[\w.]*make\.com|api\.telegram\.org/(?:file/)?bot)/?[^\s\"'`<>)]{8,400})",
    re.IGNORECASE,
)
_MNEMONIC: Final = re.compile(
    r"\b(?:seed|recovery|mnemonic|secret|backup)(?: (?:phrase|words|seed))?(?P<sep>\s?(?::|=|is)\s{0,2}[\"'`]?)(?P<value>(?:[a-z]{3,8} ){11,23}[a-z]{3,8}\b)",
    re.IGNORECASE,
)


def find_placed(text: str) -> Iterator[Finding]:
    """Find credentials that stand in a place for them."""
    folded = text.lower()
    if "authorization" in folded:
        yield from _found(_AUTHORIZATION, text, is_mixed_enough)
    if "bearer" in folded or "basic" in folded or "bot " in folded or "apikey" in folded:
        yield from _found(_SCHEME, text, _is_credential)
    if "cookie" in folded:
        yield from _found(_COOKIE, text, _anything)
    if "-" in text and (":" in text or "=" in text):
        yield from _found(_KEY_HEADER, text, is_mixed_enough)
    if "?" in text or "&" in text:
        yield from _found(_SIGNED, text, is_mixed_enough)
    if "://" in text:
        yield from _found(_WEBHOOK, text, _anything, word="webhook URL")
    if "</" in text:
        yield from _found(_TAGGED, text, _anything)
    if "value" in folded:
        yield from _found(_NAMED_VALUE, text, is_mixed_enough)
    if "login" in folded or "cred" in folded or "log in" in folded or "sign in" in folded or "user" in folded:
        yield from _found(_NETRC, text, _anything)
        yield from _found(_LOGIN, text, is_mixed_enough)
    if "seed" in folded or "recovery" in folded or "mnemonic" in folded or "phrase" in folded:
        yield from _found(_MNEMONIC, text, _anything)
    if " -" in text:
        for command in _USER_FLAG.finditer(text):
            yield from _found(_USER_AND_PASSWORD, text, _anything, span=command.span())
            yield from _found(_TIGHT_FLAG, text, is_mixed_enough, span=command.span())
            yield from _found(_SHORT_FLAG, text, is_mixed_enough, span=command.span())


def is_mixed_enough(value: str) -> bool:
    """Tell whether `value` mixes letters with digits or symbols, or was drawn by a machine."""
    return is_mixed(value) or is_machine_made(value)


def _is_credential(value: str) -> bool:
    if is_machine_made(value):
        return True
    try:
        return b":" in base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except ValueError:
        return False


def _anything(value: str) -> bool:
    return bool(value)


def _found(
    pattern: re.Pattern[str], text: str, is_secret, *, word: str = "", span: tuple[int, int] | None = None
) -> Iterator[Finding]:  # type: ignore[no-untyped-def]
    for match in pattern.finditer(text, *(span or (0, len(text)))):
        value = match["value"].rstrip(".,;:!?)]}")
        if value and not is_nothing_secret(value) and is_secret(value):
            start = match.start("value") if word else match.start("sep")
            if word:
                start = match.start()
            yield Finding(start, match.start("value") + len(value), word, value)
