"""English verbs that ask for something at the start of a sentence."""

from __future__ import annotations

from typing import Final

_SINGLE: Final = """
    add adjust aggregate align allow analyse analyze annotate answer apply archive audit automate backfill
    benchmark brainstorm bring build bump bundle calculate change check choose classify clean clone collect
    combine compare compile compose compute configure connect consolidate containerize convert copy correct
    count crawl create debug decode dedupe deduplicate define delete deploy deprecate describe design detect
    determine develop diagnose disable dockerize document downgrade download draft draw drop edit enable
    encode encrypt enhance ensure estimate evaluate examine execute explain export expose extend extract fetch
    fill filter find fix format generate get give group handle harden hide highlight identify implement import
    improve increase inject inline install integrate introduce investigate list load localise localize log
    look make manage map measure merge migrate mock model modify monitor move normalize open optimise optimize
    organise organize outline paginate parallelize parameterize parametrize parse perform pick pin plan plot
    polish port predict prepare print process profile proofread propose prototype provide publish push put
    raise read rebase rebuild recommend record redesign reduce refactor refine refresh reimplement release
    remove rename render reorder reorganise reorganize repair rephrase replace report reproduce research reset
    resize resolve restart restore restructure rethink retry return reverse revert review reword rework
    rewrite rotate run sanitize save scaffold scan schedule score scrape search secure send separate set setup
    ship shorten show simplify simulate sketch skip solve sort split squash start stop store strip stub
    summarise summarize support swap switch sync test tidy toggle trace track train transcribe transform
    translate trim tune turn tweak unblock undo unify untangle update upgrade upload use validate verify
    visualise visualize wire wrap write
""".split()

_WITH_A_PARTICLE: Final = ("figure out", "go through", "set up", "speed up")

VERBS: Final = f"(?:{'|'.join((*_WITH_A_PARTICLE, *_SINGLE))})"
"""A pattern of these verbs."""

_VERBS: Final = frozenset(_SINGLE)


def is_imperative(word: str, line: str) -> bool:
    """Tell whether `line`, whose first word in small letters is `word`, begins with one of these verbs."""
    return word in _VERBS or (
        word in ("figure", "go", "speed") and line.lower().startswith(_WITH_A_PARTICLE)
    )
