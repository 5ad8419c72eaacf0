"""An Airflow DAG that trains each night and waits for the gate's decision, over the REST API alone.

Connection `mlpool_training` (HTTP): host and port of the training service, and as password a key with the scopes read and train.
"""

from datetime import datetime, timedelta

import requests
from airflow.decorators import dag, task
from airflow.exceptions import AirflowFailException
from airflow.hooks.base import BaseHook
from airflow.sensors.base import PokeReturnValue


def ask(method: str, path: str, **arguments) -> dict:
    connection = BaseHook.get_connection("mlpool_training")
    answer = requests.request(
        method,
        f"{connection.schema or 'http'}://{connection.host}:{connection.port or 8003}{path}",
        headers={"X-API-Key": connection.password},
        timeout=60,
        **arguments,
    )
    answer.raise_for_status()
    return answer.json()


@dag(
    schedule="15 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
)
def mlpool_training():
    @task
    def start(interval: str, ds: str | None = None) -> str:
        # The same request with the same id starts nothing new, so a retry is harmless.
        run = f"airflow-{interval}-{ds}"
        ask("POST", "/runs", json={"id": run, "interval": interval})
        return run

    @task.sensor(poke_interval=60, timeout=12 * 3600, mode="reschedule")
    def finished(run: str) -> PokeReturnValue:
        seen = ask("GET", f"/runs/{run}")
        if seen["state"] in ("failed", "cancelled"):
            # Looking again would not change it.
            raise AirflowFailException(f"training {run} {seen['state']}: {seen.get('error')}")
        return PokeReturnValue(is_done=seen["state"] == "succeeded", xcom_value=seen.get("decision"))

    @task
    def tell(decision: dict) -> None:
        print("promoted" if decision["promoted"] else "not promoted", "-", decision["reason"])

    tell(finished(start("1h")))


mlpool_training()
