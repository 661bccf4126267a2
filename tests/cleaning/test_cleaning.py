from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naming import cleaning, secrets
from naming.cleaning import bounds, clean, clean_all, clean_title, links, pastes, wrappers
from naming.cleaning.bounds import (
    CUT,
    LIMIT,
    PROMPT_EXTENT,
    estimate_tokens,
    for_model,
    head_and_tail,
    head_of,
    join_ends,
    split_ends,
    tail_of,
    with_gap,
)
from naming.secrets import Budget, holds_secret
from naming.secrets.redaction import Redacted
from naming.text.visible import visible
from tests.corpus import misses
from tests.secrets.redacting import redact
from tests.strategies import hostile_text, prompts, repeated

slow = settings(deadline=None, max_examples=150)


@given(hostile_text | prompts | repeated)
@slow
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(hostile_text | prompts | repeated)
@slow
def test_a_cleaned_text_is_bounded_and_holds_nothing_invisible(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= LIMIT
    assert visible(cleaned) == cleaned
    cleaned.encode()  # a lone surrogate raises


@given(prompts.filter(lambda text: "<" not in text and "http" not in text))
@slow
def test_words_of_a_plain_prompt_stay(text: str) -> None:
    assert set(clean(text).split()) <= set(visible(text).split())


def test_the_middle_of_a_long_prompt_is_never_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def counting(text: str) -> str:
        seen.append(len(text))
        return visible(text)

    monkeypatch.setattr(cleaning, "visible", counting)
    clean("word " * 200_000)
    assert sum(seen) <= LIMIT + 600


@given(st.text(alphabet="ab \n", max_size=60), st.integers(1, 60))
def test_no_end_begins_or_stops_inside_a_word(text: str, limit: int) -> None:
    words = set(text.split())
    assert set(head_of(text, limit).split()) <= words
    assert set(tail_of(text, limit).split()) <= words
    assert len(head_of(text, limit)) <= limit
    assert len(tail_of(text, limit)) <= limit


def test_a_word_that_ends_at_the_limit_stays() -> None:
    assert head_of("one two three", 7) == "one two"
    assert tail_of("one two three", 9) == "two three"


def test_a_text_without_any_place_between_words_has_no_ends() -> None:
    assert head_of("a" * 50, 10) == ""
    assert tail_of("a" * 50, 10) == ""
    assert clean("a" * 1_000_000) == CUT


def test_a_script_without_spaces_is_cut_between_its_letters() -> None:
    assert head_of("修复登录按钮", 4) == "修复登录"
    assert tail_of("修复登录按钮", 3).endswith("按钮")


def test_both_ends_of_a_long_prompt_stay_around_a_mark() -> None:
    cleaned = clean("Fix the login.\n" + "filler words here\n" * 1_000 + "Use the new client.")
    assert cleaned.startswith("Fix the login.")
    assert cleaned.endswith("Use the new client.")
    assert f"\n{CUT}\n" in cleaned


def test_a_private_key_is_not_left_over_by_the_cut() -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\n" + "QUJDREVG" * 8 + "\n"
    body = ("QUJDREVG" * 8 + "\n") * 40
    end = "-----END RSA PRIVATE KEY-----\n"
    in_head = "Rotate this.\n" + "word " * 530 + key + body * 3 + end + "Thanks, word " * 400
    in_tail = "Rotate this.\n" + "word " * 1_500 + key + body + end + "and deploy"
    never_ends = "Rotate this.\n" + "word " * 1_500 + key + body
    for prompt in (in_head, in_tail, never_ends):
        assert "QUJDREVG" not in "".join(split_ends(prompt))
    assert split_ends(in_tail)[1].strip() == "and deploy"
    assert split_ends(never_ends)[1] == ""


def test_a_key_that_ends_in_the_head_takes_nothing_else_along() -> None:
    prompt = "-----BEGIN X-----\nQUJD\n-----END X-----\n" + "word " * 3_000
    head, tail = split_ends(prompt)
    assert head.endswith("word")
    assert tail.endswith("word ")


def test_a_word_before_the_tail_still_gives_its_secret_away() -> None:
    tail = "x " * 60 + "password: hunter2 and so " + "on " * 500
    redacted = with_gap(("head", tail)).replace("password: hunter2", "password")
    assert "hunter2" not in join_ends(redacted, "head", PROMPT_EXTENT)


def test_what_goes_between_both_ends_is_no_reason_to_look_for_other_scripts() -> None:
    both = with_gap(("head", "tail"))
    assert both.isascii()
    assert CUT in join_ends(both, "head", PROMPT_EXTENT)


@pytest.mark.parametrize("unit", ["\n[…]\n", "[…]\n```\n"])
def test_many_cuts_cost_no_more_a_line_than_one(unit: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        pastes.drop_pastes(unit * count)
        return time.process_time() - started

    assert min(seconds(4_000) for _ in range(2)) < 8 * max(
        0.005, min(seconds(1_000) for _ in range(2))
    )


def test_the_tail_begins_with_a_whole_line_when_one_is_near() -> None:
    tail = "half a line\n" + "a whole line\n" * 90
    joined = join_ends(with_gap(("head", tail)), "head", PROMPT_EXTENT)
    assert joined.split(CUT)[1].strip().startswith("a whole line")


def test_a_text_becomes_what_a_reader_sees() -> None:
    cases = [
        ("\x1b[31mError\x1b[0m: build failed", "Error: build failed"),
        ("\x1b]0;title\x07done", "done"),
        ("\x1b]10;rgb:f9f9/fafa/fbfb\x1b\\\x1b]11;rgb:0c0c\x1b\\fix it", "fix it"),
        ("\x1bPq data\x1b\\after", "after"),
        ("\x9b1mbold", "bold"),
        ("^[[31mred", "red"),
        ("[31mred[0m", "red"),
        ("\\u001b[1mred", "red"),
        ("]10;rgb:f9f9/fafa/fbfb\\go", "go"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\x1fb\x00c\x08d", "a bcd"),
        ("fi\u200bx \u202eit\u202c\ufeff\U000e0041", "fix it"),
        ("\ud83d fix", "fix"),
        ("a\xa0b\u3000c", "a b c"),
        ("Ｆｉｘ ﬂaky 𝐛𝐨𝐥𝐝", "Fix flaky bold"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧 fix", "👨\u200d👩\u200d👧 fix"),
        ("s\u200dk", "sk"),
        ("\u180e\u200d\u180e", ""),
        ("e\u0301", "\u00e9"),
        ("a\u0316[0m\u0300", "\u00e0\u0316"),
        ("a[[0m0mb", "ab"),
        ("a[[[[0m0m0m0mb", "a b"),
        ("one  \n\n\n\n two\t\n", "one\n\n two"),
        ("keep (arr[0]) and [WIP]", "keep (arr[0]) and [WIP]"),
    ]
    assert misses(visible, cases) == []


def test_secrets_are_looked_for_after_the_invisible_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        cleaning, "redact", lambda text, _: Redacted(text.replace("s3cret", "password"))
    )
    assert clean("use s3\u200bcr\x00et now") == "use password now"
    assert clean("use s3<!-- x -->cret now") == "use password now"


def test_what_machines_put_around_a_request_goes() -> None:
    cases = [
        (
            "<environment_context>\n<cwd>/srv</cwd>\n</environment_context>\n\nAdd dark mode",
            "Add dark mode",
        ),
        ("<system-reminder>be brief</system-reminder>\nAdd dark mode", "Add dark mode"),
        ("<ide_opened_file>a.py</ide_opened_file>\nAdd dark mode", "Add dark mode"),
        ("<projectLayout kind='x'>a</projectLayout>\nAdd dark mode", "Add dark mode"),
        (
            "<system>You are a bot</system>\n<user>Write tests for parser.py</user>",
            "Write tests for parser.py",
        ),
        ("<user_query>\nAdd dark mode\n</user_query>", "Add dark mode"),
        ("<user_info>Linux</user_info>\n<user_query>Add dark mode</user_query>", "Add dark mode"),
        ("<task>Refactor billing</task>", "Refactor billing"),
        ("<open_files>\na.py\nAdd dark mode", "a.py\nAdd dark mode"),
        ("a.py, b.py</open_files>\nAdd dark mode", "a.py, b.py\nAdd dark mode"),
        ("<some_context>only this</some_context>", "only this"),
        (
            "<git_status>a\n<git_status>b</git_status>\nc</git_status>\nAdd dark mode",
            "c\nAdd dark mode",
        ),
        ("Fix <Button> component", "Fix <Button> component"),
        ("Implement Vec<T> iterator", "Implement Vec<T> iterator"),
        ("Close </Button> early", "Close </Button> early"),
        ("Wrap <my-card>text</my-card> in a link", "Wrap <my-card>text</my-card> in a link"),
        ("Add it <!-- no, not that --> now", "Add it  now"),
        ("<!-- only a comment -->", "only a comment"),
        ("Add it <!-- never closed", "Add it"),
        ("---\nname: x\nmodel: y\n---\nUpgrade Django", "Upgrade Django"),
        ("---\nname: upgrade django\n---\n", "upgrade django"),
        ("---\nkey: value\n---\n", "key: value"),
        ("a --- b", "a --- b"),
        (
            "# Context\n\n## Open tabs:\n- a.py\n\n## My request for Codex:\nAdd dark mode",
            "Add dark mode",
        ),
        ("Add dark mode\n\n## My request:\n", "Add dark mode\n\n## My request:"),
        ("[Image #1] Make it like this [Pasted text #2 +23 lines]", "Make it like this"),
        ("Attached files: a.png, b.png\nMake it so", "Make it so"),
        ("![shot](https://x.example/a.png)\nMake it so", "Make it so"),
        ("[Image: shot.png]", "[Image: shot.png]"),
        ("look data:image/png;base64,iVBORw0KGgo= here", "look  here"),
        ('{"task": "migrate to postgres"}', "migrate to postgres"),
        ('{"a": 1, "prompt": "go on"}', "go on"),
        ('{"a": {"prompt": "go on"}}', '{"a": {"prompt": "go on"}}'),
        (
            '{"type": "user", "message": {"content": [{"type": "text", "text": "Throttle SMS"}]}}',
            "Throttle SMS",
        ),
        (
            '[{"role": "user", "content": "Add tea"}, {"role": "assistant", "content": "Done"}]',
            "Add tea",
        ),
        (
            '[{"role": "user", "content": "Tea"}, {"role": "user", "content": "Milk"}]',
            "Tea\n\nMilk",
        ),
        ('[{"from": "human", "value": "Add tea"}, {"from": "gpt", "value": "Done"}]', "Add tea"),
        ('{"history": {"x": {"role": "user", "parts": ["Tea"]}, "y": {"role": "ai"}}}', "Tea"),
        (
            '[{"role": "system", "content": "Be nice"}]',
            '[{"role": "system", "content": "Be nice"}]',
        ),
        ('{"text": [[[[[[[["too deep"]]]]]]]]}', '{"text": [[[[[[[["too deep"]]]]]]]]}'),
        ("[Request interrupted by user for tool use]use Postgres", "use Postgres"),
        (
            "This session is being continued from a previous conversation that ran out.\nAdd tea",
            "Add tea",
        ),
        ("Caveat: The messages below were generated by a program.\n\nAdd tea", "Add tea"),
        (
            "<command-message>it runs</command-message>\n<command-args>add a seed</command-args>",
            "add a seed",
        ),
        ("{broken: json}", "{broken: json}"),
        ('{"task": 1} and more', '{"task": 1} and more'),
    ]
    assert misses(clean, cases) == []


def test_a_wrapper_cut_in_two_goes_up_to_the_cut() -> None:
    opens = (
        "Fix it.\n<environment_context>\n"
        + "line of it\n" * 600
        + "</environment_context>\nNow, please."
    )
    assert clean(opens) == "Fix it.\n\nNow, please."
    never_closes = "Fix it.\n<environment_context>\n" + "line of it\n" * 600 + "Now, please."
    assert clean(never_closes).startswith(f"Fix it.\n\n{CUT}")
    closes = (
        "Fix it.\n"
        + "filler\n" * 500
        + "<git_status>\n"
        + "line\n" * 300
        + "</git_status>\nNow, please."
    )
    assert "line" not in clean("x\n" + closes[3_000:])


def test_an_address_says_what_it_points_at() -> None:
    cases = [
        ("https://github.com/acme/webapp/issues/42", "acme/webapp #42"),
        ("https://github.com/acme/webapp/pull/7/files#diff-abc", "acme/webapp #7"),
        ("https://gitlab.com/group/sub/proj/-/issues/77", "group/sub/proj #77"),
        ("https://github.com/acme/webapp/blob/main/src/login.ts", "acme/webapp login.ts"),
        ("https://github.com/acme/webapp/tree/main", "acme/webapp"),
        ("https://github.com/acme/webapp.git", "acme/webapp"),
        ("https://github.com", "github.com"),
        ("https://jira.example.com/browse/ABC-123", "ABC-123"),
        ("https://linear.app/acme/issue/ENG-1423/login-broken", "ENG-1423 login broken"),
        ("https://example.com/docs/getting-started?utm=1", "example.com getting started"),
        (
            "https://notion.so/Release-Plan-0123456789abcdef0123456789abcdef",
            "notion.so Release Plan",
        ),
        ("https://www.example.com/", "example.com"),
        ("www.example.com/en/a1", "example.com"),
        ("http://10.0.0.1:8080/admin.html", "admin"),
        ("http://10.0.0.1/", ""),
        ("https://example.com/%E4%BF%AE%E5%A4%8D%E7%99%BB", "example.com 修复登"),
        ("[the docs](https://example.com/a)", "the docs"),
        ("[the docs][1]", "the docs"),
        ("<https://example.com/a|the docs>, <mailto:a@b.c|Ann>", "the docs, Ann"),
        ("<https://example.com>.", "example.com."),
        ("(https://example.com/a-page).", "(example.com page."),
    ]
    assert misses(links.drop_links, cases) == []


def test_an_image_in_a_sentence_goes_but_its_neighbours_stay() -> None:
    assert links.drop_links("see ![alt](a.png) [b](c)") == "see  b"


TRACE = 'Traceback (most recent call last):\n  File "/app/a.py", line 3, in f\n    g()\nValueError: bad token\n'


def test_pasted_material_gives_way_to_the_request() -> None:
    cases = [
        (TRACE + "\nwhy?", "ValueError: bad token\n\nwhy?"),
        (TRACE, "ValueError: bad token"),
        (TRACE * 40 + "\nwhy?", "ValueError: bad token\n\nwhy?"),
        (
            "TypeError: x is undefined\n    at f (a.js:1:2)\n    at g (a.js:3:4)\nhelp",
            "TypeError: x is undefined\nhelp",
        ),
        ("Fix this\nTypeError: x is undefined", "Fix this\nTypeError: x is undefined"),
        (
            "Why?\n2024-01-02 10:00:00 INFO up\n2024-01-02 10:00:01 ERROR db refused\n2024-01-02 10:00:02 INFO down",
            "Why?\ndb refused",
        ),
        ("Why?\n10:00:00 INFO a\n10:00:01 INFO b\n10:00:02 INFO c", "Why?"),
        ("INFO is too loud", "INFO is too loud"),
        ("```python\nprint('hi')\n```", "print('hi')"),
        ("Speed it up\n```\nx = 1\n```\n", "Speed it up"),
        ("Speed it up\n```\nx = 1", "Speed it up"),
        ("```\nx\n```js\ny\n```\nSpeed it up", "Speed it up"),
        ("Fix ``` rendering in chat", "Fix ``` rendering in chat"),
        (
            "def load(path):\n    return open(path)\n" * 50 + "make this faster",
            "make this faster: load",
        ),
        ("def load(path):\n    x = 1\n    return open(path)", "load"),
        ("class Aa {\n  x();\n}\nclass Bb {\n}\nclass Cc {}\nclass Dd {}", "Aa Bb Cc"),
        ("a = 1\nb = 2", "a = 1\nb = 2"),
        ("CREATE TABLE users (\n  id int,\n);", "CREATE TABLE users"),
        ("SELECT id,\n  name\nFROM users;", "users"),
        ("diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b", "x.py"),
        (
            "Review this\ndiff --git a/x.py b/x.py\n@@ -1 +1 @@\n-a\n+b\nThanks",
            "Review this\nThanks",
        ),
        ("> they said\n> it broke\nfix it", "fix it"),
        ("> they said\n>> it broke", "they said\nit broke"),
        ("- foo();\n- bar();\n- baz();", "- foo();\n- bar();\n- baz();"),
    ]
    assert misses(clean, cases) == []


def test_a_question_behind_a_long_block_of_code_is_what_stays() -> None:
    block = "```js\n" + "const total = sum(items);\n" * 300 + "```\n"
    assert clean(block + "Why does this leak?").endswith("Why does this leak?")
    assert "const" not in clean(block + "Why does this leak?")
    assert clean("Why does this leak?\n" + block).startswith("Why does this leak?")
    assert "const" not in clean("Why does this leak?\n" + block)


def test_prose_between_the_cut_and_a_later_block_stays() -> None:
    prompt = "Fix it.\n" + "filler words\n" * 400 + "Mind the queue.\n```\nx = 1\n```\nThanks"
    assert "Mind the queue." in clean(prompt)
    assert clean(prompt).endswith("Thanks")


def test_a_log_without_any_trouble_is_named_by_what_its_first_line_says() -> None:
    assert pastes.drop_pastes("10:00:00 INFO gate up\n10:00:01 INFO gate down") == "gate up"
    assert pastes.drop_pastes("[INFO] -\n[INFO] -") == "[INFO] -"


def test_material_without_any_word_leaves_nothing() -> None:
    assert pastes.drop_pastes("```\n1\n```") == ""


def test_text_made_to_nest_for_ever_comes_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "reduce_once", lambda text: text[1:])
    assert clean("a" * 100) == ""


def test_tags_are_told_by_the_words_of_their_names() -> None:
    assert wrappers.is_machine_tag("environment_context")
    assert wrappers.is_machine_tag("openTabs")
    assert wrappers.is_machine_tag("SYSTEM")
    assert not wrappers.is_machine_tag("Button")
    assert not wrappers.is_machine_tag("user_query")
    assert wrappers.holds_request("task_description")
    assert not wrappers.holds_request("issue_context")


def test_a_token_is_four_ascii_letters_or_one_other_character() -> None:
    assert estimate_tokens("abcd" * 10) == 10
    assert estimate_tokens("修复" * 10) == 20


@given(hostile_text | prompts | repeated, st.integers(20, 400))
@slow
def test_a_shortened_text_costs_no_more_than_it_may(text: str, tokens: int) -> None:
    assert estimate_tokens(head_and_tail(text, tokens)) <= tokens + 1


def test_a_shortened_text_keeps_both_ends_between_words() -> None:
    text = "first " + "middle " * 200 + "last"
    short = head_and_tail(text, 40)
    assert short.startswith("first middle")
    assert f" {CUT} middle" in short
    assert short.endswith("middle last")
    assert set(short.split()) == {"first", "middle", "last", CUT}


def test_a_model_is_shown_nine_hundred_tokens() -> None:
    assert for_model("short") == "short"
    assert 800 < estimate_tokens(for_model("word " * 5_000)) <= 900
    assert bounds.MODEL_TOKENS == 900


def test_redaction_is_asked_once_for_text_that_is_clean_already(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def counting(text: str, _budget: object) -> Redacted:
        asked.append(text)
        return Redacted(text)

    monkeypatch.setattr(cleaning, "redact", counting)
    clean("Fix the login button")
    assert len(asked) <= 2


def test_what_was_searched_whole_stays_where_no_work_is_left_for_its_reduction() -> None:
    prompt = "Sort the harbour dues\n\n```\nsort(dues)\n```"
    budget = Budget()
    secrets.redact(prompt, budget)
    spent = Budget().left - budget.left
    assert clean_all([(prompt, PROMPT_EXTENT)], Budget(spent + 1))[0] == [prompt]
    assert clean(prompt).strip() == "Sort the harbour dues"


def test_a_directive_of_c_is_code_by_itself() -> None:
    for line in ("#include <led.h>", "#define PIN 7", "#ifndef LED_H", "#pragma once"):
        assert clean(f"{line}\n\ndim the led at night").strip() == "dim the led at night"
    assert clean("#defined twice\n\ndim the led").startswith("#defined")


def test_of_a_long_text_on_which_all_work_was_spent_the_head_stays() -> None:
    prompt = "Sort the harbour dues. " * 80 + "\n\n```\nsort(dues)\n```"
    budget = Budget()
    secrets.redact(prompt, budget)
    (text,), _ = clean_all([(prompt, PROMPT_EXTENT)], Budget(Budget().left - budget.left + 1))
    assert 500 < len(text) <= 600
    assert prompt.startswith(text)


@pytest.mark.parametrize(
    "secret",
    [
        "passphrase: 'correct horse battery staple'",
        "4111 1111 1111 1111",
        "bob [at] example [dot] com",
        "<password>correct horse battery</password>",
        "seed phrase: " + " ".join(["apple", "kiwi", "pear"] * 4),
    ],
)
def test_no_half_of_a_secret_with_spaces_stays_where_the_head_ends(secret: str) -> None:
    for before in range(2_850, 2_905):
        text = (
            "x" * 60
            + " word" * ((before - 60) // 5)
            + " " * (before % 5)
            + f" {secret} "
            + "word " * 2_000
        )
        shown = clean(text)
        assert not any(word in shown for word in ("horse", "1111", "example", "apple", "kiwi")), (
            before
        )


def test_a_short_head_before_an_endless_word_is_kept_whole() -> None:
    assert clean("fix the login button " + "a" * (1 << 20)).startswith("fix the login button")


@pytest.mark.parametrize("end", [";", "{"])
def test_lines_that_end_like_code_are_code_unless_they_are_long_or_items(end: str) -> None:
    def is_kept(line: str) -> bool:
        return line in clean(f"Fix the footer\n\n{line}\n{line}\n{line}")

    assert not is_kept("go west now" + end)
    assert not is_kept("go " * 100 + end)
    assert is_kept("go " * 100 + "o" + end)
    assert is_kept("- go west now" + end)
    assert is_kept("go west now.")


@given(hostile_text)
def test_a_title_without_secrets_is_cleaned_as_any_other_text(text: str) -> None:
    title = " ".join(redact(text).split())
    if not holds_secret(visible(title)):
        assert clean_title(title) == clean(title)


def test_whom_a_chat_mentions_is_said_by_the_name_that_it_shows() -> None:
    cases = [
        ("<@U02ABCDEF12> restart staging", "restart staging"),
        ("<!subteam^S01ABCDEFGH|@backend> restart staging", "@backend restart staging"),
        ("ask <#C0123ABCD|ops> <!here>", "ask  #ops".replace("#", "")),
        ("<!doctype html> stays", "<!doctype html> stays"),
        ("a <!he<!here>re> b", "a <!he re> b"),
    ]
    assert misses(visible, cases) == []


def test_of_several_errors_of_a_paste_the_last_one_stays() -> None:
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1\n'
    kept = pastes.drop_pastes(f"why this?\n{trace}KeyError: 'a'\n{trace}ValueError: b")
    assert kept == "why this?\nValueError: b"


def test_a_fence_that_names_a_language_closes_none() -> None:
    assert pastes.drop_pastes("Fix it all\n```\none\n```python\ntwo\n```") == "Fix it all"


def test_tags_go_where_none_of_them_holds_a_request() -> None:
    left = wrappers.drop_wrappers(
        "<env_context>few words</env_context>\n<user_query> </user_query>"
    )
    assert left.split() == ["few", "words"]


def test_a_year_alone_says_nothing_of_an_address() -> None:
    assert clean("https://example.com/guides/2024/") == "example.com guides"


def test_what_follows_the_summary_of_a_continued_conversation_is_the_request() -> None:
    summary = (
        "This session is being continued from a previous conversation that ran out of context.\n"
        "Summary:\n1. Primary Request: count the hives\n\n"
        "Please continue the conversation from where we left it off.\n"
    )
    assert clean(f"{summary}\nnow count the bees too").strip() == "now count the bees too"
    assert "count the hives" in clean(summary)
