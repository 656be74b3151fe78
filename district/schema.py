"""Every table of the platform, gathered for migrations."""

from district.acceptance import ratings
from district.acceptance import tables as acceptance
from district.base import Base
from district.dispatch import tables as dispatch
from district.resources import identity_codes
from district.resources import tables as resources
from district.tables import Terminal

METADATA = Base.metadata
TABLES = (
    Terminal.__table__,
    acceptance.Submission.__table__,
    ratings.Rating.__table__,
    resources.Person.__table__,
    identity_codes.IdentityCode.__table__,
    dispatch.Report.__table__,
)
"""One table of each area: importing them is what fills ``METADATA``."""
