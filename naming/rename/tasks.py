"""Tasks, which of them a run is about, and the changes that a plan makes to them."""

import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from naming.names import MAX_DISPLAY_LENGTH
from naming.rename.terminal import BadInput, one_line
from naming.template import MOST_LENGTH

T = TypeVar("T")

FIELDS: Final = ("id", "owner_id", "name", "display_name", "prompt", "deleted_at")
"""What is known of a task, by the names of the reference schema."""


class Names(NamedTuple):
    """What a task is called: both of its names, and all that renaming writes."""

    name: str
    display_name: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """A task as its source has it, without its prompt where that was not asked for."""

    id: str
    owner_id: str | None
    names: Names
    prompt: str = ""
    is_deleted: bool = False
    scopes: tuple[str, ...] = ()  # within what its name is taken: its owner's, and unique indexes'
    raw: Mapping[str, str] | None = None  # how its file spells a name, if not the plainest way


ANYWHERE: Final = "*"  # the scope of names that nobody may take who has to mind it


def owner_scope(owner_id: str | None) -> str:
    """Give the scope of an owner's names."""
    return "" if owner_id is None else f"={owner_id}"


class Why(StrEnum):
    """Why a task was left as it is."""

    GONE = "there is no such task any more"
    DELETED = "it was deleted since"
    RENAMED = "it was renamed since"
    RETITLED = "its display name was changed since"
    TAKEN = "its owner has another task of that name"
    TAKEN_ELSEWHERE = "a unique index of the database allows no second task to be called so"
    HIDDEN = "this view would not show it any more, and so it could not be put back"
    LOCKED = "another transaction held it"
    UNCHANGED = "the database left it as it was, as a trigger or a policy of its own may"
    REWRITTEN = (
        "the database would write another name than the planned one, as a trigger of its own may"
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A task's names before and after; undoing is the change the other way round."""

    id: str
    owner_id: str | None
    before: Names
    after: Names
    raw_after: Mapping[str, str] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Tell which of the two names is to be another."""
        pairs = zip(Names._fields, self.before, self.after, strict=True)
        return tuple(field for field, before, after in pairs if before != after)

    @property
    def is_same_name(self) -> bool:
        """Tell whether the name stays, but for its case."""
        return self.before.name.lower() == self.after.name.lower()

    def why_not(self, now: Names | None, *, is_deleted: bool) -> str | None:
        """Say why a task of these names, or none, is left; as in a verdict, None where it fits."""
        if now is None:
            return Why.GONE
        if is_deleted:
            return Why.DELETED
        if now == self.after:
            return ""
        if now == self.before:
            return None
        return Why.RETITLED if now.name in {self.before.name, self.after.name} else Why.RENAMED


LATER: Final = {Why.LOCKED, Why.TAKEN, Why.TAKEN_ELSEWHERE}  # what may do better at the end


class Verdict(NamedTuple):
    """What became of one change."""

    id: str
    why: str | None = None  # why it was left; empty where it was so already, None where changed


LEAST_LENGTH: Final = 8  # characters there must be: a word, and the number that keeps it apart


class Room(NamedTuple):
    """How many characters of each name a source can hold."""

    name: int = MOST_LENGTH
    display_name: int = MAX_DISPLAY_LENGTH


def cut(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut items into parts of a size; the last may be smaller."""
    pending = iter(items)
    while part := list(islice(pending, size)):
        yield part


@dataclass(frozen=True, slots=True)
class Selection:
    """Picks tasks by names, old titles and owner, alike on every machine. Raises BadInput."""

    match: str
    titles: str = ""
    shard: str = "0/1"

    def __post_init__(self) -> None:
        """Compile the patterns, and read the shard."""
        for option, pattern in (("--match", self.match), ("--match-display", self.titles)):
            try:
                _compiled(pattern)
            except (re.error, OverflowError, RecursionError) as error:
                said = f"not a regular expression: {one_line(str(error))}"
                raise BadInput(f"{option}: {said}") from None
        found = re.fullmatch("([0-9]{1,6})/([0-9]{1,6})", self.shard)
        if found is None or not int(found[1]) < int(found[2]):
            raise BadInput("--shard: must be I/N with I from 0 to N-1")

    def __call__(self, task: Task) -> bool:
        """Tell whether the task is one to rename."""
        return not task.is_deleted and self.matches(task.names) and self.owns(task.owner_id)

    def matches(self, names: Names, flags: re.RegexFlag = re.NOFLAG) -> bool:
        """Tell whether a task of these names is one to rename, whoever owns it."""
        has_title = _compiled(self.titles, flags).search(names.display_name or "") is not None
        return has_title and _compiled(self.match, flags).search(names.name) is not None

    def owns(self, owner_id: str | None) -> bool:
        """Tell whether the owner's tasks belong to this shard."""
        index, shards = map(int, self.shard.split("/"))
        return shards == 1 or shard_of(owner_id, shards) == index


def shard_of(owner_id: str | None, shards: int) -> int:
    """Tell which of `shards` parts an owner belongs to."""
    owner = (owner_id or "").encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(owner, digest_size=8).digest()) % shards


@cache
def _compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what may mean something else in a later Python
        return re.compile(pattern, flags)
