"""Writes what scikit-learn, scipy and numpy say about small inputs; the tests of this module compare with it.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_golden.py ../resources/dev/esteira/statistics/golden.json

Deterministic: run again with the versions of requirements.txt it writes the same bytes.
"""

import json
import sys
import warnings

import numpy as np
import sklearn.metrics as sk
from scipy import stats

warnings.simplefilter("ignore")


def expected_error(y, p, w):
    """Ten bins of equal width over [0, 1]; per bin the distance of mean score and mean label."""
    bins = np.minimum(9, np.floor(p * 10).astype(int))
    total = 0.0
    for b in range(10):
        inside = bins == b
        if w[inside].sum() > 0:
            gap = np.average(p[inside], weights=w[inside]) - np.average(y[inside], weights=w[inside])
            total += abs(gap) * w[inside].sum()
    return total / w.sum()


def weighted_ks(y, p, w):
    """Distance of the two weighted empirical distributions at every score."""
    one, zero = y == 1, y == 0
    return max(
        abs(w[one & (p <= s)].sum() / w[one].sum() - w[zero & (p <= s)].sum() / w[zero].sum()) for s in p
    )


def brier_skill(y, p, w):
    rate = np.average(y, weights=w)
    return 1 - np.average((p - y) ** 2, weights=w) / np.average((rate - y) ** 2, weights=w)


def binary(y, p, w=None, threshold=0.5):
    d = (p >= threshold).astype(int)
    ones = np.ones(len(y)) if w is None else w
    labels = dict(sample_weight=w)
    out = {
        "log_loss": sk.log_loss(y, p, labels=[0, 1], sample_weight=w),
        "brier": np.average((p - y) ** 2, weights=w),
        "accuracy": sk.accuracy_score(y, d, **labels),
        "ece": expected_error(y, p, ones),
    }
    some, others = (ones * y).sum() > 0, (ones * (1 - y)).sum() > 0
    said, unsaid = (ones * d).sum() > 0, (ones * (1 - d)).sum() > 0
    out["average_precision"] = sk.average_precision_score(y, p, **labels) if some else None
    out["recall"] = sk.recall_score(y, d, **labels) if some else None
    out["specificity"] = sk.recall_score(y, d, pos_label=0, **labels) if others else None
    out["precision"] = sk.precision_score(y, d, **labels) if said else None
    out["f1"] = sk.f1_score(y, d, **labels) if some or said else None
    both = some and others
    out["brier_of_library"] = sk.brier_score_loss(y, p, sample_weight=w) if both else None
    out["roc_auc"] = sk.roc_auc_score(y, p, **labels) if both else None
    out["brier_skill"] = brier_skill(y, p, ones) if both else None
    out["gini"] = 2 * out["roc_auc"] - 1 if both else None
    out["balanced_accuracy"] = sk.balanced_accuracy_score(y, d, **labels) if both else None
    out["ks"] = weighted_ks(y, p, ones) if both else None
    if both and w is None:
        assert abs(out["ks"] - stats.ks_2samp(p[y == 1], p[y == 0]).statistic) < 1e-12
    varied = both and said and unsaid
    out["mcc"] = sk.matthews_corrcoef(y, d, **labels) if varied else None
    out["cohen_kappa"] = sk.cohen_kappa_score(y, d, **labels) if (some or said) and (others or unsaid) else None
    if both:
        assert abs(out["brier"] - out["brier_of_library"]) < 1e-12
    del out["brier_of_library"]
    return out


def ranked_shares(y, p, w, share):
    """The share of positive weight in the top share of weight; a score that straddles the end counts in proportion."""
    limit, captured = share * w.sum(), 0.0
    for s in np.unique(p)[::-1]:
        tie = p == s
        weight = w[tie].sum()
        if weight == 0:
            continue
        part = min(1.0, max(0.0, limit / weight))
        captured += part * (w * y)[tie].sum()
        limit -= weight
    return captured / (w * y).sum()


def recall_at_precision(y, p, w, least):
    precision, recall, _ = sk.precision_recall_curve(y, p, sample_weight=w)
    fits = recall[:-1][(precision[:-1] >= least) & (recall[:-1] > 0)]
    return fits.max() if len(fits) else None


