"""Of a reaction's outlets it is known which ones only copy another's item."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reactions", sa.Column("copying", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Nothing is taken back: restore the backup that was made before the upgrade."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
