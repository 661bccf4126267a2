"""Showing a plan: on a terminal, as data, and as a page in a real browser."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from naming.outcome import Reason, Source
from naming.rename.plan_file import Header, PlanRow, PlanSettings, header_line, row_line
from tests.rename.running import rename

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HOSTILE = (
    "</script><script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">"
)
SETTINGS = PlanSettings(
    match="^task-", display_only=False, claude=True, limit=None, shard=None, table=None, columns={}
)


def row(
    number: int,
    old: str = "",
    title: str = "Fix login",
    source: Source = Source.CLAUDE,
    **fields: str,
) -> PlanRow:
    return PlanRow(
        id=fields.get("id", str(number)),
        owner_id=f"owner-{number % 7}",
        old_name=old or f"task-{number}",
        old_display_name=None,
        new_name=fields.get("new", f"fix-login-{number}"),
        new_display_name=title,
        source=source,
        reason=None if source is Source.CLAUDE else Reason.NOT_A_NAME,
    )


def write(path: Path, *rows: PlanRow) -> Path:
    header = Header(
        version=1,
        source="/x/<b>tasks</b>.csv",
        settings=SETTINGS,
        model="m",
        prompt_version="v",
        rows=len(rows),
    )
    path.write_bytes(header_line(header) + b"".join(map(row_line, rows)))
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(
        tmp_path / "plan.jsonl",
        row(1),
        row(2, title="Fix login", source=Source.PROMPT),
        row(3, title="Brave otter", source=Source.RANDOM, new="brave-otter"),
        row(4, HOSTILE, title="Fix 4"),
        row(5, "\x1b[31mred\x07\x9b2J\u202e\n=cmd", title="修复登录按钮"),
        row(6, "=1+1", title="Fix 6"),
        row(7, id="@SUM(A1)"),
    )


def test_a_table_shows_counts_a_sample_and_what_is_worth_a_look(plan: Path) -> None:
    lines = rename("show", plan).out.splitlines()
    assert lines[:4] == [
        "/x/<b>tasks</b>.csv: 7 tasks, named with m",
        "          5  claude",
        "          1  prompt (not_a_name)",
        "          1  random (not_a_name)",
    ]
    assert [line for line in lines if line.startswith(("Renamed", "Worth"))] == [
        "Renamed: 7",
        "Worth a look: random names: 1",
        "Worth a look: Claude was asked and gave no name: 1",
        "Worth a look: numbered to keep them apart: 4",
    ]


def test_nothing_shown_commands_a_terminal_or_runs_in_a_spreadsheet(plan: Path) -> None:
    for form in ("table", "csv", "jsonl"):
        out = rename("show", plan, "--format", form).out
        assert not set(out) & set("\x1b\x07\x9b\u202e")
        assert "修复登录按钮" in out
    cells = [
        cell
        for line in csv.reader(io.StringIO(rename("show", plan, "--format", "csv").out))
        for cell in line
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {"'=1+1", "'@SUM(A1)"} <= set(cells)


def test_json_lines_hold_the_very_rows(plan: Path) -> None:
    shown = [
        json.loads(line) for line in rename("show", plan, "--format", "jsonl").out.splitlines()
    ]
    assert shown == [json.loads(line) for line in plan.read_text().splitlines()[1:]]


def test_long_plans_are_sampled(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.jsonl", *(row(n) for n in range(30)))
    assert "Renamed: 30, the first 10" in rename("show", path).out


def test_the_page_is_whole_in_itself_and_escapes_everything(plan: Path) -> None:
    page = rename("show", plan, "--format", "html").out
    assert page.count("</script>") == 2
    assert "<img" not in page
    assert "&lt;b&gt;tasks&lt;/b&gt;" in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page
    assert "http://" not in page
    assert "https://" not in page


# In a browser ----------------------------------------------------------------------------------------------------

PATIENCE_MS = 300_000  # on a busy machine


@pytest.fixture
def browser_page(chromium: Browser) -> Page:
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.set_default_timeout(PATIENCE_MS)
    return page


def opened(page: Page, plan: Path) -> list[str]:
    """Open a plan's page; gives what it asked the network for and what went wrong."""
    path, seen = plan.with_suffix(".html"), list[str]()
    path.write_text(rename("show", plan, "--format", "html").out)
    page.on("request", lambda request: seen.append(request.url))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda message: seen.append(message.text))
    page.goto(path.as_uri())
    page.wait_for_selector("#shown .row")
    return [url for url in seen if url != path.as_uri()]


