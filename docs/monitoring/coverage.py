"""What the live correction and the estimated error are worth, on hourly candles of several coins.

    python3 docs/monitoring/coverage.py FOLDER [FIRST_DAY_OF_TEST]

FOLDER holds files like BTCUSDT-1h.csv.gz with the columns timestamp (open time) and close. Needs numpy and pandas. The model is a random
walk with EWMA volatility whose quantiles were fitted on the time before the test: what every forecaster is in want of, coverage that
moves with the market, it has most of. Everything is learned from outcomes known by then, one candle later.
"""
import sys
from pathlib import Path

import numpy as np
import pandas as pd

LEVELS = np.array([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])
HALF_LIFE, WINDOW = 36, 360


def market(folder, coins):
    closes = {}
    for coin in coins:
        rows = pd.read_csv(Path(folder) / f"{coin}USDT-1h.csv.gz")
        rows["timestamp"] = pd.to_datetime(rows.timestamp, utc=True)
        closes[coin] = rows.drop_duplicates("timestamp").set_index("timestamp").close
    prices = pd.DataFrame(closes)
    prices = np.log(prices.reindex(pd.date_range(prices.index[0], prices.index[-1], freq="h")))
    returns = prices.diff()
    weights = 0.5 ** (np.arange(WINDOW) / HALF_LIFE)
    weights /= weights.sum()
    squares = returns.fillna(0).to_numpy() ** 2
    volatility = np.sqrt(np.stack([np.convolve(column, weights)[: len(column)] for column in squares.T], axis=1))
    known = returns.notna().rolling(WINDOW, min_periods=1).sum().to_numpy() >= WINDOW - 20
    return prices.index, prices.to_numpy(), np.where(known, np.maximum(volatility, 1e-5), np.nan)


def targets(prices, volatility, bars):
    scaled = np.full_like(prices, np.nan)
    scaled[:-bars] = (prices[bars:] - prices[:-bars]) / (volatility[:-bars] * np.sqrt(bars))
    return scaled


def track(times, scaled, bars, split, step, paired):
    """Quantile loss of corrected quantiles, their coverage in the worst and best quarter, and that of 80 % by month."""
    before = scaled[: split - bars]
    quantiles = np.quantile(before[np.isfinite(before)], LEVELS)
    offsets = np.zeros(len(LEVELS))
    below = np.full((len(times), len(LEVELS)), np.nan)
    counts, losses = np.zeros(len(times)), np.zeros(len(times))
    for i in range(split, len(times) - bars):
        known = i - bars - 1
        if known >= split and counts[known] > 0:
            missing = LEVELS - below[known] / counts[known]
            offsets = offsets + step * ((missing - missing[::-1]) / 2 if paired else missing)
        outcomes = scaled[i][np.isfinite(scaled[i])]
        errors = outcomes[:, None] - np.sort(quantiles + offsets)
        counts[i], below[i] = len(outcomes), (errors <= 0).sum(0)
        losses[i] = 2 * np.maximum(LEVELS * errors, (LEVELS - 1) * errors).mean(1).sum()
    inside = below[:, ::-1] - below
    held = lambda period, band: pd.DataFrame({"n": counts, "in": inside[:, band]}).groupby(times.tz_convert(None).to_period(period)).sum()
    worst = lambda sums: "%.1f to %.1f" % tuple(100 * (sums["in"] / sums.n)[sums.n > 0].agg(["min", "max"]))
    return losses.sum() / counts.sum(), [worst(held("Q", band)) for band in (2, 1, 0)] + [worst(held("M", 1))]


def estimates(scaled, bars, split):
    """Mean squared error of the estimated error, and its mean over the mean error, for several ways to learn it."""
    before = scaled[: split - bars]
    quantiles = np.quantile(before[np.isfinite(before)], LEVELS)
    mass = np.diff(np.r_[0, (LEVELS[1:] + LEVELS[:-1]) / 2, 1])
    spread = (mass * np.abs(quantiles - quantiles[3])).sum()
    errors = np.abs(scaled - quantiles[3])[split:]
    days = len(errors) // 24
    errors = errors[: days * 24].reshape(days, 24, -1)
    sums, counts = np.nansum(errors, 1), np.isfinite(errors).sum(1)
    total = lambda daily: np.vstack([np.zeros(daily.shape[1]), np.cumsum(daily, 0)])
    until = np.maximum(np.arange(days) - (bars + 23) // 24, 0)
    for window in (30, 90):
        since = np.maximum(until - window, 0)
        seen, count = total(sums)[until] - total(sums)[since], total(counts)[until] - total(counts)[since]
        of_all = (seen.sum(1, keepdims=True) / spread / bars + 50) / (count.sum(1, keepdims=True) / bars + 50)
        ways = {"the spread alone": np.ones_like(seen), "ratio of all": np.broadcast_to(of_all, seen.shape)}
        for prior in (20, 300):
            ways[f"of each coin, {prior} of all"] = (seen / spread / bars + prior * of_all) / (count / bars + prior)
        for name, ratio in ways.items():
            estimated = np.where(np.isfinite(errors), (ratio * spread)[:, None, :], np.nan)
            print(f"  {window:3} days  {name:25} squared {np.nanmean((errors - estimated) ** 2):.4f}  ratio {np.nansum(estimated) / np.nansum(errors):.3f}")


def main(folder, first="2020-01-01"):
    times, prices, volatility = market(folder, "BTC ETH BNB XRP ADA DOGE LTC LINK TRX SOL".split())
    split = int(np.searchsorted(times, pd.Timestamp(first, tz="UTC")))
    print(f"test from {times[split].date()} to {times[-1].date()}; loss, then coverage of 50, 80 and 90 % in the worst and best quarter, of 80 % in the worst and best month")
    for bars in (1, 4, 24):
        scaled = targets(prices, volatility, bars)
        for step, paired in ((0, True), (0.0025, True), (0.005, True), (0.01, True), (0.025, True), (0.05, True), (0.1, True), (0.01, False)):
            loss, spans = track(times, scaled, bars, split, step, paired)
            print(f"{bars:2}h  step {step:<6} {'both ends' if paired else 'each end '}  {loss:.4f}  {'   '.join(spans)}", flush=True)
    print("estimated error")
    for bars in (1, 4, 24):
        print(f"{bars}h")
        estimates(targets(prices, volatility, bars), bars, split)


if __name__ == "__main__":
    main(*sys.argv[1:])
