"""How sure a mean is.

Intervals by resampling the cases with replacement (Efron, 1979), always with the same draws.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS: Final = 1000
"""Resamples. Enough for the ends of a 95 % interval to stand still in the second digit."""

SEED: Final = 20_261_122


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `count` cases, and the interval that holds it 95 times in 100."""

    mean: float
    low: float
    high: float
    count: int

    @property
    def is_above_noise(self) -> bool:
        """Tell, of a difference, whether its interval leaves zero out."""
        return self.low > 0 or self.high < 0


def estimate(values: Sequence[float]) -> Estimate:
    """Estimate the mean of `values`, of which there must be at least one."""
    draw = random.Random(SEED).choices  # noqa: S311 # no secret
    count = len(values)
    means = sorted(sum(draw(values, k=count)) / count for _ in range(ROUNDS))
    edge = ROUNDS // 40  # 2.5 % on either side
    return Estimate(fmean(values), means[edge], means[-1 - edge], count)
