"""What QML binds to; adapts the session and decides nothing."""

from ui.viewmodels.shell import ShellViewModel

__all__ = ["ShellViewModel"]
