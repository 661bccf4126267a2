"""A text taken apart into sentences, each with how and where it stands: what could name a task."""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import filterfalse, islice
from typing import Final, NamedTuple

from naming.cleaning.bounds import CUT
from naming.names import MAX_DISPLAY_LENGTH
from naming.text.patterns import WordPattern, words_of_languages
from naming.text.word_files import read_sections, words_in

HEADINGS: Final = "extraction/headings.txt"

MAX_FIRST: Final = 10
"""Sentences looked at from the start of a text. What follows explains, it does not announce."""

MAX_LAST: Final = 3  # sentences looked at from the end: `… can you fix that?`
LAST_LINES: Final = 6  # lines from the end in which the last sentences are looked for
MAX_LENGTH: Final = 240  # characters of one sentence
MAX_BLOCK: Final = 1_200  # characters of one paragraph
WRAPPED: Final = 50
"""Characters. A line at least this long that ends without a mark goes on in the next one."""

MAX_LABEL_WORDS: Final = 4  # words before a colon that say what follows: `Steps to reproduce:`
_HEADING: Final = re.compile(
    r"[\\ \t]{0,4}(?!#\d)"  # `#42` is an issue
    r"#{1,6}[ \t]*(?=[^#\s])|(?=\*\*[^*\n]{2,80}\*\*:?\s*$)|(?===+ )"
)
_ITEM: Final = re.compile(
    r"[ \t]{0,16}(?:[-*+•‣◦·–—][ \t]{1,4}|(?:\d{1,2}|[a-zA-Z])[.)][ \t]{1,4}"
    r"|[（(]?\d{1,2}[)）、][ \t]{0,4})+(?:\[[ xX]?\][ \t]{1,4})?"
)
_ATTESTED: Final = re.compile(
    r"^#{1,6} [^\n]{0,120}\n+(?:[-*] \[[xX]\] [^\n]{0,400}(?:\n+|$))+", re.MULTILINE
)
"""`### Is there an existing issue?` and its ticked boxes: what a form has people confirm."""

_SUBJECT: Final = WordPattern(r"^{mail subjects} ?:", HEADINGS, re.MULTILINE | re.IGNORECASE)
_MAIL_HEADERS: Final = WordPattern(
    r"^{mail headers} ?:[^\n]*\n?", HEADINGS, re.MULTILINE | re.IGNORECASE
)
_REPLY: Final = WordPattern(
    r"^({mail subjects} ?:)(?:[ ]?{reply marks} ?:)+", HEADINGS, re.MULTILINE | re.IGNORECASE
)
_STORY: Final = WordPattern(
    r"\W{0,4}{story roles}\W{1,4}\w[^\n,]{0,80}?\W{1,8}(?={story wishes}\b)",
    HEADINGS,
)
"""`As a policy holder, | I want to save my claim | so that …`: who wants it, and what for."""

_SCENARIO: Final = WordPattern(
    r"^\W{0,4}{scenario givens}\b[^\n]*(?:\n\W{0,4}{scenario steps}\b[^\n]*)+",
    HEADINGS,
    re.MULTILINE,
)
"""`Given a full cart ⏎ When I pay ⏎ Then …`: how it is told that the wish was met (Gherkin)."""

_BENEFIT: Final = WordPattern(r"[,.]?\s+\W{0,4}{story benefits}\b[^\n]*", HEADINGS)
_STAMP: Final = re.compile(r"[\[(]\w{0,10} ?\d{1,2}:\d\d\b")
"""What a line of a chat begins with: `[10:23 AM] Bob: …`."""

_TIME: Final = r"[\[(]?(?:[\w.,/-]{1,12} ){0,2}\d{1,2}:\d\d(?::\d\d)?(?: ?[APap]\.?[Mm]\.?)?[\])]?"
_NAME: Final = r"[^\W\d_a-z][\w.'’-]{0,30}"
_FURNITURE: Final = re.compile(
    r"</?[A-Za-z][\w:.-]{0,60}(?: [^<>]{0,200})?/?>|\[[^\[\]]{1,60}\]: ?\S+"
    rf"|(?:{_NAME},? ){{0,4}}{_TIME}(?: \(edited\))?|{_TIME},?(?: {_NAME}){{0,4}}:?"
)
"""A tag alone, a link's address, whose turn it is: `[Yesterday 16:20] Ann`, `Ann  9:41 AM`."""

_RULE: Final = re.compile(r"[\s|:=*_#~+.\-–—•>\\]*$")
_LABEL: Final = re.compile(
    r"\**([^\W\d_][^\n:：|`\"'/]{0,32}?)\**[ \t]?(?:[:：]\**(?:\s+|$)|(?<=[\u3040-\u9fff])[:：])"
)
_BRACKETED: Final = re.compile(r"[【［]([^\n【】［］]{1,20})[】］]\s*")
"""`【标题】导出报表日期少一天`: a label, as forms in Chinese and Japanese write it."""

