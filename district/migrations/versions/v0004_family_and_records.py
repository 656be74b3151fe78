"""Who belongs to whose family, and what departments know of people beyond the fixed tables."""

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "kinship",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("relative_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("department_code", sa.String(length=32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_kinship_person_id"),
        sa.ForeignKeyConstraint(["relative_id"], ["person.id"], name="fk_kinship_relative_id"),
        sa.ForeignKeyConstraint(["department_code"], ["department.code"], name="fk_kinship_department_code"),
        sa.PrimaryKeyConstraint("person_id", "relative_id", name="pk_kinship"),
    )
    op.create_table(
        "record",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("department_code", sa.String(length=32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_record_person_id"),
        sa.ForeignKeyConstraint(["department_code"], ["department.code"], name="fk_record_department_code"),
        sa.PrimaryKeyConstraint("person_id", "key", name="pk_record"),
    )
    with op.batch_alter_table("lookup") as lookup:
        lookup.alter_column("fields", existing_type=sa.String(length=400), type_=sa.String(length=2000))
