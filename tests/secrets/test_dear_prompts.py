"""What was found to cost most, and a search for more of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from naming import name_prompt, secrets
from naming.cleaning import clean
from naming.secrets import Budget, holds_secret, searching
from naming.secrets.redaction import searched
from tests.secrets.dear_prompts import LIMIT, dear_prompts, in_turns, loops, repeated
from tests.secrets.redacting import redact

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.secrets.searching import Text

WORST = (
    "secret&013457%",
    "é secret&013457%",
    "bearer binance",
    "password hunter22 ",
    "seed apple ",
    "otl",
    "bip39",
    "$5$$5$recovery$sha1$recovery$5$",
    "cvc$5$$5$tokenverif$5$$5$recovery$sha1$recovery",
    "கடவுச்சொல்",
    "aB3dE6gH9jK2mN5pQ8sT ",
    "authorization: bearer aB3dE6gH9jK2 ",
    "setPassword('aB3dE6gH')",
    "a!1 ",
    "a\u0301",
    "&#97;",
    "\\",
    "动态码ops_bearer ",
    "トークンops_bearer splitioops_bearer flutterwavebearer ",
    "expoপাসওয়ার্ডssh" + "קוד אימות" * 20 + "24 words",
    "AT=",
    "24 words24 words24 wordspw (newrelic",
    "r8_",
    "key[лозинкvultr" + "pexels# a\n" * 20 + "トークン",
    "&" + "పాస్\u200cవర్డ్" * 22 + "\\токенbearer ",
    "0" * 32 + "do[opr]_vsecret word" + "0" * 32,
    "密鑰токен",
    "паролmollieclearbitcontrasenascalyrwachtwoordzugangvoucher",
)
"""Pieces of prompts; each blocked the worker for five milliseconds or more once."""

MOST_OF_ONE_RULE = 12_000
"""Characters that the last rule tried may look at beyond the ceiling."""


@pytest.mark.parametrize("piece", WORST, ids=ascii)
def test_the_dearest_prompts_stay_under_the_ceiling_and_leave_no_secret(piece: str) -> None:
    prompt = repeated((piece,))
    assert work(prompt) <= searching.MAX_WORK + MOST_OF_ONE_RULE
    assert not holds_secret(redact(prompt))
    assert not holds_secret(clean(prompt))


def test_however_often_a_prompt_is_reduced_it_is_searched_within_one_budget() -> None:
    prompt = (
        "".join(f"<a{at}>```\n" for at in range(40)) + repeated(("password hunter22 ",))[:3_000]
    )
    budget = Budget()
    for _ in range(20):
        shown = secrets.redact(prompt, budget).text
    assert budget.left == 0
    assert not holds_secret(shown)


def work(prompt: str) -> int:
    text: Text = searched(prompt, Budget())
    return text.work


@pytest.mark.slow
@pytest.mark.parametrize("work", [name_prompt, in_turns])
def test_no_prompt_and_no_conversation_is_dear(work: Callable[[str], object]) -> None:
    prompts = dear_prompts(seconds=60, work=work)[:10]
    dearest = {prompt.text: loops(prompt.text, work) for prompt in prompts}
    assert {text: cost for text, cost in dearest.items() if cost > LIMIT} == {}
