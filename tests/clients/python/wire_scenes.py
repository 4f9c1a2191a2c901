"""What is done to a tracking server while its answers are recorded. Each scene leaves no name that another one uses."""

import tempfile
import time
from pathlib import Path

import requests
from mlflow.entities import Dataset, DatasetInput, InputTag, LoggedModelParameter, LoggedModelTag, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

JSON = {"Content-Type": "application/json"}


def attempt(call, *arguments, **options):
    """A call that may be refused; what the server says is in the recording."""
    try:
        call(*arguments, **options)
    except MlflowException:
        pass


def tick():
    time.sleep(0.005)


def experiments(client, address):
    first = client.create_experiment("wire experiments", tags={"team": "delays"})
    tick()
    second = client.create_experiment("wire experiments, second")
    attempt(client.create_experiment, "wire experiments")
    requests.post(f"{address}/api/2.0/mlflow/experiments/create", json={"name": ""})
    requests.post(f"{address}/api/2.0/mlflow/experiments/create", json={"name": "n" * 501})
    requests.post(f"{address}/api/2.0/mlflow/experiments/create", json={})
    client.get_experiment(first)
    client.get_experiment_by_name("wire experiments")
    client.get_experiment_by_name("wire nowhere")
    attempt(client.get_experiment, "123456789")
    client.set_experiment_tag(first, "team", "punctuality")
    client.set_experiment_tag(first, "colour", "blue")
    attempt(client.set_experiment_tag, first, "long", "v" * 5001)
    client.delete_experiment_tag(first, "colour")
    attempt(client.delete_experiment_tag, first, "colour")
    client.rename_experiment(second, "wire experiments, renamed")
    attempt(client.rename_experiment, second, "wire experiments")
    client.search_experiments(filter_string="name = 'wire experiments'")
    client.search_experiments(filter_string="name LIKE 'wire exp%'", order_by=["name ASC"])
    client.search_experiments(filter_string="tags.team = 'punctuality' AND name LIKE 'wire%'")
    page = client.search_experiments(filter_string="name LIKE 'wire exp%'", max_results=1, order_by=["name DESC"])
    client.search_experiments(
        filter_string="name LIKE 'wire exp%'", max_results=1, order_by=["name DESC"], page_token=page.token
    )
    attempt(client.search_experiments, filter_string="name ~ 'x'")
    requests.post(f"{address}/api/2.0/mlflow/experiments/search", json={})
    requests.get(f"{address}/api/2.0/mlflow/experiments/search", params={"max_results": 0})
    client.delete_experiment(second)
    attempt(client.delete_experiment, second)
    client.get_experiment(second)
    attempt(client.create_run, second, run_name="late", start_time=1)
    attempt(client.create_experiment, "wire experiments, renamed")
    client.search_experiments(view_type=ViewType.DELETED_ONLY, filter_string="name LIKE 'wire exp%'")
    client.restore_experiment(second)
    attempt(client.restore_experiment, second)


def runs(client, address):
    experiment = client.create_experiment("wire runs")
    run = client.create_run(experiment, start_time=1000, tags={"team": "delays"}, run_name="first").info.run_id
    client.log_param(run, "depth", 6)
    client.log_param(run, "depth", 6)
    attempt(client.log_param, run, "depth", 7)
    client.log_param(run, "empty", "")
    client.log_metric(run, "loss", 0.5, timestamp=2000, step=1)
    client.log_metric(run, "loss", 0.5, timestamp=2000, step=1)
    client.log_metric(run, "loss", 0.25, timestamp=1500, step=2)
    client.log_metric(run, "odd", float("nan"), timestamp=1, step=0)
    client.log_metric(run, "huge", float("inf"), timestamp=1, step=-3)
    attempt(client.log_metric, run, "loss", 1.0, timestamp=-1, step=0)
    client.set_tag(run, "colour", "blue")
    client.set_tag(run, "colour", "red")
    client.delete_tag(run, "colour")
    attempt(client.delete_tag, run, "colour")
    client.log_batch(
        run,
        metrics=[Metric("loss", 0.1, 3000, 3), Metric("accuracy", 0.9, 3000, 3)],
        params=[Param("eta", "0.1"), Param("booster", "gbtree")],
        tags=[RunTag("stage", "trial")],
    )
    client.get_run(run)
    client.get_metric_history(run, "loss")
    client.get_metric_history(run, "nothing")
    client.update_run(run, status="RUNNING", name="renamed")
    client.set_terminated(run, "FINISHED", end_time=9000)
    client.get_run(run)
    attempt(client.get_run, "0" * 32)
    client.delete_run(run)
    client.get_run(run)
    attempt(client.set_tag, run, "colour", "green")
    client.restore_run(run)
    client.delete_run(run)
    client.delete_run(run)


