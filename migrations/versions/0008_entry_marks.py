"""A feed has a mark of each entry that it listed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No marks, packed: everything is looked at once more.
    op.add_column("feeds", sa.Column("entry_marks", sa.LargeBinary(), nullable=False, server_default=""))


def downgrade() -> None:
    """Nothing is taken back: restore the backup that was made before the upgrade."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
