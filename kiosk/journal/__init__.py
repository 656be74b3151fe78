"""The terminal's journal: a hash chain of codes and ids in segments, never personal data."""

from kiosk.journal.entry import Entry, JournalError, is_id
from kiosk.journal.proof import Proof, prove
from kiosk.journal.segments import read
from kiosk.journal.writer import Bounds, Journal

__all__ = ["Bounds", "Entry", "Journal", "JournalError", "Proof", "is_id", "prove", "read"]
