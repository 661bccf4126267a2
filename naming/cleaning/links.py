"""Addresses, said as what they point at: `acme/webapp #42`, `ABC-123`, `login.ts`."""

import re
from typing import Final
from urllib.parse import unquote

_IMAGE: Final = re.compile(r"!\[([^\[\]\n]{0,200})\]\([^()\n]{0,600}\)")
_LINK: Final = re.compile(
    r"\[([^\[\]\n]{1,300})\]"
    r"(?:\([^()\n]{0,600}(?:\([^()\n]{0,80}\)[^()\n]{0,80})?\)|\[[^\[\]\n]{0,80}\])"
)
_LABELLED: Final = re.compile(
    r"<(?:[a-z]{2,5}://|mailto:|tel:)[^<>|\n]{1,2000}\|([^<>|\n]{1,300})>", re.IGNORECASE
)
"""A link as Slack sends it: `<https://example.com/a|the docs>`."""

_URL: Final = re.compile(
    r"<?\b(?:https?|ftp|wss?|ssh|git|file)://([^\s<>\"'`|\\^{}\[\]（）「」，。、]{1,2000})>?",
    re.IGNORECASE,
)
_WWW: Final = re.compile(
    r"(?<![\w.@/-])www\.([A-Za-z0-9][A-Za-z0-9-]{0,60}\.[A-Za-z0-9][^\s<>\"'`]{0,600})"
)
_END_OF_SENTENCE: Final = ".,;:!?)*_"

_FORGE: Final = re.compile(
    r"/(?P<repo>[\w.-]{1,80}/[\w.-]{1,80}(?:/[\w.-]{1,80}){0,3}?)(?:/-)?"
    r"/(?:issues|pull|pulls|pull-requests|discussions|merge_requests)/(?P<number>\d{1,9})(?=/|$)",
    re.ASCII,
)
_FORGE_FILE: Final = re.compile(
    r"/(?P<repo>[\w.-]{1,80}/[\w.-]{1,80})(?:/-)?"
    r"/(?:blob|tree|raw|blame|edit)/[^/]{1,100}(?P<path>/.{1,400})?",
    re.ASCII,
)
_FORGE_HOSTS: Final = re.compile(r"(?:^|\.)(?:github|gitlab|bitbucket|codeberg|gitea|forgejo)\b")
_TICKET: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]{1,9}-\d{1,7}(?![A-Za-z0-9-])")
_WORDS: Final = re.compile(r"[^\W\d_]{2,40}|\d{1,4}")
_IDENTIFIER: Final = re.compile(
    r"[0-9a-fA-F]{12,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\d{5,}|\w{40,}"
)
_EXTENSION: Final = re.compile(r"\.(?:html?|php|aspx?|jsp|md|pdf)$", re.IGNORECASE)

MAX_PATH_WORDS: Final = 6  # words kept of the part of a path that says what the page is about
SHORTEST_SEGMENT: Final = 3
"""Letters and digits; shorter parts of a path are languages and versions."""


def drop_links(text: str) -> str:
    """Replace links by their text and addresses by what they point at."""
    if "|" in text and "<" in text:
        text = _LABELLED.sub(r"\1", text)
    if "](" in text or "][" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if "://" in text:
        text = _URL.sub(lambda url: _said(url[1]), text)
    return _WWW.sub(lambda url: _said(url[1]), text) if "www." in text else text


def _said(address: str) -> str:
    rest = address.rstrip(_END_OF_SENTENCE)
    return points_at(rest) + address[len(rest) :].replace(")", "").strip("*_")


def points_at(address: str) -> str:
    """Say what `address` (without its scheme) points at; empty when nothing of it is a word."""
    address = address.partition("#")[0].partition("?")[0]
    host, _, path = address.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
    path = unquote(path)[:600]
    if (ticket := _TICKET.search(path)) is not None:
        return f"{ticket[0]} {_path_words(path[ticket.end() :])}".strip()
    if (thread := _FORGE.match(f"/{path}")) is not None:
        return f"{thread['repo']} #{thread['number']}"
    if _FORGE_HOSTS.search(host) is not None:
        if (file := _FORGE_FILE.match(f"/{path}")) is not None:
            name = (file["path"] or "").rstrip("/").rpartition("/")[2]
            return f"{file['repo']} {name}".strip()
        return "/".join(path.removesuffix(".git").split("/")[:2]).strip("/") or host
    is_named = any(char.isalpha() for char in host)
    return f"{host if is_named else ''} {_path_words(path)}".strip()


def _path_words(path: str) -> str:
    for segment in reversed(path.split("/")):
        segment_words = _WORDS.findall(_IDENTIFIER.sub(" ", _EXTENSION.sub("", segment)))
        joined = "".join(segment_words)
        if not joined.isdecimal() and len(joined) >= SHORTEST_SEGMENT:
            return " ".join(segment_words[:MAX_PATH_WORDS])
    return ""
