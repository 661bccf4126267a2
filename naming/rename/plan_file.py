"""The plan, which is the journal too: a JSON Lines file of old and new names."""

import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from naming.names import MAX_NAME_LENGTH
from naming.outcome import Reason, Source
from naming.rename.files import HeldFile, open_file
from naming.rename.reading import Layout
from naming.rename.source import TaskSource, open_source, read_address
from naming.rename.tasks import Change, Names
from naming.rename.terminal import BadInput, one_line
from naming.request import Request
from naming.template import BARE_TEXT, MOST_LENGTH, BadTemplate, Template

T = TypeVar("T")

VERSION: Final = 1
MAX_HEADER_BYTES: Final = 1 << 20
_ROWS_WIDTH: Final = 13  # with the brace behind it

_LINE_ENDS: Final = str.maketrans({char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"})
"""What some programs take for the end of a line, escaped."""

_template: Final = cache(Template)


class PlanSettings(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What a plan was asked for. A plan is only gone on with under the same settings."""

    match: str
    display_only: bool
    claude: bool
    limit: int | None
    shard: str | None
    table: str | None
    columns: dict[str, str]
    batches: bool = False
    keep_good: bool = False
    taken_from: str | None = None
    max_length: int | None = None
    match_display: str | None = None
    only: str | None = None
    template: str | None = None
    language: str | None = None
    context: str | None = None

    def template_within(self, room: int = MOST_LENGTH) -> Template:
        """Give the convention for names, in no more than `room` characters. Raises BadInput."""
        limit = min(room, self.max_length or MAX_NAME_LENGTH)
        try:
            return _template(self.template or BARE_TEXT, limit)
        except BadTemplate as error:
            raise BadInput(f"--template: {error}") from None

    def request(self, prompt: str) -> Request:
        """Clean a prompt into a request, with what is wished for all names."""
        request = Request.of(prompt)
        if self.context:
            request = request.knowing(self.context)
        return request.wishing(self.language or "", kind=self.template_within().has("type"))

    @property
    def layout(self) -> Layout:
        """Where the source keeps its fields. Raises BadInput for what cannot be."""
        return Layout(self.columns, self.table, has_names=not self.display_only)


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first line of a plan. `rows` is how many lines follow; None until it is complete."""

    version: int
    source: str
    settings: PlanSettings
    model: str | None
    prompt_version: str | None
    rows: int | None = None


class PlanRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a plan: one task with its old names and its new ones."""

    id: str
    owner_id: str | None
    old_name: str
    old_display_name: str | None
    new_name: str
    new_display_name: str
    source: Source
    reason: Reason | None
    old_raw: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    """How a file spells an old name, where undoing could not tell it otherwise."""

    def change(self, *, undo: bool) -> Change:
        """Give the change that carries the row out, or undoes it."""
        old = Names(self.old_name, self.old_display_name)
        new = Names(self.new_name, self.new_display_name)
        if undo:
            return Change(self.id, self.owner_id, new, old, self.old_raw or None)
        return Change(self.id, self.owner_id, old, new)


ROW_FIELDS: Final = PlanRow.__struct_fields__[:-1]  # what is shown: all but a file's spelling


def header_line(header: Header) -> bytes:
    """Write the first line; its length is the same whatever `rows` is."""
    stem, _, rows = msgspec.json.encode(header).rpartition(b":")
    return stem + b":" + rows.rjust(_ROWS_WIDTH) + b"\n"


def _decode(kind: type[T], path: Path, number: int, line: bytes) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        what = "not the header of a plan" if number == 1 else "not a row of a plan"
        raise BadInput(f"{path}: line {number}: {what}: {one_line(str(error))}") from None


class Plan:
    """A plan to be read: its header now, its rows as often as wanted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with open_file(self.path) as file:
            line = file.readline(MAX_HEADER_BYTES)
        if not line.strip():
            raise BadInput(f"{path}: an empty file: the plan was not begun")
        self.header = _decode(Header, path, 1, line)
        if self.header.version != VERSION:
            said = f"version: this program reads plans of version {VERSION}"
            raise BadInput(f"{path}: line 1: {said}")
        self.end = 0  # where the last row that was read ends, in bytes

    def rows(self, *, may_go_on: bool = False) -> Iterator[tuple[int, PlanRow]]:
        """Read the rows with their lines' numbers; a plan that `may_go_on` may end torn."""
        may_go_on |= self.header.rows is None
        with open_file(self.path) as file:
            self.end = len(file.readline(MAX_HEADER_BYTES))
            for number, line in enumerate(file, start=2):
                if may_go_on and not line.endswith(b"\n"):
                    return
                try:
                    row = _decode(PlanRow, self.path, number, line)
                except BadInput:
                    if not may_go_on or next(file, None) is not None:
                        raise
                    return
                self.end += len(line)
                yield number, row


def open_plans(paths: Sequence[Path]) -> list[Plan]:
    """Open the plans of one source together. Raises BadInput when they are of several."""
    plans = [Plan(path) for path in paths]
    sources = [(p.header.source, p.header.settings.table, p.header.settings.columns) for p in plans]
    for plan, source in zip(plans, sources, strict=True):
        if source != sources[0]:
            raise BadInput(f"{plan.path}: a plan of another source than {plans[0].path}")
    return plans


def open_planned(plans: Sequence[Plan], given: str | None) -> TaskSource:
    """Open the source of plans, which may be elsewhere now. Raises BadInput."""
    plan = plans[0]
    try:
        planned = read_address(plan.header.source)
    except BadInput as error:
        said = str(error).removeprefix("SOURCE: ")
        raise BadInput(f"{plan.path}: line 1: source: {said}") from None
    address = planned if given is None else read_address(given)
    if address.kind is not planned.kind:
        kind = f"another kind of source ({planned.kind.value})"
        raise BadInput(f"--source: {plan.path} was made from {kind}")
    return open_source(address, plan.header.settings.layout)


SYNC_SECONDS: Final = 5.0  # of work a power failure may cost; a kill costs none that was written


class PlanWriter(HeldFile):
    """An open plan, to be begun or gone on with: `resume` comes first, then `begin`."""

    def __init__(self, path: Path, header: Header) -> None:
        super().__init__(path)
        self._header = header
        self._is_begun = self.is_whole = False
        self._synced = time.monotonic()
        self.rows = 0  # how many rows it holds
        self.last_id: str | None = None  # the task of its last row

    def resume(self) -> Iterator[PlanRow]:
        """Give each row, cut a torn end off, and find out whether the plan `is_whole`.

        Raises BadInput for another plan, and for a part of one whose header was written anew.
        """
        path, ours = self.path, header_line(self._header)
        with open_file(path) as file:
            first = file.readline(MAX_HEADER_BYTES)
        if not first.endswith(b"\n"):
            stem, _, _ = ours.rpartition(b":")  # behind it stands how many rows there are
            if not stem.startswith(first[: len(stem)]):
                raise BadInput(f"{path}: it holds something else than a plan; give another --plan")
            return
        plan = Plan(path)
        if plan.header.source != self._header.source:
            said = f"a plan of another source, {plan.header.source}"
            raise BadInput(f"{path}: {said}; give another --plan")
        asked, ours_asked = (
            {"model": of.model, "prompt_version": of.prompt_version}
            | msgspec.structs.asdict(of.settings)
            for of in (plan.header, self._header)
        )
        if differing := ", ".join(name for name in asked if asked[name] != ours_asked[name]):
            said = f"a plan made with other settings ({differing})"
            raise BadInput(f"{path}: {said}; give another --plan")
        for _, row in plan.rows(may_go_on=True):
            yield row
            self.last_id = row.id
            self.rows += 1
        self.is_whole = plan.header.rows == self.rows
        if not self.is_whole and len(first) != len(ours):
            raise BadInput(f"{path}: line 1: another program wrote it anew; give another --plan")
        self._is_begun = True
        self.cut(plan.end)

    def begin(self) -> None:
        """Write the header, where there is none yet. Raises Stopped on a full disk."""
        if not self._is_begun:
            self.cut(0)
            self.add(header_line(self._header))
            self.sync()

    def append(self, row: PlanRow) -> None:
        """Write one row. Raises Stopped on a full disk."""
        line = msgspec.json.encode(row).decode().translate(_LINE_ENDS)
        self.add(f"{line}\n".encode())
        self.rows += 1
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self.sync()

    def sync(self) -> None:
        """Have the disk hold what was written. Raises Stopped on a full disk."""
        super().sync()
        self._synced = time.monotonic()

    def finish(self) -> None:
        """Mark the plan as whole, once the disk holds its rows. Raises Stopped on a full disk."""
        self.write_first(header_line(msgspec.structs.replace(self._header, rows=self.rows)))
