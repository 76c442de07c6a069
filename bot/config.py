"""Settings: read once, from config.toml, the environment and a secrets directory, and handed down.

Later sources win: defaults, the config file, files of the secrets directory, the environment. A key that nobody knows and
a value that cannot be used are errors that name the key, the value and what is allowed.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    SecretStr,
    TypeAdapter,
    ValidationError,
)
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.compiled import VARIABLE as COMPILED_VARIABLE
from bot.domain.errors import ConfigurationInvalid
from bot.domain.feeds import FullText

PREFIX = "COMMUNIQUE_"
CONFIG_VARIABLE = "COMMUNIQUE_CONFIG"
SECRETS_VARIABLE = "COMMUNIQUE_SECRETS"
DEFAULT_PATH = Path("config.toml")
# Where Docker and systemd put secrets; used when it exists and nothing else is said.
DEFAULT_SECRETS = Path("/run/secrets")

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", re.IGNORECASE)
_ISO_DURATION = TypeAdapter(timedelta)


def duration(value: object) -> timedelta:
    """Return the duration that "30s", "15m", "24h", "7d", an ISO 8601 duration or plain seconds mean."""
    if isinstance(value, timedelta):
        return value
    text = str(value)
    if match := _DURATION.fullmatch(text):
        return timedelta(**{_UNITS[match[2].lower()]: float(match[1])})
    try:
        read = timedelta(seconds=float(text)) if re.fullmatch(r"\s*\d+(\.\d+)?\s*", text) else _iso(text)
    except (ValidationError, ValueError, OverflowError):
        read = timedelta(-1)
    if isinstance(value, bool) or read < timedelta(0):
        raise ValueError('should be a duration such as "30s", "15m", "24h", "7d", "PT15M", or seconds')
    return read


def _iso(text: str) -> timedelta:
    if not text.lstrip().startswith("P"):
        raise ValueError("not an ISO 8601 duration")
    return _ISO_DURATION.validate_python(text)


def _listed(value: object) -> object:
    # The environment has no lists: a JSON array does there, and so do commas.
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [part.strip() for part in value.split(",") if part.strip()]


def _network(value: object) -> Network:
    try:
        return ipaddress.ip_network(str(value), strict=False)
    except ValueError:
        raise ValueError('should be a network such as "127.0.0.0/8" or "fd00::/8"') from None


Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Duration = Annotated[timedelta, BeforeValidator(duration)]
Networks = Annotated[tuple[Annotated[Network, PlainValidator(_network)], ...], NoDecode, BeforeValidator(_listed)]
Ids = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True, hide_input_in_errors=False)


class DatabaseSection(_Section):
    """Where everything is remembered."""

    url: SecretStr = Field(
        default=SecretStr("sqlite:///data/communique.sqlite3"),
        description="sqlite:///PATH (relative to the working directory), or postgresql://USER:PASSWORD@HOST/NAME.",
    )


class FeedsSection(_Section):
    """How feeds are asked."""

    min_interval: Duration = Field(default=timedelta(minutes=5), description="No feed is polled more often than this.")
    max_interval: Duration = Field(
        default=timedelta(hours=6), description="No active feed is polled less often than this."
    )
    allow_networks: Networks = Field(
        default=(),
        description="Networks (CIDR) that may be visited although they are private, such as 127.0.0.0/8 for tests.",
    )
    contact: str = Field(
        default="", description="A web or e-mail address for the User-Agent, so that a server's admin can reach you."
    )
    concurrency: int = Field(default=128, ge=1, le=1024, description="Feeds that are fetched at the same time.")
    timeout: Duration = Field(default=timedelta(seconds=45), description="After this long an answer is given up.")
    max_body_mib: int = Field(default=8, ge=1, le=64, description="Larger documents are refused, in MiB, decompressed.")
    parse_workers: int = Field(
        default=1,
        ge=1,
        le=16,
        description="Processes that parse feeds and code their items; one does for a thousand feeds.",
    )
    parse_timeout: Duration = Field(
        default=timedelta(seconds=10), description="A document that parses longer is refused."
    )
    parse_memory_mib: int = Field(default=384, ge=192, description="Address space of one parsing process, in MiB.")
    full_text: FullText = Field(
        default=FullText.AUTO,
        description="off, auto or on: whether new feeds have the linked page read where they give only a summary.",
    )


class AlertsSection(_Section):
    """What is alerted."""

    max_age: Duration = Field(
        default=timedelta(hours=24), description="An item older than this when first seen is stored, never alerted."
    )
    window: Duration = Field(
        default=timedelta(hours=36), description="For this long, the same act by the same actor is the same reaction."
    )
    edit_every: Duration = Field(
        default=timedelta(minutes=1), description="A posted message is edited (further outlets) at most this often."
    )
    backlog: int = Field(
        default=30,
        ge=0,
        description="After an outage a subscription is posted at most this many messages: one summary of what is older,"
        " and its newest alerts. 0 posts them all.",
    )
    backlog_age: Duration = Field(
        default=timedelta(hours=1), description="Only alerts that have waited this long are summarised as a backlog."
    )
    console: bool = Field(default=False, description="Also print every alert on the terminal, Discord token or not.")


class AnalysisSection(_Section):
    """What the analyst knows."""

    topic: str = Field(default="nagorno_karabakh", description="The topic pack that says what is relevant.")
    lexicons: Path | None = Field(
        default=None, description="A folder of your own packs, which extend or override the shipped ones."
    )


class DiscordSection(_Section):
    """The Discord application."""

    token: SecretStr | None = Field(
        default=None,
        description="The bot's token. Set it in the environment or the secrets directory, never in this file.",
    )
    correctors: Ids = Field(
        default=(),
        description="Servers (ids) whose moderators may correct what is coded, for everybody; empty: those of every server.",
    )
    feeds_per_guild: int = Field(default=100, ge=0, description="Feeds of its own that one server may add.")
    subscriptions_per_guild: int = Field(default=100, ge=0, description="Subscriptions that one server may have.")
    subscriptions_per_person: int = Field(
        default=10, ge=0, description="Subscriptions by direct message that one person may have."
    )


class LogSection(_Section):
    """What is logged, on standard error."""

    level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="The least level shown.")
    format: Literal["auto", "console", "json"] = Field(
        default="auto", description="console, json, or auto: console on a terminal and json elsewhere."
    )


class HttpSection(_Section):
    """The port for health and metrics."""

    port: int = Field(default=0, ge=0, le=65535, description="Port for /healthz, /readyz and /metrics; 0 is off.")
    host: str = Field(default="127.0.0.1", description="The address to listen on.")


class Settings(BaseSettings):
    """All settings. Sections are the tables of config.toml."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    database: DatabaseSection = DatabaseSection()
    feeds: FeedsSection = FeedsSection()
    alerts: AlertsSection = AlertsSection()
    analysis: AnalysisSection = AnalysisSection()
    discord: DiscordSection = DiscordSection()
    log: LogSection = LogSection()
    http: HttpSection = HttpSection()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take the environment over secrets over the file; no .env, so that there is one place fewer to look."""
        del settings_cls, dotenv_settings
        directory = _secrets_directory()
        if directory is None:
            return env_settings, init_settings
        secrets = NestedSecretsSettingsSource(
            file_secret_settings, secrets_dir=directory, secrets_dir_missing="ok", secrets_nested_delimiter="__"
        )
        return env_settings, secrets, init_settings


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings. Raises ConfigurationInvalid with one line per fault.

    `path` wins over the variable COMMUNIQUE_CONFIG, which wins over ./config.toml; the last may be missing.
    """
    chosen, origin = _config_path(path)
    written = _read_toml(chosen, required=origin != "default")
    if faults := [*_unknown_variables(), *_token_in_file(written, chosen)]:
        raise ConfigurationInvalid("\n".join(faults))
    try:
        return Settings(**written)
    except ValidationError as error:
        raise ConfigurationInvalid("\n".join(_faults(error, chosen))) from None


