"""Every state beside filing an application."""

from kiosk.session.mine_states import Presenting
from kiosk.session.progress_states import ProgressState

SideState = ProgressState | Presenting
