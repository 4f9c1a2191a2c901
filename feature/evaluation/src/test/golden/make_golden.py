"""Writes what scikit-learn says of the rows of MeasuringTest: whole, by slice, and of a constant prediction.

    python -m venv venv && venv/bin/pip install -r ../../../../../platform/statistics/src/test/golden/requirements.txt
    venv/bin/python make_golden.py ../resources/dev/esteira/evaluation/golden.json

The rows are given by formula, so that both sides make them; run again it writes the same bytes.
"""

import json
import sys

import numpy as np
import sklearn.metrics as sk

ROWS = 400


def rows():
    i = np.arange(ROWS)
    score = ((i * 37) % 101) / 101
    noise = ((i * 71) % 89) / 89
    binary = (0.6 * score + 0.4 * noise > 0.55).astype(float)
    target = 10 * score + 5 * noise
    carrier = np.array(["AA", "B6", "OO"])[np.where(i < 6, 2, i % 2)]
    distance = (i * 53) % 2500
    weight = 0.5 + (i % 4)
    # A carrier with one class only.
    binary[carrier == "OO"] = 0
    return score, binary, target, carrier, distance, weight


def binary_metrics(y, p, w):
    both = 0 < y.sum() < len(y)
    return {
        "roc_auc": sk.roc_auc_score(y, p, sample_weight=w) if both else None,
        "average_precision": sk.average_precision_score(y, p, sample_weight=w) if y.sum() else None,
        "log_loss": sk.log_loss(y, p, labels=[0, 1], sample_weight=w),
        "brier": float(np.average((y - p) ** 2, weights=w)),
    }


def regression_metrics(y, p, w):
    return {
        "rmse": sk.root_mean_squared_error(y, p, sample_weight=w),
        "mae": sk.mean_absolute_error(y, p, sample_weight=w),
        "r2": sk.r2_score(y, p, sample_weight=w),
    }


def report(function, y, p, w, carrier, distance):
    out = {"whole": function(y, p, w), "constant": function(y, np.full(ROWS, 0.25), w), "slices": []}
    edges = [("< 500", 0, 500), ("500–1000", 500, 1000), ("≥ 1000", 1000, 1e9)]
    parts = [("carrier", name, carrier == name) for name in ("AA", "B6", "OO")]
    parts += [("distance", name, (distance >= low) & (distance < high)) for name, low, high in edges]
    for name, value, inside in parts:
        figures = function(y[inside], p[inside], None if w is None else w[inside])
        out["slices"].append({"name": name, "value": value, "rows": int(inside.sum()), "metrics": figures})
    return out


if __name__ == "__main__":
    score, binary, target, carrier, distance, weight = rows()
    golden = {
        "binary": report(binary_metrics, binary, score, None, carrier, distance),
        "weighted": report(binary_metrics, binary, score, weight, carrier, distance),
        "regression": report(regression_metrics, target, 12 * score, None, carrier, distance),
    }
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(golden, file, indent=1, ensure_ascii=False, allow_nan=False)
        file.write("\n")
