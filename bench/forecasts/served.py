"""What a model's forecasts become while it is served: the rule of io.mlpool.model.LiveCorrection over again, written for tables."""

import numpy as np
import pandas as pd

from windows import LEVELS, QUANTILES

STEP = 0.05


def served(table: pd.DataFrame) -> pd.DataFrame:
    """The same forecasts with each horizon's quantiles moved by what outcomes of before asked for, one candle after they were known."""
    return pd.concat([corrected(own.sort_values("made_at"), label) for label, own in table.groupby("horizon")])


def corrected(table: pd.DataFrame, horizon: str) -> pd.DataFrame:
    levels = np.array(LEVELS)
    bars = int(pd.Timedelta(horizon) / pd.Timedelta("1h"))
    scale = (table.bar_volatility * np.sqrt(bars)).to_numpy()
    outcome = np.log(table.outcome / table.price).to_numpy() / scale
    quantiles = np.log(table[QUANTILES].to_numpy() / table.price.to_numpy()[:, None]) / scale[:, None]
    hour = ((table.made_at - table.made_at.min()) // pd.Timedelta("1h")).to_numpy()
    first = np.searchsorted(hour, np.arange(hour[-1] + 2))
    offsets, missing = np.zeros(len(levels)), np.zeros((hour[-1] + 1, len(levels)))
    for now in range(hour[-1] + 1):
        if now > bars:
            gone = missing[now - bars - 1]
            offsets = offsets + STEP / np.sqrt(bars) * (gone - gone[::-1]) / 2
        rows = slice(first[now], first[now + 1])
        if rows.start < rows.stop:
            quantiles[rows] = np.sort(quantiles[rows] + offsets, axis=1)
            missing[now] = levels - (outcome[rows, None] <= quantiles[rows]).mean(axis=0)
    misses = outcome[:, None] - quantiles
    moved = table.assign(loss=(2 * np.maximum(levels * misses, (levels - 1) * misses)).mean(axis=1))
    moved[QUANTILES] = table.price.to_numpy()[:, None] * np.exp(quantiles * scale[:, None])
    return moved
