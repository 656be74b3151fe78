"""Corrections of cases, which documents are asked for again, and reports of residents."""

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("case_status") as case_status:
        case_status.add_column(sa.Column("materials", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "correction",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name="fk_correction_submission_id"),
        sa.ForeignKeyConstraint(["case_id"], ["application_case.id"], name="fk_correction_case_id"),
        sa.PrimaryKeyConstraint("submission_id", name="pk_correction"),
    )
    op.create_table(
        "report",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("receipt_no", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("described", sa.String(length=500), nullable=False),
        sa.Column("place_way", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name="fk_report_submission_id"),
        sa.PrimaryKeyConstraint("number", name="pk_report"),
        sa.UniqueConstraint("submission_id", name="uq_report_submission_id"),
    )
    op.create_index("ix_report_receipt_no", "report", ["receipt_no"])
