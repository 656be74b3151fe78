"""Every state beside filing an application."""

from kiosk.session.progress_states import ProgressState

SideState = ProgressState
