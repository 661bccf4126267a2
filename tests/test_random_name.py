from __future__ import annotations

import hashlib
import subprocess
import sys
from random import Random

from naming.names import MAX_NAME_LENGTH, TaskName
from naming.random_name import (
    MAX_WORD_LENGTH,
    WORDS_FILE,
    pick_random,
    words_for,
)
from naming.text.word_files import read_sections, words_in

ADJECTIVES, NOUNS = words_for("adjectives"), words_for("nouns")
LEFT_OUT = {
    word
    for reason in read_sections(WORDS_FILE)
    if reason.startswith("left out ")
    for word in words_in(WORDS_FILE, reason)
}

SUFFIX_LENGTH = len("-x4kq")


def test_there_are_at_least_350_000_pairs_before_the_suffix() -> None:
    assert len(set(ADJECTIVES)) * len(set(NOUNS)) >= 350_000
    assert not set(ADJECTIVES) & set(NOUNS), "no pair says one word twice"


def test_every_word_makes_a_lawful_name_with_room_for_a_suffix() -> None:
    longest_adjective, longest_noun = max(ADJECTIVES, key=len), max(NOUNS, key=len)
    assert 2 * MAX_WORD_LENGTH + 1 + SUFFIX_LENGTH <= MAX_NAME_LENGTH
    for noun in NOUNS:
        TaskName(f"{longest_adjective}-{noun}", f"{longest_adjective.capitalize()} {noun}")
    for adjective in ADJECTIVES:
        TaskName(f"{adjective}-{longest_noun}", f"{adjective.capitalize()} {longest_noun}")
    # The laws look at length, letters, and at reserved, legacy and secret-like beginnings; no word comes near one.
    assert all(word.isascii() and word.isalpha() and word.islower() for word in ADJECTIVES + NOUNS)
    assert all(2 <= len(word) <= MAX_WORD_LENGTH for word in ADJECTIVES + NOUNS)


def test_every_pair_is_of_words_that_were_reviewed() -> None:
    reviewed = hashlib.sha256(" ".join(ADJECTIVES + NOUNS).encode()).hexdigest()[:12]
    assert reviewed == "7c7f8fffeeaa", (
        "the words changed: read the new ones next to every kind of partner"
    )


def test_no_word_that_was_left_out_is_used() -> None:
    assert not LEFT_OUT & (set(ADJECTIVES) | set(NOUNS))
    assert {"black", "monkey", "sexy", "mushroom", "bug", "secret"} <= LEFT_OUT


def test_a_word_added_is_used() -> None:
    assert words_in(WORDS_FILE, "more adjectives") <= set(ADJECTIVES)
    assert words_in(WORDS_FILE, "more nouns") <= set(NOUNS)


def test_the_same_seed_gives_the_same_name() -> None:
    assert [pick_random(Random(7)) for _ in range(3)] == [pick_random(Random(7))] * 3


def test_a_seed_reaches_every_word() -> None:
    rng = Random(1)
    picked = {word for _ in range(12_000) for word in pick_random(rng).name.split("-")}
    assert picked == set(ADJECTIVES) | set(NOUNS)


def test_without_a_seed_names_differ() -> None:
    assert len({pick_random().name for _ in range(50)}) > 45


def test_the_display_name_says_the_same_words() -> None:
    name, display_name = pick_random(Random(3))
    assert display_name == name.replace("-", " ").capitalize()


def test_the_word_lists_are_read_without_building_coolnames_generators() -> None:
    code = "import sys, naming.random_name; sys.exit('coolname' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode == 0
