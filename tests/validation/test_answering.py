from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.validation.context import MAX_QUESTION
from tests.believing import answers, is_title


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("what is the capital of Australia", "The capital of Australia is Canberra"),
        ("is redis single threaded?", "Redis is mostly single-threaded"),
        ("what port does postgres use", "Postgres uses port 5432 by default"),
        ("what is 17 * 23", "17 × 23 = 391"),
        ("who invented linux?", "Linus Torvalds invented Linux"),
        ("how do I center a div", "Use flexbox with justify-content center"),
        ("when did php 8 come out", "PHP 8 was released in November 2020"),
        ("wie hoch ist die Zugspitze", "Die Zugspitze ist 2962 Meter hoch"),
        ("¿cuál es la capital de Perú?", "La capital de Perú es Lima"),
    ],
)
def test_the_answer_to_a_question_is_no_title(prompt: str, title: str) -> None:
    assert answers(title, prompt)
    assert not is_title(title, prompt)


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("what is the capital of Australia", "Capital of Australia"),
        ("is redis single threaded?", "Is Redis single-threaded?"),
        ("why does nobody get mails", "Why mail is not delivered"),
        ("why does the build take an hour", "Build is slow"),
        ("can we see who was here?", "Show who was here last"),
        ("who invented linux?", "Linux inventor"),
        ("how do we put files into S3", "Put files into S3"),
        ("how do I center a div", "Run the centering of a div"),
        ("who can approve refunds", "Find who has approval rights"),
    ],
)
def test_the_name_of_a_question_is_a_title(prompt: str, title: str) -> None:
    assert not answers(title, prompt)
    assert is_title(title, prompt)


def test_what_is_no_question_has_no_answer() -> None:
    assert not answers("The cache is stale on Mondays", "the old prices are shown")
    assert not answers("The cache is stale on Mondays", "what is it? " + "x" * MAX_QUESTION)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_compared(title: str, prompt: str) -> None:
    assert answers(title, prompt) in {True, False}


def test_comparing_takes_linear_time() -> None:
    started = time.process_time()
    answers("a is = 1 " * 20_000, "what? " * 40 + "?")
    assert time.process_time() - started < 0.5
