"""Showing a plan: on a terminal, as data, and as a page in a real browser."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import pytest

from naming.outcome import Reason, Source
from naming.rename.plan_file import Header, PlanRow, PlanSettings, header_line
from naming.rename.show import WORTH_A_LOOK
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


def write(path: Path, *rows: PlanRow, source: str = "/x/<b>tasks</b>.csv") -> Path:
    header = Header(
        version=1,
        source=source,
        settings=SETTINGS,
        model="m",
        prompt_version="v",
        rows=len(rows),
    )
    path.write_bytes(
        header_line(header) + b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    )
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


NUMBERED = [
    ("pr-749", "Review PR 749", False),
    ("review-pr-749", "Review PR 749", False),
    ("fix-login-2", "Fix login", True),
    ("fix-2-bugs-2", "Fix 2 bugs", True),
    ("python-3", "Python 3.", False),
    ("login", "Log in", False),
]


def test_a_number_that_the_title_holds_was_not_added() -> None:
    is_numbered = WORTH_A_LOOK["numbered to keep them apart"]
    rows = [(row(1, title=title, new=name), added) for name, title, added in NUMBERED]
    assert [one for one, added in rows if is_numbered(one) != added] == []


def test_nothing_shown_commands_a_terminal_or_runs_in_a_spreadsheet(plan: Path) -> None:
    for form in ("table", "csv", "jsonl"):
        out = rename("show", plan, "--format", form).out
        assert not set(out) & set("\x1b\x07\x9b\u202e")
        assert "修复登录按钮" in out or json.dumps("修复登录按钮") in out
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


def test_long_plans_are_sampled_unless_all_is_wanted(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.jsonl", *(row(n, title="Fix") for n in range(30)))
    sample, whole = rename("show", path).out, rename("show", path, "--all").out
    assert "Renamed: 30, the first 10" in sample
    assert "Renamed: 30\n" in whole
    assert [f"  ->  fix-login-{n}  Fix\n" in sample for n in range(30)] == [
        n < 10 for n in range(30)
    ]
    assert all(f"  ->  fix-login-{n}  Fix\n" in whole for n in range(30))


LONGEST = "Fix the unreachable connection of the production billing service"
SECRET = "sk-ant-api03-" + "a1B2" * 20


@pytest.fixture
def prompted(tmp_path: Path) -> Path:
    """Plan tasks of a file, the prompts of which are long, hostile, secret or gone."""
    tasks = {
        "1": "fix the login page\n" + "and then the other pages " * 100,
        "2": HOSTILE,
        "3": f"rotate the key {SECRET} of the build server",
        "4": "add dark mode",
    }
    lines = [
        json.dumps(
            {"id": id_, "owner_id": "a", "name": f"task-{id_}", "display_name": "", "prompt": text}
        )
        for id_, text in tasks.items()
    ]
    source = tmp_path / "tasks.jsonl"
    source.write_text("\n".join(lines[:3]) + "\n")
    rows = (row(int(id_), title=LONGEST) for id_ in tasks)
    return write(tmp_path / "plan.jsonl", *rows, source=str(source))


def test_prompts_are_read_from_the_source_cut_and_without_their_secrets(prompted: Path) -> None:
    assert "prompt" not in rename("show", prompted, "--format", "jsonl").out.split('"source"')[0]
    shown = [
        json.loads(line)["prompt"]
        for line in rename("show", prompted, "--with-prompts", "--format", "jsonl").out.splitlines()
    ]
    assert shown[0].startswith("fix the login page and then the other pages")
    assert (len(shown[0]), shown[0][-1]) == (500, "…")
    assert shown[1] == HOSTILE
    assert "rotate the key" in shown[2]
    assert SECRET not in shown[2]
    assert shown[3] == ""
    head, *_ = csv.reader(
        io.StringIO(rename("show", prompted, "--with-prompts", "--format", "csv").out)
    )
    assert head[-1] == "prompt"
    assert f"      {HOSTILE}\n" in rename("show", prompted, "--with-prompts").out
    moved = prompted.with_name("tasks.jsonl").rename(prompted.with_name("moved.jsonl"))
    assert "No such file" in rename("show", prompted, "--with-prompts").complaint
    assert "rotate the key" in rename("show", prompted, "--with-prompts", "--source", moved).out


def test_the_page_is_whole_in_itself_and_escapes_everything(plan: Path) -> None:
    page = rename("show", plan, "--format", "html").out
    assert page.count("</script>") == 3
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


def opened(page: Page, plan: Path, *options: str) -> list[str]:
    """Open a plan's page; gives what it asked the network for and what went wrong."""
    path, seen = plan.with_suffix(".html"), list[str]()
    path.write_text(rename("show", plan, "--format", "html", *options).out)
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


