"""Accounts between terminals and platform: chains, refusals, uploads that expire, numbers told and held."""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("submission") as submission:
        submission.add_column(sa.Column("prev_in_chain", sa.String(length=32), nullable=True))
        submission.add_column(sa.Column("moved_at", sa.DateTime(), nullable=True))
        submission.add_column(sa.Column("verdict", sa.JSON(), nullable=True))
        submission.drop_constraint("ck_submission_state", type_="check")
        submission.create_check_constraint(
            "ck_submission_state", "state IN ('receiving', 'accepted', 'unreadable', 'rejected')"
        )
    op.create_index("ix_submission_state_moved_at", "submission", ["state", "moved_at"], unique=False)
    op.create_table(
        "number_told",
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("newest_seq", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["terminal"], ["terminal.id"], name="fk_number_told_terminal"),
        sa.PrimaryKeyConstraint("terminal", "newest_seq", name="pk_number_told"),
    )
    op.create_table(
        "holding",
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("digest8", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["terminal"], ["terminal.id"], name="fk_holding_terminal"),
        sa.PrimaryKeyConstraint("terminal", "seq", name="pk_holding"),
    )
