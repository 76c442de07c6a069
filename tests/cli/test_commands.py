"""Every command, as a process: what it prints, where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

COMMANDS = [
    "demo", "run", "poll", "analyze", "replay", "export", "import", "why", "check", "status", "lexicon check",
    "db upgrade", "db current", "db backup", "db check", "db prune",
    "feeds add", "feeds list", "feeds test", "feeds pause", "feeds resume", "feeds remove", "feeds import", "feeds export",
    "subscriptions add", "subscriptions list", "subscriptions remove",
]  # fmt: skip

NEWS = [
    {
        "id": "one",
        "title": "France condemns Azerbaijan's offensive in Nagorno-Karabakh",
        "source": "https://outlet.example/rss",
        "link": "https://outlet.example/one",
        "published": "2023-09-19T12:00:00+00:00",
    },
    {
        "id": "two",
        "title": "A new stadium opens in Lyon",
        "source": "https://outlet.example/rss",
        "link": "https://outlet.example/two",
        "published": "2023-09-19T12:05:00+00:00",
        "something": "that nobody knows",
    },
]


PAGE = """<!doctype html><html><head><title>News of the day</title></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>News of the day</h1><p>{sentence}</p>
<p>The road through the mountains has been closed since the winter, and shops in the town are short of flour.</p>
<p>Thirty years have passed since the first war; the second one, in the autumn of the year 2020, lasted for six weeks.</p>
</article><footer>All rights reserved</footer></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>
<item><title>{sentence}</title></item></channel></rss>"""


@pytest.fixture
def news(tmp_path: Path) -> str:
    """A file of two items, one of them about the conflict."""
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps(item) for item in NEWS), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_is_for(communique, command: str) -> None:
    told = communique(*command.split(), "--help")
    assert told.returncode == 0
    assert "Usage: communique" in told.stdout


def test_the_version_is_told_without_a_command(communique) -> None:
    import bot

    assert communique("--version").stdout == f"communique {bot.__version__}\n"


def test_a_wrong_command_is_a_matter_of_usage(communique) -> None:
    assert communique("frobnicate").returncode == 2
    assert communique("feeds", "add").returncode == 2


def test_the_settings_file_may_be_named_before_or_after_the_command(communique, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[log]\nlevel = "shout"\n')
    for arguments in (
        ("--config", str(path), "status"),
        ("status", "--config", str(path)),
        ("status", f"--config={path}"),
    ):
        told = communique(*arguments)
        assert told.returncode == 1
        assert "log.level is 'shout'" in told.stderr
        assert "Traceback" not in told.stderr


def test_analyze_prints_a_line_an_item_in_the_order_given(communique, news: str) -> None:
    told = communique("analyze", "--format", "jsonl", news)
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["one", "two"]
    assert [row["relevant"] for row in rows] == [True, False]
    (reaction,) = rows[0]["reactions"]
    assert (reaction["actor"], reaction["actor_name"], reaction["type"], reaction["targets"]) == (
        "FRA",
        "France",
        "condemn",
        ["AZE"],
    )
    assert set(reaction) == {
        "actor", "actor_name", "speaker", "role", "type", "family", "tone", "targets", "quote", "evidence", "start", "end",
        "cue", "rule", "tier", "confidence", "background", "date",
    }  # fmt: skip


def test_offsets_count_in_the_text_that_with_text_prints(communique, news: str) -> None:
    row = json.loads(communique("analyze", "--format", "jsonl", "--with-text", news).stdout.splitlines()[0])
    reaction = row["reactions"][0]
    assert row["text"][reaction["start"] : reaction["end"]] == reaction["evidence"]


def test_analyze_reads_text_web_pages_and_feeds_and_tells_them_apart(communique, tmp_path: Path) -> None:
    sentence = "France condemned Azerbaijan's offensive in Nagorno-Karabakh on Tuesday."
    (tmp_path / "a.txt").write_text(f"A headline that stands alone\n\n{sentence}\n")
    (tmp_path / "a.html").write_text(PAGE.format(sentence=sentence))
    (tmp_path / "a.xml").write_text(FEED.format(sentence=sentence))
    for name in ("a.txt", "a.html", "a.xml"):
        told = communique("analyze", "--format", "json", name)
        (row,) = json.loads(told.stdout)
        assert {(reaction["actor"], reaction["type"]) for reaction in row["reactions"]} == {("FRA", "condemn")}, name


def test_analyze_reads_standard_input(communique) -> None:
    told = communique("analyze", given="France condemned Azerbaijan's offensive in Nagorno-Karabakh.")
    assert told.returncode == 0
    assert "France" in told.stdout
    assert "condemns" in told.stdout


def test_a_line_that_is_no_item_is_named_by_file_and_number(communique, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "title": "x"}\n{"id": \n')
    told = communique("analyze", "--format", "jsonl", "bad.jsonl")
    assert told.returncode == 1
    assert "bad.jsonl, line 2" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("content", [bytes(range(128, 256)) * 9, "Франция осудила удар".encode("windows-1251")])
def test_what_is_no_text_is_refused_with_what_to_do(communique, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(content)
    told = communique("analyze", str(path))
    assert told.returncode == 1
    assert "is no text in UTF-8" in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_channel_that_is_no_number_is_noted(communique) -> None:
    told = communique("subscriptions", "add", "--channel", "news")
    assert told.returncode == 0
    assert "“news” is no Discord channel's id" in told.stderr


def test_what_is_replayed_can_be_exported_and_is_never_posted(communique, news: str) -> None:
    told = communique("replay", news, "--deliver", "none")
    assert told.returncode == 0, told.stderr
    assert told.stdout == ""
    items = [json.loads(line) for line in communique("export", "items").stdout.splitlines()]
    assert [(item["guid"], item["relevant"], item["feed"]) for item in items] == [
        ("one", True, "https://outlet.example/rss"),
        ("two", False, "https://outlet.example/rss"),
    ]
    assert [item["story_id"] is None for item in items] == [False, True]
    (reaction,) = (
        json.loads(line) for line in communique("export", "reactions", "--actor", "France").stdout.splitlines()
    )
    assert (reaction["actor"], reaction["type"], reaction["reports"]) == ("FRA", "condemn", 1)
    (alert,) = (json.loads(line) for line in communique("export", "alerts").stdout.splitlines())
    assert (alert["status"], alert["reactions"]) == ("suppressed", [reaction["id"]])
    (story,) = (json.loads(line) for line in communique("export", "stories").stdout.splitlines())
    assert story["id"] == items[0]["story_id"]


def test_what_is_replayed_to_the_console_is_printed_once(communique, news: str) -> None:
    first, second = communique("replay", news), communique("replay", news)
    assert "France condemns → Azerbaijan" in first.stdout
    assert second.stdout == ""


def test_an_export_is_csv_where_it_is_asked_for(communique, news: str) -> None:
    communique("replay", news, "--deliver", "none")
    rows = list(csv.DictReader(io.StringIO(communique("export", "reactions", "--format", "csv").stdout)))
    assert [(row["actor"], row["targets"]) for row in rows] == [("FRA", "AZE")]


def test_exports_can_be_limited_and_say_what_is_wrong_with_a_limit(communique, news: str) -> None:
    communique("replay", news, "--deliver", "none")
    assert communique("export", "items", "--since", "2023-09-20").stdout == ""
    assert "is no date" in communique("export", "items", "--since", "yesterday").stderr
    told = communique("export", "reactions", "--actor", "Frence")
    assert told.returncode == 1
    assert "FRA" in told.stderr


def test_why_tells_the_life_of_an_item(communique, news: str) -> None:
    communique("replay", news, "--deliver", "none")
    told = communique("why", "https://outlet.example/one").stdout
    assert "France" in told
    assert "Karabakh" in told
    missing = communique("why", "https://outlet.example/nowhere")
    assert missing.returncode == 1
    assert "Traceback" not in missing.stderr


def test_subscriptions_are_added_listed_and_removed(communique) -> None:
    made = communique("subscriptions", "add", "--channel", "42", "--actor", "France", "--type", "condemn")
    assert made.returncode == 0, made.stderr
    assert "42" in communique("subscriptions", "list").stdout
    strict = communique("subscriptions", "add", "--channel", "43", "--mode", "daily", "--tier", "alert")
    assert strict.returncode == 0, strict.stderr
    assert "said: directly" in communique("subscriptions", "list").stdout
    again = communique("subscriptions", "add", "--channel", "42", "--actor", "FRA", "--type", "condemn")
    assert again.returncode == 1
    assert "has that subscription already" in again.stderr
    assert communique("subscriptions", "remove", made.stdout.strip()).returncode == 0
    assert "no type" not in communique("subscriptions", "list").stderr


def test_a_filter_that_means_nothing_is_refused_with_what_is_near(communique) -> None:
    told = communique("subscriptions", "add", "--channel", "42", "--type", "condem")
    assert told.returncode == 1
    assert "condemn" in told.stderr


def test_check_looks_at_every_part_and_fails_when_one_does(communique) -> None:
    good = communique("check")
    assert good.returncode == 0, good.stdout + good.stderr
    for part in ("configuration", "database", "lexicons", "Discord"):
        assert part in good.stdout
    bad = communique("check", COMMUNIQUE_DATABASE__URL="sqlite:////proc/nowhere/bot.sqlite3")
    assert bad.returncode == 1
    assert "✗ database" in bad.stdout


def test_a_database_of_a_later_release_is_refused(communique, tmp_path: Path) -> None:
    import sqlite3

    assert communique("db", "upgrade").returncode == 0
    with sqlite3.connect(tmp_path / "bot.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    told = communique("status")
    assert told.returncode == 1
    assert "9999" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_database_is_backed_up_checked_and_pruned(communique, tmp_path: Path) -> None:
    assert communique("db", "upgrade").returncode == 0
    assert communique("db", "backup", "copy.sqlite3").returncode == 0
    assert communique("db", "check", COMMUNIQUE_DATABASE__URL=f"sqlite:///{tmp_path}/copy.sqlite3").stdout.endswith(
        "sound\n"
    )
    again = communique("db", "backup", "copy.sqlite3")
    assert (again.returncode, "there already" in again.stderr) == (1, True)
    assert "0 items" in communique("db", "prune", "--older-than", "30d").stdout
    assert communique("db", "prune", "--older-than", "soon").returncode == 2


def test_a_damaged_database_is_told(communique, tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite3").write_bytes(b"no database at all " * 500)
    told = communique("db", "check")
    assert told.returncode == 1
    assert "put the latest backup in its place" in told.stdout + told.stderr
    assert "Traceback" not in told.stderr


def test_the_starter_list_is_imported_once_and_exported_as_opml(communique) -> None:
    first, second = communique("feeds", "import", "--defaults"), communique("feeds", "import", "--defaults")
    assert "0 of them new" not in first.stdout
    assert "0 of them new" in second.stdout
    assert communique("feeds", "export").stdout.startswith("<?xml")


def test_an_address_on_this_machine_is_not_visited_unless_it_is_allowed(communique) -> None:
    told = communique("feeds", "add", "http://127.0.0.1:9/feed.xml")
    assert told.returncode == 1
    assert "feeds.allow_networks" in told.stderr
