"""Writes distance_model.onnx beside this file: features [N, 2] -> score [N], d / (1 + d) with the sum d of their amounts."""
import pathlib

import onnx
from onnx import TensorProto, helper

graph = helper.make_graph(
    [
        helper.make_node("Abs", ["features"], ["amounts"]),
        helper.make_node("ReduceSum", ["amounts", "axis"], ["distance"], keepdims=0),
        helper.make_node("Add", ["distance", "one"], ["more"]),
        helper.make_node("Div", ["distance", "more"], ["score"]),
    ],
    "distance",
    [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", 2])],
    [helper.make_tensor_value_info("score", TensorProto.FLOAT, ["N"])],
    [
        helper.make_tensor("axis", TensorProto.INT64, [1], [1]),
        helper.make_tensor("one", TensorProto.FLOAT, [], [1.0]),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
onnx.checker.check_model(model)
pathlib.Path(__file__).with_suffix(".onnx").write_bytes(model.SerializeToString())
