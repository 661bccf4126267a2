"""The pictures of the README and the docs, taken by a real browser: `make pictures`.

`python -m benchmarks.pictures FOLDER` writes every page there too, as it is on a desktop and on a phone, by day and by
night, for whoever has changed one and wants to look. Needs Chromium, and fonts for the scripts that are shown.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

from tests.running_service import command_line, running_service

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "pictures"
SIZES = {"desktop": (1120, 780), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
IN_DOCS = ("playground", "evaluation", "plan")

TASKS = """id,owner_id,name,display_name,prompt,deleted_at
1,ann,task-python-a1b2,,Hi! Could you please fix the login button on the settings page?,
2,ann,task-i-want-c3d4,,I want you to act as a senior Rust developer. Add retry with backoff to the S3 uploader,
3,ann,task-ok-so-e5f6,,ok so this might be a dumb question but why does the checkout page load twice on Safari?,
4,ben,task-deploy-g7h8,,"deploy fails with AKIAIOSFODNN7EXAMPLE in the logs, mask it",
5,ben,task-j9k2,,修复登录按钮,
6,ben,dark-mode,Dark mode,Could you please add a dark mode?,
"""


def named(*arguments: str, cwd: Path | None = None) -> bytes:
    """Run the command line without a key and give what it prints."""
    command, environment = command_line(*arguments)
    return subprocess.run(
        command, env=environment, cwd=cwd, stdout=subprocess.PIPE, check=False
    ).stdout


def try_a_prompt(page: Page) -> None:
    """Click an example and wait for its names."""
    page.get_by_role("button", name="A role first").click()
    page.locator(".step.used").wait_for()


def stay(_page: Page) -> None:
    """Show the page as it comes."""


def main(folder: Path | None) -> None:
    """Take the pictures of the docs, and with a folder all there are."""
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playground = stack.enter_context(running_service(NAMING_PLAYGROUND="1"))
        plain = stack.enter_context(running_service())
        (work / "tasks.csv").write_text(TASKS, "utf-8")
        named("rename", "plan", "tasks.csv", "--plan", "plan.jsonl", "--no-claude", cwd=work)
        shown = named("rename", "show", "plan.jsonl", "--format", "html", cwd=work)
        (work / "plan.html").write_bytes(shown.replace(f"{work}/".encode(), b""))
        (work / "evaluation.html").write_bytes(
            named("eval", "prompts/cases", "--format", "html", cwd=ROOT)
        )
        pages: dict[str, tuple[str, Callable[[Page], None]]] = {
            "playground": (f"http://127.0.0.1:{playground.port}/", try_a_prompt),
            "playground-empty": (f"http://127.0.0.1:{playground.port}/", stay),
            "front-page": (f"http://127.0.0.1:{plain.port}/", stay),
            "evaluation": ((work / "evaluation.html").as_uri(), stay),
            "plan": ((work / "plan.html").as_uri(), stay),
        }
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            for (size, (width, height)), scheme in product(SIZES.items(), SCHEMES):
                for name, (address, act) in pages.items():
                    page = browser.new_page(
                        viewport={"width": width, "height": height}, color_scheme=scheme
                    )
                    page.goto(address)
                    act(page)
                    path = f"{name}-{scheme}.png"
                    if size == "desktop" and name in IN_DOCS:
                        page.screenshot(path=DOCS / path)
                    if folder is not None:
                        page.screenshot(path=folder / f"{size}-{path}", full_page=True)
                    page.close()


def chromium() -> str:
    """Find the browser."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if (found := shutil.which(name)) is not None:
            return found
    sys.exit("no Chromium on this machine")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="takes every page, desktop and phone")
    main(parser.parse_args().folder)
