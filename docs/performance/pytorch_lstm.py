"""Times an epoch of the network of LstmBenchmark.java in PyTorch: LSTM(64), Dense(32), 9 outputs, Adam.

    python3 -m venv /tmp/torch && /tmp/torch/bin/pip install torch
    /tmp/torch/bin/python docs/performance/pytorch_lstm.py

4,000 windows of 64 steps by 24 features, one thread; the best of the epochs counts.
"""

import sys
import time

import torch
from torch import nn

WINDOWS, FEATURES, STEPS, HIDDEN, OUTPUTS = 4_000, 24, 64, 64, 9


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(FEATURES, HIDDEN, batch_first=True)
        self.head = nn.Sequential(nn.Linear(HIDDEN, 32), nn.ReLU(), nn.Linear(32, OUTPUTS))

    def forward(self, windows):
        outputs, _ = self.lstm(windows)
        return self.head(outputs[:, -1])


def best_epoch(batch, epochs):
    torch.manual_seed(7)
    features = torch.randn(WINDOWS, STEPS, FEATURES)
    labels = torch.randn(WINDOWS, OUTPUTS)
    batches = list(zip(features.split(batch), labels.split(batch)))
    network, loss = Network(), nn.MSELoss()
    adam = torch.optim.Adam(network.parameters(), lr=1e-3)
    best = float("inf")
    for _ in range(epochs):
        start = time.perf_counter()
        for x, y in batches:
            adam.zero_grad()
            loss(network(x), y).backward()
            adam.step()
        best = min(best, time.perf_counter() - start)
    return 1e3 * best


if __name__ == "__main__":
    torch.set_num_threads(1)
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(f"PyTorch {torch.__version__}, {torch.backends.cpu.get_cpu_capability()}, 1 thread")
    for batch in (64, 256, 512):
        print(f"batch {batch:4d}: {best_epoch(batch, epochs):7.1f} ms/epoch", flush=True)