_LABEL_WORD: Final = re.compile(r"[\w']+")
_SCOPE: Final = re.compile(r"\([^()]*\)!?$")
"""`fix(auth)!: …`, as Conventional Commits write it."""

_CAMEL: Final = re.compile(r"[a-z][A-Z]")
"""`KeyError: 'id'`: no label, but the name of an error."""

_PLACEHOLDER: Final = re.compile(
    r"\$\{[^{}\n]{1,80}\}|\{[a-z]+ [^{}\n]{1,80}\}|\$ARGUMENTS\b|\$\d\b"
    r"|\{\{[^{}\n]{0,80}[ |.:][^{}\n]{0,80}\}\}"
)
"""A hole in a template: `${selection}`, `{argument name=…}`."""

_MARKUP: Final = re.compile(
    r"(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])"
    r"|(?<!\w)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)|~~"
    r"|^>+\s?"
)
_CODE_SPAN: Final = re.compile(r"(`{1,2})([^`\n]{1,200})\1(?!`)")
_ENDLESS: Final = re.compile(
    r"(?<!\S)(?=[\w.:$@~/\\-]{61})(?:[\w.:$@~/\\-]*[/\\]|[\w.:$@~\\-]*[.:])(?=\w*[A-Za-z])",
    re.ASCII,
)
"""All but the last part of a path that no title has room for: `com.example.….BeanFactory`."""

_TABLE: Final = re.compile(r"^\||\|$")
ENDS: Final = ".!?…:;,。！？：；，、؟؛،।"
"""What a sentence or a clause ends at."""

# The marks come first, all in one set: the search then leaps from mark to mark.
_SENTENCE_END: Final = re.compile(
    r"[.!?؟।…。！？;–—-]"
    r"(?:(?<=[.!?؟।…])[.!?…)\"'”’]{0,4}\s+|(?<=[。！？])[。！？]{0,3}\s*|(?<=;)\s+|(?<=\s[–—-])\s+"
    r"|(?<=[\u3040-\u30ff\u3400-\u9fff…][!?…])(?=[\u3040-\u30ff\u3400-\u9fff]))"
)


class Sentence(NamedTuple):
    """A sentence, heading or list item of a text.

    `label` is what stands before its colon and `under` the heading above it, in small letters;
    `begins` says that it stands first behind these.
    """

    text: str
    shape: str
    under: str
    label: str
    begins: bool


def is_usual_heading(line: str) -> bool:
    """Tell whether `line` is a heading that every document has, which names nothing."""
    return words_in(HEADINGS, "document headings").issuperset(line.lower().split())


def plain(line: str) -> str:
    """Take the markup off one line: emphasis, code marks, table borders."""
    if "{" in line or "$" in line:
        line = _PLACEHOLDER.sub("", line) or line
    if "`" in line:
        line = _CODE_SPAN.sub(r"\2", line)
    if "*" in line or "_" in line or "~" in line or ">" in line:
        line = _MARKUP.sub("", line)
    if "|" in line and (_TABLE.search(line.strip()) or line.count(" | ") > 1):
        line = _TABLE.sub("", line.strip()).replace(" | ", ", ")
    if len(line) > MAX_DISPLAY_LENGTH:
        line = _ENDLESS.sub("", line)
    return " ".join(line.split())


def sentences_of(text: str) -> list[Sentence]:
    """Take `text` apart: at most `MAX_FIRST` sentences from its start, `MAX_LAST` from its end."""
    if "[x]" in text or "[X]" in text:
        text = _ATTESTED.sub("", text)
    if ":" in text and _SUBJECT.compiled.search(text):
        text = _REPLY.compiled.sub(r"\1", _MAIL_HEADERS.compiled.sub("", text))
    if "\n" in text:
        text = _SCENARIO.compiled.sub("", text).strip() or text
    if story := _STORY.compiled.match(text):
        text = _BENEFIT.compiled.sub("", text[story.end() :], count=1)
    most = MAX_FIRST + MAX_LAST
    found = list(islice(filterfalse(_is_aside, _sentences(text)), most + 1))
    found = found or list(islice(_sentences(text), most + 1))
    if len(found) > most:
        tail = "\n" + "\n".join(text.rsplit("\n", LAST_LINES)[1:])
        found[MAX_FIRST:] = deque(_sentences(tail), MAX_LAST)
    return found


def _is_aside(sentence: Sentence) -> bool:
    """Tell whether `sentence` is furniture, or stands beside what is asked: `Priority: high`."""
    text = sentence.text
    if (":" in text or text[0] == "<") and _FURNITURE.fullmatch(text):
        return True
    if not (sentence.label or sentence.under):
        return False
    aside = words_in(HEADINGS, "aside words")
    usual = aside | words_in(HEADINGS, "document headings")
    return any(
        not aside.isdisjoint(heading) and usual.issuperset(heading)
        for heading in (sentence.label.split(), sentence.under.split())
    )


