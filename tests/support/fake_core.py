from kiosk.demo.still_core import StillCore as FakeCore

__all__ = ["FakeCore"]
