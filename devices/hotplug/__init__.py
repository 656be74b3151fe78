"""Notices that something was plugged in or pulled out, so that drivers look at once and not at intervals."""

from devices.hotplug.burst import Plug
from devices.hotplug.snapshot import Watched, watched_by
from devices.hotplug.watcher import HotplugWatcher, Timing, Watcher

__all__ = ["HotplugWatcher", "Plug", "Timing", "Watched", "Watcher", "watched_by"]
