"""The client of MLflow's scoring server. Prints what it found."""
import json
import sys

import numpy as np
import pandas as pd
from mlflow.pyfunc.scoring_server.client import ScoringServerClient

host, port, steps, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
client = ScoringServerClient(host, port)
client.wait_server_ready(timeout=30)
window = np.ones((steps, width)).tolist()


def ask(data):
    return client.invoke(data).get_predictions()


def numbers(found):
    if isinstance(found, pd.DataFrame):
        found = found.to_dict(orient="list")
    return np.asarray(found["quantiles"], dtype=float).ravel().tolist()


print(json.dumps({
    "inputs": numbers(ask(np.ones((1, steps, width)))),
    "dataframe": numbers(ask(pd.DataFrame({"window": [window]}))),
}))
