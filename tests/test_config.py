"""Settings: where they come from, and what is said of a wrong one."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings, described, duration, load_settings
from bot.domain.errors import ConfigurationInvalid

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration of the machine that runs the tests reaches them."""
    monkeypatch.chdir(tmp_path)
    import os

    for name in list(os.environ):
        if name.startswith("COMMUNIQUE_"):
            monkeypatch.delenv(name)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_any_source_the_defaults_hold() -> None:
    settings = load_settings()
    assert settings.alerts.max_age == timedelta(hours=24)
    assert settings.discord.token is None


def test_the_file_is_read_and_the_environment_wins_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, '[alerts]\nmax_age = "7d"\nedit_every = "2m"\n')
    monkeypatch.setenv("COMMUNIQUE_ALERTS__MAX_AGE", "90")
    settings = load_settings(path)
    assert settings.alerts.max_age == timedelta(seconds=90)
    assert settings.alerts.edit_every == timedelta(minutes=2)


def test_the_variable_names_the_file_where_no_option_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_CONFIG", str(written(tmp_path, '[log]\nlevel = "error"\n')))
    assert load_settings().log.level == "error"


def test_a_token_comes_from_the_secrets_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "communique_discord__token").write_text("from-a-file\n")
    (secrets / "somebody_elses").write_text("x")
    monkeypatch.setenv("COMMUNIQUE_SECRETS", str(secrets))
    token = load_settings().discord.token
    assert token is not None
    assert token.get_secret_value().strip() == "from-a-file"


def test_the_token_shows_in_no_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_DISCORD__TOKEN", "very-secret")
    monkeypatch.setenv("COMMUNIQUE_DATABASE__URL", "postgresql://me:hidden@host/db")
    settings = load_settings()
    for text in (repr(settings), str(settings), settings.model_dump_json()):
        assert "very-secret" not in text
        assert "hidden" not in text


def test_a_token_in_the_file_is_refused_without_showing_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match="COMMUNIQUE_DISCORD__TOKEN") as caught:
        load_settings(written(tmp_path, '[discord]\ntoken = "very-secret"\n'))
    assert "very-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[feeds]\nmin_interval = "5x"\n', r"feeds\.min_interval is '5x': should be a duration"),
        (
            '[feeds]\nmin_intervall = "5m"\n',
            r"feeds\.min_intervall: there is no such setting; did you mean feeds\.min_interval",
        ),
        ("[feds]\n", r"feds: there is no such setting; did you mean feeds"),
        ('[feeds]\nallow_networks = ["home"]\n', r"feeds\.allow_networks\.0 is 'home': should be a network"),
        ("[feeds]\nconcurrency = 0\n", r"feeds\.concurrency is 0: input should be greater than or equal to 1"),
        ('[log]\nlevel = "loud"\n', r"log\.level is 'loud': input should be 'debug', 'info'"),
        ("[feeds\n", r"mine\.toml: is no valid TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value_and_what_is_allowed(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=said):
        load_settings(written(tmp_path, text))


def test_a_misspelt_variable_is_an_error_not_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_ALERT__MAX_AGE", "1h")
    with pytest.raises(ConfigurationInvalid, match=r"COMMUNIQUE_ALERT__MAX_AGE.*COMMUNIQUE_ALERTS__MAX_AGE"):
        load_settings()


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match="there is no such file"):
        load_settings(tmp_path / "nowhere.toml")


@pytest.mark.parametrize("value", ["127.0.0.0/8, ::1/128", '["127.0.0.0/8", "::1/128"]'])
def test_networks_in_the_environment_are_a_json_array_or_stand_between_commas(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("COMMUNIQUE_FEEDS__ALLOW_NETWORKS", value)
    assert load_settings().feeds.allow_networks == (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("30s", timedelta(seconds=30)),
        ("15m", timedelta(minutes=15)),
        ("24h", timedelta(days=1)),
        ("7d", timedelta(days=7)),
        ("PT1H30M", timedelta(minutes=90)),
        ("P2D", timedelta(days=2)),
        ("90", timedelta(seconds=90)),
        (90, timedelta(seconds=90)),
        (0.5, timedelta(seconds=0.5)),
    ],
)
def test_durations_are_read_in_every_promised_form(text: object, meant: timedelta) -> None:
    assert duration(text) == meant


@given(st.text(max_size=12))
def test_a_duration_is_read_or_refused_in_words(text: str) -> None:
    try:
        read = duration(text)
    except ValueError as error:
        said = str(error)
        read = timedelta(0)
    else:
        said = "should be a duration"
    assert "should be a duration" in said
    assert read >= timedelta(0)


def test_the_example_file_documents_every_key_with_its_default() -> None:
    """What the example shows is what holds without it; what has no default stands there as a comment."""
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    example = tomllib.loads(text)
    defaults = Settings()
    for section, key, field in described():
        assert field.description, f"{section}.{key} has no description"
        assert field.description in text, f"{section}.{key} is described otherwise"
        value = getattr(getattr(defaults, section), key)
        if value is None:
            assert f"# {key} = " in text
        else:
            assert key in example[section], f"{section}.{key} is missing"
    assert Settings(**example) == defaults


def test_the_example_file_knows_no_key_that_the_code_does_not() -> None:
    example = tomllib.loads((ROOT / "config.example.toml").read_text(encoding="utf-8"))
    told = {(section, key) for section, keys in example.items() for key in keys}
    assert told <= {(section, key) for section, key, _ in described()}