def demo_settings(database: Path) -> Settings:
    """Return settings for the sample feeds on loopback, whatever the environment says."""
    return Settings.model_construct(
        database=DatabaseSection(url=SecretStr(f"sqlite:///{database}")),
        feeds=FeedsSection(min_interval=timedelta(0), allow_networks=(ipaddress.ip_network("127.0.0.0/8"),)),
        alerts=AlertsSection(edit_every=timedelta(0)),
        analysis=AnalysisSection(),
        discord=DiscordSection(),
        log=LogSection(),
        http=HttpSection(),
    )


def config_in_use(path: Path | None = None) -> Path | None:
    """Return the config file that `load_settings` would read, or None when there is none."""
    chosen, origin = _config_path(path)
    return chosen if origin != "default" or chosen.exists() else None


def described() -> Iterator[tuple[str, str, FieldInfo]]:
    """Yield (section, key, field) of every setting: what documentation and its tests go by."""
    for section, holder in Settings.model_fields.items():
        model = holder.annotation
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        for key, field in model.model_fields.items():
            yield section, key, field


def _config_path(path: Path | None) -> tuple[Path, str]:
    if path is not None:
        return path, "--config"
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named), CONFIG_VARIABLE
    return DEFAULT_PATH, "default"


def _secrets_directory() -> Path | None:
    if named := os.environ.get(SECRETS_VARIABLE):
        return Path(named)
    return DEFAULT_SECRETS if DEFAULT_SECRETS.is_dir() else None


