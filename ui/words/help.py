"""Where help is when nothing else is left."""

from kiosk.domain.text import Text

HELP = Text("请拨打屏幕下方的人工帮助电话。", "Please ring the help line shown below.")
"""Ends what leads nowhere else."""
