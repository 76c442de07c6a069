"""Logs: structlog events on standard error, for a person or for a machine. Never a token, never an article."""

from __future__ import annotations

import logging
import sys

import structlog

_QUIET = {
    "alembic": logging.WARNING,
    "discord": logging.WARNING,
    # Warns of missing voice libraries at every start; this bot has nothing to say aloud.
    "discord.client": logging.ERROR,
    # A tick that finds the one before it still at work is skipped, which is as it should be; the jobs log for themselves.
    "apscheduler": logging.ERROR,
    "aiosqlite": logging.WARNING,
    "trafilatura": logging.ERROR,
}


def configure_logs(*, level: str, form: str) -> None:
    """Send events at or above `level` to standard error; `form` is console, json, or auto (console on a terminal)."""
    machine = form == "json" or (form == "auto" and not sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: list[structlog.typing.Processor] = (
        [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if machine
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[remove, *renderer]))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))