def recall_at_fpr(y, p, w, most):
    fpr, tpr, _ = sk.roc_curve(y, p, sample_weight=w, drop_intermediate=False)
    return tpr[fpr <= most].max()


def binary_with_arguments(y, p, w=None, threshold=0.5):
    """Keys as the module writes them: the arguments follow the name."""
    d = (p >= threshold).astype(int)
    ones = np.ones(len(y)) if w is None else w
    some, others = (ones * y).sum() > 0, (ones * (1 - y)).sum() > 0
    said = (ones * d).sum() > 0
    out = {"cost_1_5": (ones * ((1 - y) * d + 5 * y * (1 - d))).sum() / ones.sum()}
    for beta, key in ((2, "2"), (0.5, "0_5")):
        out[f"f_beta_{key}"] = sk.fbeta_score(y, d, beta=beta, sample_weight=w) if some or said else None
    for share, key in ((0.1, "0_1"), (0.333, "0_333"), (1, "1")):
        gain = ranked_shares(y, p, ones, share) if some else None
        out[f"gain_{key}"] = gain
        out[f"lift_{key}"] = gain / share if some else None
    for least, key in ((0.6, "0_6"), (0.95, "0_95")):
        out[f"recall_at_precision_{key}"] = recall_at_precision(y, p, w, least) if some else None
    for most, key in ((0, "0"), (0.1, "0_1")):
        out[f"recall_at_fpr_{key}"] = recall_at_fpr(y, p, w, most) if some and others else None
    return out


def regression_with_arguments(y, p, w=None):
    ones = np.ones(len(y)) if w is None else w
    labels = dict(sample_weight=w)
    seen, said = y[ones > 0], p[ones > 0]
    n = ones.sum()
    r2 = sk.r2_score(y, p, **labels) if len(seen) > 0 and seen.min() < seen.max() else None
    counts = (seen >= 0).all() and (said > 0).all()
    out = {"adjusted_r2_3": 1 - (1 - r2) * (n - 1) / (n - 4) if r2 is not None and n > 4 else None}
    for q, key in ((0.1, "0_1"), (0.9, "0_9")):
        out[f"pinball_{key}"] = sk.mean_pinball_loss(y, p, alpha=q, **labels)
        out[f"residual_quantile_{key}"] = np.quantile(y - p, q, weights=ones, method="inverted_cdf")
    out["tweedie_deviance_1_5"] = sk.mean_tweedie_deviance(y, p, power=1.5, **labels) if counts else None
    return out


def regression(y, p, w=None):
    ones = np.ones(len(y)) if w is None else w
    labels = dict(sample_weight=w)
    seen = y[ones > 0]
    varied = len(seen) > 0 and seen.min() < seen.max()
    said = p[ones > 0]
    natural = (seen >= 0).all() and (said >= 0).all()
    counts = (seen >= 0).all() and (said > 0).all()
    amounts = (seen > 0).all() and (said > 0).all()
    return {
        "bias": np.average(p - y, weights=ones),
        "rmse": sk.root_mean_squared_error(y, p, **labels),
        "mse": sk.mean_squared_error(y, p, **labels),
        "mae": sk.mean_absolute_error(y, p, **labels),
        "medae": sk.median_absolute_error(y, p, **labels),
        "max_error": sk.max_error(y[ones > 0], p[ones > 0]),
        "r2": sk.r2_score(y, p, **labels) if varied else None,
        "explained_variance": sk.explained_variance_score(y, p, **labels) if varied else None,
        "mape": sk.mean_absolute_percentage_error(y, p, **labels) if (seen != 0).all() else None,
        "smape": np.average(
            np.divide(2 * abs(y - p), abs(y) + abs(p), out=np.zeros(len(y)), where=abs(y) + abs(p) > 0), weights=ones
        ),
        "rmsle": sk.root_mean_squared_log_error(y, p, **labels) if natural else None,
        "poisson_deviance": sk.mean_poisson_deviance(y, p, **labels) if counts else None,
        "gamma_deviance": sk.mean_gamma_deviance(y, p, **labels) if amounts else None,
        "wape": (ones * abs(y - p)).sum() / (ones * abs(y)).sum() if (seen != 0).any() else None,
    }


def metric_cases(rng):
    n = 400
    y = (rng.random(n) < 0.3).astype(float)
    p = np.clip(0.3 + 0.25 * (y - 0.3) + 0.2 * rng.normal(size=n), 0.001, 0.999)
    w = rng.random(n) * 3
    some = np.where(rng.random(n) < 0.3, 0.0, w)
    whole = rng.integers(0, 4, n).astype(float)
    tied = np.round(p * 20) / 20
    extreme = np.where(rng.random(n) < 0.5, np.round(p), np.where(rng.random(n) < 0.5, 1e-300, 1 - 1e-17))
    binaries = {
        "plain": (y, p, None),
        "weighted": (y, p, w),
        "some weights zero": (y, p, some),
        "whole weights": (y, p, whole),
        "tied": (y, tied, None),
        "tied and weighted": (y, tied, w),
        "extreme": (y, extreme, None),
        "perfect": (y, y, None),
        "reversed": (y, 1 - y, None),
        "constant": (y, np.full(n, 0.3), None),
        "one class, negative": (np.zeros(20), p[:20], None),
        "one class, positive": (np.ones(20), p[:20], None),
        "two rows": (np.array([0.0, 1.0]), np.array([0.4, 0.6]), None),
        "two rows tied": (np.array([0.0, 1.0]), np.array([0.5, 0.5]), None),
        "one row": (np.array([1.0]), np.array([0.7]), None),
    }
    t = rng.normal(size=n) * 10 + 50
    q = t + rng.normal(size=n) * 4
    far = t + 1e9
    regressions = {
        "plain": (t, q, None),
        "weighted": (t, q, w),
        "whole weights": (t, q, whole),
        "odd number": (t[:399], q[:399], None),
        "far from zero": (far, far + (q - t), None),
        "some labels zero": (np.round(t / 50) * 0 + (t > 50), q / 50, None),
        "constant label": (np.full(20, 0.1), q[:20], None),
        "perfect": (t, t, None),
        "worse than the mean": (t, -t, None),
        "one row": (t[:1], q[:1], None),
    }
    cases = []
    tasks = (
        ("binary", binary, binary_with_arguments, binaries),
        ("regression", regression, regression_with_arguments, regressions),
    )
    plain = lambda found: {k: None if v is None else float(v) for k, v in found.items()}
    for task, function, with_arguments, inputs in tasks:
        for name, (label, score, weight) in inputs.items():
            cases.append(
                {
                    "task": task,
                    "name": name,
                    "labels": label.astype(float).tolist(),
                    "scores": score.tolist(),
                    "weights": None if weight is None else weight.tolist(),
                    "expected": plain(function(label.astype(float), score, weight)),
                    "withArguments": plain(with_arguments(label.astype(float), score, weight)),
                }
            )
    return cases


def bootstrap_cases(rng):
    """Intervals of 10 000 rounds by copying rows, as unlike the module's own way as can be."""
    n = 500
    y = (rng.random(n) < 0.35).astype(float)
    p = np.round(np.clip(0.35 + 0.3 * (y - 0.35) + 0.2 * rng.normal(size=n), 0.01, 0.99), 2)
    other = np.round(np.clip(0.35 + 0.2 * (y - 0.35) + 0.2 * rng.normal(size=n), 0.01, 0.99), 2)
    functions = {
        "roc_auc": sk.roc_auc_score,
        "average_precision": sk.average_precision_score,
        "log_loss": sk.log_loss,
        "brier": sk.brier_score_loss,
    }
    values = {name: [] for name in functions}
    differences = {name: [] for name in functions}
    for _ in range(10_000):
        rows = rng.integers(0, n, n)
        for name, function in functions.items():
            one = function(y[rows], p[rows])
            values[name].append(one)
            differences[name].append(one - function(y[rows], other[rows]))
    summary = lambda drawn: {
        name: {"low": np.quantile(v, 0.025), "high": np.quantile(v, 0.975), "std": float(np.std(v))}
        for name, v in drawn.items()
    }
    return {
        "labels": y.tolist(),
        "scores": p.tolist(),
        "otherScores": other.tolist(),
        "intervals": summary(values),
        "differences": summary(differences),
    }


def delong(y, first, second):
    """Straight from the definition: every pair of a positive and a negative row."""
    one, zero = y == 1, y == 0
    psi = lambda s: (s[one][:, None] > s[zero][None, :]) + 0.5 * (s[one][:, None] == s[zero][None, :])
    a, b = psi(first), psi(second)
    s10 = np.cov(a.mean(axis=1), b.mean(axis=1))
    s01 = np.cov(a.mean(axis=0), b.mean(axis=0))
    s = s10 / one.sum() + s01 / zero.sum()
    error = np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
    z = (a.mean() - b.mean()) / error
    return {"first": a.mean(), "second": b.mean(), "standardError": error, "pValue": 2 * stats.norm.sf(abs(z))}


def mcnemar(y, first, second):
    one, two = (first >= 0.5) == (y == 1), (second >= 0.5) == (y == 1)
    b, c = int((one & ~two).sum()), int((two & ~one).sum())
    exact = b + c < 25
    p = stats.binomtest(b, b + c).pvalue if exact else stats.chi2.sf((max(0, abs(b - c) - 1)) ** 2 / (b + c), 1)
    return {"onlyFirstRight": b, "onlySecondRight": c, "exact": exact, "pValue": float(p)}


def paired_cases(rng):
    cases = []
    for n, places in ((60, 1), (300, 2), (300, 9)):
        y = (rng.random(n) < 0.4).astype(float)
        first = np.round(np.clip(0.4 + 0.3 * (y - 0.4) + 0.2 * rng.normal(size=n), 0, 1), places)
        second = np.round(np.clip(first + 0.15 * rng.normal(size=n), 0, 1), places)
        cases.append(
            {
                "labels": y.tolist(),
                "first": first.tolist(),
                "second": second.tolist(),
                "areas": {k: float(v) for k, v in delong(y, first, second).items()},
                "errors": mcnemar(y, first, second),
            }
        )
    return cases


def aggregate_cases(rng):
    cases = []
    inputs = {
        "normal": rng.normal(size=300),
        "skewed and far": 1e6 + rng.exponential(size=301),
        "tied": rng.integers(0, 5, 200).astype(float),
        "two": np.array([1.0, 4.0]),
    }
    edges = [-1.0, 0.0, 0.5, 2.0, 4.0]
    for name, x in inputs.items():
        shares = [0.0, 0.1, 0.25, 0.5, 0.9, 0.975, 1.0]
        counts, _ = np.histogram(x, edges)
        cases.append(
            {
                "name": name,
                "values": x.tolist(),
                "mean": float(x.mean()),
                "variancePopulation": float(x.var()),
                "varianceSample": float(x.var(ddof=1)),
                "skewness": float(stats.skew(x)),
                "excessKurtosis": float(stats.kurtosis(x)),
                "shares": shares,
                "quantiles": np.quantile(x, shares).tolist(),
                "edges": edges,
                "histogram": counts.tolist(),
            }
        )
    return cases


def feature_cases(rng):
    n = 300
    y = (rng.random(n) < 0.4).astype(float)
    x = np.round(y + rng.normal(size=n), 1)
    t = 3 * x + rng.normal(size=n)
    letters = np.array(list("abcdefgh"))[np.clip((x * 2 + 3).astype(int), 0, 7)]
    folds = rng.integers(0, 5, n)

    def fitted(target):
        out = np.empty(n)
        for i in range(n):
            rest = (letters == letters[i]) & (folds != folds[i])
            out[i] = (target[rest].sum() + target.mean()) / (rest.sum() + 1)
        return out

    either = lambda a: max(a, 1 - a)
    return {
        "number": x.tolist(),
        "categories": letters.tolist(),
        "folds": folds.tolist(),
        "binary": y.tolist(),
        "target": t.tolist(),
        "numericToBinary": either(sk.roc_auc_score(y, -x)),
        "numericToNumber": stats.linregress(x, t).rvalue ** 2,
        "categoryToBinary": either(sk.roc_auc_score(y, fitted(y))),
        "categoryToNumber": sk.r2_score(t, fitted(t)),
    }


if __name__ == "__main__":
    generator = np.random.default_rng(20130101)
    golden = {
        "metrics": metric_cases(generator),
        "bootstrap": bootstrap_cases(generator),
        "paired": paired_cases(generator),
        "aggregates": aggregate_cases(generator),
        "feature": feature_cases(generator),
    }
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(golden, file, indent=None, separators=(",", ":"), allow_nan=False)
        file.write("\n")
