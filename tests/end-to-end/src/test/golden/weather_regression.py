"""The regression of weather.pipeline.yaml by hand: DuckDB, XGBoost's Python package and scikit-learn.

    <python with duckdb, pandas, scikit-learn and xgboost> weather_regression.py ../../../../../examples/flights/data/weather.parquet

Prints the figures that RegressionTest expects within a few percent; the library's versions differ by a little.
"""

import sys

import duckdb
import sklearn.metrics as sk
import xgboost

NUMBERS = ["dewp", "pressure", "wind_speed", "visib"]


def main(path):
    rows = duckdb.sql(f"""
        select origin || strftime(time_hour, '-%Y%m%d%H') as observation, time_hour, origin, {', '.join(NUMBERS)}, temp
        from '{path}' where temp is not null order by observation""").df()
    train = rows[rows.time_hour < "2013-09-01"]
    validation = rows[(rows.time_hour >= "2013-09-01") & (rows.time_hour < "2013-11-01")]
    test = rows[rows.time_hour >= "2013-11-01"]
    medians = train[NUMBERS].median()

    def matrix(part):
        features = part[NUMBERS].fillna(medians)
        for origin in ("EWR", "JFK", "LGA"):
            features = features.assign(**{origin: (part.origin == origin).astype(float)})
        return xgboost.DMatrix(features, part.temp)

    booster = xgboost.train(
        {"objective": "reg:squarederror", "eta": 0.1, "max_depth": 5, "eval_metric": "rmse"},
        matrix(train),
        num_boost_round=300,
        evals=[(matrix(validation), "validation")],
        early_stopping_rounds=20,
        verbose_eval=False,
    )
    predicted = booster.predict(matrix(test), iteration_range=(0, booster.best_iteration + 1))
    print("rows", len(train), len(validation), len(test), "best round", booster.best_iteration + 1)
    print("rmse", sk.root_mean_squared_error(test.temp, predicted))
    print("mae", sk.mean_absolute_error(test.temp, predicted))
    print("r2", sk.r2_score(test.temp, predicted))
    print("rmse of a constant", sk.root_mean_squared_error(test.temp, [train.temp.mean()] * len(test)))


if __name__ == "__main__":
    main(sys.argv[1])
