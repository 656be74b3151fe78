"""One-ID codes that residents show to a terminal."""

import sqlalchemy as sa
from alembic import op

revision = "v0007"
down_revision = "v0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "identity_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("used_by", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_identity_code_person_id"),
        sa.ForeignKeyConstraint(["used_by"], ["terminal.id"], name="fk_identity_code_used_by"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_identity_code"),
    )
    op.create_index("ix_identity_code_expires_at", "identity_code", ["expires_at"])
