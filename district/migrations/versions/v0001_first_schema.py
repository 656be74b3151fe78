"""The first schema: who may speak, the resource base, submissions and cases."""

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    _people_and_programs()
    _places()
    _population()
    _accounts()
    _submissions()
    _cases()
    _statuses()


def _people_and_programs() -> None:
    op.create_table(
        "terminal",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_terminal"),
        sa.UniqueConstraint("token_hash", name="uq_terminal_token_hash"),
    )
    op.create_table(
        "operator",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_operator"),
        sa.UniqueConstraint("token_hash", name="uq_operator_token_hash"),
    )
    op.create_table(
        "catalogue_release",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_catalogue_release"),
    )


def _places() -> None:
    op.create_table(
        "department",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name_zh", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_department"),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("district", sa.String(length=40), nullable=False),
        sa.Column("street", sa.String(length=40), nullable=False),
        sa.Column("community", sa.String(length=40), nullable=False),
        sa.Column("building", sa.String(length=80), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint("code", name="uq_address_code"),
    )
    op.create_table(
        "household",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("department_code", sa.String(length=32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_household_address_id"),
        sa.ForeignKeyConstraint(
            ["department_code"], ["department.code"], name="fk_household_department_code"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_household"),
    )


def _population() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("household_number", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_number"], ["household.number"], name="fk_person_household_number"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("number", name="uq_person_number"),
    )
    op.create_table(
        "contact",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("department_code", sa.String(length=32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["department_code"], ["department.code"], name="fk_contact_department_code"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_contact_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_contact"),
    )
    op.create_table(
        "residence",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("department_code", sa.String(length=32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_residence_address_id"),
        sa.ForeignKeyConstraint(
            ["department_code"], ["department.code"], name="fk_residence_department_code"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_residence_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_residence"),
    )
    op.create_table(
        "lookup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_lookup_person_id"),
        sa.ForeignKeyConstraint(["terminal"], ["terminal.id"], name="fk_lookup_terminal"),
        sa.PrimaryKeyConstraint("id", name="pk_lookup"),
    )
    op.create_index("ix_lookup_person_id_at", "lookup", ["person_id", "at"], unique=False)


def _accounts() -> None:
    op.create_table(
        "social_account",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("card_number", sa.String(length=32), nullable=False),
        sa.Column("bank_name", sa.String(length=60), nullable=False),
        sa.Column("bank_tail", sa.String(length=4), nullable=False),
        sa.Column("department_code", sa.String(length=32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_code"], ["department.code"], name="fk_social_account_department_code"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_social_account_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_social_account"),
    )


def _submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("receipt_no", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("container_ver", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("upload_offset", sa.BigInteger(), nullable=False),
        sa.Column("restarts", sa.Integer(), nullable=False),
        sa.Column("announced_at", sa.DateTime(), nullable=False),
        sa.Column("problem", sa.String(length=64), nullable=True),
        sa.Column("ack", sa.JSON(), nullable=True),
        sa.CheckConstraint("state IN ('receiving', 'accepted', 'unreadable')", name="ck_submission_state"),
        sa.CheckConstraint("upload_offset >= 0 AND upload_offset <= size", name="ck_submission_offset"),
        sa.ForeignKeyConstraint(["terminal"], ["terminal.id"], name="fk_submission_terminal"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
    )
    op.create_index("ix_submission_receipt_no", "submission", ["receipt_no"], unique=False)
    op.create_index("ix_submission_terminal_seq", "submission", ["terminal", "seq"], unique=False)
    op.create_table(
        "daily_number",
        sa.Column("implementation_code", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("implementation_code", "day", name="pk_daily_number"),
    )


def _cases() -> None:
    op.create_table(
        "application_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=96), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("implementation_code", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("item_name", sa.String(length=200), nullable=False),
        sa.Column("applicant_name", sa.String(length=200), nullable=False),
        sa.Column("applicant_document_kind_code", sa.String(length=3), nullable=False),
        sa.Column("applicant_document_number", sa.String(length=18), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("channel_code", sa.String(length=2), nullable=False),
        sa.Column("terminal", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("application", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_application_case_submission_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_application_case"),
        sa.UniqueConstraint("number", name="uq_application_case_number"),
        sa.UniqueConstraint("submission_id", name="uq_application_case_submission_id"),
    )
    op.create_index(
        "ix_application_case_applicant_document_number",
        "application_case",
        ["applicant_document_number"],
        unique=False,
    )
    op.create_table(
        "attachment",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["application_case.id"], name="fk_attachment_case_id"),
        sa.PrimaryKeyConstraint("case_id", "n", name="pk_attachment"),
    )


def _statuses() -> None:
    op.create_table(
        "case_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["application_case.id"], name="fk_case_status_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_status"),
    )
    op.create_index("ix_case_status_case_id_n", "case_status", ["case_id", "n"], unique=True)
