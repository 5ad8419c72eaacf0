#!/usr/bin/env python3
"""One model behind four servers, asked by wrk in turn: ./mlpool serve, FastAPI, mlflow models serve, MLServer.

    bench/compare.py [--rounds 5] [--seconds 8] [--connections 16] [--only mlpool,fastapi]

Needs what ./mlpool needs, Python 3.11 with venv, and wrk. Everything else is installed into ~/.cache/mlpool/bench. Prints a
Markdown table: medians over the rounds, memory as the proportional set size of all processes of a server after the load."""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import servers
from wrk import Wrk

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    arguments = parsed()
    with tempfile.TemporaryDirectory(prefix="mlpool-compare-") as scratch, servers.Pool(ROOT) as pool:
        wrk = Wrk(Path(scratch), arguments.seconds, arguments.connections)
        wanted = [one for one in servers.ALL if not arguments.only or one.name in arguments.only]
        running = [one.start(ROOT, pool.facts, Path(scratch)) for one in wanted]
        try:
            report(measure(running, wrk, arguments.rounds), arguments)
        finally:
            for server in running:
                server.stop()


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--only", type=lambda names: names.split(","), default=[])
    return parser.parse_args()


def measure(running: list, wrk: Wrk, rounds: int) -> list:
    """Every server's every question in each round, after one round that only warms up."""
    loads = {(server.name, what): [] for server in running for what in server.questions}
    for number in range(rounds + 1):
        for server in running:
            for what, (url, bodies) in server.questions.items():
                load = wrk.post(url, bodies)
                print(f"round {number}: {server.name:8} {what:34} {load}", file=sys.stderr)
                if number > 0:
                    loads[server.name, what].append(load)
    return [(server, what, loads[server.name, what]) for server in running for what in server.questions]


def report(results: list, arguments: argparse.Namespace) -> None:
    print(f"\n{arguments.rounds} rounds of {arguments.seconds} s, {arguments.connections} connections, "
          f"{os.cpu_count()} cores shared with wrk\n")
    print("| server | question | requests/s (range) | p50 ms | p99 ms | failed | memory MB |")
    print("|---|---|---|---|---|---|---|")
    for server, what, loads in results:
        rates = [load.per_second for load in loads]
        print(f"| {server.title} | {what} | {statistics.median(rates):,.0f} ({min(rates):,.0f}-{max(rates):,.0f}) "
              f"| {statistics.median(load.p50 for load in loads):.2f} | {statistics.median(load.p99 for load in loads):.2f} "
              f"| {sum(load.failed for load in loads)} | {server.megabytes():.0f} |")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}: {error.stderr or ''}")
