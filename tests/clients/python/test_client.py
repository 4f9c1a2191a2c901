"""What the stock MLflow client does, against a server whose address is in MLFLOW_TRACKING_URI."""

import math
import os
import tempfile
from pathlib import Path

import mlflow
import numpy
import pandas
import pytest
import requests
import xgboost
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException
from sklearn.linear_model import LogisticRegression

ADDRESS = os.environ["MLFLOW_TRACKING_URI"]


@pytest.fixture
def client():
    mlflow.set_tracking_uri(ADDRESS)
    return MlflowClient()


@pytest.fixture
def experiment(client, request):
    return client.create_experiment(request.node.name)


def test_logs_and_reads_a_run(client, experiment):
    run = client.create_run(experiment, run_name="first", tags={"team": "delays"})
    run_id = run.info.run_id
    client.log_param(run_id, "depth", 6)
    client.log_metric(run_id, "loss", 0.5, step=1)
    client.log_batch(
        run_id,
        metrics=[Metric("loss", 0.4, 1000, 2), Metric("loss", 0.3, 2000, 3), Metric("odd", math.nan, 1, 0)],
        params=[Param("eta", "0.1")],
        tags=[RunTag("colour", "blue")],
    )
    client.set_terminated(run_id)

    read = client.get_run(run_id)
    assert read.info.status == "FINISHED"
    assert read.info.run_name == "first"
    assert read.data.params == {"depth": "6", "eta": "0.1"}
    assert read.data.metrics["loss"] == 0.3
    assert math.isnan(read.data.metrics["odd"])
    assert read.data.tags["colour"] == "blue"
    assert sorted(m.value for m in client.get_metric_history(run_id, "loss")) == [0.3, 0.4, 0.5]


