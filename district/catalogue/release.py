"""Versions of the catalogue: one more whenever its content differs from what was served before."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from district.catalogue.package import Catalogue, content_digest, read_items, sign
from district.keys import SigningKey
from district.tables import CatalogueRelease


def release(session: Session, folder: Path | None, key: SigningKey, at: datetime) -> Catalogue:
    """Return the signed catalogue of ``folder`` (None: an empty one), numbering a new content.

    Raises:
        CatalogueError: The folder cannot be read as a catalogue.
    """
    items = read_items(folder) if folder else {}
    digest = content_digest(items)
    newest = session.scalar(select(CatalogueRelease).order_by(CatalogueRelease.version.desc()).limit(1))
    if newest is None or newest.content_digest != digest:
        version = newest.version + 1 if newest else 1
        newest = CatalogueRelease(version=version, content_digest=digest, issued_at=at)
        session.add(newest)
    return sign(items, newest.version, newest.issued_at.isoformat(timespec="seconds"), key)


def unserved(folder: Path | None, key: SigningKey, at: datetime) -> Catalogue:
    """Return the catalogue of ``folder`` for work that serves nobody; it gets no number of its own.

    Raises:
        CatalogueError: The folder cannot be read as a catalogue.
    """
    return sign(read_items(folder) if folder else {}, 0, at.isoformat(timespec="seconds"), key)
