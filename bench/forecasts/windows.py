"""The windows that all are asked about, and the prices before them."""

import sys

import numpy as np
import pandas as pd

LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
QUANTILES = [f"q{round(100 * level)}" for level in LEVELS]
KEYS = ["asset", "made_at", "horizon"]
LEAST_TRAIN = 400 * 24


class Windows:
    """Which forecasts are wanted, of which the outcome is known; and hourly closes without holes, the last one kept through a gap."""

    def __init__(self, candles: pd.DataFrame, wanted: pd.DataFrame):
        self.wanted = wanted
        self.horizons = {label: int(pd.Timedelta(label) / pd.Timedelta("1h")) for label in wanted.horizon.unique()}
        self.begin = wanted.made_at.min()
        self.closes = {
            asset: own.set_index(own.open_time + pd.Timedelta("1h")).close.sort_index().resample("1h").last().ffill()
            for asset, own in candles.groupby("asset")}
        young = {asset for asset in wanted.asset.unique() if len(self.train(asset)) < LEAST_TRAIN}
        if young:
            print(f"Left out, with too little before these windows for the libraries: {', '.join(sorted(young))}", file=sys.stderr)
        self.wanted = wanted[~wanted.asset.isin(young)]

    def train(self, asset: str) -> pd.Series:
        """Closes that are known when the first forecast is made, but for those that its outcome overlaps."""
        return self.closes[asset][: self.begin - pd.Timedelta("24h")]

    def times(self, every: int = 1) -> pd.DataFrame:
        """The assets and times of forecasts, or of those of every so many hours."""
        times = self.wanted[["asset", "made_at"]].drop_duplicates()
        hours = (times.made_at - pd.Timestamp(0, tz="UTC")) // pd.Timedelta("1h")
        return times[hours % every == 0]

    def of(self, table: pd.DataFrame) -> pd.DataFrame:
        """A model's forecasts of these windows."""
        return table.merge(self.wanted[KEYS], on=KEYS)

    def scored(self, logs: pd.DataFrame) -> pd.DataFrame:
        """Forecasts of log returns, quantile by quantile, as prices and with the loss that ML Pool counts: mean over the levels of
        twice the pinball loss of the return in units of the volatility over the horizon."""
        table = logs.merge(self.wanted[KEYS + ["price", "bar_volatility", "outcome", "random_walk_loss"]], on=KEYS)
        scale = table.bar_volatility * np.sqrt(table.horizon.map(self.horizons))
        returns = np.log(table.outcome / table.price) / scale
        misses = returns.to_numpy()[:, None] - np.sort(table[QUANTILES].to_numpy(), axis=1) / scale.to_numpy()[:, None]
        table["loss"] = (2 * np.maximum(np.array(LEVELS) * misses, (np.array(LEVELS) - 1) * misses)).mean(axis=1)
        table[QUANTILES] = table.price.to_numpy()[:, None] * np.exp(np.sort(table[QUANTILES].to_numpy(), axis=1))
        return table
