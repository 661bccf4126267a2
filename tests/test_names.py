"""The laws of a name, held against an oracle of its own and against names that lawful hands made."""

from __future__ import annotations

import dataclasses
import string
import unicodedata
import uuid

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from naming import names
from naming.names import (
    MAX_DISPLAY_LENGTH,
    MAX_NAME_LENGTH,
    RESERVED,
    InvalidName,
    NameLaw,
    TaskName,
)
from naming.random_name import pick_random
from naming.secrets import holds_secret
from tests.strategies import hostile_text, repeated

LETTERS = string.ascii_lowercase
LETTERS_AND_DIGITS = LETTERS + string.digits
RESERVED_WORDS = [
    *"new create edit settings api admin login logout me all none undefined null true false yes no on off".split(),
    *"con prn aux nul head".split(),
    *(f"com{digit}" for digit in range(10)),
    *(f"lpt{digit}" for digit in range(10)),
]

UNSHOWABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
JOINERS = "\u200c\u200d\ufe0e\ufe0f"


def is_lawful_name(name: str) -> bool:
    """Judge by the letter of the contract, with other means than the code."""
    try:
        uuid.UUID(name)
    except ValueError:
        pass
    else:
        return False
    return (
        2 <= len(name) <= 32
        and all(char in LETTERS_AND_DIGITS + "-" for char in name)
        and all(name.split("-"))
        and any(char in LETTERS for char in name)
        and name.split("-", maxsplit=1)[0] != "task"
        and name not in RESERVED_WORDS
        and not is_number(name)
    )


def is_number(name: str) -> bool:
    """Read it as programs read numbers: `1e5`, `0x1f`; words such as `nan` are none in YAML."""
    for read in (float, lambda digits: int(digits, 0)):
        try:
            read(name)
        except ValueError:
            continue
        return name[0].isdigit()
    return False


def is_lawful_display_name(line: str) -> bool:
    """Judge what can be judged character by character; where a joiner is needed has its own examples."""
    first = next(iter(regex.findall(r"\X", "x" + line)), "")
    return (
        1 <= len(line) <= 64
        and unicodedata.normalize("NFC", line) == line
        and not line[0].isspace()
        and not line[-1].isspace()
        and line[0] not in "=+-@＝＋－＠﹦﹢﹣﹫"
        and all(
            unicodedata.category(char) not in UNSHOWABLE for char in line if char not in JOINERS
        )
        and not regex.search(
            r"[\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe0e\ufe0f]]", line, regex.V1
        )
        and first == "x"  # else the line begins inside a character
    )


def accepts(name: str, display_name: str) -> bool:
    try:
        TaskName(name, display_name)
    except InvalidName:
        return False
    return True


words = st.text(LETTERS_AND_DIGITS, min_size=1, max_size=9)
slugs = st.lists(words, min_size=1, max_size=5).map("-".join)
almost_slugs = st.one_of(
    slugs,
    st.text(LETTERS_AND_DIGITS + "-", max_size=34),
    st.text("0123456789abcdef", min_size=31, max_size=33),
    st.sampled_from(RESERVED_WORDS),
    st.sampled_from(RESERVED_WORDS).map(str.upper),
    slugs.map(lambda slug: f"task-{slug}"),
    slugs.map(lambda slug: f"{slug}\n"),
    hostile_text,
)
SAYABLE = st.characters(
    categories=["Lu", "Ll", "Lo", "Nd", "Po"],
    exclude_characters="@\u115f\u1160\u3164\uffa0\u17b4\u17b5",
    codec="utf-8",
)
sayable_lines = (
    st.lists(st.text(SAYABLE, min_size=1, max_size=8), min_size=1, max_size=6)
    .map(lambda parts: unicodedata.normalize("NFC", " ".join(parts))[:64].strip())
    .filter(lambda line: is_lawful_display_name(line) and not holds_secret(line))
)


@given(almost_slugs)
@example("ab\n")
@example("xn--ls8h")
@example("ﬁx-it")
@example("fix\u0661")
def test_a_name_is_accepted_exactly_when_it_keeps_every_law(name: str) -> None:
    assert accepts(name, "Anything") == is_lawful_name(name)


@given(hostile_text | repeated)
@example("a\u034fb")
@example("\u3164")
@example("\u2800")
def test_whatever_display_name_is_accepted_is_lawful(line: str) -> None:
    if accepts("anything", line):
        assert is_lawful_display_name(line)


@given(st.characters())
def test_no_character_that_is_drawn_as_nothing_stands_in_a_display_name(char: str) -> None:
    if accepts("anything", f"a{char}b"):
        assert is_lawful_display_name(f"a{char}b")
        assert char not in JOINERS


@given(slugs.filter(is_lawful_name), sayable_lines)
def test_every_lawful_pair_can_be_made(name: str, display_name: str) -> None:
    assert tuple(TaskName(name, display_name)) == (name, display_name)


def test_a_reserved_word_is_no_name_and_is_one_inside_another() -> None:
    for word in RESERVED_WORDS:
        assert not accepts(word, "Fine")
        assert accepts(f"{word}-page", "Fine")
        assert accepts(f"the-{word}", "Fine")


def test_the_reserved_words_are_those_of_the_contract_and_no_others() -> None:
    assert set(RESERVED_WORDS) == RESERVED


@pytest.mark.parametrize("name", ["task", "task-x", "task-42", "task-task"])
def test_the_legacy_shape_is_no_name(name: str) -> None:
    assert not accepts(name, "Fine")


@pytest.mark.parametrize(
    "name", ["tasks", "taskrunner", "task2", "my-task", "the-task-list", "tas-k"]
)
def test_a_name_may_speak_of_tasks_in_any_other_shape(name: str) -> None:
    assert accepts(name, "Fine")


