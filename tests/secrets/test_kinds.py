"""Secrets where people have them, and what looks like them and must stay: `secrets.txt` and `no_secrets.txt`.

In the first `<<A:36>>` stands for 36 drawn letters and digits (`a` small ones, `U` base 32, `h` hexadecimal, `B` base
64, `d` digits, `l` small letters, `L` letters, `y` bytes in a list, `x` the same in hexadecimal), `<<u>>` for a UUID,
`<<j>>` for base 64 of a token that is signed, `<<o>>` and `<<k>>` of objects with a secret, `<<p>>` of a user and a password,
`<<=word>>` for that word. They are drawn here, so that no scanner takes the file
for a leak.
"""

from __future__ import annotations

import base64
import json
import re
import string
from random import Random
from uuid import UUID

import pytest

from tests.corpus import CORPORA
from tests.secrets.redacting import redact

ALPHABETS = {
    "A": string.ascii_letters + string.digits,
    "a": string.ascii_lowercase + string.digits,
    "U": string.ascii_uppercase + "234567",
    "h": string.digits + "abcdef",
    "B": string.ascii_letters + string.digits + "+/",
    "d": string.digits,
    "l": string.ascii_lowercase,
    "L": string.ascii_letters,
}
ENCODED = frozenset("jokp")
PIECE = 7
SEEDS = 4


def lines(corpus: str) -> list[str]:
    r"""Read the lines of a corpus; `\n` stands for the end of one."""
    return [
        line.replace("\\n", "\n")
        for line in (CORPORA / f"{corpus}.txt").read_text("utf-8").splitlines()
    ]


def encoded(kind: str, random: Random) -> str:
    drawn = "".join(random.choices(ALPHABETS["A"], k=43))
    plain = {
        "j": "ey" + f"JhbGciOiJIUzI1NiJ9.{drawn[:24]}.{drawn}",
        "o": json.dumps({"auths": {"r.example": {"auth": drawn[:24]}}}),
        "k": json.dumps({"kty": "oct", "k": drawn}),
        "p": f"bob:{drawn[:16]}",
    }
    return base64.b64encode(plain[kind].encode()).decode()


def filled(template: str, random: Random) -> tuple[str, list[str]]:
    """Draw what stands in `<<…>>`; give the text and the drawn parts that are long enough to be secrets themselves."""
    secrets = []

    def draw(place: re.Match[str]) -> str:
        kind, _, length = place[1].partition(":")
        if kind.startswith("="):
            value = place[1][1:]
        elif kind == "u":
            value = str(UUID(int=random.getrandbits(128), version=4))
        elif kind in {"y", "x"}:
            form = "0x{:02x}" if kind == "x" else "{}"
            value = ", ".join(form.format(random.randrange(256)) for _ in range(int(length)))
        elif kind in ENCODED:
            value = encoded(kind, random)
        else:
            value = "".join(random.choices(ALPHABETS[kind], k=int(length)))
        if kind.startswith("=") or (len(value) > PIECE and kind != "d"):
            secrets.append(folded(value))
        return value

    return re.sub("<<([^<>]+)>>", draw, template), secrets


def folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def is_hidden(template: str, seed: int) -> bool:
    text, secrets = filled(template, Random(seed))
    shown = redact(text)
    return (
        bool(secrets)
        and redact(shown) == shown
        and not any(
            secret[at : at + PIECE] in folded(shown)
            for secret in secrets
            for at in range(max(1, len(secret) - PIECE + 1))
        )
    )


def test_no_piece_of_a_secret_is_left() -> None:
    assert [
        (template, seed)
        for template in lines("secrets")
        for seed in range(1 if "<<=" in template else SEEDS)
        if not is_hidden(template, seed)
    ] == []


@pytest.mark.parametrize("around", ["{}", "Please look: {}", "{} and fix the login page"])
def test_what_only_looks_like_a_secret_stays_wherever_it_is_said(around: str) -> None:
    assert [
        line for line in lines("no_secrets") if redact(around.format(line)) != around.format(line)
    ] == []
