"""What servers choose for themselves is kept, and who changed what there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    moment = sa.BigInteger() if is_sqlite else sa.DateTime(timezone=True)
    name = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "preferences",
        sa.Column("guild_id", name, nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("place_names", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "changes",
        sa.Column("id", name, nullable=False),
        sa.Column("guild_id", name, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_guild_id_at_id"), "changes", ["guild_id", "at", "id"], unique=False)


def downgrade() -> None:
    """Nothing is taken back: restore the backup that was made before the upgrade."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
