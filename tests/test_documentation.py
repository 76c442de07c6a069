"""What the documents say is what the program has: settings, commands, reaction types, links."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import typer
from discord import app_commands

import bot
from bot.cli import app
from bot.config import described
from bot.discord.client import invite_url
from bot.discord.cogs import all_cogs
from bot.domain.reactions import Family, ReactionType
from bot.monitoring import Monitor

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "bot" / "demo" / "README.md"])
# Addresses on the monitoring port and folders of the container, which look like slash commands.
PATHS = {"/healthz", "/readyz", "/metrics", "/data", "/tmp"}
SETTINGS = [(f"{section}.{key}", field.description) for section, key, field in described()]


def text_of(name):
    return (ROOT / name).read_text("utf-8")


def rows(text: str) -> dict[str, list[str]]:
    """Return the cells of table rows by their first cell, without backquotes."""
    found = {}
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
            found[cells[0].strip("`")] = cells
    return found


def commands():
    """Yield ("communique feeds add", its command) for every command that does something itself."""
    group = typer.main.get_command(app)

    def walk(path, command):
        # typer brings its own click: a group is what has commands.
        if not hasattr(command, "commands"):
            yield path, command
            return
        for name in sorted(command.commands):
            yield from walk(f"{path} {name}", command.commands[name])

    yield from walk("communique", group)


COMMANDS = dict(commands())


@pytest.mark.parametrize(("key", "description"), SETTINGS, ids=[key for key, _ in SETTINGS])
def test_every_setting_is_documented_with_its_meaning_and_the_default_of_the_example(key, description):
    cells = rows(text_of("docs/configuration.md")).get(key)
    assert cells is not None, f"docs/configuration.md has no row for {key}"
    assert cells[2] == description
    name = key.partition(".")[2]
    default = cells[1].strip("`")
    line = f"# {name} = " if default == "none" else f"{name} = {default}\n"
    section = text_of("config.example.toml").partition(f"[{key.partition('.')[0]}]\n")[2].partition("\n[")[0]
    assert line in section + "\n"


def test_no_setting_is_documented_that_does_not_exist():
    documented = {key for key in rows(text_of("docs/configuration.md")) if "." in key}
    assert documented == {key for key, _ in SETTINGS}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_is_documented_with_all_its_options(path):
    """Each has a heading of its own; options and arguments stand in the section below it."""
    sections = re.split(r"(?m)^#{2,4} ", text_of("docs/commands.md"))
    section = next((one for one in sections if one.startswith(f"`{path}")), None)
    assert section is not None, f"docs/commands.md has no heading `{path}`"
    for parameter in COMMANDS[path].params:
        names = [name for name in parameter.opts if name.startswith("--") and name != "--help"]
        assert all(f"`{name}" in section or f" {name}" in section for name in names), f"{path}: {names}"


def test_no_command_is_documented_that_does_not_exist():
    headings = re.findall(r"(?m)^#{2,4} `(communique[a-z ]*[a-z])", text_of("docs/commands.md"))
    assert set(headings) == set(COMMANDS)


def test_commands_named_anywhere_exist():
    """A command line in a document is one that can be typed."""
    groups = {path.rpartition(" ")[0] for path in COMMANDS if path.count(" ") == 2}
    for document in DOCUMENTS:
        lines = re.findall(r"(?:^ {4}|`|\| )(communique [a-z][^`\n|]*)", document.read_text("utf-8"), re.MULTILINE)
        for words in (line.split() for line in lines):
            length = 3 if " ".join(words[:2]) in groups and len(words) > 2 else 2
            named = " ".join(words[:length])
            assert named in COMMANDS or named in groups, f"{document.name}: {' '.join(words)}"


def slash_commands():
    """Return every slash command as a reader types it, with the names of its options."""
    found = {}
    for cog in all_cogs(services=None):
        for command in cog.walk_app_commands():
            if isinstance(command, app_commands.Command):
                found[f"/{command.qualified_name}"] = [option.display_name for option in command.parameters]
    return found


SLASH_COMMANDS = slash_commands()


@pytest.mark.parametrize("name", SLASH_COMMANDS)
def test_every_slash_command_is_documented_with_its_options(name):
    sections = re.split(r"(?m)^### ", text_of("docs/commands.md").partition("## On Discord")[2])
    section = next((one for one in sections if f"`{name}`" in one), None)
    assert section is not None, f"docs/commands.md does not name {name}"
    assert all(re.search(rf"\b{option}\b", section) for option in SLASH_COMMANDS[name])


def test_no_slash_command_is_documented_that_does_not_exist():
    groups = {name.rpartition(" ")[0] for name in SLASH_COMMANDS if " " in name}
    for document in DOCUMENTS:
        for name in re.findall(r"`(/[a-z]+(?: [a-z]+)?)`", document.read_text("utf-8")):
            if name not in PATHS:
                assert name in SLASH_COMMANDS or name in groups, f"{document.name}: {name}"


def test_the_address_of_the_invitation_asks_for_what_the_bot_asks_for():
    (documented,) = re.findall(r"https://discord\.com/oauth2/authorize\S+", text_of("README.md"))
    asked, own = (parse_qs(urlsplit(url).query) for url in (documented, invite_url(1)))
    assert asked["permissions"] == own["permissions"]
    assert set(asked["scope"][0].split()) == set(own["scope"][0].split())


def test_every_metric_is_documented_and_no_other():
    monitor = Monitor(tally=lambda _: None, clock=lambda: None, feeds=lambda: None)
    metrics = {metric.name for metric in monitor.registry.collect()}
    documented = {name for name in rows(text_of("docs/operations.md")) if name.startswith("communique_")}
    assert documented == metrics


@pytest.mark.parametrize("kind", ReactionType)
def test_every_reaction_type_is_documented_with_family_and_tone(kind):
    cells = rows(text_of("docs/types.md"))[kind.value]
    assert cells[1] == kind.family.value
    assert int(cells[2].replace("−", "-")) == kind.tone
    assert len(cells[3]) > 20
    assert re.search(r"\d{2}", cells[4])


@pytest.mark.parametrize("family", Family)
def test_every_family_is_documented_with_its_types(family):
    named = re.findall(r"`(\w+)`", rows(text_of("docs/types.md").partition("## Families")[2])[family.value][1])
    assert set(named) == {kind.value for kind in ReactionType if kind.family is family}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), f"{document.name}: {target}"
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", file.read_text("utf-8"))
            assert anchor in {slug(heading) for heading in headings}, f"{document.name}: {target}"


def slug(heading: str) -> str:
    """Return the anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_headings_descend_one_level_at_a_time(document):
    plain = re.sub(r"(?ms)^```.*?^```", "", document.read_text("utf-8"))
    levels = [len(marks) for marks in re.findall(r"(?m)^(#+) ", plain)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))


def test_every_room_stands_in_the_architecture():
    rooms = {path.name for path in (ROOT / "bot").iterdir() if (path / "__init__.py").exists()}
    text = text_of("docs/architecture.md")
    assert {room for room in rooms if f"(../bot/{room})" not in text} == set()


def test_the_changelog_speaks_of_this_version():
    assert f"## [{bot.__version__}]" in text_of("CHANGELOG.md")


def test_the_codebook_is_of_the_version_that_exports_name():
    from bot.domain.reactions import CODEBOOK

    assert f"\nVersion {CODEBOOK}. " in text_of("docs/codebook.md")
