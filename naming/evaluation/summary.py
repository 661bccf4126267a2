"""What the results of all cases come to.

Means with intervals, over all and by tag, and which of two sides wins.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import TYPE_CHECKING, Final

from naming.claude.prices import cost_usd
from naming.evaluation.bootstrap import estimate
from naming.evaluation.scoring import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from naming.evaluation.bootstrap import Estimate
    from naming.evaluation.running import Result
    from naming.evaluation.sides import Side

WORST: Final = 30
"""Cases that a report shows."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The measures of some cases, and how many of their names broke a law or leaked a secret."""

    cases: int
    measures: Mapping[str, Estimate]
    law_breaches: int
    secrets_leaked: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One side as a whole."""

    side: Side
    results: Sequence[Result]
    overall: Tally
    by_tag: Mapping[str, Tally]
    sources: Mapping[str, int]
    reasons: Mapping[str, int]
    milliseconds: Mapping[str, float]
    tokens_in: int
    tokens_out: int
    cost_usd: float | None
    missing: Sequence[str]
    replayed: bool


def summarize(side: Side, results: Sequence[Result], *, replayed: bool = False) -> Summary:
    """Sum up one side; `replayed` says that its replies came from a tape."""
    named = [result for result in results if result.outcome is not None]
    tokens_in, tokens_out = (
        sum(each.tokens_in for each in results),
        sum(each.tokens_out for each in results),
    )
    tags = Counter(tag for result in results for tag in dict.fromkeys(result.case.tags))
    outcomes = [result.outcome for result in results if result.outcome is not None]
    return Summary(
        side=side,
        results=results,
        overall=_tally(named),
        by_tag={
            tag: _tally([each for each in named if tag in each.case.tags]) for tag in sorted(tags)
        },
        sources=_counts(outcome.source.value for outcome in outcomes),
        reasons=_counts(outcome.reason.value for outcome in outcomes if outcome.reason is not None),
        milliseconds=_percentiles([each.seconds * 1000 for each in named]),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost_usd=None if side.model is None else cost_usd(side.model, tokens_in, tokens_out),
        missing=[result.case.place for result in results if result.outcome is None],
        replayed=replayed,
    )


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def _tally(results: Sequence[Result]) -> Tally:
    measured = {
        name: [each.scores[name] for each in results if name in each.scores] for name in MEASURES
    }
    return Tally(
        cases=len(results),
        measures={name: estimate(values) for name, values in measured.items() if values},
        law_breaches=measured["lawful"].count(0.0),
        secrets_leaked=measured["no_leak"].count(0.0),
    )


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {}
    cuts = quantiles(values, n=100, method="inclusive") if len(values) > 1 else list(values) * 99
    return {"p50": cuts[49], "p95": cuts[94], "max": max(values)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far side B is above side A, measure by measure, over the cases that both have named.

    And both means there.
    """

    differences: Mapping[str, Estimate]
    means: Mapping[str, tuple[float, float]]

    @property
    def winner(self) -> int | None:
        """Tell which side wins on the score, 0 or 1.

        None where the difference is no more than noise.
        """
        difference = self.differences.get("score")
        if difference is None or not difference.is_above_noise:
            return None
        return int(difference.mean > 0)


def compare(one: Sequence[Result], other: Sequence[Result]) -> Comparison:
    """Compare two sides case by case (a paired bootstrap), which tells more than two means do."""
    scores = [(a.scores, b.scores) for a, b in zip(one, other, strict=True)]
    both = {
        name: [(a[name], b[name]) for a, b in scores if name in a and name in b]
        for name in MEASURES
    }
    return Comparison(
        {name: estimate([b - a for a, b in pairs]) for name, pairs in both.items() if pairs},
        {
            name: (fmean(a for a, _ in pairs), fmean(b for _, b in pairs))
            for name, pairs in both.items()
            if pairs
        },
    )


def worst(results: Sequence[Result]) -> list[Result]:
    """Pick the cases to look at, the lowest score first."""
    scored = [result for result in results if "score" in result.scores]
    return sorted(scored, key=lambda result: result.scores["score"])[:WORST]
