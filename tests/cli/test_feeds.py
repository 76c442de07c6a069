"""`communique feeds`: what an operator's list holds, and whether it answers."""

from __future__ import annotations


def test_every_feed_of_the_list_is_tested_and_told_in_its_order(communique, server) -> None:
    """Two that answer, one that is gone and one that is not visited: a line each, and the count."""
    for path in ("/one", "/two", "/gone"):
        communique("feeds", "add", "--trust", server + path)
    communique("feeds", "add", "--trust", "http://127.0.0.9/refused")
    told = communique("feeds", "test", "--all", COMMUNIQUE_FEEDS__ALLOW_NETWORKS='["127.0.0.1/32"]')
    *lines, count = told.stdout.strip().splitlines()
    assert told.returncode == 1
    assert len(lines) == 4
    assert sum(line.startswith("✓ ") and ": 1 entry, undated" in line for line in lines) == 2
    assert any("404: it is not found" in line for line in lines)
    assert any("not a public address" in line for line in lines)
    assert count == "2 of 4 feeds answer"


def test_a_home_page_is_added_by_the_feed_that_it_offers(communique, server) -> None:
    told = communique("feeds", "add", server + "/home", COMMUNIQUE_FEEDS__ALLOW_NETWORKS='["127.0.0.1/32"]')
    assert told.stdout.splitlines()[0] == f"added: Example Times <{server}/one>"