def test_refuses_another_value_of_a_param(client, experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_param(run_id, "depth", 6)
    client.log_param(run_id, "depth", 6)
    with pytest.raises(MlflowException) as refused:
        client.log_param(run_id, "depth", 7)
    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"


def test_searches_runs(client, experiment):
    for depth in range(5):
        run_id = client.create_run(experiment, run_name=f"depth {depth}").info.run_id
        client.log_param(run_id, "depth", depth)
        client.log_metric(run_id, "loss", 1.0 / (depth + 1))

    def names(condition, **more):
        return [run.info.run_name for run in client.search_runs([experiment], condition, **more)]

    assert names("params.depth = '3'") == ["depth 3"]
    assert names("metrics.loss < 0.3 AND params.depth != '4'") == ["depth 3"]
    assert names("attributes.run_name LIKE 'depth%'", order_by=["metrics.loss ASC"])[0] == "depth 4"
    first = client.search_runs([experiment], max_results=2, order_by=["metrics.loss DESC"])
    second = client.search_runs([experiment], max_results=2, order_by=["metrics.loss DESC"], page_token=first.token)
    assert [r.info.run_name for r in [*first, *second]] == ["depth 0", "depth 1", "depth 2", "depth 3"]
    with pytest.raises(MlflowException, match="compare with"):
        client.search_runs([experiment], "metrics.loss LIKE '0%'")


def test_moves_experiments_and_runs_to_the_bin_and_back(client, experiment):
    run_id = client.create_run(experiment).info.run_id
    client.delete_experiment(experiment)
    assert client.get_run(run_id).info.lifecycle_stage == "deleted"
    with pytest.raises(MlflowException) as taken:
        client.create_experiment("test_moves_experiments_and_runs_to_the_bin_and_back")
    assert taken.value.error_code == "RESOURCE_ALREADY_EXISTS"
    client.restore_experiment(experiment)
    assert client.get_run(run_id).info.lifecycle_stage == "active"


def test_uploads_lists_and_downloads_artifacts(client, experiment):
    run_id = client.create_run(experiment).info.run_id
    with tempfile.TemporaryDirectory() as folder:
        local = Path(folder, "Grüße und mehr.txt")
        local.write_bytes(b"x" * 3_000_000)
        client.log_artifact(run_id, str(local), "deep/down")
        client.log_text(run_id, "hello", "top.txt")
        assert {(a.path, a.is_dir) for a in client.list_artifacts(run_id)} == {("deep", True), ("top.txt", False)}
        assert [a.path for a in client.list_artifacts(run_id, "deep/down")] == ["deep/down/Grüße und mehr.txt"]
        fetched = client.download_artifacts(run_id, "deep", folder)
        assert Path(fetched, "down", local.name).read_bytes() == b"x" * 3_000_000


@pytest.mark.parametrize(
    "path",
    ["..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd", "a/%252e%252e/b", "a%5c..%5cb", "%2fetc%2fpasswd", "C%3a/x", "a%23b", "a%00b"],
)
def test_refuses_paths_that_lead_elsewhere(path):
    address = f"{ADDRESS}/api/2.0/mlflow-artifacts/artifacts/{path}"
    for method in ("GET", "PUT", "DELETE"):
        request = requests.Request(method, address, data=b"x" if method == "PUT" else None).prepare()
        request.url = address
        assert requests.Session().send(request).status_code in (400, 404), (method, path)


def test_logs_registers_and_loads_a_model_back(client, experiment):
    generator = numpy.random.default_rng(1)
    features = generator.random((200, 3))
    labels = (features[:, 0] > 0.5).astype(int)
    model = xgboost.XGBClassifier(n_estimators=5, max_depth=2).fit(features, labels)
    mlflow.set_experiment(experiment_id=experiment)
    with mlflow.start_run() as run:
        logged = mlflow.xgboost.log_model(model, name="model", model_format="ubj")

    version = mlflow.register_model(logged.model_uri, "delays")
    client.set_registered_model_alias("delays", "challenger", version.version)
    assert client.get_model_version_by_alias("delays", "challenger").version == version.version
    assert [v.version for v in client.search_model_versions("name = 'delays'")] == [version.version]
    assert client.get_registered_model("delays").aliases == {"challenger": str(version.version)}

    loaded = mlflow.xgboost.load_model("models:/delays@challenger")
    assert numpy.allclose(loaded.predict_proba(features), model.predict_proba(features), atol=1e-6)
    generic = mlflow.pyfunc.load_model("models:/delays/1")
    assert numpy.array_equal(generic.predict(features), model.predict(features))
    by_run = mlflow.xgboost.load_model(f"runs:/{run.info.run_id}/model")
    assert numpy.allclose(by_run.predict_proba(features), model.predict_proba(features), atol=1e-6)

    client.delete_registered_model_alias("delays", "challenger")
    with pytest.raises(MlflowException) as unknown:
        client.get_model_version_by_alias("delays", "challenger")
    assert unknown.value.error_code == "INVALID_PARAMETER_VALUE"


def test_keeps_prompts_apart_from_models(client):
    client.create_registered_model("an ordinary model")
    prompt = {"name": "greeting", "tags": [{"key": "mlflow.prompt.is_prompt", "value": "true"}]}
    requests.post(f"{ADDRESS}/api/2.0/mlflow/registered-models/create", json=prompt).raise_for_status()
    assert "an ordinary model" in [model.name for model in client.search_registered_models()]
    assert "greeting" not in [model.name for model in client.search_registered_models()]
    assert [prompt.name for prompt in client.search_prompts()] == ["greeting"]
    client.delete_registered_model("an ordinary model")
    requests.delete(f"{ADDRESS}/api/2.0/mlflow/registered-models/delete", json={"name": "greeting"}).raise_for_status()


def test_trains_with_the_fluent_api_as_notebooks_do(client, experiment):
    mlflow.set_experiment(experiment_id=experiment)
    generator = numpy.random.default_rng(2)
    features = pandas.DataFrame(generator.random((100, 2)), columns=["distance", "hour"])
    labels = (features["hour"] > 0.5).astype(int)
    with mlflow.start_run(run_name="notebook") as run:
        mlflow.log_params({"penalty": "l2", "C": 1.0})
        for step in range(3):
            mlflow.log_metrics({"loss": 1.0 / (step + 1), "accuracy": step / 3}, step=step)
        mlflow.set_tags({"stage": "trial"})
        mlflow.log_dict({"columns": list(features.columns)}, "columns.json")
        mlflow.log_input(mlflow.data.from_pandas(features, name="flights"), context="training")
        model = LogisticRegression().fit(features, labels)
        signature = mlflow.models.infer_signature(features, model.predict(features))
        mlflow.sklearn.log_model(
            model,
            name="regression",
            signature=signature,
            input_example=features[:3],
            serialization_format="cloudpickle",
            registered_model_name="regressions",
        )

    found = mlflow.search_runs(experiment_ids=[experiment], filter_string="params.penalty = 'l2' AND tags.stage = 'trial'")
    assert list(found["run_id"]) == [run.info.run_id]
    assert list(found["status"]) == ["FINISHED"]
    assert found["metrics.accuracy"][0] == pytest.approx(2 / 3)
    assert mlflow.search_runs(experiment_ids=[experiment], filter_string="params.penalty = 'l1'").empty
    assert [point.step for point in client.get_metric_history(run.info.run_id, "loss")] == [0, 1, 2]
    assert client.get_run(run.info.run_id).inputs.dataset_inputs[0].dataset.name == "flights"
    assert mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/columns.json") == {"columns": ["distance", "hour"]}
    by_name = mlflow.pyfunc.load_model("models:/regressions/1")
    assert numpy.array_equal(by_name.predict(features), model.predict(features))
    assert by_name.metadata.signature == signature


def test_answers_what_clients_ask_of_a_server():
    assert requests.get(f"{ADDRESS}/version").text == "3.17.2"
    assert requests.get(f"{ADDRESS}/health").text == "OK"
    assert requests.get(f"{ADDRESS}/api/3.0/mlflow/server-info").status_code == 404
    multipart = requests.post(f"{ADDRESS}/api/2.0/mlflow-artifacts/mpu/create/0/a/artifacts/x", json={})
    assert multipart.status_code == 501
    assert multipart.json()["message"].startswith("Multipart upload is not supported")
    bare = requests.post(f"{ADDRESS}/api/2.0/mlflow/runs/create", data="{}")
    assert (bare.status_code, bare.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
