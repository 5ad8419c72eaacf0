#!/usr/bin/env python3
"""ML Pool's models beside AutoETS, GARCH and NHITS, on the same held-out windows.

    bench/forecasts.py --files FOLDER [--home DIR]   # imports hourly candles and trains every algorithm first: hours
    bench/forecasts.py --home DIR                    # of a pool that has trained, and does not run now

Needs what ./mlpool needs and Python 3.11 with venv; the libraries (6 GB, most of it PyTorch) are installed into ~/.cache/mlpool/bench.
Prints Markdown."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import servers

ROOT = Path(__file__).resolve().parent.parent
ALGORITHMS = ["volatility", "xgboost-scale", "xgboost", "ensemble"]


def main() -> None:
    arguments = parsed()
    if arguments.files:
        train(arguments)
    runs = newest_runs(arguments.home / "models" / "runs")
    if not runs:
        sys.exit(f"no run in {arguments.home} left its forecasts; train first: --files FOLDER")
    version = json.loads((next(iter(runs.values())) / "params.json").read_text())["snapshot"]["version"]
    python = servers.environment("forecasts", ROOT / "bench/forecasts/requirements.txt")
    with tempfile.TemporaryDirectory(prefix="mlpool-forecasts-") as scratch:
        candles = Path(scratch) / "candles.parquet"
        mlpool("export", "--home", arguments.home, "--dataset", version, "--file", candles)
        ours = [f"{algorithm}={run / 'report' / 'forecasts.parquet'}" for algorithm, run in runs.items()]
        subprocess.run([python, ROOT / "bench/forecasts/main.py", "--candles", candles, "--every", str(arguments.every), *ours], check=True)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=Path, help="folder with files of hourly candles")
    parser.add_argument("--home", type=Path, default=Path.home() / ".mlpool")
    parser.add_argument("--every", type=int, default=23, help="AutoETS is fitted anew for windows of every so many hours only")
    return parser.parse_args()


def train(arguments: argparse.Namespace) -> None:
    mlpool("run", "--import", arguments.files, "--offline", "--once", "--home", arguments.home)
    for algorithm in ALGORITHMS:
        mlpool("train", "--interval", "1h", "--algorithm", algorithm, "--home", arguments.home)


def mlpool(*words) -> None:
    subprocess.run([ROOT / "mlpool", *words], check=True, stdout=sys.stderr)


def newest_runs(folder: Path) -> dict:
    """The newest run of each algorithm on hourly candles that left its forecasts, as far as it learned from the newest data set."""
    tables = sorted(folder.glob("*/report/forecasts.parquet"), key=lambda file: file.stat().st_mtime)
    runs = [(table.parent.parent, json.loads((table.parent.parent / "params.json").read_text())) for table in tables]
    hourly = [(run, parameters) for run, parameters in runs if parameters["spec"]["interval"] == "1h"]
    version = hourly[-1][1]["snapshot"]["version"] if hourly else None
    return {parameters["spec"]["algorithm"]: run for run, parameters in hourly if parameters["snapshot"]["version"] == version}


if __name__ == "__main__":
    main()