def test_the_page_runs_nothing_that_a_plan_holds_and_loads_nothing(
    browser_page: Page, plan: Path
) -> None:
    assert opened(browser_page, plan) == []
    assert browser_page.title() == "Renaming plan"
    assert browser_page.locator("#shown img").count() == 0
    assert HOSTILE in browser_page.inner_text("#shown")


def test_rows_can_be_searched_filtered_and_sorted(browser_page: Page, plan: Path) -> None:
    opened(browser_page, plan)

    def see(count: int) -> None:
        browser_page.wait_for_selector(f"#count:text-is('{count} of 7 tasks')")

    browser_page.fill("#search", "otter brave")
    see(1)
    browser_page.fill("#search", "no such row")
    see(0)
    assert browser_page.is_visible("#none")
    browser_page.fill("#search", "")
    see(7)
    browser_page.select_option("#source", label="prompt · not_a_name (1)")
    see(1)
    browser_page.select_option("#source", "")
    see(7)
    browser_page.fill("#owner", "owner-3")
    see(1)
    browser_page.fill("#owner", "")
    see(7)
    for direction, first in (("ascending", "3"), ("descending", "7")):
        browser_page.click("text=New name")
        assert browser_page.locator(f"[aria-sort={direction}]").count() == 1
        assert browser_page.locator("#shown .row").first.get_attribute("data-id") in {
            first,
            "@SUM(A1)",
        }


def test_the_page_is_dark_or_light(browser_page: Page, plan: Path) -> None:
    opened(browser_page, plan)

    def ground() -> str:
        return str(browser_page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light = ground()
    browser_page.click("#theme")
    assert ground() != light
    browser_page.click("#theme")
    assert ground() == light


@pytest.mark.parametrize("width", [320, 390, 768, 900, 901, 1280, 1920])
def test_every_row_fits_a_screen_of_any_width(browser_page: Page, plan: Path, width: int) -> None:
    browser_page.set_viewport_size({"width": width, "height": 720})
    try:
        opened(browser_page, plan)
        assert browser_page.evaluate("document.documentElement.scrollWidth") == width
        assert (
            browser_page.evaluate(
                "(() => { const v = document.querySelector('#view'); return v.scrollWidth - v.clientWidth })()"
            )
            == 0
        )
        tops = browser_page.evaluate(
            "[...document.querySelectorAll('#shown .row')].map((row) => row.getBoundingClientRect().top)"
        )
        assert {round(lower - upper) for upper, lower in pairwise(tops)} == {
            88 if width <= 900 else 44
        }
        left = "[...document.querySelectorAll('{}')].slice(0, 5).map((cell) => Math.round(cell.getBoundingClientRect().left))"
        if width > 900:
            assert browser_page.evaluate(left.format("#heads > div")) == browser_page.evaluate(
                left.format("#shown .cell")
            )
    finally:
        browser_page.set_viewport_size({"width": 1280, "height": 720})


def test_a_plan_without_tasks_says_so(browser_page: Page, tmp_path: Path) -> None:
    path = write(tmp_path / "plan.jsonl").with_suffix(".html")
    path.write_text(rename("show", path.with_suffix(".jsonl"), "--format", "html").out)
    browser_page.goto(path.as_uri())
    assert browser_page.inner_text("#none") == "The plan holds no tasks."


def test_a_hundred_thousand_rows_are_usable(browser_page: Page, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan.jsonl", *(row(n) for n in range(100_000)))
    assert opened(browser_page, plan) == []
    assert browser_page.locator("#shown .row").count() < 60
    browser_page.evaluate("document.querySelector('#view').scrollTop = 1e9")
    browser_page.wait_for_selector("[data-id='99999']")
    browser_page.fill("#search", "fix-login-77777")
    browser_page.wait_for_selector("#count:text('1 of 100,000 tasks')")
