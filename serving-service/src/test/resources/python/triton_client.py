"""tritonclient as its documentation shows it, with its defaults (binary tensors) and with JSON. Prints what it found."""
import json
import sys

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

host, model, steps, width = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
client = triton.InferenceServerClient(url=host)
window = np.ones((2, steps, width), dtype=np.float32)


def infer(binary):
    tensor = triton.InferInput("window", list(window.shape), "FP32")
    tensor.set_data_from_numpy(window, binary_data=binary)
    wanted = [triton.InferRequestedOutput(name, binary_data=binary) for name in ("quantiles", "calibrated_quantiles")]
    answer = client.infer(model, [tensor], outputs=wanted, request_id="42")
    assert answer.get_response()["id"] == "42"
    return answer.as_numpy("quantiles").tolist()


def infer_all():
    tensor = triton.InferInput("window", list(window.shape), "FP32")
    tensor.set_data_from_numpy(window)
    return client.infer(model, [tensor]).as_numpy("quantiles").tolist()


def refusal():
    tensor = triton.InferInput("window", [1, 1, 1], "FP32")
    tensor.set_data_from_numpy(np.ones((1, 1, 1), dtype=np.float32))
    try:
        client.infer(model, [tensor])
    except InferenceServerException as error:
        return error.message()


print(json.dumps({
    "live": client.is_server_live(),
    "ready": client.is_server_ready(),
    "model_ready": client.is_model_ready(model),
    "other_ready": client.is_model_ready("other"),
    "server": client.get_server_metadata()["name"],
    "input": client.get_model_metadata(model)["inputs"][0],
    "index": [one["state"] for one in client.get_model_repository_index()],
    "loaded": client.load_model(model),
    "binary": infer(True),
    "json": infer(False),
    "all": infer_all(),
    "refusal": refusal(),
}))
