"""The load generator https://github.com/wg/wrk, driven with many different bodies in turn."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MILLIS = {"us": 1e-3, "ms": 1.0, "s": 1e3}

SCRIPT = """
local bodies = {}
local next = 0
-- Not before the first request does wrk know the header Host, which some servers insist on.
local format = function()
  wrk.headers["Content-Type"] = "application/json"
  for line in io.lines("%s") do
    bodies[#bodies + 1] = wrk.format("POST", nil, nil, line)
  end
end
request = function()
  if #bodies == 0 then format() end
  next = next %% #bodies + 1
  return bodies[next]
end
"""


@dataclass
class Load:
    """What wrk measured: requests per second, latencies in milliseconds, answers that were none."""

    per_second: float
    p50: float
    p99: float
    failed: int

    def __str__(self) -> str:
        return f"{self.per_second:9,.0f}/s  p50 {self.p50:7.2f} ms  p99 {self.p99:8.2f} ms  failed {self.failed}"


class Wrk:
    def __init__(self, scratch: Path, seconds: int, connections: int):
        if not shutil.which("wrk"):
            sys.exit("wrk is not on the PATH: apt-get install wrk")
        self.scratch, self.seconds, self.connections = scratch, seconds, connections

    def post(self, url: str, bodies: list) -> Load:
        lines = self.scratch / "bodies"
        lines.write_text("".join(json.dumps(body) + "\n" for body in bodies))
        script = self.scratch / "post.lua"
        script.write_text(SCRIPT % lines)
        said = subprocess.run(
            ["wrk", "-t1", f"-c{self.connections}", f"-d{self.seconds}s", "--timeout", "30s", "--latency", "-s", script, url],
            check=True, capture_output=True, text=True).stdout
        return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), percentile(said, 50), percentile(said, 99), failed(said))


def percentile(said: str, share: int) -> float:
    number, unit = re.search(rf"\n\s+{share}%\s+([\d.]+)(us|ms|s)", said).groups()
    return float(number) * MILLIS[unit]


def failed(said: str) -> int:
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    return (int(refused[1]) if refused else 0) + (sum(map(int, broken.groups())) if broken else 0)
