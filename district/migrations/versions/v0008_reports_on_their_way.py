"""Reports on their way: who supports one, its stages; and of a submission, an earlier case like it."""

import sqlalchemy as sa
from alembic import op

revision = "v0008"
down_revision = "v0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("submission") as submission:
        submission.add_column(sa.Column("earlier_no", sa.String(length=96), nullable=True))
    op.create_index("ix_report_kind_received_at", "report", ["kind", "received_at"])
    op.create_table(
        "report_support",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("report_number", sa.String(length=40), nullable=False),
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["report_number"], ["report.number"], name="fk_report_support_report_number"),
        sa.PrimaryKeyConstraint("id", name="pk_report_support"),
    )
    op.create_index("ix_report_support_report_number", "report_support", ["report_number"])
    op.create_table(
        "report_stage",
        sa.Column("report_number", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["report_number"], ["report.number"], name="fk_report_stage_report_number"),
        sa.PrimaryKeyConstraint("report_number", "n", name="pk_report_stage"),
    )
