"""A team's convention for names, such as `{type}/{ticket}-{slug}`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress, product
from typing import Final

from naming.names import MAX_NAME_LENGTH, MIN_NAME_LENGTH, NameLaw, TaskName, name_fault
from naming.request import Request
from naming.slug import LAWFUL_PREFIX, slug_words
from naming.text.word_files import words_in
from naming.tickets import WORDS_FILE, ticket_of
from naming.work_kinds import kind_of

BARE_TEXT: Final = "{slug}"  # the slug and nothing else
MOST_LENGTH: Final = 63  # what a name may be limited to: a DNS label (RFC 1035, section 2.3.4)
MAX_TEMPLATE_LENGTH: Final = 100  # characters
LEAST_ROOM: Final = MIN_NAME_LENGTH + 5  # characters: two of the slug, and a random suffix

VALUES: Final = ("ticket", "type", "user")  # may be missing; without room the last goes first
NAMELESS: Final = "ticket"  # the slug of what is a ticket alone, where not even that has room

_PLACE: Final = re.compile(r"\{([a-z]+)\}")
_TOKEN: Final = rf"(?:[a-z0-9]|\{{(?:slug|{'|'.join(VALUES)})\}})+"
_GRAMMAR: Final = re.compile(rf"{_TOKEN}(?:[-/]{_TOKEN})*")
_JOINTS: Final = re.compile(r"[-/]{2,}")
_SLUG: Final = "\0"  # stands for the slug while the rest is put together


class BadTemplate(ValueError):
    """A template is none. The message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Template:
    """How names of `max_length` in all are put together, of any slug. Raises BadTemplate."""

    text: str = BARE_TEXT
    max_length: int = MAX_NAME_LENGTH

    def __post_init__(self) -> None:
        """Check it, once and for all."""
        places = _PLACE.findall(self.text)
        if len(self.text) > MAX_TEMPLATE_LENGTH or _GRAMMAR.fullmatch(self.text) is None:
            raise BadTemplate(
                "must be {slug}, perhaps with {ticket}, {type}, {user}, small ASCII letters and "
                f"digits, joined by single - or /; at most {MAX_TEMPLATE_LENGTH} characters"
            )
        if places.count("slug") != 1 or len(set(places)) < len(places):
            raise BadTemplate("must have {slug}, and no part twice")
        before, after = self.around({})
        if len(before) + len(after) + LEAST_ROOM > self.max_length:
            raise BadTemplate(
                f"must leave {LEAST_ROOM} of {self.max_length} characters to {{slug}}"
            )
        broken = self.law.fault(f"{before}{LAWFUL_PREFIX[:MIN_NAME_LENGTH]}{after}")
        if broken is not None:
            raise BadTemplate(f"between / each part {broken}")

    @property
    def law(self) -> NameLaw:
        """What its names keep."""
        return NameLaw(self.max_length, 1 + self.text.count("/"))

    def has(self, place: str) -> bool:
        """Tell whether it has a `place` such as `type`."""
        return f"{{{place}}}" in self.text

    def values(self, request: Request, user: str = "") -> dict[str, str]:
        """Find what `request` says for the places; `user` is whose task it is, in any spelling."""
        name, _, _ = user.partition("@")  # names hold no e-mail addresses
        spelt = slug_words(name) if self.has("user") else ""
        found = {
            "ticket": ticket_of(request) if self.has("ticket") else None,
            "type": kind_of(request) if self.has("type") else None,
            "user": spelt if 2 * len(spelt) <= self.max_length else None,
        }
        return {place: value for place, value in found.items() if value}

    def frame(self, task_name: TaskName, values: Mapping[str, str]) -> "Frame":
        """Make what stands around a name's slug; the kind that the name tells goes before."""
        if task_name.kind is not None and self.has("type"):
            values = {**values, "type": task_name.kind}
        return Frame(self, values)

    def around(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Give what stands before and behind the slug; a missing value goes with its joint."""
        put = {**values, "slug": _SLUG}
        filled = _PLACE.sub(lambda place: put.get(place[1], ""), self.text)
        joined = _JOINTS.sub(lambda joints: "/" if "/" in joints[0] else "-", filled)
        before, _, after = joined.strip("-/").partition(_SLUG)
        return before, after


@dataclass(frozen=True, slots=True)
class Frame:
    """A template with its values: what stands around a slug."""

    template: Template = field(default_factory=Template)
    values: Mapping[str, str] = field(default_factory=dict)

    def around(self, slug: str) -> Iterator[tuple[str, str, str]]:
        """Give what may stand before the slug, the slug, and what may stand behind it.

        First with all values, then with ever fewer. A ticket that has its place is not in the slug
        too, and where it is all of the slug, it is only there.
        """
        if self.template.text == BARE_TEXT:  # as most are, and it fits: nothing more is looked at
            yield "", slug, ""
        spare = self.without_ticket(slug).strip("-")
        places = [place for place in VALUES if place in self.values]
        for stay in product((True, False), repeat=len(places)):
            kept = {place: self.values[place] for place in compress(places, stay)}
            before, after = self.template.around(kept)
            for each in dict.fromkeys((spare,) if "ticket" in kept else (slug, spare)):
                if name_fault(each) is None:
                    yield before, each, after
        before, after = self.template.around({})
        yield before, NAMELESS, after

    def without_ticket(self, slug: str) -> str:
        """Take the ticket out of a slug, and the words that lead on to it."""
        if (ticket := self.values.get("ticket")) is None:
            return slug
        before = "|".join([LAWFUL_PREFIX, *sorted(words_in(WORDS_FILE, "leading on"))])
        return re.sub(rf"(?:^|-)(?:(?:{before})-)*{ticket}(?=-|$)", "", slug)


BARE: Final = Frame()  # the slug and nothing else
