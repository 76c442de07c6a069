"""The command line as a user has it: a process of its own, an empty folder, no configuration of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Communique = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The variables a command is started with."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMUNIQUE_")}
    return kept | {"COMMUNIQUE_DATABASE__URL": f"sqlite:///{tmp_path}/bot.sqlite3", "COLUMNS": "120", "NO_COLOR": "1"}


@pytest.fixture
def communique(tmp_path: Path, environment: dict[str, str]) -> Communique:
    """Run `communique` and return what it said; `input` is its standard input."""

    def run(*arguments: str, given: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])} | variables,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def server() -> Iterator[str]:
    """A web server with two feeds and a home page that offers one that is gone, and one of them."""
    feed = (
        b"<rss version='2.0'><channel><title>Example Times</title>"
        b"<item><title>News</title><link>https://example.org/1</link></item></channel></rss>"
    )
    offers = b"".join(b"<link rel=alternate type=application/rss+xml href=%s>" % path for path in (b"/gone", b"/one"))
    bodies = {"/one": feed, "/two": feed, "/home": b"<html><head><title>Home</title>" + offers + b"</head></html>"}

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = bodies.get(self.path)
            if body is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join()
