from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.names import TaskName
from naming.request import Question, Request
from naming.validation import believable_title
from naming.validation.markup import without_markup
from naming.validation.remarks import mend
from tests.believing import believe, context
from tests.validation.test_validation import outcome, reply

MARKED = st.text(st.sampled_from("ab <>/&;#[](!)`*$^_{}\\:=bscript=="), max_size=80)
REQUEST = "fix the login button, run alert(1) and click"


@given(text=st.text(), request_text=st.text())
@pytest.mark.parametrize("shape", ["{}", "<b>{}</b>", "[{}](http://x)", "&lt;{}", "\\text{{{}}}"])
def test_any_text_can_be_read(shape: str, text: str, request_text: str) -> None:
    assert isinstance(without_markup(shape.format(text), request_text), str)


@given(MARKED, MARKED)
def test_any_markup_gives_a_task_name_or_a_reason(display_name: str, prompt: str) -> None:
    outcome(reply("fix-login", display_name), prompt)


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Zs"])))
def test_a_title_without_signs_is_left_alone(title: str) -> None:
    assert without_markup(title, "") == title


def test_reading_takes_linear_time() -> None:
    started = time.process_time()
    for text in (
        "<",
        "<b>",
        "<a ",
        "[",
        "[x](",
        "[x](/(",
        "$a^",
        "**a",
        "`a",
        "&#1",
        ":a",
        "</b",
        "<b a=",
        "\\text{",
    ):
        believable_title(text * 5_000, Request.of("x"))
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    ("display_name", "expected"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ("<SCRIPT>alert(1)</SCRIPT> login", "alert(1) login"),
        ("[click](javascript:alert(1))", "click"),
        ("[Fix login](https://x.io/1 'see')", "Fix login"),
        ("![Button](http://evil.example/x.png) fix", "Button fix"),
        ("<b>Fix login</b>", "Fix login"),
        ("Fix <b>login</b> button", "Fix login button"),
        ("<p><strong>Fix login</strong></p>", "Fix login"),
        ('<a href="https://x.example/">Fix login</a>', "Fix login"),
        ('<span style="color:red">Fix login</span>', "Fix login"),
        ("<img src=x onerror=alert(1)> Fix login", "Fix login"),
        ("<svg onload=alert(1)>Fix login", "Fix login"),
        ("<x-y onclick='a()'>Fix login", "Fix login"),
        ("<display_name>Fix login</display_name>", "Fix login"),
        ("Fix login</display_name>", "Fix login"),
        ("<title>Fix login", "Fix login"),
        ("Fix<br>login", "Fix login"),
        ("Fix <i>login</i>s", "Fix logins"),
        ("Fix log</b>in", "Fix login"),
        ("Fix login<br/>", "Fix login"),
        ("Don&#39;t break login", "Don't break login"),
        ("Fix &quot;login&quot;&nbsp;button", 'Fix "login" button'),
        ("&lt;b&gt;Fix login&lt;/b&gt;", "Fix login"),
        ("Fix &lt;Button&gt; login", "Fix <Button> login"),
        ("$O(n^2)$ login fix", "O(n^2) login fix"),
        (r"\textbf{Fix login}", "Fix login"),
        (r"$\boxed{Fix login}$", "Fix login"),
        ("[31mFix login[0m", "Fix login"),
        (r"\x1b[31mFix login\x1b[0m", "Fix login"),
        (":rocket: Fix login", "Fix login"),
        (":bug:Fix login", "Fix login"),
        ("Fix login :+1:", "Fix login :+1:"),
        ("Fix login :bug:", "Fix login"),
        ("Fix login</s>", "Fix login"),
        ("<s>Fix login</s>", "Fix login"),
        ("Fix login<|im_end|>", "Fix login"),
        ("<|im_start|>Fix login<|im_end|>", "Fix login"),
        ("[INST]Fix login[/INST]", "Fix login"),
        ("Fix login ###", "Fix login"),
        ("##Fix login##", "Fix login##"),
        ("Fix **login** button", "Fix login button"),
        ("Fix `login` button", "Fix login button"),
        ("＝Fix login", "Fix login"),
        ("＋－＠Fix login", "Fix login"),
        ("﹣ Fix login", "Fix login"),
    ],
)
def test_markup_is_dropped_and_its_text_kept(display_name: str, expected: str) -> None:
    assert mend(display_name, context(REQUEST)) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Fix <Button> component",
        "Fix <button> style",
        "Fix <br> handling",
        "Fix missing </div>",
        "Missing </div> in header",
        "Handle <input type=number> rounding",
        "Fix <T extends U> inference",
        "Implement Vec<T> iterator",
        "Promise<void> types",
        "Result<(), Error> handling",
        "Map<K, V> lookup",
        "C# generics <T>",
        "a < b comparison",
        "x<y and y>z",
        "Fix ``` rendering in chat",
        "Handle [WIP] prefix",
        "[P1][backend] Fix login",
        "handlers[event](payload) crash",
        "arr[i][j] out of bounds",
        "See [1] (draft)",
        "Costs $5 to $10",
        "$FOO_BAR and $BAZ_X",
        "Fix **kwargs and **args",
        "2**3 and 4**5",
        "Fix && operator",
        "Use a&b flags",
        "Fix :root selector",
        "Time 10:30:45 parsing",
        "std::vector<int> leak",
        "Fix #42",
        "Fix <!-- comments -->",
        r"Fix \n in output",
    ],
)
@pytest.mark.parametrize("request_text", ["{}, please", "please do what I said"])
def test_a_title_about_markup_is_kept(title: str, request_text: str) -> None:
    assert mend(title, context(request_text.format(title))) == title


def test_tags_around_tags_are_taken_off_up_to_four_deep() -> None:
    assert (
        believable_title("<b><i><u><em>Fix login</em></u></i></b>", Request.of(REQUEST))
        == "Fix login"
    )
    assert "Fix login" in without_markup("<b>" * 9 + "Fix login" + "</b>" * 9, REQUEST)


def test_what_the_request_writes_is_its_subject() -> None:
    for title in (
        "Fix &amp; in titles",
        r"Render \boxed{x}",
        "Render $x^2$",
        "Show :tada: after release",
        "Keep **x**",
    ):
        assert believable_title(title, Request.of(f"{title}!")) == title
        assert (
            believable_title(
                title,
                Request(
                    "titles render after release, keep x",
                    Question("titles render after release, keep x"),
                ),
            )
            != title
        )


def test_a_slug_loses_its_markup_too() -> None:
    assert believe(reply("<b>fix-login</b>", "Fix login"), REQUEST) == TaskName(
        "fix-login", "Fix login"
    )
