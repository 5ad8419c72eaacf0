"""Asks a registered model in Python: models:/NAME@ALIAS WINDOWS.json FOLDER, answers as JSON. MLFLOW_TRACKING_URI names the server."""

import json
import os
import sys

import mlflow
import numpy
import onnxruntime

uri, windows_file, folder = sys.argv[1:]
with open(windows_file) as file:
    windows = numpy.array(json.load(file), dtype=numpy.float32)

graph = mlflow.onnx.load_model(uri)
session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
by_onnx = session.run(["quantiles"], {"window": windows})[0]
by_pyfunc = mlflow.pyfunc.load_model(uri).predict({"window": windows})["quantiles"]
files = os.listdir(mlflow.artifacts.download_artifacts(uri, dst_path=folder))

print(json.dumps({"onnx": by_onnx.tolist(), "pyfunc": numpy.asarray(by_pyfunc).tolist(), "files": sorted(files)}))
