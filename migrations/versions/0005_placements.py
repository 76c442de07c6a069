"""What moderators decided about the stories of items is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    moment = sa.BigInteger() if is_sqlite else sa.DateTime(timezone=True)
    name = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "placements",
        sa.Column("item_id", name, nullable=False),
        sa.Column("story_id", name, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("guild_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_placements")),
    )
    op.create_index(op.f("ix_placements_at_item_id"), "placements", ["at", "item_id"], unique=False)


def downgrade() -> None:
    """Nothing is taken back: restore the backup that was made before the upgrade."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
