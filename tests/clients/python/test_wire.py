"""Sends what the stock client sent to a real MLflow server, and compares the answers with that server's.

Where an answer differs on purpose, tests/clients/wire/deviations.json says so with the reason.
"""

import fnmatch
import json
import os
import time

import pytest
import requests

import wire

ADDRESS = os.environ["MLFLOW_TRACKING_URI"]
SCENES = sorted(path for path in wire.GOLDEN.glob("*.json") if path != wire.DEVIATIONS)
USED = set()


def ask(request):
    body, kind = request.get("body"), request.get("contentType")
    if body is not None:
        body = json.dumps(body) if "json" in (kind or "") else body.encode("utf-8", "surrogateescape")
    asked = requests.Request(request["method"], ADDRESS + request["path"], data=body, headers={"Content-Type": kind} if kind else {})
    prepared = asked.prepare()
    # As it was sent: the library would take out what leads elsewhere.
    prepared.url = ADDRESS + request["path"]
    answer = requests.Session().send(prepared)
    return {"status": answer.status_code, "body": wire.parsed(answer.content, answer.headers.get("Content-Type", ""))}


def deviations():
    return json.loads(wire.DEVIATIONS.read_text())


def is_known(scene, exchange, place):
    for number, deviation in enumerate(deviations()):
        if (
            fnmatch.fnmatchcase(scene, deviation["scene"])
            and fnmatch.fnmatchcase(exchange, deviation["exchange"])
            and fnmatch.fnmatchcase(place, deviation["at"])
        ):
            USED.add(number)
            return True
    return False


@pytest.mark.parametrize("file", SCENES, ids=lambda file: file.stem)
def test_answers_as_mlflow_does(file):
    comparison = wire.Comparison()
    different = []
    for exchange in json.loads(file.read_text()):
        # Answers that are ordered by time need times that differ.
        time.sleep(0.005)
        found = wire.in_order(ask(comparison.fill(exchange["request"])))
        for place, what in comparison.differences(exchange["response"], found):
            if not is_known(file.stem, exchange["name"], place):
                different.append(f"{exchange['name']}: {place}: {what}")
    assert different == []


def test_every_deviation_has_a_reason_and_still_exists():
    for number, deviation in enumerate(deviations()):
        assert len(deviation["reason"]) > 20
        assert number in USED, deviation
