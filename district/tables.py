"""Who may speak to the platform, what the catalogue was, and every table in one place for migrations."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from district.base import Base, UtcTime


class Terminal(Base):
    """One enrolled terminal."""

    __tablename__ = "terminal"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the bearer token, hex. The token is 256 random bits, so a plain digest cannot be guessed."""
    enrolled_at: Mapped[datetime] = mapped_column(UtcTime())


class DeviceKey(Base):
    """One signing key of a terminal, public half; old ones stay."""

    __tablename__ = "device_key"

    terminal: Mapped[str] = mapped_column(ForeignKey("terminal.id"), primary_key=True)
    kid: Mapped[str] = mapped_column(String(8), primary_key=True)
    algorithm: Mapped[str] = mapped_column(String(16))
    public: Mapped[bytes] = mapped_column(LargeBinary)
    enrolled_at: Mapped[datetime] = mapped_column(UtcTime())


class Operator(Base):
    """One person or program of the district that may read cases."""

    __tablename__ = "operator"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    enrolled_at: Mapped[datetime] = mapped_column(UtcTime())


class CatalogueRelease(Base):
    """One content of the catalogue; a terminal never goes back to a lower version."""

    __tablename__ = "catalogue_release"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_digest: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcTime())
