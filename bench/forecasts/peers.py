"""Libraries that forecast quantiles of the log return over each horizon, fitted on the closes before the first window."""

import logging
import os
import warnings

os.environ.setdefault("NIXTLA_ID_AS_COL", "1")

import numpy as np
import pandas as pd
import torch
from arch import arch_model
from neuralforecast import NeuralForecast
from neuralforecast.losses.pytorch import MQLoss
from neuralforecast.models import NHITS
from statsforecast.models import AutoETS

from windows import LEAST_TRAIN, LEVELS, QUANTILES, Windows

HISTORY = 168
SEED = 1
warnings.filterwarnings("ignore")
logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)


def garch(windows: Windows, every: int) -> pd.DataFrame:
    """GARCH(1,1) with Student's t for each asset, its parameters those of the last three years of training; quantiles are those that
    returns had in units of the forecast volatility, over all assets."""
    volatilities = {asset: garch_volatility(windows, asset) for asset in sorted(windows.times().asset.unique())}
    parts = []
    for label, bars in windows.horizons.items():
        ratios = []
        for asset, volatility in volatilities.items():
            logs = np.log(windows.train(asset))
            returns = (logs.shift(-bars) - logs).iloc[:-bars].iloc[-3 * 365 * 24:]
            ratios.append((returns / volatility[bars].reindex(returns.index)).dropna())
        quantiles = np.quantile(np.concatenate(ratios), LEVELS)
        times = windows.times()
        scale = np.concatenate([volatilities[asset][bars].reindex(own.made_at).to_numpy() for asset, own in times.groupby("asset")])
        parts.append(table(pd.concat([own for _, own in times.groupby("asset")]), label, scale[:, None] * quantiles))
    return pd.concat(parts)


def garch_volatility(windows: Windows, asset: str) -> dict:
    """The volatility over each horizon as it is forecast at each close."""
    returns = 100 * np.log(windows.closes[asset]).diff().dropna()
    train = returns[returns.index <= windows.train(asset).index[-1]].iloc[-3 * 365 * 24:]
    fitted = arch_model(train, mean="Zero", dist="t").fit(disp="off")
    model = arch_model(returns.loc[train.index[0]:], mean="Zero", dist="t")
    variance = model.forecast(fitted.params, horizon=max(windows.horizons.values()), start=train.index[0]).variance
    sums = variance.cumsum(axis=1)
    return {bars: np.sqrt(sums.iloc[:, bars - 1]) / 100 for bars in windows.horizons.values()}


def auto_ets(windows: Windows, every: int) -> pd.DataFrame:
    """AutoETS of the log close, chosen and fitted anew for each window on the week before it."""
    parts = []
    for asset, own in windows.times(every).groupby("asset"):
        logs = np.log(windows.closes[asset])
        ends = logs.index.get_indexer(own.made_at)
        answers = np.stack([ets(logs.to_numpy()[end - HISTORY + 1: end + 1], windows) for end in ends])
        parts += [table(own, label, answers[:, i]) for i, label in enumerate(windows.horizons)]
    return pd.concat(parts)


def ets(history: np.ndarray, windows: Windows) -> np.ndarray:
    answer = AutoETS(season_length=1).forecast(history, max(windows.horizons.values()), level=[50, 80, 90])
    paths = np.stack([answer["lo-90"], answer["lo-80"], answer["lo-50"], answer["mean"], answer["hi-50"], answer["hi-80"], answer["hi-90"]])
    return (paths[:, [bars - 1 for bars in windows.horizons.values()]] - history[-1]).T


def nhits(windows: Windows, every: int) -> pd.DataFrame:
    """NHITS with the quantile loss on log closes, one network for all assets, each window scaled by its own mean and spread, stopped on the
    last half year of training."""
    torch.set_num_threads(os.cpu_count())
    model = NHITS(h=max(windows.horizons.values()), input_size=HISTORY, loss=MQLoss(quantiles=LEVELS), scaler_type="standard", max_steps=2000, batch_size=2,
                  learning_rate=1e-3, windows_batch_size=256, val_check_steps=100, early_stop_patience_steps=5, random_seed=SEED,
                  enable_progress_bar=False, logger=False, accelerator="cpu")
    network = NeuralForecast(models=[model], freq=1)
    network.fit(pd.concat([history(asset, windows.train(asset)) for asset in windows.closes if len(windows.train(asset)) >= LEAST_TRAIN]),
                val_size=180 * 24)
    parts = []
    for asset, own in windows.times().groupby("asset"):
        logs = np.log(windows.closes[asset]).to_numpy()
        ends = windows.closes[asset].index.get_indexer(own.made_at)
        for chunk in np.array_split(np.arange(len(own)), max(1, len(own) // 4000)):
            inputs = np.stack([logs[end - HISTORY + 1: end + 1] for end in ends[chunk]])
            frame = pd.DataFrame({"unique_id": np.repeat(chunk, HISTORY), "ds": np.tile(np.arange(HISTORY), len(chunk)), "y": inputs.ravel()})
            answers = network.predict(frame).sort_values(["unique_id", "ds"])
            columns = [column for column in answers.columns if column.startswith("NHITS")]
            paths = answers[columns].to_numpy().reshape(len(chunk), -1, len(LEVELS)) - inputs[:, -1][:, None, None]
            parts += [table(own.iloc[chunk], label, paths[:, bars - 1]) for label, bars in windows.horizons.items()]
    return pd.concat(parts)


def history(asset: str, closes: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"unique_id": asset, "ds": np.arange(len(closes)), "y": np.log(closes.to_numpy())})


def table(times: pd.DataFrame, horizon: str, quantiles: np.ndarray) -> pd.DataFrame:
    rows = times.reset_index(drop=True).assign(horizon=horizon)
    rows[QUANTILES] = quantiles
    return rows


ALL = {"GARCH(1,1)-t (arch)": garch, "AutoETS (statsforecast)": auto_ets, "NHITS (neuralforecast)": nhits}
