"""The terminals' signing keys."""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "device_key",
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("kid", sa.String(length=8), nullable=False),
        sa.Column("algorithm", sa.String(length=16), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["terminal"], ["terminal.id"], name="fk_device_key_terminal"),
        sa.PrimaryKeyConstraint("terminal", "kid", name="pk_device_key"),
    )
