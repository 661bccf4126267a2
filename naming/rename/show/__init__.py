"""Showing what plans hold: on a terminal, as data, or as a page to read in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from naming.rename.plan_file import Plan


def show(plans: Sequence[Plan], format_: str) -> Iterator[str]:
    """Give the text of `plans` in one of the formats, in pieces."""
    if format_ == "table":
        from naming.rename.show.table import table  # noqa: PLC0415

        return table(plans)
    if format_ == "html":
        from naming.rename.show.export import page  # noqa: PLC0415

        return page(plans)
    from naming.rename.show.export import as_csv, as_jsonl  # noqa: PLC0415

    return as_csv(plans) if format_ == "csv" else as_jsonl(plans)