def _read_toml(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if not required:
            return {}
        raise ConfigurationInvalid(
            f"{path}: there is no such file; copy config.example.toml there, or name another"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationInvalid(f"{path}: cannot be read as text: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationInvalid(f"{path}: is no valid TOML: {error}; compare config.example.toml") from None


def _unknown_variables() -> Iterator[str]:
    # pydantic-settings ignores a variable whose section it does not know: a typo would pass for a default.
    known = {f"{PREFIX}{section}__{key}".upper() for section, key, _ in described()}
    known |= {f"{PREFIX}{section}".upper() for section in Settings.model_fields}
    known |= {CONFIG_VARIABLE, SECRETS_VARIABLE, COMPILED_VARIABLE}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            close = _closest(name.upper(), known)
            yield f"environment variable {name}: there is no such setting; did you mean {close}?"


def _token_in_file(written: Mapping[str, Any], path: Path) -> Iterator[str]:
    section = written.get("discord")
    if isinstance(section, dict) and section.get("token"):
        yield (
            f"{path}: discord.token does not belong in a file that is copied about; set {PREFIX}DISCORD__TOKEN in the "
            "environment, or put it alone in a file communique_discord__token in the secrets directory"
        )


def _faults(error: ValidationError, path: Path) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_context=False):
        key = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            yield f"{path}: {key}: there is no such setting; did you mean {_closest(key, _keys())}?"
            continue
        message = fault["msg"].removeprefix("Value error, ")
        shown = "" if _is_secret(key) else f" is {fault['input']!r}:"
        yield f"setting {key}{shown} {message[:1].lower()}{message[1:]}"


def _is_secret(key: str) -> bool:
    return key.startswith(("discord.token", "database.url")) or key in {"discord", "database"}


def _keys() -> set[str]:
    return {f"{section}.{key}" for section, key, _ in described()} | set(Settings.model_fields)


def _closest(given: str, known: set[str]) -> str:
    import difflib  # noqa: PLC0415 - only where something is already wrong

    return difflib.get_close_matches(given, sorted(known), n=1, cutoff=0.0)[0]


__all__ = [
    "CONFIG_VARIABLE",
    "PREFIX",
    "SECRETS_VARIABLE",
    "Settings",
    "config_in_use",
    "demo_settings",
    "described",
    "duration",
    "load_settings",
]
