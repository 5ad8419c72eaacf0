"""Which of two is better on the same windows, and whether chance explains it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from windows import KEYS


@dataclass
class Paired:
    """Ours against another: how much lower our loss is in percent of the other's, and the probability of so much, or more, between
    equally good ones."""

    other_wql: float
    improvement: float
    probability: float

    @staticmethod
    def of(ours: pd.DataFrame, other: pd.DataFrame, horizon: str) -> "Paired":
        both = ours[ours.horizon == horizon].merge(other[KEYS + ["loss"]], on=KEYS, suffixes=("", "_other"))
        difference = (both.loss - both.loss_other).groupby(both.made_at).mean().sort_index()
        hours = np.diff(difference.index) / np.timedelta64(1, "h")
        overlap = max(1, int(np.ceil(pd.Timedelta(horizon) / pd.Timedelta("1h") / np.median(hours))))
        improvement = 100 * (1 - both.loss.mean() / both.loss_other.mean())
        return Paired(both.loss_other.sum() / magnitude(both), improvement, probability_below(difference.to_numpy(), overlap))


def wql(table: pd.DataFrame, horizon: str) -> float:
    own = table[table.horizon == horizon]
    return own.loss.sum() / magnitude(own)


def magnitude(table: pd.DataFrame) -> float:
    """Sum of the outcomes' sizes in the units of the loss."""
    bars = pd.to_timedelta(table.horizon) / pd.Timedelta("1h")
    return (np.log(table.outcome / table.price).abs() / table.bar_volatility / np.sqrt(bars)).sum()


def probability_below(series: np.ndarray, overlap: int) -> float:
    """That a mean is so far below zero or further when the true one is zero: Diebold and Mariano (1995) with Newey and West's variance,
    the correction of Harvey, Leybourne and Newbold (1997), and lag and degrees of freedom after Lazarus, Lewis, Stock and Watson (2018)."""
    count = len(series)
    lag = max(0, min(max(3 * (overlap - 1), int(1.3 * np.sqrt(count))), count // 4))
    centred = series - series.mean()
    variance = centred @ centred / count
    for k in range(1, lag + 1):
        variance += 2 * (1 - k / (lag + 1)) * (centred[k:] @ centred[:-k]) / count
    correction = (count + 1 - 2 * overlap + overlap * (overlap - 1) / count) / count
    error = np.sqrt(variance / count / correction)
    return stats.t(max(1, min(count - 1, 1.5 * count / (lag + 1)))).cdf(series.mean() / error)


def coverage_by_quarter(table: pd.DataFrame) -> pd.Series:
    """Of the quarters that at least a month of forecasts was made in."""
    inside = (table.outcome >= table["q10"]) & (table.outcome <= table["q90"])
    quarters = table.made_at.dt.tz_localize(None)
    days = quarters.dt.normalize().groupby(quarters.dt.to_period("Q")).nunique()
    return inside.groupby(quarters.dt.to_period("Q")).mean()[days >= 30]
