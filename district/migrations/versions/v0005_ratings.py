"""How residents rate their cases."""

import sqlalchemy as sa
from alembic import op

revision = "v0005"
down_revision = "v0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "rating",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("rated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="ck_rating_score"),
        sa.ForeignKeyConstraint(["case_id"], ["application_case.id"], name="fk_rating_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_rating"),
    )
