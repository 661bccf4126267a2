"""The page to try the chain on: off unless wanted, closed to scripts from elsewhere, and usable by hand and by keyboard."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from naming.outcome import Reason
from naming.web import endpoints
from tests.fake_claude import FakeClaude, fails, names
from tests.in_process import in_process as started
from tests.running_service import KEY, Client, Service, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.in_process import InProcess


@pytest.fixture(autouse=True)
def _good_upstream(upstream: FakeClaude) -> None:
    upstream.behave = names("mend-login", "Mend the login")


def steps(locked: Client, prompt: str, **more: Any) -> Any:
    body = json.dumps({"prompt": prompt} | more).encode()
    headers = {"content-type": "application/json", "authorization": f"Bearer {KEY}"}
    answer = locked.send("POST", "/playground", body, headers)
    assert answer.status == 200, answer.body
    return answer.json


# What each step says


def test_every_step_says_what_it_would_have_said(locked: Service) -> None:
    found = steps(locked, "please fix the login button")
    assert found["answer"] == {
        "name": "mend-login",
        "display_name": "Mend the login",
        "source": "claude",
        "reason": None,
    }
    assert found["milliseconds"] >= 0
    claude, prompt, at_random = found["steps"]
    assert claude == {
        "source": "claude",
        "name": "mend-login",
        "display_name": "Mend the login",
        "reason": None,
    }
    assert (prompt["source"], prompt["name"]) == ("prompt", "fix-login-button")
    assert at_random["source"] == "random"
    assert at_random["display_name"].lower().split() == at_random["name"].split("-")


def test_a_step_that_has_no_name_says_why(locked: Service, upstream: FakeClaude) -> None:
    upstream.behave = fails(400, "invalid_request_error", "no")
    found = steps(locked, "please fix the login button")
    assert found["answer"]["source"] == "prompt"
    assert found["steps"][0] == {
        "source": "claude",
        "name": None,
        "display_name": None,
        "reason": "bad_request",
    }
    assert steps(locked, "fix it", deadline_ms=0)["steps"][0]["reason"] == "not_asked"
    nothing = steps(locked, "?")
    assert nothing["answer"]["source"] == "random"
    assert nothing["steps"][1] == {
        "source": "prompt",
        "name": None,
        "display_name": None,
        "reason": None,
    }
    assert nothing["steps"][2]["name"] == nothing["answer"]["name"]


def test_a_task_that_keeps_its_name_is_shown_what_each_step_would_have_said() -> None:
    current = {"name": "old-door", "display_name": "Old door"}
    with started(NAMING_PLAYGROUND="1") as service:
        found = steps(service, "fix the door of the barn", current=current, taken=["old-door"])
    assert found["answer"] == current | {"source": "current", "reason": None}
    assert [step["source"] for step in found["steps"]] == ["claude", "prompt", "random"]
    assert found["steps"][1]["name"] == "fix-door-of-barn"


# Who may do what


def test_without_the_setting_a_browser_is_told_what_this_is(in_process: InProcess) -> None:
    answer = in_process.send("GET", "/", headers={"accept": "text/html,*/*;q=0.8"})
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"NAMING_PLAYGROUND=1" in answer.body
    assert answer.headers["vary"] == "accept"
    assert b"{{" not in answer.body
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    for link in re.findall(r'href="(/.*?)"', answer.body.decode()):
        assert in_process.send("GET", link).status == 200


def test_a_program_is_told_that_there_is_nothing(in_process: InProcess) -> None:
    answer = in_process.send("GET", "/", headers={"accept": "*/*"})
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


def test_without_the_setting_there_is_no_such_page(in_process: InProcess) -> None:
    assert in_process.send("GET", "/").status == 404
    asked = in_process.send("POST", "/playground", b"{}", {"content-type": "application/json"})
    assert asked.status == 404


def test_the_page_is_open_and_what_it_asks_for_needs_the_key(locked: Service) -> None:
    assert locked.send("GET", "/").status == 200
    assert (
        locked.send("POST", "/playground", b"{}", {"content-type": "application/json"}).status
        == 401
    )
    assert locked.send("GET", "/metrics").status == 401


def test_errors_are_problems_that_repeat_nothing(locked: Service) -> None:
    headers = {"content-type": "application/json", "authorization": f"Bearer {KEY}"}
    answer = locked.send("POST", "/playground", b'{"prompt": 1, "secret-word": 2}', headers)
    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_neither_prompts_nor_names_are_in_the_log(locked: Service) -> None:
    before = len(locked.log)
    steps(locked, "fix the zebra crossing")
    wait_for(lambda: any('"/playground"' in line for line in locked.log[before:]))
    assert not [line for line in locked.log if "zebra" in line or "mend-login" in line]


def test_nothing_but_its_own_script_and_style_may_run(locked: Service) -> None:
    answer = locked.send("GET", "/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert b"http://" not in answer.body
    assert b"https://" not in answer.body


def test_fields_that_make_no_sense_are_hidden() -> None:
    both = endpoints.page("playground.html", key="", claude="").content
    none = endpoints.page("playground.html", key=" hidden", claude=" hidden").content
    assert '<div class="field">\n    <label for="key"' in both
    assert '<label class="choice">' in both
    assert '<div class="field" hidden>\n    <label for="key"' in none
    assert '<label class="choice" hidden>' in none


def test_every_reason_is_told_in_words() -> None:
    page = endpoints.page("playground.html").content
    assert [reason for reason in Reason if f"{reason}: " not in page] == []


def test_the_document_of_the_api_does_not_list_it(locked: Service) -> None:
    answer = locked.send("GET", "/schema/openapi.json", headers={"authorization": f"Bearer {KEY}"})
    assert "/playground" not in answer.json["paths"]


# In a browser


@pytest.fixture
def page(chromium: Browser, locked: Service) -> Iterator[Page]:
    opened = chromium.new_page(viewport={"width": 360, "height": 740})
    opened.set_default_timeout(15_000)
    seen: list[str] = []
    opened.on("console", lambda message: seen.append(message.text))
    opened.on("pageerror", lambda error: seen.append(str(error)))
    opened.on(
        "request",
        lambda request: seen.append(request.url) if "127.0.0.1" not in request.url else None,
    )
    opened.goto(f"http://127.0.0.1:{locked.port}/")
    yield opened
    opened.close()
    assert [
        each for each in seen if not each.startswith(("data:", "Failed to load resource"))
    ] == []


ANSWERED = "Named by Claude in"


def test_typing_a_prompt_shows_names_and_steps(page: Page) -> None:
    page.get_by_label("Key").fill(KEY)
    page.get_by_label("Task prompt").fill("please fix the login button")
    page.get_by_text(ANSWERED).wait_for()
    assert page.locator("#title").inner_text() == "Mend the login"
    assert page.get_by_text("Mend the login").count() == 1
    assert page.locator("#name").inner_text() == "mend-login"
    assert page.locator(".step").count() == 3
    assert page.locator(".step.used .who").inner_text() == "Claude"
    assert "fix-login-button" in page.locator(".step").nth(1).inner_text()
    assert KEY not in page.url


def test_an_example_can_be_clicked_and_each_has_an_answer(page: Page) -> None:
    page.get_by_label("Key").fill(KEY)
    examples = page.get_by_label("Examples").get_by_role("button")
    for number in range(examples.count()):
        examples.nth(number).click()
        page.locator("#result:not(.old) .step.used").wait_for()
        assert page.get_by_label("Task prompt").input_value()


def test_an_empty_box_is_not_named(page: Page, upstream: FakeClaude) -> None:
    page.get_by_label("Key").fill(KEY)
    page.get_by_label("Task prompt").fill("fix the login button")
    page.get_by_text(ANSWERED).wait_for()
    before = len(upstream.requests)
    for empty in ("", " \n"):
        page.get_by_label("Task prompt").fill(empty)
        page.get_by_text("How a name comes about").wait_for()
        assert not page.locator("#answer").is_visible()
    page.get_by_label("Task prompt").press("Control+Enter")
    page.get_by_label("Ask Claude, at each pause").check()
    page.wait_for_timeout(700)  # longer than the pause after which it asks
    assert len(upstream.requests) == before


def test_an_old_answer_is_dimmed_until_the_next_is_there(page: Page) -> None:
    page.get_by_label("Key").fill(KEY)
    page.get_by_label("Task prompt").fill("fix the login button")
    page.get_by_text(ANSWERED).wait_for()
    page.get_by_label("Task prompt").press("End")
    page.keyboard.type(" now")
    assert page.locator("#result.old").count() == 1
    page.locator("#result:not(.old)").wait_for()
    assert page.locator("#answer").is_visible()


def test_what_is_copied_is_what_is_shown_and_the_command_answers_the_same(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("Key").fill(KEY)
    page.get_by_label("Task prompt").fill("don't break\nthe user's login")
    page.get_by_text(ANSWERED).wait_for()
    copied = {}
    for what in ("title", "name", "command"):
        page.get_by_role("button", name=f"Copy the {what}").click()
        page.get_by_role("button", name=f"Copy the {what}").get_by_text("Copied").wait_for()
        copied[what] = page.evaluate("navigator.clipboard.readText()")
    assert (copied["title"], copied["name"]) == ("Mend the login", "mend-login")
    assert KEY not in copied["command"]
    run = subprocess.run(
        ["sh", "-c", copied["command"]],
        env={"KEY": KEY, "PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
    )
    answer = json.loads(run.stdout)
    assert (answer["name"], answer["source"]) == ("mend-login", "claude")


def test_a_convention_and_a_context_can_be_tried(page: Page) -> None:
    page.get_by_label("Key").fill(KEY)
    page.get_by_text("House rules").click()
    page.get_by_label("Template").fill("{ticket}-{slug}")
    page.get_by_label("What the caller knows").fill("Branch: feature/abc-7-login")
    page.get_by_label("Task prompt").fill("please fix the login button")
    page.get_by_text(ANSWERED).wait_for()
    assert page.locator("#name").inner_text() == "abc-7-mend-login"
    assert "abc-7-fix-login-button" in page.locator(".step").nth(1).inner_text()
    page.get_by_label("Template").fill("Team {slug}")
    page.get_by_text("must be {slug}, perhaps with").wait_for()


def test_it_can_be_used_by_keyboard_alone(page: Page) -> None:
    page.keyboard.type("fix the login")  # the prompt has the focus from the start
    page.get_by_label("Key").focus()
    page.keyboard.type(KEY)
    page.keyboard.press("Enter")
    page.get_by_text(ANSWERED).wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_text("Named by the prompt's own words in").wait_for()
    assert "Claude was not asked." in page.locator(".step").first.inner_text()


def test_fast_typing_asks_once(page: Page, upstream: FakeClaude) -> None:
    page.get_by_label("Key").fill(KEY)
    before = len(upstream.requests)
    page.get_by_label("Task prompt").press_sequentially("fix the login button", delay=5)
    page.get_by_text(ANSWERED).wait_for()
    assert len(upstream.requests) == before + 1


def test_a_wrong_key_is_said_where_a_screen_reader_hears_it(page: Page) -> None:
    page.get_by_label("Task prompt").fill("fix the login")
    status = page.get_by_role("status")
    status.get_by_text("show one of the configured keys", exact=False).wait_for()
    assert not page.locator("#answer").is_visible()
    for heard in (status, page.locator("#answer")):
        assert heard.get_attribute("aria-live") == "polite"


def test_hostile_names_stay_text(page: Page, upstream: FakeClaude) -> None:
    upstream.behave = names("login-script", "Fix login <b>now</b> & then")
    page.get_by_label("Key").fill(KEY)
    page.get_by_label("Task prompt").fill(
        "fix the login <b>now</b> & then <img src=x onerror=alert(1)>"
    )
    page.locator(".step.used").wait_for()
    assert page.locator("#result b, #result img").count() == 0


def test_a_phone_needs_no_sideways_scrolling_in_any_state(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_label("Key").fill(KEY)
    page.get_by_label("Task prompt").fill("refactor " + "averyveryverylongidentifier" * 20)
    page.locator(".step.used").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (page.locator(".choice").bounding_box() or {"height": 0})["height"] >= 44


def test_it_is_dark_or_light_as_the_reader_likes(page: Page) -> None:
    grounds = set()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2
