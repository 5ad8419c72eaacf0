"""Sets tables of forecasts beside those of libraries: see ../forecasts.py, which starts this."""

import argparse
import sys
import time
from pathlib import Path

import pandas as pd

import peers
from judging import Paired, coverage_by_quarter, wql
from served import served
from windows import Windows

OPPONENT = "ensemble"


def main() -> None:
    arguments = parsed()
    tables = dict(read(word) for word in arguments.tables)
    windows = Windows(pd.read_parquet(arguments.candles), common(tables))
    all_of_them = {name: windows.of(table) for name, table in tables.items()}
    for name, peer in peers.ALL.items():
        if name in arguments.skip:
            continue
        began = time.monotonic()
        all_of_them[name] = windows.scored(peer(windows, arguments.every))
        print(f"{name}: {len(all_of_them[name]):,} forecasts in {time.monotonic() - began:,.0f} s", file=sys.stderr)
    report(all_of_them)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--candles", type=Path, required=True)
    parser.add_argument("--every", type=int, required=True)
    parser.add_argument("--skip", type=lambda names: names.split(","), default=[])
    parser.add_argument("tables", nargs="+")
    return parser.parse_args()


def read(word: str) -> tuple:
    name, file = word.split("=", 1)
    return name, pd.read_parquet(file)


def common(tables: dict) -> pd.DataFrame:
    """The windows that every model was asked about and whose outcome is known."""
    keys = ["asset", "made_at", "horizon"]
    first, *others = [table[table.outcome.notna()] for table in tables.values()]
    for other in others:
        first = first.merge(other[keys], on=keys)
    return first


def report(tables: dict) -> None:
    ours = tables.get(OPPONENT, next(iter(tables.values())))
    name = OPPONENT if OPPONENT in tables else next(iter(tables))
    naive = ours.assign(loss=ours.random_walk_loss)
    print(f"{len(ours):,} forecasts of {ours.asset.nunique()} assets, made {ours.made_at.min():%Y-%m-%d} to {ours.made_at.max():%Y-%m-%d}.\n")
    print(f"wQL, and in brackets how much lower that of `{name}` is on the same windows with Diebold and Mariano's p (one-sided).\n")
    horizons = sorted(ours.horizon.unique(), key=lambda label: pd.Timedelta(label))
    print("| | windows | " + " | ".join(horizons) + " |\n|---|---|" + "---|" * len(horizons))
    for title, table in {"random walk, EWMA volatility": naive, **tables}.items():
        cells = [cell(ours, table, horizon, table is ours) for horizon in horizons]
        print(f"| {title} | {len(table) // len(horizons):,} | " + " | ".join(cells) + " |")
    print("\nShare of outcomes within the 80 % interval, all horizons, in the quarters with the fewest and the most; of the fixed model, and with the correction that it has")
    print("while it is served; and how much more the corrected forecasts lose, at each horizon.\n")
    print("| | fewest | most | fewest as served | most as served | more loss as served, " + " | ".join(horizons) + " |\n|---|---|---|---|---|" + "---|" * len(horizons))
    for title, table in tables.items():
        if "q10" in table:
            moved = served(table)
            more = [f"{100 * (wql(moved, horizon) / wql(table, horizon) - 1):+.2f} %" for horizon in horizons]
            print(f"| {title} | " + " | ".join([*extremes(table), *extremes(moved), *more]) + " |")


def extremes(table: pd.DataFrame) -> list:
    shares = coverage_by_quarter(table)
    return [f"{shares.min():.1%} ({shares.idxmin()})", f"{shares.max():.1%} ({shares.idxmax()})"]


def cell(ours: pd.DataFrame, other: pd.DataFrame, horizon: str, same: bool) -> str:
    if same:
        return f"**{wql(other, horizon):.4f}**"
    paired = Paired.of(ours, other, horizon)
    return f"{paired.other_wql:.4f} ({paired.improvement:+.2f} %, p = {paired.probability:.1e})"


if __name__ == "__main__":
    main()
