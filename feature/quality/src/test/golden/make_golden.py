"""Writes what numpy and scikit-learn say of the rows of StatisticsGoldenTest.

    <python with platform/statistics/src/test/golden/requirements.txt> make_golden.py ../resources/dev/esteira/quality/golden.json

The rows are given by formula, so that both sides make them; run again it writes the same bytes.
"""

import json
import sys

import numpy as np
from sklearn.metrics import roc_auc_score

ROWS = 600


def main(target):
    i = np.arange(ROWS)
    x = ((i * 37) % 101) * 1.25 - 40
    x[i % 50 == 7] = np.nan
    x[i == 13] = np.inf
    finite = x[np.isfinite(x)]
    late = ((i * 71) % 89 + (i * 37) % 101 > 110).astype(float)
    spy = late * 50 + (i * 13) % 60
    key = (i * i) % 977
    _, occurrences = np.unique(key, return_counts=True)
    train, test = i < 400, i >= 400
    port = (i * 7) % 23
    port[i >= 590] = 99
    golden = {
        "mean": finite.mean(),
        "std": finite.std(ddof=1),
        "quantile 0.1": np.quantile(finite, 0.1),
        "quantile 0.5": np.quantile(finite, 0.5),
        "quantile 0.975": np.quantile(finite, 0.975),
        "share of late": min(late.mean(), 1 - late.mean()),
        "rows in repeats": int(occurrences[occurrences > 1].sum()),
        "score of spy": max(roc_auc_score(late, spy), 1 - roc_auc_score(late, spy)),
        "shared keys": len(set(key[train]) & set(key[test])),
        "share of new ports": float(np.mean(~np.isin(port[test], port[train]))),
        "missing hours": int((i.max() - i.min() + 1) - np.sum(i % 17 != 3)),
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump({name: float(value) for name, value in golden.items()}, file, indent=1, allow_nan=False)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
