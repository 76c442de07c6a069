"""The schema's revision: upgraded at start, refused when a later release wrote it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

import bot
from bot.domain.errors import SchemaTooNew, Stop
from bot.store.database import SCHEMA_LOCK, Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The revision this release works with; equal to the newest file in `migrations/versions` (a test)."""


def migrations_folder() -> Path:
    """Return where the migrations are: inside the package when installed, beside it in a checkout."""
    package = Path(bot.__file__).parent
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


async def current_revision(database: Database) -> str:
    """Return the revision of the database, "" when nothing was ever made in it."""
    async with database.reading() as connection:
        return await connection.run_sync(_revision)


async def upgrade(database: Database, *, to: str = HEAD) -> str:
    """Bring the database to a revision, by default this release's; return the one it had, "" for an empty database.

    Two processes that start at once take turns. What fails leaves the database as it was. Raises SchemaTooNew.
    """
    async with database.alone(lock=SCHEMA_LOCK) as run:
        found: str = await run(_upgrade, to)
    return found


async def require_head(database: Database) -> None:
    """Raise Stop unless the database has this release's revision: SchemaTooNew when a later one wrote it."""
    found = await current_revision(database)
    if found == HEAD:
        return
    if found and found > HEAD:
        raise _too_new(database.place, found)
    raise Stop(
        f"The database {database.place} has revision {found or 'none'}, this release needs {HEAD}: run"
        " `communique db upgrade` (make a backup before)."
    )


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _upgrade(connection: Connection, to: str) -> str:
    found = _revision(connection)
    if found == to:
        return found
    # Revisions are numbered, so that a later release's is known to be later without its files.
    if found > to:
        raise _too_new(str(connection.engine.url.database), found)
    # Alembic takes a tenth of a second to import: only who has something to upgrade waits for it.
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(_configuration(connection), to)
    return found


def _configuration(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415 - see `_upgrade`

    configuration = Config()
    configuration.set_main_option("script_location", str(migrations_folder()))
    configuration.attributes["connection"] = connection
    return configuration


def _too_new(place: str, found: str) -> SchemaTooNew:
    return SchemaTooNew(
        f"The database {place} has revision {found}, this release knows up to {HEAD}: a later release wrote it. Start that"
        " release, or restore the backup made before the upgrade."
    )
