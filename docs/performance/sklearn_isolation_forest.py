"""ROC-AUC of scikit-learn's Isolation Forest on the data sets of a folder, to be put beside those of ./mlpool odds.

python3 -m venv v && v/bin/pip install scikit-learn==1.9.1 && v/bin/python docs/performance/sklearn_isolation_forest.py FOLDER
"""

import pathlib
import sys

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

for file in sorted(pathlib.Path(sys.argv[1]).glob("*.csv*")):
    rows = numpy.loadtxt(file, delimiter=",", skiprows=1, dtype=numpy.float32)
    features, labels = rows[:, :-1], rows[:, -1] == 1
    areas = []
    for seed in range(1, 51):
        forest = IsolationForest(n_estimators=100, max_samples=256, random_state=seed).fit(features)
        areas.append(roc_auc_score(labels, -forest.score_samples(features)))
    print(
        f"{file.name.split('.')[0]:12s}  {len(rows)} rows, {labels.sum()} outliers  "
        f"ROC-AUC {numpy.mean(areas):.4f}, from seed to seed +- {numpy.std(areas, ddof=1):.4f}"
    )
