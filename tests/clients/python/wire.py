"""Exchanges with a tracking server as golden files keep them, and how an answer is held against one.

An exchange is a request with the answer to it. Ids that a server makes stand as {experiment1}, {run1}, {model1}, {token1} in the
order in which they appear, its times as {time}. Texts of errors are a server's own: only that there is one is compared.
"""

import json
import re
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "wire"
DEVIATIONS = GOLDEN / "deviations.json"

IDS = {"experiment_id": "experiment", "run_id": "run", "run_uuid": "run", "model_id": "model", "next_page_token": "token"}
SHAPES = {"experiment": r"\d{1,19}", "run": "[0-9a-f]{32}", "model": "m-[0-9a-f]{32}", "token": "[A-Za-z0-9_=-]+"}
TIMES = re.compile(r"(creation|last_update|last_updated|start|end)_(time|timestamp)(_ms)?|timestamp|last_updated_timestamp")
PLACEHOLDER = re.compile(r"\{((experiment|run|model|token)\d+)\}")
# The order in these lists means nothing.
SETS = {"tags", "params", "metrics", "aliases", "dataset_inputs"}
EARLIEST = 1_500_000_000_000


def parsed(content, content_type):
    """A body as JSON where it is JSON, as a mark where it is a page for people, else as text."""
    if not content:
        return None
    if "json" in content_type:
        return json.loads(content)
    if "html" in content_type and content.lstrip().startswith(b"<"):
        return "{page}"
    return content.decode("utf-8", "surrogateescape")


def in_order(value, key=""):
    """The value with the lists sorted whose order means nothing."""
    if isinstance(value, dict):
        return {name: in_order(item, name) for name, item in sorted(value.items())}
    if isinstance(value, list):
        items = [in_order(item) for item in value]
        return sorted(items, key=json.dumps) if key in SETS else items
    return value


class Placeholders:
    """Gives the ids of a recorded server their names."""

    def __init__(self):
        self.names = {}

    def learn(self, value):
        if isinstance(value, dict):
            for key, item in sorted(value.items()):
                if key in IDS and isinstance(item, str) and len(item) > 6:
                    self.name(item, IDS[key])
                self.learn(item)
        if isinstance(value, list):
            for item in value:
                self.learn(item)

    def name(self, text, kind):
        if text not in self.names and re.fullmatch(SHAPES[kind], text):
            number = sum(name.startswith(kind) for name in self.names.values()) + 1
            self.names[text] = f"{kind}{number}"

    def put(self, value, key=""):
        if isinstance(value, dict):
            return {name: self.put(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.put(item, key) for item in value]
        if isinstance(value, str):
            for text, name in sorted(self.names.items(), key=lambda pair: -len(pair[0])):
                value = value.replace(text, "{" + name + "}")
            return value
        if isinstance(value, int) and TIMES.fullmatch(key) and value > EARLIEST:
            return "{time}"
        return value


class Comparison:
    """Holds the answers of another server against a golden file; remembers what that server's ids are."""

    def __init__(self):
        self.values = {}

    def fill(self, value):
        """A request of the golden file with the ids of this server."""
        if isinstance(value, dict):
            return {name: self.fill(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.fill(item) for item in value]
        if isinstance(value, str):
            return PLACEHOLDER.sub(lambda match: self.values[match.group(1)], value)
        return value

    def differences(self, golden, found, at=""):
        """Pairs of a place and what is wrong there."""
        if isinstance(golden, dict) and isinstance(found, dict):
            different = []
            for key in sorted(golden.keys() | found.keys()):
                place = f"{at}/{key}"
                if key not in found:
                    different.append((place, f"missing, MLflow answers {golden[key]!r}"))
                elif key not in golden:
                    different.append((place, f"not in MLflow's answer: {found[key]!r}"))
                elif key == "message" and "error_code" in golden:
                    if not (isinstance(found[key], str) and found[key]):
                        different.append((place, "no message"))
                else:
                    different += self.differences(golden[key], found[key], place)
            return different
        if isinstance(golden, list) and isinstance(found, list):
            if len(golden) != len(found):
                return [(at, f"{len(found)} items, MLflow answers {len(golden)}: {found!r}")]
            pairs = enumerate(zip(golden, found))
            return [one for number, (left, right) in pairs for one in self.differences(left, right, f"{at}/{number}")]
        if golden == "{time}":
            fits = isinstance(found, int) and found > EARLIEST
        elif isinstance(golden, str) and isinstance(found, str):
            fits = self.fits(golden, found)
        elif isinstance(golden, float):
            fits = type(found) in (int, float) and golden == found
        else:
            fits = type(golden) is type(found) and golden == found
        return [] if fits else [(at, f"{found!r}, MLflow answers {golden!r}")]

    def fits(self, golden, found):
        """Whether the texts are the same but for ids, which are learnt where they are new."""
        pattern, end, new = "", 0, []
        for match in PLACEHOLDER.finditer(golden):
            pattern += re.escape(golden[end : match.start()])
            name, kind = match.groups()
            if name in self.values:
                pattern += re.escape(self.values[name])
            elif name in new:
                pattern += f"(?P={name})"
            else:
                pattern += f"(?P<{name}>{SHAPES[kind]})"
                new.append(name)
            end = match.end()
        matched = re.fullmatch(pattern + re.escape(golden[end:]), found, re.DOTALL)
        if matched:
            self.values.update(matched.groupdict())
        return bool(matched)
