"""Makes mean_model.onnx: quantiles[n, h, q] = (h + 1) * z[q] + mean(window[n]), z the standard normal quantiles.

python3 -m venv v && v/bin/pip install onnx==1.23.2 numpy && v/bin/python make_mean_model.py
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

z = np.array([-1.6448536, -1.2815516, -0.6744898, 0.0, 0.6744898, 1.2815516, 1.6448536], dtype=np.float32)
base = np.stack([(h + 1) * z for h in range(3)])[None]
graph = helper.make_graph(
    [
        helper.make_node("ReduceMean", ["window"], ["mean"], axes=[1, 2], keepdims=1),
        helper.make_node("Add", ["mean", "base"], ["quantiles"]),
    ],
    "mean",
    [helper.make_tensor_value_info("window", TensorProto.FLOAT, ["N", "steps", "width"])],
    [helper.make_tensor_value_info("quantiles", TensorProto.FLOAT, ["N", 3, 7])],
    [numpy_helper.from_array(base, "base")],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, "mean_model.onnx")