def run_rules(client, address):
    experiment = client.create_experiment("wire run rules")
    run = client.create_run(experiment, start_time=1000, run_name="rules").info.run_id
    base = f"{address}/api/2.0/mlflow/runs"
    attempt(client.create_run, experiment, run_name="one", tags={"mlflow.runName": "two"}, start_time=1)
    client.create_run(experiment, start_time=1, tags={"mlflow.runName": "by tag"})
    post = lambda path, body: requests.post(f"{base}/{path}", json=body)
    post("create", {"experiment_id": "123456789", "run_name": "nowhere"})
    post("log-metric", {"run_id": run, "key": "k", "value": "1.5", "timestamp": "12"})
    post("log-metric", {"run_uuid": run, "key": "k", "value": 2, "timestamp": 13, "step": "4"})
    post("log-metric", {"run_id": run, "key": "k", "value": "many", "timestamp": 12})
    post("log-metric", {"run_id": run, "key": "k", "value": 1})
    post("log-metric", {"run_id": run, "key": "k" * 251, "value": 1, "timestamp": 1})
    post("log-metric", {"run_id": run, "key": "../k", "value": 1, "timestamp": 1})
    post("log-metric", {"run_id": run, "key": "a b/c.d-e_f:g", "value": 1, "timestamp": 1})
    post("log-parameter", {"run_id": run, "key": "what?", "value": "x"})
    post("log-parameter", {"run_id": run, "key": "long", "value": "x" * 6001})
    post("log-parameter", {"run_id": run})
    post("set-tag", {"run_id": run, "key": "number", "value": 5})
    post("set-tag", {"run_id": run, "key": "long", "value": "t" * 8001})
    post("log-batch", {"run_id": run, "params": [{"key": "twice", "value": "1"}, {"key": "twice", "value": "1"}]})
    post("log-batch", {"run_id": run, "params": [{"key": f"p{i}", "value": "1"} for i in range(101)]})
    post("log-batch", {"run_id": run, "metrics": [{"key": "m", "value": i, "timestamp": 1} for i in range(1001)]})
    post("log-batch", {"run_id": run, "tags": [{"key": f"t{i}", "value": "1"} for i in range(101)]})
    post("log-batch", {"run_id": run})
    post("log-batch", {"run_id": "0" * 32, "metrics": [{"key": "m", "value": 1, "timestamp": 1}]})
    post("update", {"run_id": run, "status": "FINISHED", "end_time": 2000})
    post("update", {"run_id": run, "status": 1})
    post("delete", {"run_id": "0" * 32})
    requests.get(f"{base}/get", params={"run_id": run})
    requests.get(f"{base}/get", params={"run_uuid": run})
    requests.get(f"{base}/get")
    requests.get(f"{address}/ajax-api/2.0/mlflow/runs/get", params={"run_id": run})
    requests.post(f"{base}/set-tag", data="{}")
    requests.post(f"{base}/set-tag", data='{"run_id": "%s", "key": "plain", "value": "x"}' % run, headers={"Content-Type": "text/plain"})
    requests.post(f"{base}/nothing", json={})
    requests.get(f"{base}/create")
    requests.get(f"{address}/api/2.0/mlflow/metrics/get-history", params={"run_id": run, "metric_key": "k", "max_results": 1})


def run_inputs(client, address):
    experiment = client.create_experiment("wire run inputs")
    run = client.create_run(experiment, start_time=1000, run_name="inputs").info.run_id
    dataset = Dataset("flights", "a1b2c3", "local", '{"uri": "flights.parquet"}', schema='{"mlflow_colspec": []}', profile='{"rows": 3}')
    client.log_inputs(run, [DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])])
    client.log_inputs(run, [DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])])
    client.get_run(run)
    base = f"{address}/api/2.0/mlflow/runs"
    requests.post(f"{base}/log-inputs", json={"run_id": run, "datasets": [{"dataset": {"name": "n" * 501, "digest": "d", "source_type": "local", "source": "s"}}]})
    requests.post(f"{base}/log-inputs", json={"run_id": "0" * 32, "datasets": []})
    requests.post(f"{base}/log-model", json={"run_id": run, "model_json": '{"artifact_path": "model", "flavors": {}, "run_id": "x", "utc_time_created": "now"}'})
    requests.post(f"{base}/log-model", json={"run_id": run, "model_json": "no json"})
    client.get_run(run)


