"""Cameras: the document camera and the face camera."""

import os

# HARDWARE: OpenCV waits ten seconds for a frame from a camera that was pulled out. It reads this once, when
# it is loaded, which is why it stands here and not beside the capture. Whole seconds are all it takes.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1")
