"""What MlflowClient sees of a model: NAME, as JSON. MLFLOW_TRACKING_URI names the server."""

import json
import sys

from mlflow import MlflowClient

name = sys.argv[1]
client = MlflowClient()
model = client.get_registered_model(name)
champion = client.get_model_version_by_alias(name, "champion")
run = client.get_run(champion.run_id)
children = client.search_runs([run.info.experiment_id], f"tags.`mlflow.parentRunId` = '{run.info.run_id}'")

print(
    json.dumps(
        {
            "aliases": {alias: int(version) for alias, version in model.aliases.items()},
            "version": {
                "description": champion.description,
                "tags": champion.tags,
                "status": champion.status,
                "source": champion.source,
            },
            "run": {
                "name": run.info.run_name,
                "status": run.info.status,
                "tags": run.data.tags,
                "params": run.data.params,
                "metrics": run.data.metrics,
                "curve": [point.value for point in client.get_metric_history(run.info.run_id, "epoch/validation_loss")],
                "datasets": [
                    {"name": one.dataset.name, "digest": one.dataset.digest, "context": one.tags[0].value}
                    for one in run.inputs.dataset_inputs
                ],
                "report": sorted(file.path for file in client.list_artifacts(run.info.run_id, "report")),
            },
            "children": [child.info.run_name for child in children],
        }
    )
)
