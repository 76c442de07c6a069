"""The service as a real process: it polls, delivers to the terminal, stops when told, and repeats nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60


class Outlet:
    """A newspaper on loopback whose feed is set by hand."""

    def __init__(self) -> None:
        self.body = b""
        self.status = 200
        self.asked = 0
        outlet = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outlet.asked += 1
                self.send_response(outlet.status)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(outlet.body)))
                self.end_headers()
                self.wfile.write(outlet.body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/rss"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def publish(self, *titles: str) -> None:
        published = format_datetime(datetime.now(UTC) - timedelta(minutes=5))
        items = "".join(
            f"<item><title>{title}</title><guid>{title}</guid><pubDate>{published}</pubDate></item>" for title in titles
        )
        text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Outlet</title>{items}</channel></rss>'
        self.body = text.encode()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    opened = Outlet()
    yield opened
    opened.close()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMUNIQUE_")}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "NO_COLOR": "1",
        "COMMUNIQUE_DATABASE__URL": f"sqlite:///{tmp_path}/bot.sqlite3",
        "COMMUNIQUE_FEEDS__ALLOW_NETWORKS": "127.0.0.0/8",
        "COMMUNIQUE_FEEDS__MIN_INTERVAL": "1s",
        "COMMUNIQUE_FEEDS__MAX_INTERVAL": "2s",
    }


@contextmanager
def running(tmp_path: Path, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], Path, Path]]:
    said, logged = tmp_path / "said.txt", tmp_path / "logged.txt"
    with said.open("ab") as out, logged.open("ab") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=environment, stdout=out, stderr=err
        )
        try:
            yield process, said, logged
        finally:
            process.kill()
            process.wait()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.1)


def communique(tmp_path: Path, environment: dict[str, str], *arguments: str) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.mark.slow
def test_without_a_token_alerts_come_to_the_terminal_once_over_restarts_and_kills(
    tmp_path: Path, environment: dict[str, str], outlet: Outlet
) -> None:
    outlet.publish("France condemns Azerbaijan's offensive in Nagorno-Karabakh")
    communique(tmp_path, environment, "feeds", "add", outlet.url)
    with running(tmp_path, environment) as (process, said, logged):
        until(lambda: "France condemns" in said.read_text())
        assert "no Discord token" in logged.read_text()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    for _ in range(2):
        asked = outlet.asked
        with running(tmp_path, environment) as (process, said, _):
            until(lambda before=asked: outlet.asked >= before + 2)
            process.kill()
    outlet.publish(
        "Iran calls for restraint in Nagorno-Karabakh", "France condemns Azerbaijan's offensive in Nagorno-Karabakh"
    )
    with running(tmp_path, environment) as (process, said, _):
        until(lambda: "Iran" in said.read_text())
    assert said.read_text().count("France condemns") == 2, "the title and the reaction of one alert"


@pytest.mark.slow
def test_a_single_poll_prints_each_alert_once_where_the_terminal_listens(
    tmp_path: Path, environment: dict[str, str], outlet: Outlet
) -> None:
    outlet.publish("France condemns Azerbaijan's offensive in Nagorno-Karabakh")
    communique(tmp_path, environment, "feeds", "add", outlet.url)
    listening = environment | {"COMMUNIQUE_ALERTS__CONSOLE": "true"}
    assert "France condemns" in communique(tmp_path, listening, "poll", "--feed", outlet.url)
    outlet.publish("France condemns Azerbaijan's offensive in Nagorno-Karabakh", "Nothing of note")
    assert "France condemns" not in communique(tmp_path, listening, "poll", "--feed", outlet.url)
    assert communique(tmp_path, environment, "export", "alerts").count("posted") >= 1


@pytest.mark.slow
def test_a_feed_that_breaks_is_shown_as_failing_and_the_others_go_on(
    tmp_path: Path, environment: dict[str, str], outlet: Outlet
) -> None:
    broken = Outlet()
    try:
        broken.publish("x")
        outlet.publish("France condemns Azerbaijan's offensive in Nagorno-Karabakh")
        for url in (broken.url, outlet.url):
            communique(tmp_path, environment, "feeds", "add", url)
        broken.status, broken.body = 500, b"out of order"
        with running(tmp_path, environment) as (_, said, logged):
            until(lambda: "France condemns" in said.read_text() and "feed failed" in logged.read_text())
        assert "1 failing" in communique(tmp_path, environment, "status")
    finally:
        broken.close()


@pytest.mark.slow
def test_the_service_waits_for_a_database_that_is_not_there_yet(tmp_path: Path, environment: dict[str, str]) -> None:
    away = environment | {"COMMUNIQUE_DATABASE__URL": "postgresql://nobody:secret@127.0.0.1:9/none"}
    with running(tmp_path, away) as (process, _, logged):
        until(lambda: "trying again" in logged.read_text())
        assert process.poll() is None
        assert "secret" not in logged.read_text()
        assert "Traceback" not in logged.read_text()
