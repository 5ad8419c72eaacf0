"""Scores the points of a bundle's golden.json as anybody would: score_model.py BUNDLE. The last line is JSON."""

import json
import pathlib
import sys

import mlflow.onnx
import mlflow.pyfunc
import numpy
import onnxruntime

bundle = sys.argv[1]
golden = json.loads((pathlib.Path(bundle) / "golden.json").read_text())
points = numpy.array(golden["features"], dtype=numpy.float32).reshape(len(golden["score"]), -1)
model = mlflow.onnx.load_model(bundle)
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
answer = mlflow.pyfunc.load_model(bundle).predict({"features": points})
print(
    json.dumps(
        {
            "golden": golden["score"],
            "onnx": session.run(["score"], {"features": points})[0].tolist(),
            "pyfunc": answer["score"].tolist(),
        }
    )
)
