"""What the results of all cases come to: means with intervals, and which of two variants wins.

Intervals come from resampling the cases with replacement (Efron, 1979), always with the same draws.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import Final, NamedTuple, Self

from naming.claude.message import NO_TOKENS
from naming.evaluation.inputs import Case
from naming.evaluation.running import Result, Variant
from naming.evaluation.scoring import MEASURES

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

    @classmethod
    def of(cls, results: Sequence[Result]) -> Self:
        """Sum up some results."""
        measured = {
            name: [each.scores[name] for each in results if name in each.scores]
            for name in MEASURES
        }
        means = {name: bootstrap(values) for name, values in measured.items() if values}
        broken, leaked = measured["lawful"].count(0.0), measured["no_leak"].count(0.0)
        return cls(len(results), means, broken, leaked)


class Summary:
    """One variant as a whole; `replayed` says that its replies were recorded ones."""

    def __init__(
        self,
        variant: Variant,
        cases: Sequence[Case],
        results: Sequence[Result | None],
        *,
        replayed: bool = False,
    ) -> None:
        named = [result for result in results if result is not None]
        tags = sorted({tag for case in cases for tag in case.tags})
        self.variant = variant
        self.results = results
        self.named = named
        self.missing = [
            case.place for case, each in zip(cases, results, strict=True) if each is None
        ]
        self.overall = MeasureMeans.of(named)
        self.by_tag = {
            tag: MeasureMeans.of([each for each in named if tag in each.case.tags]) for tag in tags
        }
        self.sources = _counts(each.outcome.source for each in named)
        self.reasons = _counts(each.outcome.reason for each in named if each.outcome.reason)
        self.latency_ms = None if replayed else _percentiles([each.seconds for each in named])
        self.tokens = sum((each.tokens for each in named), NO_TOKENS)
        self.cost_usd = None if variant.model is None else self.tokens.cost_usd(variant.model)


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(sorted(words)).most_common())


def _percentiles(seconds: Sequence[float]) -> dict[str, float]:
    taken = [1000 * each for each in seconds]
    cuts = quantiles(taken, n=100, method="inclusive") if len(taken) > 1 else taken * 99
    return {"p50": cuts[49], "p95": cuts[94], "max": max(taken)}


class Difference(NamedTuple):
    """How far variant B is above A in one measure, and the means of both."""

    apart: MeanInterval
    means: tuple[float, float]


def compare(one: Summary, other: Summary) -> dict[str, Difference]:
    """Compare two variants, measure by measure, over the cases that both have named.

    Case by case: a paired bootstrap tells more than two means do.
    """
    both = zip(one.results, other.results, strict=True)
    scores = [(a.scores, b.scores) for a, b in both if a and b]
    differences = {}
    for name in MEASURES:
        if pairs := [(a[name], b[name]) for a, b in scores if name in a and name in b]:
            apart = bootstrap([b - a for a, b in pairs])
            a, b = map(fmean, zip(*pairs, strict=True))
            differences[name] = Difference(apart, (a, b))
    return differences
