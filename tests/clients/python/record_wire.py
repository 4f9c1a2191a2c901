"""Records what the stock MLflow client sends and what a real MLflow server of the same version answers.

    script/bootstrap python tests/python/mlflow.txt    prints the interpreter
    PYTHON tests/clients/python/record_wire.py         writes tests/clients/wire/*.json anew

The server listens on loopback with SQLite and a folder for artifacts, and ends with this program.
"""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import mlflow
import requests
from requests.adapters import HTTPAdapter

import wire
import wire_scenes

START_SECONDS = 180


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def await_health(address, process):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(address + "/health", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise SystemExit("The MLflow server did not start.")


def large_experiment_ids(database):
    """A short id such as 1 could not be told from a number that happens to be the same."""
    with sqlite3.connect(database) as connection:
        connection.execute(
            "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time,"
            " last_update_time, workspace) VALUES (700000000, 'before', 'mlflow-artifacts:/700000000', 'active', 1, 1, 'default')"
        )
    connection.close()


class Recording:
    """Keeps every exchange that goes through the library below the client."""

    def __init__(self, address):
        self.address = address
        self.placeholders = wire.Placeholders()
        self.exchanges = []
        self.scene = None
        send = HTTPAdapter.send

        def recorded(adapter, request, **options):
            body = request.body
            if hasattr(body, "read"):
                body = body.read()
                request.body.seek(0)
            response = send(adapter, request, **options)
            if self.scene is not None and request.url.startswith(address):
                self.keep(request, body, response)
            return response

        HTTPAdapter.send = recorded

    def keep(self, request, body, response):
        content = b"".join(response.iter_content(1 << 16)) if not response._content_consumed else response.content
        response._content = content
        answer = wire.parsed(content, response.headers.get("Content-Type", ""))
        self.placeholders.learn(answer)
        body = body.encode() if isinstance(body, str) else body
        if body is None and request.headers.get("Content-Length", "0") != "0":
            raise AssertionError(f"The body of {request.url} was not seen")
        split = urlsplit(request.url)
        kind = request.headers.get("Content-Type")
        exchange = {
            "name": f"{len(self.exchanges) + 1:02d} {request.method} {self.placeholders.put(split.path)}",
            "request": {"method": request.method, "path": split.path + ("?" + split.query if split.query else "")},
            "response": {"status": response.status_code, "body": answer},
        }
        if kind:
            exchange["request"]["contentType"] = kind if isinstance(kind, str) else kind.decode()
        if body:
            exchange["request"]["body"] = wire.parsed(body, exchange["request"].get("contentType", "") or "")
        self.exchanges.append(wire.in_order(self.placeholders.put(exchange)))

    def play(self, scene):
        self.placeholders = wire.Placeholders()
        self.exchanges = []
        self.scene = scene
        scene(mlflow.MlflowClient(), self.address)
        self.scene = None
        text = json.dumps(self.exchanges, indent=1, ensure_ascii=False, allow_nan=False)
        (wire.GOLDEN / f"{scene.__name__}.json").write_text(text + "\n")
        print(f"{scene.__name__}: {len(self.exchanges)} exchanges")


def main():
    os.environ["LOGNAME"] = "wire"
    os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "0"
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "mlflow.db")
        command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
        command += ["--backend-store-uri", f"sqlite:///{database}", "--artifacts-destination", f"{folder}/artifacts"]
        with open(Path(folder, "log"), "wb") as log:
            server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            await_health(address, server)
            large_experiment_ids(database)
            mlflow.set_tracking_uri(address)
            recording = Recording(address)
            for scene in wire_scenes.ALL:
                recording.play(scene)
        finally:
            server.terminate()
            server.wait(60)


if __name__ == "__main__":
    main()
