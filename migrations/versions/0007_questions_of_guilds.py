"""What a guild may see of a reaction is found by the reaction, and what several outlets tell by a smaller index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

several = sa.text("reports > 1")


def upgrade() -> None:
    # With it SQLite looked for each reaction once for every feed that the asker sees.
    op.drop_index(op.f("ix_reports_feed_id_reaction_id"), table_name="reports")
    name = op.f("ix_reactions_last_reported_at")
    op.drop_index(name, table_name="reactions")
    op.create_index(
        name, "reactions", ["last_reported_at"], unique=False, sqlite_where=several, postgresql_where=several
    )


def downgrade() -> None:
    """Nothing is taken back: restore the backup that was made before the upgrade."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
