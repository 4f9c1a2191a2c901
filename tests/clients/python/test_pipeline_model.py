"""The model that a pipeline registered, in Python, beside what the pipeline predicted with it.

Addresses: the server in MLFLOW_TRACKING_URI, the run's id in ESTEIRA_RUN. The run's step 'features' has an output 'test'
with the transformed test split, and the step 'evaluate' the predictions on it.
"""

import io
import os

import mlflow
import numpy
import pandas
import pytest
import requests
import xgboost
import yaml

ADDRESS = os.environ["MLFLOW_TRACKING_URI"]
RUN = os.environ["ESTEIRA_RUN"]
MODEL = "models:/flight-delay/1"


def get(path):
    answer = requests.get(ADDRESS + path)
    answer.raise_for_status()
    return answer


def table(step, output):
    digest = get(f"/api/v1/pipeline-runs/{RUN}/steps/{step}").json()["outputs"][output]["digest"]
    file = get(f"/api/v1/artifacts/{digest}/files/data.parquet")
    return pandas.read_parquet(io.BytesIO(file.content)).set_index("flight_key").sort_index()


@pytest.fixture(scope="module", autouse=True)
def server():
    mlflow.set_tracking_uri(ADDRESS)


@pytest.fixture(scope="module")
def rows():
    return table("features", "test")


@pytest.fixture(scope="module")
def scores(rows):
    predictions = table("evaluate", "predictions")
    assert len(predictions) == 53_991
    assert (predictions.index == rows.index).all()
    return predictions["score"].to_numpy()


def names(booster):
    assert booster.feature_names
    return booster.feature_names


def test_the_flavour_predicts_what_the_pipeline_predicted(rows, scores):
    booster = mlflow.xgboost.load_model(MODEL)
    features = rows[names(booster)]
    predicted = booster.predict(xgboost.DMatrix(features.astype("float32")))
    assert numpy.abs(predicted - scores).max() <= 1e-6
    assert predicted.std() > 0.05


def test_the_generic_flavour_predicts_the_same(rows, scores):
    model = mlflow.pyfunc.load_model(MODEL)
    columns = [column.name for column in model.metadata.signature.inputs]
    predicted = model.predict(rows[columns].astype("float64"))
    assert numpy.abs(predicted - scores).max() <= 1e-6


def test_rows_with_another_order_of_columns_give_the_same(rows, scores):
    model = mlflow.pyfunc.load_model(MODEL)
    columns = [column.name for column in model.metadata.signature.inputs]
    predicted = model.predict(rows[columns[::-1]][:1000].astype("float64"))
    assert numpy.abs(predicted - scores[:1000]).max() <= 1e-6


def test_the_alias_of_the_pipeline_leads_to_the_same_version():
    client = mlflow.MlflowClient()
    by_alias = client.get_model_version_by_alias("flight-delay", "challenger")
    assert by_alias.version == 1 or by_alias.version == "1"
    assert mlflow.xgboost.load_model("models:/flight-delay@challenger").num_boosted_rounds() > 10


def test_the_example_that_is_stored_with_the_model_can_be_predicted():
    model = mlflow.pyfunc.load_model(MODEL)
    example = model.input_example
    assert len(example) > 0
    assert len(model.predict(example)) == len(example)


def test_the_directory_holds_what_mlflow_expects_and_the_transform_beside_it(tmp_path):
    folder = mlflow.artifacts.download_artifacts(MODEL, dst_path=str(tmp_path))
    with open(os.path.join(folder, "MLmodel")) as file:
        described = yaml.safe_load(file)
    assert set(described["flavors"]) == {"python_function", "xgboost"}
    loaded = mlflow.xgboost.load_model(folder)
    assert names(loaded) == names(mlflow.xgboost.load_model(MODEL))


def test_the_training_is_a_run_of_the_tracking_server():
    client = mlflow.MlflowClient()
    run = client.get_run(client.get_model_version("flight-delay", "1").run_id)
    assert run.info.status == "FINISHED"
    history = client.get_metric_history(run.info.run_id, next(iter(sorted(run.data.metrics))))
    assert len(history) > 10
