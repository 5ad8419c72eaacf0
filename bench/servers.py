"""The servers that are compared, each with the questions that it is asked. All have the same model.onnx and the same windows."""

import hashlib
import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

CACHE = Path(os.environ.get("MLPOOL_CACHE", Path.home() / ".cache" / "mlpool")) / "bench"
STEPS = 64
WINDOWS = 32


class Pool:
    """`./mlpool bench hold`: a database with a hundred assets, a trained LSTM in a registry, and where all that is."""

    def __init__(self, root: Path):
        print("Making a pool with a hundred assets and a trained model (about two minutes) ...", file=sys.stderr)
        self.process = subprocess.Popen([root / "mlpool", "bench", "hold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = next((line for line in self.process.stdout if line.startswith("{")), None)
        if line is None:
            sys.exit("./mlpool bench hold ended before its pool stood")
        self.facts = json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


@dataclass
class Running:
    name: str
    title: str
    process: subprocess.Popen
    questions: dict

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def megabytes(self) -> float:
        """Shared pages count by their share, so that workers are not counted double."""
        return sum(pss(pid) for pid in family(self.process.pid)) / 1024


@dataclass
class Server:
    name: str
    title: str
    command: Callable
    questions: Callable
    ready: str

    def start(self, root: Path, facts: dict, scratch: Path) -> Running:
        port = free_port()
        command, environment = self.command(root, facts, port, scratch)
        log = open(scratch / f"{self.name}.log", "w")
        process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)
        await_answer(f"http://127.0.0.1:{port}{self.ready}", process, Path(log.name))
        return Running(self.name, self.title, process, self.questions(f"http://127.0.0.1:{port}", facts))


def mlpool(root: Path, facts: dict, port: int, scratch: Path):
    return [root / "mlpool", "serve"], {
        "SERVER_PORT": str(port), "SPRING_DATASOURCE_URL": facts["database"], "SPRING_DATASOURCE_USERNAME": "postgres",
        "MODEL_STORAGE_PATH": str(Path(facts["registry"]).parent)}


def fastapi(root: Path, facts: dict, port: int, scratch: Path):
    python = environment("fastapi", root / "bench/fastapi/requirements.txt")
    return [python, "-m", "uvicorn", "app:app", "--app-dir", root / "bench/fastapi", "--port", str(port), "--workers", "2",
            "--no-access-log"], {"MODEL": facts["bundle"] + "/model.onnx"}


def mlflow(root: Path, facts: dict, port: int, scratch: Path):
    python = environment("mlflow", root / "common/src/main/resources/io/mlpool/mlflow/local/requirements.txt")
    return [python, "-m", "mlflow", "models", "serve", "-m", facts["bundle"], "--env-manager", "local", "-p", str(port),
            "--workers", "2"], {"PATH": f"{python.parent}:{os.environ['PATH']}"}


def mlserver(root: Path, facts: dict, port: int, scratch: Path):
    python = environment("mlserver", root / "bench/mlserver/requirements.txt")
    (scratch / "settings.json").write_text(json.dumps({
        "http_port": port, "grpc_port": free_port(), "metrics_port": free_port(), "debug": False, "parallel_workers": 2}))
    (scratch / "model-settings.json").write_text(json.dumps({
        "name": facts["model"], "implementation": "mlserver_mlflow.MLflowRuntime", "parameters": {"uri": facts["bundle"]}}))
    return [python.parent / "mlserver", "start", scratch], {"PATH": f"{python.parent}:{os.environ['PATH']}"}


def known(address: str, facts: dict) -> dict:
    return {"a known asset, /predict": (f"{address}/predict", [json.loads(facts["known"])])}


def explicit(address: str, facts: dict) -> dict:
    return {"a window, /v2/.../infer": (f"{address}/v2/models/{facts['model']}/infer", [v2(one) for one in windows(facts)])}


def scoring(address: str, facts: dict) -> dict:
    return {"a window, /invocations": (f"{address}/invocations", [{"inputs": {"window": [rows(one)]}} for one in windows(facts)])}


def everything(address: str, facts: dict) -> dict:
    return known(address, facts) | explicit(address, facts) | scoring(address, facts)


ALL = [
    Server("mlpool", "`./mlpool serve`", mlpool, everything, "/health"),
    Server("fastapi", "FastAPI, 2 workers", fastapi, explicit, "/docs"),
    Server("mlflow", "`mlflow models serve`, 2 workers", mlflow, scoring, "/ping"),
    Server("mlserver", "MLServer, 2 workers", mlserver, explicit, "/v2/models/price-1h/ready"),
]


def windows(facts: dict) -> list:
    """The model's golden window and others like it, as Python writes numbers: no server gets by with remembering one."""
    noise = random.Random(42)
    return [[value + noise.gauss(0, 0.01) for value in facts["window"]] for _ in range(WINDOWS)]


def rows(window: list) -> list:
    width = len(window) // STEPS
    return [window[i:i + width] for i in range(0, len(window), width)]


def v2(window: list) -> dict:
    return {"inputs": [{"name": "window", "shape": [1, STEPS, len(window) // STEPS], "datatype": "FP32", "data": window}]}


def environment(name: str, pins: Path) -> Path:
    folder = CACHE / f"{name}-{hashlib.sha256(pins.read_bytes()).hexdigest()[:8]}"
    python = folder / "bin" / "python"
    if not (folder / "whole").exists():
        print(f"Installing {name} into {folder} ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", pins], check=True)
        (folder / "whole").touch()
    return python


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def await_answer(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.2)
    sys.exit(f"{url} does not answer, the server said: {log.read_text()[-2000:]}")


def family(pid: int) -> list:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid] + [one for file in children for child in file.read_text().split() for one in family(int(child))]


def pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