def search_runs(client, address):
    experiment = client.create_experiment("wire search")
    for depth in range(4):
        run = client.create_run(experiment, start_time=1000 + depth, run_name=f"depth {depth}", tags={"kind": "even" if depth % 2 == 0 else "odd"}).info.run_id
        client.log_param(run, "depth", depth)
        client.log_metric(run, "loss", 1.0 / (depth + 1), timestamp=1, step=0)
        client.set_terminated(run, "FAILED" if depth == 3 else "FINISHED", end_time=2000)
    search = lambda condition="", **more: client.search_runs([experiment], condition, **more)
    search()
    search("params.depth = '2'")
    search("params.depth != '2'")
    search("metrics.loss = 0.5")
    search("metrics.loss <= 0.5 and tags.kind = 'even'")
    search("tags.kind = 'odd' AND attributes.status = 'FAILED'")
    search("attributes.run_name = 'depth 1'")
    search("run_name LIKE 'depth%'", order_by=["params.depth DESC"])
    search("tags.`mlflow.runName` ILIKE 'DEPTH 0'")
    search(f"attributes.run_id IN ('{run}')")
    search("metrics.nothing = 1")
    search("attributes.start_time > 1001", order_by=["metrics.loss ASC"])
    page = search(max_results=2, order_by=["metrics.loss DESC"])
    search(max_results=2, order_by=["metrics.loss DESC"], page_token=page.token)
    client.delete_run(run)
    search()
    search(run_view_type=ViewType.DELETED_ONLY)
    search(run_view_type=ViewType.ALL, order_by=["attributes.start_time ASC"])
    client.search_runs(["123456789"])
    for wrong in ["metrics.loss = 'a'", "params.depth = 2", "params.depth > '2'", "nothing.x = 1", "metrics.loss", "metrics.loss = 1 OR metrics.loss = 2", "tags.kind = 'x", "attributes.nothing = 'x'"]:
        attempt(search, wrong)
    requests.post(f"{address}/api/2.0/mlflow/runs/search", json={"experiment_ids": [experiment], "max_results": 50001})
    requests.post(f"{address}/api/2.0/mlflow/runs/search", json={"experiment_ids": [experiment], "page_token": "nonsense"})
    requests.post(f"{address}/api/2.0/mlflow/runs/search", json={"experiment_ids": [experiment], "order_by": ["metrics.loss SIDEWAYS"]})


def artifacts(client, address):
    experiment = client.create_experiment("wire artifacts")
    run = client.create_run(experiment, start_time=1000, run_name="files").info.run_id
    with tempfile.TemporaryDirectory() as folder:
        local = Path(folder, "two words.txt")
        local.write_text("hello")
        client.log_artifact(run, str(local), "deep/down")
        local.write_text("hello again")
        client.log_artifact(run, str(local), "deep/down")
        client.log_text(run, "top", "top.txt")
        client.log_text(run, "", "empty.txt")
        client.list_artifacts(run)
        client.list_artifacts(run, "deep")
        client.list_artifacts(run, "deep/down")
        client.list_artifacts(run, "nowhere")
        client.download_artifacts(run, "top.txt", folder)
        client.download_artifacts(run, "deep", folder)
    base = f"{address}/api/2.0/mlflow-artifacts/artifacts"
    below = f"{experiment}/{run}/artifacts"
    requests.get(f"{base}/{below}/missing.txt")
    requests.get(base, params={"path": f"{below}/deep"})
    requests.get(base, params={"path": "../etc"})
    requests.put(f"{base}/{below}/%2e%2e/%2e%2e/x.txt", data=b"x", headers={"Content-Type": "text/plain"})
    requests.delete(f"{base}/{below}/top.txt")
    requests.get(base, params={"path": below})
    requests.get(f"{address}/api/2.0/mlflow/artifacts/list", params={"run_id": run})
    requests.get(f"{address}/api/2.0/mlflow/artifacts/list", params={"run_id": run, "path": "../x"})
    requests.get(f"{address}/api/2.0/mlflow/artifacts/list", params={"run_id": "0" * 32})


