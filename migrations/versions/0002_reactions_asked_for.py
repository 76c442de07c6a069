"""Reactions are found by their last report, and those that nobody reports any more are left out of what members ask."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

reported = sa.text("reports > 0")


def upgrade() -> None:
    op.create_index(op.f("ix_reactions_last_reported_at"), "reactions", ["last_reported_at"], unique=False)
    for columns in (
        ["actor", "first_reported_at", "id"],
        ["type", "first_reported_at", "id"],
        ["first_reported_at", "id"],
    ):
        name = op.f(f"ix_reactions_{'_'.join(columns)}")
        op.drop_index(name, table_name="reactions")
        op.create_index(name, "reactions", columns, unique=False, sqlite_where=reported, postgresql_where=reported)


def downgrade() -> None:
    """Nothing is taken back: restore the backup that was made before the upgrade."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
