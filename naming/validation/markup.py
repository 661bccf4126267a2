"""What is written for a renderer and not for a reader.

HTML, links, LaTeX, chat tokens, emoji codes. Its text stays.

A title may also be about markup: `Fix <Button> component`, `Implement Vec<T> iterator`, `Missing
</div> in header`. So a tag goes only as half of a pair or where it touches a word, and the rest
only where the request does not write it.
"""

import html
import re
from functools import partial
from typing import Final

MOST_NESTED: Final = 4  # marks around marks that are taken off a title

_SIGNS: Final = re.compile(r"[<&\[\\$:*`#]")
_ENTITY: Final = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|hellip|[mn]dash|[lr][sd]quo|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});"
)
_ELEMENTS: Final = (
    "(?:a|abbr|b|big|blockquote|body|center|code|del|div|em|font|form|h[1-6]|head|html|i|iframe|ins"
    "|kbd|li|mark|marquee|object|ol|p|pre|s|samp|script|small|span|strike|strong|style|sub|sup|svg"
    "|title|tt|u|ul)"
)
_FIELDS: Final = "(?:name|display_name|task_name|answer|output|response|result|task|final)"
_LINK: Final = (
    r"(?:!|(?<![\w\])]))\[([^\[\]\n]{0,200})\]"
    r"\((?=[^\s()]{0,99}[:/.#])(?:[^\s()]|\([^\s()]{0,99}\)){1,400}(?: [\"'][^\"'\n]{0,99}[\"'])?\)"
)
_MARKS: Final = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"<[|｜][\w ▁]{1,40}[|｜]>|</s>|^\s*<s>|\[/?INST\]|<</?SYS>>", " "),  # of chats
        (r"<(?:[be]os|pad|unk|(?:start|end)_of_turn)>", " "),
        (_LINK, r"\1"),
        (r"^\s*<([a-z][a-z_:-]{0,40})>([^<>]*\w[^<>]*)</\1>\s*$", r"\2"),
        (rf"(?i)<({_ELEMENTS})(?:\s[^<>]{{0,300}})?>([^<>]*\w[^<>]*)</\1\s?>", r"\2"),
        (r"</?(?:img|iframe|svg|embed|object|a|span|font|div)\s[^<>=]{0,80}=[^<>]{0,400}>", " "),
        (r"<[A-Za-z][\w:-]{0,40}[\s/](?=[^<>]{0,300}?(?:\bon[a-z]{3,20}\s?=))[^<>]{0,400}>", " "),
        (r"(?<=\w)<[bh]r\s?/?>", " "),
        (rf"(?<=\w)</?{_ELEMENTS}\s?/?>(?=\w)|(?<=\w)</[A-Za-z][\w-]{{0,40}}>\s*$", ""),
        (rf"^\s*<(?:{_ELEMENTS}|{_FIELDS}|[bh]r)\s?/?>(?=\w)|\s+</{_FIELDS}>\s*$", ""),
        (r"(?<![\w$])\$(?=[^\s$])(?=[^$\n]{0,80}[\\^_{])([^$\n]{0,79}[^$\s])\$(?![\w$])", r"\1"),
        (r"\\(?:text\w{0,4}|boxed|emph|underline|math(?:bf|rm|it|tt))\{([^{}\n]{1,200})\}", r"\1"),
        (r"(?<![\w*])\*\*(?=[^\s*])([^*\n]{0,99}[^\s*])\*\*(?![\w*])", r"\1"),
        (r"(?<![\w`])`(?=[^\s`])([^`\n]{0,59}[^\s`])`(?![\w`])", r"\1"),
        (r"(?:(?<!\S)|^):[a-z][a-z0-9_+-]{1,30}:(?=\s|$)|^\s*:[a-z][a-z0-9_+-]{1,30}:(?=\w)", ""),
        (r"(?<=\s)#{2,}\s*$|^\s*#{2,6}(?=[^\W\d_])", ""),
    )
)
"""Marks, and what stays of each."""


def without_markup(title: str, request: str) -> str:
    """Take the markup out of `title`, but for what stands in `request` like that."""
    if _SIGNS.search(title) is None:
        return title
    title = _ENTITY.sub(lambda it: it[0] if it[0] in request else html.unescape(it[0]), title)
    for _ in range(MOST_NESTED):
        before = title
        for mark, text in _MARKS:
            title = mark.sub(partial(_inner, text, request), title)
        if title == before:
            break
    return title


def _inner(text: str, request: str, found: re.Match[str]) -> str:
    return found[0] if found[0] in request else found.expand(text)
