# Where the expected numbers of EvaluationTest and HacMeanTest come from: numpy 2, scipy 1, statsmodels 0.14.
#   pip install numpy scipy statsmodels && python oracle.py
import numpy as np
from scipy import stats
from statsmodels.regression.linear_model import OLS

LEVELS = np.array([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])
N, SCALE = 60, 0.01  # every bar moves by 1 %, so volatility is 0.01


def pinball(y, q):
    e = y[:, None] - q
    return 2 * np.maximum(LEVELS * e, (LEVELS - 1) * e).mean(axis=1)


def hac(x, overlap):
    n = len(x)
    lag = max(0, min(max(3 * (overlap - 1), int(1.3 * np.sqrt(n))), n // 4))
    fit = OLS(x, np.ones(n)).fit(cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": False})
    correction = (n + 1 - 2 * overlap + overlap * (overlap - 1) / n) / n  # Harvey, Leybourne and Newbold 1997
    error = fit.bse[0] / np.sqrt(correction)
    df = max(1, min(n - 1, 1.5 * n / (lag + 1)))
    return x.mean(), error, lag, stats.t.cdf(x.mean() / error, df)


def score(name, y, q, naive, bars):
    i = np.arange(len(y))
    scale = SCALE * np.sqrt(bars)
    loss, opponent, last = pinball(y, q), pinball(y, naive), pinball(y, np.zeros_like(q))
    print(f"--- {name}")
    print("wql", loss.mean() / np.abs(y).mean(), "naive", opponent.mean() / np.abs(y).mean())
    print("skill", 100 * (1 - loss.mean() / opponent.mean()), 100 * (1 - loss.mean() / last.mean()))
    print("crps", 100 * (loss * scale).mean())
    for low, high in ((2, 4), (1, 5), (0, 6)):
        nominal = LEVELS[high] - LEVELS[low]
        inside = (y >= q[:, low]) & (y <= q[:, high])
        miss = np.maximum(0, np.maximum(q[:, low] - y, y - q[:, high]))
        print(round(100 * nominal), "coverage", inside.mean(), "winkler", (q[:, high] - q[:, low] + 2 / (1 - nominal) * miss).mean())
    median = q[:, 3]
    print("mase", (np.abs(y - median) * scale / SCALE).mean(), (np.abs(y) * scale / SCALE).mean())
    cost = np.where(median > y, 2 * (median - y), y - median)
    print("cost", 100 * (cost * scale).mean(), 100 * (np.where(0 > y, -2 * y, y) * scale).mean())
    print("reliability", (y[:, None] <= q).mean(axis=0).tolist())
    hit = ((y > 0) == (median > 0)).astype(float)
    p = hit.mean()
    _, error, _, _ = hac(hit, bars)
    n = min(max(p * (1 - p) / error**2, 1), len(y))
    z = stats.norm.ppf(0.975)
    centre, half = (p + z * z / 2 / n) / (1 + z * z / n), z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    print("direction", p, centre - half, centre + half, "effective", n)
    print("difference", hac(loss - opponent, bars), "statistic", hac(loss - opponent, bars)[0] / hac(loss - opponent, bars)[1])


i = np.arange(N)
one, four = np.float32(1.5 * np.sin(i + 0.5)), np.float32(1.2 * np.cos(0.7 * i))
quantiles = np.float32(2.4 * (LEVELS - 0.5)[None, :] + 0.3 * np.cos(i)[:, None]).astype(float)
past_one, past_four = np.float32(np.sin(0.3 * i)), np.float32(2 * np.cos(0.2 * i))
for name, y, past, bars in (("1h", one, past_one, 1), ("4h", four, past_four, 4)):
    naive = np.tile(np.float32(np.quantile(past.astype(float), LEVELS)).astype(float), (N, 1))
    score(name, y.astype(float), quantiles, naive, bars)
x = np.sin(0.5 * i) + 0.2 * np.cos(3 * i) - 0.3
print("hac overlap 1", hac(x, 1))
print("hac overlap 6", hac(x, 6))
