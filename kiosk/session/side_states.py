"""Every state beside filing an application."""

from kiosk.session.document_states import DocumentState
from kiosk.session.mine_states import Presenting
from kiosk.session.progress_states import ProgressState
from kiosk.session.report_states import ReportState

SideState = ProgressState | Presenting | ReportState | DocumentState
