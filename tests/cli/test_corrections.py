"""Corrections on the command line: out of one database, into another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NEWS = {
    "id": "one",
    "title": "France condemns Azerbaijan's offensive in Nagorno-Karabakh",
    "source": "https://outlet.example/rss",
    "link": "https://outlet.example/one",
    "published": "2023-09-19T12:00:00+00:00",
}


@pytest.fixture
def coded(communique, tmp_path: Path) -> dict:
    """The item as it is coded, in the database."""
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(NEWS), encoding="utf-8")
    assert communique("replay", str(path), "--deliver", "none").returncode == 0
    return json.loads(communique("export", "reactions").stdout)


def labelled(reaction: dict, path: Path, **decided: object) -> str:
    """Write a file that corrects a reaction."""
    keys = ("actor", "type", "targets", "speaker", "role", "quote", "evidence", "start", "end", "cue", "rule", "tier")
    own = {
        "decision": "recoded",
        "actor": reaction["actor"],
        "type": "accuse",
        "targets": reaction["targets"],
        "coded": {key: reaction[key] for key in keys},
        "reaction": reaction["id"],
        "author": "somebody",
        "at": "2023-09-20T08:00:00+00:00",
    }
    path.write_text(json.dumps({"id": reaction["item_id"], "corrections": [own | decided]}), encoding="utf-8")
    return str(path)


def test_what_is_imported_is_told_from_then_on_and_exported_again(communique, tmp_path, coded) -> None:
    assert (coded["actor"], coded["type"]) == ("FRA", "condemn")
    told = communique("import", "corrections", labelled(coded, tmp_path / "gold.jsonl"))
    assert (told.returncode, told.stderr.strip()) == (0, "1 corrections read, 1 new or later than those known")

    now = json.loads(communique("export", "reactions").stdout)
    assert (now["actor"], now["type"], now["rule"]) == ("FRA", "accuse", "moderator")
    exported = communique("export", "corrections").stdout
    line = json.loads(exported)
    assert [record["type"] for record in line["reactions"]] == ["accuse"]
    assert line["corrections"][0]["coded"]["type"] == "condemn"

    again = tmp_path / "again.jsonl"
    again.write_text(exported, encoding="utf-8")
    assert "0 new" in communique("import", "corrections", str(again)).stderr


def test_an_item_that_comes_later_is_coded_as_the_moderator_had_it(communique, tmp_path, coded) -> None:
    gold = labelled(coded, tmp_path / "gold.jsonl", decision="wrong")
    elsewhere = {"COMMUNIQUE_DATABASE__URL": f"sqlite:///{tmp_path}/elsewhere.sqlite3"}
    assert communique("import", "corrections", gold, **elsewhere).returncode == 0
    assert communique("replay", str(tmp_path / "news.jsonl"), "--deliver", "none", **elsewhere).returncode == 0
    assert communique("export", "reactions", **elsewhere).stdout == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]", "it is no JSON object"),
        ('{"corrections": []}', "it has no id"),
        ('{"id": "a", "corrections": [{"decision": "maybe"}]}', "cannot be read"),
        ("{", "is no labelled item"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_imported(communique, tmp_path, line, said) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": "a"}}\n{line}\n', encoding="utf-8")
    told = communique("import", "corrections", str(path))
    assert told.returncode == 1
    assert "line 2" in told.stderr
    assert said in told.stderr


def test_corrections_are_no_table(communique) -> None:
    told = communique("export", "corrections", "--format", "csv")
    assert told.returncode == 2
    assert "JSON Lines" in told.stderr
