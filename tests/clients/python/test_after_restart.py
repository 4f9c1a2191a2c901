"""What test_client.py left, read from the server that was started again on the same data; address in MLFLOW_TRACKING_URI."""

import math
import os

import mlflow
import numpy
from mlflow import MlflowClient


def test_finds_what_was_acknowledged():
    mlflow.set_tracking_uri(os.environ["MLFLOW_TRACKING_URI"])
    client = MlflowClient()

    experiment = client.get_experiment_by_name("test_logs_and_reads_a_run")
    (run,) = client.search_runs([experiment.experiment_id], "params.depth = '6'")
    assert run.info.run_name == "first"
    assert run.info.status == "FINISHED"
    assert run.data.metrics["loss"] == 0.3
    assert math.isnan(run.data.metrics["odd"])

    assert {model.name for model in client.search_registered_models()} == {"delays", "regressions"}
    model = mlflow.xgboost.load_model("models:/delays/1")
    assert model.predict(numpy.array([[0.1, 0.5, 0.5], [0.9, 0.5, 0.5]])).tolist() == [0, 1]
