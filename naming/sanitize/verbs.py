"""English verbs that ask for something at the start of a sentence."""

from __future__ import annotations

from typing import Final

_SINGLE: Final = """add adjust allow analyse analyze answer apply archive audit automate bring build bump calculate
    change check clean collect combine compare compile compute configure connect convert copy correct count create
    debug decode define delete deploy deprecate describe design detect determine develop diagnose disable document
    download draft draw drop edit enable encode enhance ensure estimate evaluate examine execute explain export expose
    extend extract fetch fill filter find fix format generate get give group handle identify implement import improve
    increase install integrate introduce investigate list load log look make manage map measure merge migrate model
    modify monitor move normalize open optimise optimize organise organize parse perform plan port predict prepare
    print process propose provide publish push put raise read rebuild recommend record reduce refactor refine release
    remove rename render reorganise reorganize repair replace report reproduce research resolve restore restructure
    return reverse review revert rewrite rotate run save scan score search send separate set setup ship show simplify
    simulate skip solve sort split start stop store summarise summarize support switch sync test trace track train
    transform translate tune turn update upgrade upload use validate verify wire wrap write""".split()

_WITH_A_PARTICLE: Final = ("figure out", "go through", "set up", "speed up")

VERBS: Final = f"(?:{'|'.join((*_WITH_A_PARTICLE, *_SINGLE))})"
"""A pattern of these verbs."""

_VERBS: Final = frozenset(_SINGLE)


def is_imperative(word: str, line: str) -> bool:
    """Tell whether `line`, whose first word in small letters is `word`, begins with one of these verbs."""
    return word in _VERBS or (word in ("figure", "go", "speed") and line.lower().startswith(_WITH_A_PARTICLE))
