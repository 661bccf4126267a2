"""What is written for a renderer and not for a reader.

HTML, links, LaTeX, chat tokens, emoji codes. Its text stays.

A title may also be about markup: `Fix <Button> component`, `Implement Vec<T> iterator`, `Missing
</div> in header`. So a tag goes only as half of a pair or where it touches a word, and the rest
only where the request does not write it.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_NESTED: Final = 4
"""Tags around tags that are taken off a title."""

_SIGNS: Final = re.compile(r"[<&\[\\$:*`#]")
_ENTITY: Final = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|hellip|[mn]dash|[lr][sd]quo|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});"
)
_TOKEN: Final = re.compile(
    r"<[|｜][\w ▁]{1,40}[|｜]>|</s>|^\s*<s>"
    r"|<(?:[be]os|pad|unk|(?:start|end)_of_turn)>|\[/?INST\]|<</?SYS>>"
)
_LINK: Final = re.compile(
    r"(?:!|(?<![\w\])]))\[([^\[\]\n]{0,200})\]"
    r"\((?=[^\s()]{0,99}[:/.#])((?:[^\s()]|\([^\s()]{0,99}\)){1,400})"
    r"(?: [\"'][^\"'\n]{0,99}[\"'])?\)"
)
_ELEMENTS: Final = (
    "a|abbr|b|big|blockquote|body|center|code|del|div|em|font|form|h[1-6]|head|html|i|iframe|ins|kbd|li|mark|marquee"
    "|object|ol|p|pre|s|samp|script|small|span|strike|strong|style|sub|sup|svg|title|tt|u|ul"
)
_PAIR: Final = re.compile(
    rf"<({_ELEMENTS})(?:\s[^<>]{{0,300}})?>([^<>]*\w[^<>]*)</\1\s?>", re.IGNORECASE
)
_AROUND_ALL: Final = re.compile(r"\s*<([a-z][a-z_:-]{0,40})>([^<>]*\w[^<>]*)</\1>\s*")
_LOADED: Final = re.compile(
    r"<[A-Za-z][\w:-]{0,40}[\s/](?=[^<>]{0,300}?(?:\bon[a-z]{3,20}\s?=|javascript:))[^<>]{0,400}>",
    re.IGNORECASE,
)
_EMBEDDED: Final = re.compile(
    r"</?(?:img|iframe|svg|embed|object|a|span|font|div)\s[^<>=]{0,80}=[^<>]{0,400}>"
)
_HALF: Final = re.compile(
    rf"(?<=\w)</?(?:{_ELEMENTS}|br|hr)\s?/?>(?=\w)|(?<=\w)(?:</[A-Za-z][\w-]{{0,40}}|<[bh]r\s?/?)>\s*$"
)
_OPENED: Final = re.compile(
    rf"^\s*<(?:{_ELEMENTS}|br|hr|name|display_name|task_name|answer|output|response|result|task|final)\s?/?>(?=\w)"
)
_LATEX: Final = re.compile(
    r"\\(?:text\w{0,4}|boxed|emph|underline|math(?:bf|rm|it|tt))\{([^{}\n]{1,200})\}"
)
_FORMULA: Final = re.compile(
    r"(?<![\w$])\$(?=[^\s$])(?=[^$\n]{0,80}[\\^_{])([^$\n]{0,79}[^$\s])\$(?![\w$])"
)
_EMOJI: Final = re.compile(
    r"(?:(?<!\S)|^):[a-z][a-z0-9_+-]{1,30}:(?=\s|$)|^\s*:[a-z][a-z0-9_+-]{1,30}:(?=\w)"
)
_STRONG: Final = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*\n]{0,99}[^\s*])\*\*(?![\w*])")
_CODE: Final = re.compile(r"(?<![\w`])`(?=[^\s`])([^`\n]{0,59}[^\s`])`(?![\w`])")
_HASHES: Final = re.compile(r"(?<=\s)#{2,}\s*$|^\s*#{2,6}(?=[^\W\d_])")


def without_markup(title: str, request: str) -> str:
    """Take the markup out of `title`.

    Of entities, formulas and codes only what does not stand in `request`.
    """
    if _SIGNS.search(title) is None:
        return title
    title = _ENTITY.sub(_unless_in(request, lambda entity: html.unescape(entity[0])), title)
    title = _without_tags(_LINK.sub(r"\1", _TOKEN.sub(" ", title)))
    for mark in (_FORMULA, _LATEX, _STRONG, _CODE):
        title = mark.sub(_unless_in(request, lambda found: found[1]), title)
    return _HASHES.sub("", _EMOJI.sub(_unless_in(request, lambda _: ""), title))


def _unless_in(
    request: str, text_of: Callable[[re.Match[str]], str]
) -> Callable[[re.Match[str]], str]:
    """Replace what is found by its text, unless the request writes it like that.

    Then the title is about it.
    """
    return lambda found: found[0] if found[0] in request else text_of(found)


def _without_tags(title: str) -> str:
    for _ in range(MOST_NESTED):
        inner = _AROUND_ALL.fullmatch(title)
        shorter = inner[2] if inner else _PAIR.sub(r"\2", title)
        if shorter == title:
            break
        title = shorter
    title = _EMBEDDED.sub(" ", _LOADED.sub(" ", title))
    return _OPENED.sub("", _HALF.sub(_gap, title))


def _gap(tag: re.Match[str]) -> str:
    """Leave a space where a tag stood between two words."""
    return " " if "br" in tag[0] or "hr" in tag[0] else ""
