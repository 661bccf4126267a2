"""A team's convention for names, such as `{type}/{ticket}-{slug}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress, product
from typing import TYPE_CHECKING, Final

from naming.names import MAX_NAME_LENGTH, MIN_NAME_LENGTH, NameLaw, name_fault
from naming.slug import LAWFUL_PREFIX, slug_words
from naming.text.word_files import words_in
from naming.tickets import WORDS_FILE, ticket_of
from naming.work_kinds import kind_of

if TYPE_CHECKING:
    from naming.names import TaskName
    from naming.request import Request

BARE_TEXT: Final = "{slug}"  # the slug and nothing else

MOST_LENGTH: Final = 63
"""What a name may be limited to: the length of a DNS label (RFC 1035, section 2.3.4)."""

MAX_TEMPLATE_LENGTH: Final = 100
LEAST_ROOM: Final = MIN_NAME_LENGTH + 5
"""Characters that literal text leaves at least: two of the slug, and a random suffix."""

VALUES: Final = ("ticket", "type", "user")
"""What may be missing. Where not all have room, the last goes first."""

NAMELESS: Final = "ticket"
"""The slug of a request that is a ticket and nothing else, where not even that has room."""

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
    law: NameLaw = field(init=False, compare=False, repr=False)
    """What its names keep."""
    bare: tuple[str, str] = field(init=False, compare=False, repr=False)
    """What stands before and behind the slug where no value is known."""

    def __post_init__(self) -> None:
        """Check it, once and for all."""
        text, places = self.text, _PLACE.findall(self.text)
        if len(text) > MAX_TEMPLATE_LENGTH or _GRAMMAR.fullmatch(text) is None:
            raise BadTemplate(
                "must be {slug}, perhaps with {ticket}, {type}, {user}, small ASCII letters and "
                f"digits, joined by single - or /; at most {MAX_TEMPLATE_LENGTH} characters"
            )
        if places.count("slug") != 1 or len(set(places)) < len(places):
            raise BadTemplate("must have {slug}, and no part twice")
        object.__setattr__(self, "law", NameLaw(self.max_length, 1 + text.count("/")))
        object.__setattr__(self, "bare", self.around({}))
        before, after = self.bare
        if len(before) + len(after) + LEAST_ROOM > self.max_length:
            raise BadTemplate(
                f"must leave {LEAST_ROOM} of {self.max_length} characters to {{slug}}"
            )
        broken = self.law.fault(f"{before}{LAWFUL_PREFIX[:MIN_NAME_LENGTH]}{after}")
        if broken is not None:
            raise BadTemplate(f"between / each part {broken}")

    def has(self, place: str) -> bool:
        """Tell whether it has a `place` such as `type`."""
        return f"{{{place}}}" in self.text

    def values(self, request: Request, user: str = "") -> dict[str, str]:
        """Find what `request` says for the places; `user` is whose task it is, in any spelling."""
        spelt = user and slug_words(user.partition("@")[0])  # names hold no e-mail addresses
        finders: dict[str, Callable[[], str | None]] = {
            "ticket": lambda: ticket_of(request),
            "type": lambda: kind_of(request),
            "user": lambda: spelt if 2 * len(spelt) <= self.max_length else None,
        }
        found = ((place, find()) for place, find in finders.items() if self.has(place))
        return {place: value for place, value in found if value}

    def frame(self, task_name: TaskName, values: Mapping[str, str]) -> Frame:
        """Make what stands around a name's slug; the kind that the name tells goes before."""
        if task_name.kind is not None and self.has("type"):
            values = {**values, "type": task_name.kind}
        return Frame(self, values)

    def around(self, values: dict[str, str]) -> tuple[str, str]:
        """Give what stands before and behind the slug; a missing value goes with its joint."""
        put = values | {"slug": _SLUG}
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
        if not self.values:
            before, after = self.template.bare
            yield before, slug, after
            return
        without_ticket: str | None = slug
        if (ticket := self.values.get("ticket")) is not None:
            bare = _spoken(ticket).sub("", slug).strip("-")
            without_ticket = bare if name_fault(bare) is None else None
        places = [place for place in VALUES if place in self.values]
        for stay in product((True, False), repeat=len(places)):
            kept = {place: self.values[place] for place in compress(places, stay)}
            before, after = self.template.around(kept)
            slugs = (without_ticket,) if "ticket" in kept else (slug, without_ticket)
            for each in filter(None, dict.fromkeys(slugs)):
                yield before, each, after
        before, after = self.template.bare
        yield before, NAMELESS, after

    def cuts_ticket(self, slug: str, shorter: str) -> bool:
        """Tell whether a `slug` with the ticket in it has become a `shorter` one without it."""
        ticket = self.values.get("ticket")
        return ticket is not None and bool(_spoken(ticket).search(slug)) > bool(
            _spoken(ticket).search(shorter)
        )


def _spoken(ticket: str) -> re.Pattern[str]:
    before = "|".join([LAWFUL_PREFIX, *sorted(words_in(WORDS_FILE, "leading on"))])
    return re.compile(rf"(?:^|-)(?:(?:{before})-)*{ticket}(?=-|$)")


BARE: Final = Frame()  # the slug and nothing else
