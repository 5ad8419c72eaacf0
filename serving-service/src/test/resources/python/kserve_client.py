"""kserve's client as its documentation shows it. Prints what it found."""
import asyncio
import json
import sys

import numpy as np
from kserve import InferenceRESTClient, InferInput, InferRequest
from kserve.inference_client import RESTConfig

url, model, steps, width = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


async def main():
    client = InferenceRESTClient(RESTConfig(protocol="v2"))
    tensor = InferInput("window", [1, steps, width], "FP32")
    tensor.set_data_from_numpy(np.ones((1, steps, width), dtype=np.float32), binary_data=False)
    answer = await client.infer(url, InferRequest(model_name=model, infer_inputs=[tensor]), model_name=model)
    print(json.dumps({
        "live": await client.is_server_live(url),
        "ready": await client.is_server_ready(url),
        "model_ready": await client.is_model_ready(url, model),
        "outputs": [one.name for one in answer.outputs],
        "quantiles": [float(value) for value in answer.outputs[0].data],
    }))


asyncio.run(main())
