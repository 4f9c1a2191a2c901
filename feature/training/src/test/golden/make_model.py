"""Writes what MLflow itself writes for a small XGBoost model; ModelDirectoryTest compares with it.

    <python with tests/python/mlflow.txt> make_model.py mlflow-model.json

What differs from run to run (the trees, the time, the random id) is left out, and so are the versions of this machine.
A missing value of the example, which MLflow writes as NaN, is null here, since NaN is no JSON.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import mlflow.xgboost
import numpy
import pandas
import xgboost
import yaml
from mlflow.models import infer_signature

COLUMNS = ["recent_delay", "dest", "temp missing"]


def main(target):
    draws = numpy.random.default_rng(2013)
    features = pandas.DataFrame(draws.normal(size=(200, 3)), columns=COLUMNS)
    features.iloc[3, 0] = None
    labels = (features["dest"] + draws.normal(size=200) > 0).astype(float)
    booster = xgboost.train(
        {"objective": "binary:logistic", "max_depth": 2}, xgboost.DMatrix(features, labels), num_boost_round=3
    )
    example = features.iloc[:5]
    predicted = booster.predict(xgboost.DMatrix(example))
    folder = Path(tempfile.mkdtemp())
    model = folder / "model"
    mlflow.xgboost.save_model(
        booster, str(model), model_format="ubj", signature=infer_signature(example, predicted), input_example=example
    )
    files = sorted(str(path.relative_to(model)) for path in model.rglob("*") if path.is_file())
    texts = {name: (model / name).read_text() for name in files if not name.endswith(".ubj")}
    document = {
        "mlflow": mlflow.__version__,
        "xgboost": xgboost.__version__,
        "files": files,
        "MLmodel": yaml.safe_load(texts["MLmodel"]),
        "conda.yaml": yaml.safe_load(texts["conda.yaml"]),
        "python_env.yaml": yaml.safe_load(texts["python_env.yaml"]),
        "input_example.json": json.loads(texts["input_example.json"]),
        "serving_input_example.json": json.loads(texts.get("serving_input_example.json", "null")),
    }
    document["MLmodel"].pop("utc_time_created")
    document = json.loads(json.dumps(document, default=str), parse_constant=lambda name: None)
    Path(target).write_text(json.dumps(document, indent=1, sort_keys=True, allow_nan=False) + "\n")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1])