OVERFLOWING = """[...document.querySelectorAll('#shown .row')].flatMap((row) => {
  const box = row.getBoundingClientRect();
  return [...row.querySelectorAll('.cell')].filter((cell) => {
    const at = cell.getBoundingClientRect();
    return at.height && (at.top < box.top - 1 || at.bottom > box.bottom + 1);
  }).map((cell) => cell.className);
})"""
CUT = "[...document.querySelectorAll('#shown .title')].filter((t) => t.scrollHeight > t.clientHeight + 1 || t.scrollWidth > t.clientWidth + 1).length"


@pytest.mark.parametrize("width", [360, 1101, 1280])
def test_the_longest_title_is_read_without_a_cut_and_the_prompt_stands_beside_it(
    browser_page: Page, prompted: Path, width: int
) -> None:
    assert len(LONGEST) == 64
    browser_page.set_viewport_size({"width": width, "height": 720})
    try:
        assert opened(browser_page, prompted, "--with-prompts") == []
        assert browser_page.evaluate(CUT) == 0
        assert browser_page.evaluate(OVERFLOWING) == []
        assert "add" not in browser_page.inner_text("#shown .asked >> nth=1")
        assert browser_page.inner_text("#shown .asked >> nth=0").startswith("fix the login page")
        assert browser_page.evaluate("document.documentElement.scrollWidth") == width
    finally:
        browser_page.set_viewport_size({"width": 1280, "height": 720})


def test_rows_that_are_left_out_are_saved_to_a_list_and_remembered(
    browser_page: Page, plan: Path
) -> None:
    opened(browser_page, plan)
    assert browser_page.inner_text("#out") == "0 left out"
    assert browser_page.is_disabled("#save")
    browser_page.check("[data-id='2'] input")
    browser_page.click("[data-id='@SUM(A1)'] .title")
    assert "fix-login-7" in browser_page.inner_text("#facts")
    browser_page.click("text=Leave it out")
    assert browser_page.inner_text("#out") == "2 left out"
    assert browser_page.inner_text("#command").endswith(f"apply {plan} --except except.txt")
    with browser_page.expect_download() as saved:
        browser_page.click("#save")
    assert saved.value.suggested_filename == "except.txt"
    assert saved.value.path().read_text() == "2\n@SUM(A1)\n"
    browser_page.reload()
    browser_page.select_option("#kind", "out")
    browser_page.wait_for_selector("#count:text-is('2 of 7 tasks')")
    browser_page.uncheck("[data-id='2'] input")
    browser_page.click("[data-id='@SUM(A1)'] .title")
    browser_page.click("text=Rename it after all")
    assert browser_page.inner_text("#out") == "0 left out"


def test_what_is_worth_a_look_can_be_picked(browser_page: Page, plan: Path) -> None:
    opened(browser_page, plan)
    browser_page.select_option("#kind", label="random names (1)")
    browser_page.wait_for_selector("#count:text-is('1 of 7 tasks')")
    assert browser_page.locator("#shown .row").get_attribute("data-id") == "3"


@pytest.mark.parametrize("width", [320, 768, 1100, 1101, 1920])
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
            142 if width <= 1100 else 66
        }
        assert browser_page.evaluate(OVERFLOWING) == []
        left = "[...document.querySelectorAll('{}')].slice(0, 5).map((cell) => Math.round(cell.getBoundingClientRect().left))"
        if width > 1100:
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
