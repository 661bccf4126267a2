"""Which requests are taken by their head, as RFC 9110 and RFC 9112 say, and for which hosts.

The parser sees to the rest: characters, folded lines, lengths that contradict each other.
"""

import ipaddress
import re
import socket
from typing import Final, TypeAlias

from naming.settings import Settings
from naming.web.errors import BadRequest

Fields: TypeAlias = list[tuple[bytes, bytes]]

# A host and perhaps a port (RFC 3986, section 3.2).
_HOST: Final = re.compile(
    rb"(?:\[[0-9A-Fa-f:.]+(?:%[\w.~%-]+)?\]|(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(?::\d*)?"
)
_ABSOLUTE: Final = re.compile(rb"https?://([^/?#]*)([^#]*)", re.IGNORECASE)


def check_head(
    method: bytes, target: bytes, version: str, fields: Fields, received: bytes | bytearray
) -> bytes:
    """Refuse what the parser is too lenient for; gives the target as a path. Raises BadRequest.

    The authority of an absolute target takes the place of Host in `fields` (RFC 9112, 3.2.2).
    """
    if version == "2.0":
        raise BadRequest("this server speaks HTTP/1.1", status=505)
    # What was understood must have come as a line of HTTP: the parser reads RTSP too.
    if b"%b %b HTTP/%b\r\n" % (method, target, version.encode()) not in received:
        raise BadRequest("the request line must be a method, a target and HTTP/1.1")
    if method == b"CONNECT":
        raise BadRequest("this is no proxy, so CONNECT is not for it", status=501)
    hosts = [value for name, value in fields if name == b"host"]
    if len(hosts) > 1 or (not hosts and version == "1.1"):
        # Whoever passed on a request with two of them may have believed the other one.
        raise BadRequest("a request has one Host")
    if (absolute := _ABSOLUTE.fullmatch(target)) is not None:
        hosts, path = [absolute[1]], absolute[2]
        target = path if path.startswith(b"/") else b"/" + path
        fields[:] = [*(field for field in fields if field[0] != b"host"), (b"host", absolute[1])]
    if hosts and not _HOST.fullmatch(hosts[0].strip()):
        raise BadRequest("Host must be a name or an address, and perhaps a port")
    codings = [value.strip().lower() for name, value in fields if name == b"transfer-encoding"]
    if codings and version != "1.1":
        raise BadRequest("Transfer-Encoding is not for HTTP/1.0")
    if codings and codings != [b"chunked"]:
        raise BadRequest("the only Transfer-Encoding is chunked", status=501)
    return b"/*" if target == b"*" else target


def allowed_hosts(settings: Settings) -> re.Pattern[str]:
    """Tell for which hosts requests are taken: on loopback and without a key for loopback only.

    A web page can give its own name the address 127.0.0.1, and its browser would speak to what
    listens there, with that name as Host (DNS rebinding).
    """
    names = settings.allowed_hosts
    if names or (not settings.api_keys and is_loopback(settings.host)):
        own = f"[{settings.host}]" if ":" in settings.host else settings.host
        names = (*names, own, "localhost", "127.0.0.1", "[::1]")
    patterns = [re.escape(name).replace(r"\*", ".*") for name in names or ["*"]]
    return re.compile(rf"(?:{'|'.join(patterns)})\.?(?::\d*)?", re.IGNORECASE)


def is_loopback(host: str) -> bool:
    """Tell whether a socket on `host` is reached from this machine only. Raises OSError."""
    (*_, address), *_ = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback
