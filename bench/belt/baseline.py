"""The belt of examples/flights written by hand: DuckDB, scikit-learn and XGBoost, no platform.

It does the work of flight-delay.pipeline.yaml in the same order and with the same parameters, and leaves the same
kinds of files behind: quarantined rows, the three splits, the fitted encoders, the model, the predictions, a report.

    python baseline.py [--threads N] [--write FOLDER] [--json FILE]

The JSON document holds the seconds of each phase, the peak memory of the process and every figure.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

STARTED = time.perf_counter()
# Two trainers that spin while they wait for each other's cores are five times slower than two that sleep.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import duckdb  # noqa: E402
import joblib  # noqa: E402
import numpy as np  # noqa: E402
import xgboost  # noqa: E402
from sklearn.impute import SimpleImputer  # noqa: E402
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score  # noqa: E402
from sklearn.model_selection import StratifiedKFold  # noqa: E402
from sklearn.preprocessing import OneHotEncoder, TargetEncoder  # noqa: E402

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "flights"
SEED = 2013
LATE_MINUTES = 15
VALIDATION_FROM, TEST_FROM = "2013-09-01 04:00:00", "2013-11-01 04:00:00"
LABEL, KEY, TIME = "late", "flight_key", "departs_at"

IMPUTED = "recent_delay temp dewp humid pressure wind_speed visib precip plane_year seats".split()
ONE_HOT = ["origin", "engine"]
TARGET = ["carrier", "dest"]
CYCLES = {"sched_minute": 1440, "day_of_week": 7}
PARAMS = {"eta": 0.08, "max_depth": 6, "min_child_weight": 20, "subsample": 0.8, "colsample_bytree": 0.8}
ROUNDS, PATIENCE = 400, 25
METRICS = {
    "roc_auc": roc_auc_score,
    "average_precision": average_precision_score,
    "log_loss": log_loss,
    "brier": brier_score_loss,
}
BOOTSTRAP_ROUNDS = 1000


class Phases:
    """Seconds of each named phase, in the order in which they ended."""

    def __init__(self):
        self.seconds = {"import": time.perf_counter() - STARTED}
        self.since = time.perf_counter()

    def end(self, name):
        now = time.perf_counter()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self.since
        self.since = now


def read(session):
    for table in ("flights", "weather", "planes"):
        session.execute(f"create table raw_{table} as from '{EXAMPLE / 'data' / table}.parquet'")


def one(session, sql):
    return dict(zip((d[0] for d in session.execute(sql).description), session.fetchone(), strict=True))


def check_flights(session):
    """The nine checks of contracts/flights.contract.yaml in one scan, uniqueness and the reference apart."""
    seen = one(
        session,
        """select count(*) as n, count(tailnum) as tails, count(arr_delay) as arrivals,
                  count(*) filter (origin not in ('EWR', 'JFK', 'LGA')) as origins,
                  count(*) filter (month not between 1 and 12) as months,
                  count(*) filter (distance not between 1 and 6000) as distances,
                  count(*) filter (not (arr_delay is null or arr_delay between -120 and 1500)) as delays,
                  count(*) filter (year is null or month is null or day is null or sched_dep_time is null
                      or sched_arr_time is null or carrier is null or flight is null or origin is null
                      or dest is null or distance is null or time_hour is null) as incomplete
           from raw_flights""",
    )
    rows = seen["n"]
    repeated = session.execute(
        """select coalesce(sum(n), 0) from (select count(*) as n from raw_flights
           group by time_hour, carrier, flight, origin having n > 1)"""
    ).fetchone()[0]
    unknown = session.execute(
        """select count(*) from raw_flights f where tailnum is not null
           and not exists (from raw_planes p where p.tailnum = f.tailnum)"""
    ).fetchone()[0]
    kept = session.execute(
        """create table flights as from raw_flights
           where distance between 1 and 6000 and (arr_delay is null or arr_delay between -120 and 1500)"""
    ).fetchone()[0]
    return {
        "schema": verdict(seen["incomplete"], rows),
        "volume": {"verdict": "pass" if rows >= 100_000 else "fail", "rows": rows},
        "key": verdict(repeated, rows),
        "origins": verdict(seen["origins"], rows),
        "month": verdict(seen["months"], rows),
        "distance": verdict(seen["distances"], rows, quarantine=True),
        "tail": verdict(rows - seen["tails"], rows, 0.98),
        "arrived": verdict(rows - seen["arrivals"], rows, 0.95),
        "aircraft": verdict(unknown, seen["tails"], 0.80),
        "delay": verdict(seen["delays"], rows, quarantine=True),
        "quarantined": quarantine(rows - kept, rows, 1000),
    }


def check_weather(session):
    seen = one(
        session,
        """select count(*) as n, count(pressure) as pressures,
                  count(*) filter (wind_speed not between 0 and 250) as winds,
                  count(*) filter (temp not between -40 and 130) as temperatures
           from raw_weather""",
    )
    rows = seen["n"]
    repeated = session.execute(
        """select coalesce(sum(n), 0) from (select count(*) as n from raw_weather
           group by origin, time_hour having n > 1)"""
    ).fetchone()[0]
    hours, missing = session.execute(
        """select sum(hours), sum(hours - seen) from (
               select date_diff('hour', min(time_hour), max(time_hour)) + 1 as hours,
                      count(distinct time_hour) as seen
               from raw_weather group by origin)"""
    ).fetchone()
    kept = session.execute(
        """create table weather as from raw_weather
           where coalesce(wind_speed between 0 and 250, true) and coalesce(temp between -40 and 130, true)"""
    ).fetchone()[0]
    return {
        "key": verdict(repeated, rows),
        "gaps": verdict(missing, hours, 0.99),
        "wind": verdict(seen["winds"], rows, quarantine=True),
        "temperature": verdict(seen["temperatures"], rows, quarantine=True),
        "pressure": verdict(rows - seen["pressures"], rows, 0.85),
        "quarantined": quarantine(rows - kept, rows, 100),
    }


def verdict(failing, rows, minimum=1.0, quarantine=False):
    ratio = 1 - failing / rows
    return {
        "verdict": "pass" if quarantine or ratio >= minimum else "fail",
        "failing": int(failing),
        "rows": int(rows),
        "passRatio": ratio,
    }


def quarantine(taken, rows, limit):
    return {"verdict": "pass" if taken <= limit and taken <= 0.01 * rows else "fail", "rows": taken}


def shape_and_split(session):
    session.execute("create view planes as from raw_planes")
    sql = (EXAMPLE / "sql" / "flights.sql").read_text(encoding="utf-8")
    session.execute(
        f"create table examples as from ({sql}) order by departs_at, flight_key", {"late_minutes": LATE_MINUTES}
    )
    bounds = {
        "train": f"departs_at < '{VALIDATION_FROM}'",
        "validation": f"departs_at >= '{VALIDATION_FROM}' and departs_at < '{TEST_FROM}'",
        "test": f"departs_at >= '{TEST_FROM}'",
    }
    for name, where in bounds.items():
        session.execute(f"create table {name} as from examples where {where} order by departs_at, flight_key")
    return {name: columns(session, name) for name in bounds}


def columns(session, table):
    """The table's columns as arrays: a number's missing values as NaN, a category's as None."""
    arrays = {}
    for name, array in session.execute(f"from {table} order by departs_at, flight_key").fetchnumpy().items():
        mask = np.ma.getmaskarray(array)
        values = np.ma.getdata(array)
        if values.dtype == object:
            values = values.copy()
            values[mask] = None
        elif mask.any():
            values = values.astype(float)
            values[mask] = np.nan
        arrays[name] = values
    return arrays


def check_hygiene(splits):
    train = splits["train"]
    shares = {name: float(min(s[LABEL].mean(), 1 - s[LABEL].mean())) for name, s in splits.items()}
    scores = single_feature_scores(train)
    keys = [set(s[KEY]) for s in splits.values()]
    overlap = len(keys[0] & keys[1]) + len(keys[0] & keys[2]) + len(keys[1] & keys[2])
    ordered = (
        train[TIME].max() < splits["validation"][TIME].min()
        and splits["validation"][TIME].max() < splits["test"][TIME].min()
    )
    unseen = {
        f"{column} in {name}": float(np.mean(~np.isin(splits[name][column], list(set(train[column])))))
        for column in TARGET
        for name in ("validation", "test")
    }
    top = max(scores, key=scores.get)
    return {
        "balance": {"verdict": "pass" if min(shares.values()) >= 0.05 else "fail", "minorityShares": shares},
        "leakage": {"verdict": "pass" if scores[top] <= 0.85 else "fail", "column": top, "scores": scores},
        "overlap": {"verdict": "pass" if overlap == 0 else "fail", "rows": overlap},
        "order": {"verdict": "pass" if ordered else "fail"},
        "unseen": {"verdict": "pass" if max(unseen.values()) <= 0.01 else "fail", "shares": unseen},
    }


def single_feature_scores(table):
    """max(AUC, 1 - AUC) of each feature alone: of a number itself, of a category its cross-fitted late rate."""
    label = table[LABEL]
    scores = {}
    for name, values in table.items():
        if name in (LABEL, KEY, TIME):
            continue
        if values.dtype == object:
            alone = target_encoder().fit_transform(as_text(values).reshape(-1, 1), label).ravel()
            known = slice(None)
        else:
            alone, known = values, ~np.isnan(values.astype(float))
        auc = roc_auc_score(label[known], alone[known])
        scores[name] = float(max(auc, 1 - auc))
    return dict(sorted(scores.items(), key=lambda s: -s[1]))


def target_encoder():
    return TargetEncoder(target_type="binary", smooth=50, cv=StratifiedKFold(5, shuffle=True, random_state=SEED))


def as_text(values):
    return np.array(["" if v is None else v for v in values], dtype=object)


class Transform:
    """Median with indicator, one-hot, cross-fitted target rate, sine and cosine of cycles; fitted on train."""

    def __init__(self):
        self.median = SimpleImputer(strategy="median", add_indicator=True)
        self.one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=np.float32)
        self.target = target_encoder()

    def fit_transform(self, table):
        return self.assemble(
            table,
            self.median.fit_transform(self.numbers(table)),
            self.one_hot.fit_transform(self.categories(table, ONE_HOT)),
            # Each training row's rate comes from the other folds: this is not transform(fit()).
            self.target.fit_transform(self.categories(table, TARGET), table[LABEL]),
        )

    def transform(self, table):
        return self.assemble(
            table,
            self.median.transform(self.numbers(table)),
            self.one_hot.transform(self.categories(table, ONE_HOT)),
            self.target.transform(self.categories(table, TARGET)),
        )

    @staticmethod
    def numbers(table):
        return np.column_stack([table[c].astype(float) for c in IMPUTED])

    @staticmethod
    def categories(table, names):
        return np.column_stack([as_text(table[c]) for c in names])

    @staticmethod
    def assemble(table, *parts):
        rest = np.column_stack([table["distance"], table["recent_departures"]]).astype(float)
        angles = [2 * np.pi * table[c] / period for c, period in CYCLES.items()]
        cycles = np.column_stack([f(a) for a in angles for f in (np.sin, np.cos)])
        return np.hstack([rest, cycles, *parts]).astype(np.float32)


def train(x_train, y_train, x_validation, y_validation, threads):
    booster = xgboost.XGBClassifier(
        n_estimators=ROUNDS,
        early_stopping_rounds=PATIENCE,
        eval_metric="logloss",
        tree_method="hist",
        random_state=SEED,
        n_jobs=threads,
        **PARAMS,
    )
    booster.fit(x_train, y_train, eval_set=[(x_validation, y_validation)], verbose=False)
    return booster


def evaluate(label, predicted, constant):
    values = {name: float(metric(label, predicted)) for name, metric in METRICS.items()}
    same = np.full(len(label), constant)
    values["constant"] = {name: float(metric(label, same)) for name, metric in METRICS.items()}
    return values


def intervals(label, predicted, level=0.95):
    """Percentile bootstrap: the scores are sorted once, a round only draws how often each row counts."""
    order = np.argsort(-predicted, kind="stable")
    score, late = predicted[order].astype(float), label[order].astype(float)
    ends = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    clipped = np.clip(score, 1e-15, 1 - 1e-15)
    loss = -np.where(late == 1, np.log(clipped), np.log1p(-clipped))
    error = (late - score) ** 2
    random = np.random.default_rng(SEED)
    rounds = np.empty((BOOTSTRAP_ROUNDS, 4))
    for i in range(BOOTSTRAP_ROUNDS):
        weight = np.bincount(random.integers(0, len(score), len(score)), minlength=len(score))
        true_at = np.cumsum(weight * late)[ends]
        all_at = np.cumsum(weight)[ends]
        true_new = np.diff(true_at, prepend=0)
        false_new = np.diff(all_at - true_at, prepend=0)
        positives, negatives = true_at[-1], all_at[-1] - true_at[-1]
        auc = np.sum(false_new * (true_at - true_new / 2)) / (positives * negatives)
        precision = np.sum(true_new * true_at / np.maximum(all_at, 1)) / positives
        rounds[i] = auc, precision, weight @ loss / len(score), weight @ error / len(score)
    tail = (1 - level) / 2
    low, high = np.quantile(rounds, [tail, 1 - tail], axis=0)
    return {name: [float(low[i]), float(high[i])] for i, name in enumerate(METRICS)}


def slices(table, predicted):
    bands = np.digitize(table["distance"], [500, 1000, 2000])
    names = np.array(["< 500", "500 – 1000", "1000 – 2000", ">= 2000"])
    found = []
    for column, values in (("origin", table["origin"]), ("carrier", table["carrier"]), ("distance", names[bands])):
        for value in sorted(set(values)):
            rows = values == value
            label = table[LABEL][rows]
            entry = {"slice": column, "value": str(value), "rows": int(rows.sum()), "late": float(label.mean())}
            if 0 < label.mean() < 1:
                entry |= {name: float(metric(label, predicted[rows])) for name, metric in METRICS.items()}
            found.append(entry)
    return found


def write(session, folder, transform, booster, predicted):
    session.execute(
        f"""copy (from raw_weather where not coalesce(wind_speed between 0 and 250, true)
               or not coalesce(temp between -40 and 130, true)) to '{folder}/quarantine.parquet' (compression zstd)"""
    )
    for name in ("train", "validation", "test"):
        session.execute(f"copy {name} to '{folder}/{name}.parquet' (compression zstd)")
    joblib.dump(transform, folder / "transform.joblib")
    booster.save_model(folder / "model.json")
    np.save(folder / "predictions.npy", predicted)


def belt(threads, folder):
    phases = Phases()
    session = duckdb.connect(config={"threads": threads})
    session.execute("set timezone = 'UTC'")
    read(session)
    phases.end("read")
    report = {"contract": check_flights(session), "observations": check_weather(session)}
    phases.end("contracts")
    splits = shape_and_split(session)
    report["rows"] = {name: len(s[KEY]) for name, s in splits.items()}
    phases.end("sql and split")
    report["hygiene"] = check_hygiene(splits)
    phases.end("hygiene")
    transform = Transform()
    x = {"train": transform.fit_transform(splits["train"])}
    x |= {name: transform.transform(splits[name]) for name in ("validation", "test")}
    phases.end("features")
    booster = train(x["train"], splits["train"][LABEL], x["validation"], splits["validation"][LABEL], threads)
    phases.end("train")
    validation = booster.predict_proba(x["validation"])[:, 1]
    predicted = booster.predict_proba(x["test"])[:, 1]
    constant = splits["train"][LABEL].mean()
    report["rounds"] = booster.best_iteration + 1
    report["roundsRun"] = booster.get_booster().num_boosted_rounds()
    report["validation"] = evaluate(splits["validation"][LABEL], validation, constant)
    report["test"] = evaluate(splits["test"][LABEL], predicted, constant)
    report["slices"] = slices(splits["test"], predicted)
    phases.end("evaluate")
    report["intervals"] = intervals(splits["test"][LABEL], predicted)
    phases.end("bootstrap")
    write(session, folder, transform, booster, predicted)
    phases.end("write")
    return report, phases.seconds


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    arguments.add_argument("--write", type=Path, help="where the files go; a temporary folder when absent")
    arguments.add_argument("--json", type=Path, help="where the report goes; standard output when absent")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.write or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report, seconds = belt(given.threads, folder)
    report["seconds"] = seconds | {"total": time.perf_counter() - STARTED}
    report["peakMemoryBytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    report["versions"] = {
        "python": sys.version.split()[0],
        "duckdb": duckdb.__version__,
        "xgboost": xgboost.__version__,
        "numpy": np.__version__,
    }
    text = json.dumps(report, indent=2)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
