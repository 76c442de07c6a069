"""Reactions are found by their last report: what a guild with hidden feeds asks for."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_reactions_last_reported_at"), "reactions", ["last_reported_at"], unique=False)


def downgrade() -> None:
    """Nothing is taken back: restore the backup that was made before the upgrade."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