NAMES: dict[str, bool] = {
    "": False,
    "a": False,
    "ab": True,
    "g" * 32: True,
    "g" * 33: False,
    "go": True,
    "1a": True,
    "12": False,
    "1-2": False,
    "42-b": True,
    "-ab": False,
    "ab-": False,
    "a--b": False,
    "aB": False,
    "a_b": False,
    "a b": False,
    "ab\n": False,
    "\nab": False,
    "é-a": False,
    "a\u0660": False,
    "a" * 32: False,  # a UUID to every reader of UUIDs
    "0123456789abcdef0123456789abcdef": False,
    "0123456789abcdef0123456789abcde": True,
    "0123456789abcdef0123456789abcdeg": True,
    "01234567-89ab-cdef-0123-456789ab": True,
}


def test_the_bounds_of_a_name() -> None:
    assert {name: accepts(name, "Fine") for name in NAMES} == NAMES


DISPLAY_NAMES: dict[str, bool] = {
    "": False,
    "x": True,
    "4": True,
    "x" * 64: True,
    "x" * 65: False,
    "修" * 64: True,
    "修" * 65: False,
    " x": False,
    "x ": False,
    "x\u3000": False,
    "\xa0x": False,
    "\u2028x": False,
    "a\nb": False,
    "a\tb": False,
    "a\x1b[31mb": False,
    "a\x7fb": False,
    "a\x85b": False,
    "a\u202eb": False,
    "a\u2067b": False,
    "a\u200eb": False,
    "a\u200bb": False,
    "a\ufeffb": False,
    "a\u00adb": False,
    "a\U000e0041b": False,
    "a\ue000b": False,
    "a\u0378b": False,
    "a\ud800b": False,
    "a\U0010ffffb": False,
    "cafe\u0301": False,
    "caf\u00e9": True,
    "\u0301a": False,
    "=1+1": False,
    "+1": False,
    "-1": False,
    "@home": False,
    "1=1": True,
    "x@y": True,
    "👩\u200d💻 work": True,
    "🏳️\u200d🌈 flag": True,
    "❤\ufe0f": True,
    "a\u200db": False,
    "a\u200cb": False,
    "👩\u200d": False,
    "\u200d👩": False,
    "می\u200cخواهم": True,
    "क्\u200dष": True,
    "می\u200c": False,
    "می\u200c x": False,
    "a\ufe0f": False,
}


def test_the_bounds_of_a_display_name() -> None:
    assert {line: accepts("anything", line) for line in DISPLAY_NAMES} == DISPLAY_NAMES


@given(hostile_text)
def test_a_refusal_says_the_field_and_never_repeats_the_text(text: str) -> None:
    planted = f"qXz{text}qXz"
    with pytest.raises(InvalidName, match=r"^name must ") as of_name:
        TaskName(planted, "Fine")
    assert "qXz" not in str(of_name.value)
    with pytest.raises(InvalidName, match=r"^display_name ") as of_display:
        TaskName("fine", f" {planted}")
    assert "qXz" not in str(of_display.value)


def test_each_broken_law_is_said_in_its_own_words() -> None:
    said = {}
    for name in ("a", "a_b", "42", "task-a", "null", "a" * 32):
        with pytest.raises(InvalidName) as broken:
            TaskName(name, "Fine")
        said[name] = str(broken.value)
    assert len(set(said.values())) == len(said)
    assert str(MAX_NAME_LENGTH) in said["a"]
    with pytest.raises(InvalidName, match=str(MAX_DISPLAY_LENGTH)):
        TaskName("fine", "x" * 65)


def test_a_secret_is_no_display_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("naming.names.holds_secret", lambda text: "hunter2" in text)
    assert accepts("fine", "Fine")
    with pytest.raises(InvalidName, match=r"^display_name holds a secret$"):
        TaskName("fine", "Fix hunter2")


def test_a_name_is_a_value() -> None:
    one, other = TaskName("fix-it", "Fix it"), TaskName("fix-it", "Fix it")
    assert one == other
    assert len({one, other}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "else"  # type: ignore[misc]
    with pytest.raises(InvalidName):
        dataclasses.replace(one, name="task-1")


def test_a_random_name_is_lawful_and_not_legacy() -> None:
    for _ in range(50):
        assert is_lawful_name(pick_random().name)


def test_another_name_is_checked_and_the_display_name_stays() -> None:
    name = TaskName("fix-login", "Fix login")
    assert name.renamed("fix-login-2") == TaskName("fix-login-2", "Fix login")
    assert name == TaskName("fix-login", "Fix login")
    with pytest.raises(InvalidName, match=r"^name must be lower-case"):
        name.renamed("Fix Login")


def test_another_name_for_the_same_title_is_made_without_looking_at_the_title_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    task_name = TaskName("fix-it", "Fix it")
    monkeypatch.setattr(names, "display_fault", None)
    assert tuple(task_name.renamed("fix-it-2")) == ("fix-it-2", "Fix it")
    with pytest.raises(InvalidName, match="name must"):
        task_name.renamed("Fix it")


def test_a_name_of_parts_keeps_the_laws_in_each_of_them() -> None:
    law = NameLaw(max_length=20, max_parts=2)
    too_much = "must have at most 2 parts and 20 characters"
    table = [
        ("fix/42-login", None),
        ("fix-login", None),
        ("fix/42/login", too_much),
        ("feature/login-button-2", too_much),
        ("new/login", "must not be a reserved word"),
        ("fix/42", "must have a letter"),
    ]
    assert [row for row in table if law.fault(row[0]) != row[1]] == []
