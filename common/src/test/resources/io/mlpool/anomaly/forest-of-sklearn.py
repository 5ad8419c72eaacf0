"""Writes forest-of-sklearn.json beside this file: a small fitted forest of scikit-learn, points, and its scores of them."""
import json
import pathlib

import numpy
import sklearn
from sklearn.ensemble import IsolationForest

random = numpy.random.default_rng(1)
train = random.normal(size=(64, 3)).astype(numpy.float32)
points = (3 * random.normal(size=(20, 3))).astype(numpy.float32)
forest = IsolationForest(n_estimators=10, max_samples=32, random_state=1).fit(train)
trees = [
    {
        "feature": [int(f) if f >= 0 else -1 for f in tree.tree_.feature],
        "threshold": [float(t) for t in tree.tree_.threshold],
        "left": tree.tree_.children_left.tolist(),
        "right": tree.tree_.children_right.tolist(),
        "points": tree.tree_.n_node_samples.tolist(),
    }
    for tree in forest.estimators_
]
content = {
    "sklearn": sklearn.__version__,
    "samples": 32,
    "trees": trees,
    "points": points.flatten().tolist(),
    "scores": (-forest.score_samples(points)).tolist(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(content) + "\n")
