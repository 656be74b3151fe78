"""Taking one photo of a reported problem."""

from PySide6.QtQml import QmlElement

from kiosk.session.report_states import ReportPhoto
from kiosk.session.states import Session
from ui.viewmodels.taking import TakingViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PhotoViewModel(TakingViewModel):
    """The live picture, then the photo to look at; whatever it shows is right."""

    def _own(self, session: Session) -> ReportPhoto | None:
        return session.state if isinstance(session.state, ReportPhoto) else None
