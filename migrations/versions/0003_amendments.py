"""What moderators decided about coded records is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    moment = sa.BigInteger() if is_sqlite else sa.DateTime(timezone=True)
    name = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "amendments",
        sa.Column("id", name, nullable=False),
        sa.Column("item_id", name, nullable=False),
        sa.Column("coded", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("reaction_id", name, nullable=False),
        sa.Column("guild_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
    )
    op.create_index(op.f("ix_amendments_item_id"), "amendments", ["item_id"], unique=False)
    op.create_index(op.f("ix_amendments_reaction_id"), "amendments", ["reaction_id"], unique=False)
    op.create_index(op.f("ix_amendments_at_id"), "amendments", ["at", "id"], unique=False)


def downgrade() -> None:
    """Nothing is taken back: restore the backup that was made before the upgrade."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