def _sentences(text: str) -> Iterator[Sentence]:
    for block, shape, under, label, begins in _blocks(text):
        pieces = [block] if shape == "heading" else split_sentences(block)
        for at, piece in enumerate(pieces):
            yield Sentence(piece[:MAX_LENGTH], shape, under, label, begins and not at)


def _is_label(label: str, *, alone: bool) -> bool:
    """Tell whether what stands before a colon labels what follows.

    In a text of one line only a known one does: `Fix hostname: port parsing` is a title.
    """
    if label.count(" ") >= MAX_LABEL_WORDS or _CAMEL.search(label):
        return False
    low = _SCOPE.sub("", label.lower().strip())
    known = words_in(HEADINGS, "document headings"), words_of_languages("lead in words")
    return (
        not alone
        or low in read_sections(HEADINGS)["task headings"]
        or known[0].union(known[1]).issuperset(_LABEL_WORD.findall(low))
    )


def _blocks(text: str) -> Iterator[Sentence]:
    """Give headings, list items and paragraphs, each as if it were one sentence."""
    under, begins = "", True
    paragraph, shape, label = "", "", ""
    lines = text.split("\n")
    for line in lines:
        now, words, said = _shaped(line, alone=len(lines) == 1)
        if paragraph and words and now == "prose" and not said and _goes_on(paragraph, words):
            paragraph = f"{paragraph} {words}"
            continue
        if paragraph:
            yield Sentence(paragraph, shape, under, label, begins)
            paragraph, begins = "", False
        if now == "heading":
            under, begins = words.lower().strip(" :*?"), True
            yield Sentence(words, now, under, "", begins)
        elif words:
            paragraph, shape, label = words, now, said
            begins = begins or said != ""
    if paragraph:
        yield Sentence(paragraph, shape, under, label, begins)


def _shaped(line: str, *, alone: bool = False) -> tuple[str, str, str]:
    """Give the shape of a line, its words without markup and label, and its label."""
    if not line or line == CUT or _RULE.match(line):
        return "", "", ""
    shape, words = "prose", line
    if not line[0].isalpha():
        if heading := _HEADING.match(line):
            return "heading", plain(line[heading.end() :].strip("# \t="))[:MAX_LENGTH], ""
        if item := _ITEM.match(line):
            shape, words = "item", line[item.end() :]
        elif label := _BRACKETED.match(line):
            return shape, plain(line[label.end() :]), label[1].lower().strip()
    has_label = "`" not in words.replace("：", ":").partition(":")[0]  # code goes on behind it
    words = plain(words)
    is_short = words.count(" ") < MAX_LABEL_WORDS
    if not alone and is_short and words[:1].isupper() and is_usual_heading(words):
        return "heading", words, ""  # `Background`, without a mark
    if not has_label or (":" not in words and "：" not in words):
        return shape, words, ""
    label = _LABEL.match(words)
    if label is None or not _is_label(label[1], alone=alone):
        return shape, words, ""
    if label.end() == len(words):
        return "heading", label[1], ""
    return shape, words[label.end() :], label[1].lower().strip()


def _goes_on(paragraph: str, words: str) -> bool:
    """Tell whether the line `words` was wrapped off `paragraph`, rather than begun anew."""
    if (
        len(paragraph) > MAX_BLOCK
        or _STAMP.match(words)
        or any(map(_FURNITURE.fullmatch, (paragraph, words)))
    ):
        return False
    if len(paragraph) >= WRAPPED and (words[0].islower() or paragraph[-1] in ",，、"):
        return True
    # `please fix ⏎ the login button ⏎ on mobile`
    leads = len(paragraph) >= WRAPPED or words.partition(" ")[0] in words_of_languages("lead on")
    return leads and paragraph[-1] not in ENDS


@cache
def _behind_an_abbreviation() -> re.Pattern[str]:
    """Match a place of which what stands before it says that no sentence ends there."""
    words = [re.escape(word) for word in sorted(words_of_languages("abbreviations"))]
    return re.compile("|".join(rf"(?<=\b{word}\.)" for word in [*words, "[A-Z]"]), re.IGNORECASE)


def split_sentences(block: str) -> Iterator[str]:
    """Split one paragraph into sentences, as far as somebody asks for them."""
    at = 0
    for end in _SENTENCE_END.finditer(block):
        stop = end.start() + 1
        if block[stop - 1] == "." and _behind_an_abbreviation().match(block, stop):
            continue
        if piece := block[at : end.end()].strip(" \t–—-;"):
            yield piece
        at = end.end()
    if piece := block[at:].strip():
        yield piece