def logged_models(client, address):
    experiment = client.create_experiment("wire logged models")
    run = client.create_run(experiment, start_time=1000, run_name="trains").info.run_id
    model = client.create_logged_model(experiment, name="trees", source_run_id=run, tags={"a": "b"}, params={"depth": "6"}, model_type="classifier").model_id
    client.get_logged_model(model)
    client.set_logged_model_tags(model, {"colour": "blue"})
    client.delete_logged_model_tag(model, "colour")
    attempt(client.delete_logged_model_tag, model, "colour")
    client.log_model_params(model, {"eta": "0.1"})
    client.log_metric(run, "loss", 0.25, timestamp=5, step=1, model_id=model)
    client.finalize_logged_model(model, "READY")
    client.get_logged_model(model)
    client.search_logged_models([experiment])
    client.search_logged_models([experiment], filter_string="name = 'trees' AND params.depth = '6'")
    client.search_logged_models([experiment], filter_string="metrics.loss > 0.5")
    attempt(client.get_logged_model, "m-" + "0" * 32)
    requests.post(f"{address}/api/2.0/mlflow/logged-models", json={"experiment_id": experiment, "name": "a/b"})
    requests.post(f"{address}/api/2.0/mlflow/logged-models/search", json={})
    client.delete_logged_model(model)
    attempt(client.get_logged_model, model)


def registry(client, address):
    experiment = client.create_experiment("wire registry")
    run = client.create_run(experiment, start_time=1000, run_name="registers").info.run_id
    client.log_text(run, "flavors: {}", "model/MLmodel")
    source = f"{client.get_run(run).info.artifact_uri}/model"
    client.create_registered_model("wire delays", tags={"team": "delays"}, description="Late?")
    attempt(client.create_registered_model, "wire delays")
    attempt(client.create_registered_model, "")
    client.get_registered_model("wire delays")
    attempt(client.get_registered_model, "wire nowhere")
    client.update_registered_model("wire delays", "Will it arrive late?")
    client.set_registered_model_tag("wire delays", "colour", "blue")
    client.delete_registered_model_tag("wire delays", "colour")
    client.delete_registered_model_tag("wire delays", "colour")
    client.create_model_version("wire delays", source, run_id=run, tags={"a": "b"}, description="first")
    tick()
    client.create_model_version("wire delays", f"runs:/{run}/model", run_id=run)
    attempt(client.create_model_version, "wire nowhere", source, run_id=run)
    attempt(client.create_model_version, "wire delays", "/etc/passwd")
    attempt(client.create_model_version, "wire delays", f"{source}/../../secret", run_id=run)
    client.get_model_version("wire delays", "1")
    attempt(client.get_model_version, "wire delays", "9")
    client.get_model_version_download_uri("wire delays", "1")
    client.update_model_version("wire delays", "1", "described")
    client.set_model_version_tag("wire delays", "1", "colour", "red")
    client.delete_model_version_tag("wire delays", "1", "colour")
    client.set_registered_model_alias("wire delays", "champion", "1")
    client.get_model_version_by_alias("wire delays", "champion")
    client.set_registered_model_alias("wire delays", "champion", "2")
    client.get_model_version("wire delays", "2")
    client.get_registered_model("wire delays")
    attempt(client.get_model_version_by_alias, "wire delays", "challenger")
    attempt(client.get_model_version_by_alias, "wire nowhere", "champion")
    attempt(client.set_registered_model_alias, "wire delays", "champion", "9")
    attempt(client.set_registered_model_alias, "wire delays", "v2", "1")
    attempt(client.set_registered_model_alias, "wire delays", "latest", "1")
    client.get_model_version_by_alias("wire delays", "latest")
    client.search_model_versions("name = 'wire delays'", order_by=["version_number ASC"])
    client.search_model_versions(f"run_id = '{run}' AND name = 'wire delays'", order_by=["version_number DESC"], max_results=1)
    client.search_registered_models("name = 'wire delays'")
    client.search_registered_models("name LIKE 'wire d%'", order_by=["name ASC"])
    attempt(client.search_registered_models, "colour = 'x'")
    requests.post(f"{address}/api/2.0/mlflow/registered-models/get-latest-versions", json={"name": "wire delays"})
    client.delete_registered_model_alias("wire delays", "champion")
    client.delete_registered_model_alias("wire delays", "champion")
    client.delete_model_version("wire delays", "2")
    attempt(client.get_model_version, "wire delays", "2")
    attempt(client.delete_model_version, "wire delays", "2")
    client.delete_registered_model("wire delays")
    attempt(client.delete_registered_model, "wire delays")


def server(client, address):
    requests.get(f"{address}/health")
    requests.get(f"{address}/version")
    requests.get(f"{address}/api/2.0/mlflow/experiments/get", params={"experiment_id": "0"})


ALL = [experiments, runs, run_rules, run_inputs, search_runs, artifacts, logged_models, registry, server]
