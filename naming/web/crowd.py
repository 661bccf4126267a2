"""How many connections there may be, and which goes first when one too many comes."""

from __future__ import annotations

import resource
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from naming.settings import Settings

OTHER_FILES: Final = 64
"""Descriptors for what is neither a caller's connection nor a call to Claude.

The log, Valkey, the workers' counts."""

POLITENESS: Final = 32
"""Connections beyond the bound that are told so at a time. Telling takes a moment.

Of more than these none is told."""


class Member(Protocol):
    """A connection, as the crowd sees it."""

    def part(self) -> None:
        """End it: nobody waits for an answer on it."""

    def turn_away(self) -> None:
        """Answer that there are too many, and end it."""

    def cut(self) -> None:
        """End it without a word."""


class Crowd:
    """The open connections, and those among them that nobody would miss.

    They are given up in this order: what only lingers behind its last answer, what has never asked
    anything whole, what is kept for a next request; of each kind the one that has been so the
    longest. A connection with a request in progress is never given up for a newer one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._members: set[Member] = set()
        self._turned_away: set[Member] = set()
        self._leaving: OrderedDict[Member, None] = OrderedDict()
        self._strangers: OrderedDict[Member, None] = OrderedDict()
        self._idle: OrderedDict[Member, None] = OrderedDict()

    def enter(self, newcomer: Member) -> None:
        """Take in a new connection, in the place of another if need be."""
        if len(self._members) >= self._most:
            if (given_up := self._next_to_go()) is None:
                self._send_off(newcomer)
                return
            self.lost(given_up)
            given_up.part()
        self._members.add(newcomer)
        self._strangers[newcomer] = None

    def _next_to_go(self) -> Member | None:
        waiting = self._leaving or self._strangers or self._idle
        return next(iter(waiting), None)

    def _send_off(self, newcomer: Member) -> None:
        if len(self._turned_away) < POLITENESS:
            self._turned_away.add(newcomer)
            newcomer.turn_away()
        else:
            newcomer.cut()

    def begins(self, member: Member) -> None:
        """Note that the head of a request has come whole."""
        for waiting in (self._leaving, self._strangers, self._idle):
            waiting.pop(member, None)

    def rests(self, member: Member) -> None:
        """Note that all that was asked is answered."""
        self._waits(member, self._idle)

    def leaves(self, member: Member) -> None:
        """Note that the last answer has been given."""
        self._waits(member, self._leaving)

    def _waits(self, member: Member, among: OrderedDict[Member, None]) -> None:
        if member in self._members:
            self.begins(member)
            among[member] = None

    def lost(self, member: Member) -> None:
        """Note that a connection has ended."""
        self.begins(member)
        self._members.discard(member)
        self._turned_away.discard(member)


def connections_allowed(settings: Settings) -> int:
    """Tell how many connections there may be.

    As many as are set, if the system gives us that many descriptors.
    """
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    left = descriptors - OTHER_FILES - settings.max_concurrent_calls
    return min(settings.max_connections, max(left, descriptors // 4))


def raise_descriptor_limit(settings: Settings) -> None:
    """Ask the system for descriptors enough.

    A shell's usual limit of 1024 may be raised as far as the hard one.
    """
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = settings.max_connections + settings.max_concurrent_calls + OTHER_FILES
    with suppress(OSError, ValueError):  # then there are fewer connections
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, min(wanted, most)), most))
