"""What the results of all cases come to: means with intervals, and which of two variants wins.

Intervals come from resampling the cases with replacement (Efron, 1979), always with the same draws.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import TYPE_CHECKING, Final

from naming.claude.message import NO_TOKENS, Tokens
from naming.evaluation.scoring import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from naming.evaluation.running import Result, Variant

WORST: Final = 30
"""Cases that a report shows."""


ROUNDS: Final = 1000
"""Resamples. Enough for the ends of a 95 % interval to stand still in the second digit."""

SEED: Final = 20_261_122


@dataclass(frozen=True, slots=True)
class MeanInterval:
    """A mean over `count` cases, and the interval that holds it 95 times in 100."""

    mean: float
    low: float
    high: float
    count: int

    @property
    def is_above_noise(self) -> bool:
        """Tell, of a difference, whether its interval leaves zero out."""
        return self.low > 0 or self.high < 0


def bootstrap(values: Sequence[float]) -> MeanInterval:
    """Give the mean of `values`, of which there must be at least one, with its interval."""
    draw = random.Random(SEED).choices  # noqa: S311 # no secret
    count = len(values)
    means = sorted(sum(draw(values, k=count)) / count for _ in range(ROUNDS))
    edge = ROUNDS // 40  # 2.5 % on either side
    return MeanInterval(fmean(values), means[edge], means[-1 - edge], count)


@dataclass(frozen=True, slots=True)
class MeasureMeans:
    """The measures of some cases, and how many of their names broke a law or leaked a secret."""

    cases: int
    measures: Mapping[str, MeanInterval]
    law_breaches: int
    secrets_leaked: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One variant as a whole."""

    variant: Variant
    results: Sequence[Result]
    overall: MeasureMeans
    by_tag: Mapping[str, MeasureMeans]
    sources: Mapping[str, int]
    reasons: Mapping[str, int]
    latency_ms: Mapping[str, float] | None
    """To the answer, by percentile; None where the replies came from a tape."""

    tokens: Tokens
    cost_usd: float | None
    missing: Sequence[str]


def summarize(variant: Variant, results: Sequence[Result], *, replayed: bool = False) -> Summary:
    """Sum up one variant; `replayed` says that its replies came from a tape."""
    named = [result for result in results if result.outcome is not None]
    tokens = sum((each.tokens for each in results), NO_TOKENS)
    tags = Counter(tag for result in results for tag in dict.fromkeys(result.case.tags))
    outcomes = [result.outcome for result in results if result.outcome is not None]
    return Summary(
        variant=variant,
        results=results,
        overall=_means(named),
        by_tag={
            tag: _means([each for each in named if tag in each.case.tags]) for tag in sorted(tags)
        },
        sources=_counts(outcome.source.value for outcome in outcomes),
        reasons=_counts(outcome.reason.value for outcome in outcomes if outcome.reason is not None),
        latency_ms=None if replayed else _percentiles([each.seconds * 1000 for each in named]),
        tokens=tokens,
        cost_usd=None if variant.model is None else tokens.cost_usd(variant.model),
        missing=[result.case.place for result in results if result.outcome is None],
    )


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def _means(results: Sequence[Result]) -> MeasureMeans:
    measured = {
        name: [each.scores[name] for each in results if name in each.scores] for name in MEASURES
    }
    return MeasureMeans(
        cases=len(results),
        measures={name: bootstrap(values) for name, values in measured.items() if values},
        law_breaches=measured["lawful"].count(0.0),
        secrets_leaked=measured["no_leak"].count(0.0),
    )


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100, method="inclusive") if len(values) > 1 else list(values) * 99
    return {"p50": cuts[49], "p95": cuts[94], "max": max(values)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far variant B is above A, and both means, over the cases that both have named."""

    differences: Mapping[str, MeanInterval]
    means: Mapping[str, tuple[float, float]]

    @property
    def winner(self) -> int | None:
        """Tell which variant wins on the score, 0 or 1; None where it may be noise."""
        difference = self.differences.get("score")
        if difference is None or not difference.is_above_noise:
            return None
        return int(difference.mean > 0)


def compare(one: Sequence[Result], other: Sequence[Result]) -> Comparison:
    """Compare two variants case by case: a paired bootstrap tells more than two means do."""
    scores = [(a.scores, b.scores) for a, b in zip(one, other, strict=True)]
    both = {
        name: [(a[name], b[name]) for a, b in scores if name in a and name in b]
        for name in MEASURES
    }
    both = {name: pairs for name, pairs in both.items() if pairs}
    return Comparison(
        {name: bootstrap([b - a for a, b in pairs]) for name, pairs in both.items()},
        {
            name: (fmean(a for a, _ in pairs), fmean(b for _, b in pairs))
            for name, pairs in both.items()
        },
    )


def worst(results: Sequence[Result]) -> list[Result]:
    """Pick the cases to look at, the lowest score first; none that misses nothing."""
    scored = [result for result in results if result.scores.get("score", 1.0) < 1]
    return sorted(scored, key=lambda result: result.scores["score"])[:WORST]
