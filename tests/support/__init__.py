from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    if name == "visits":
        from kiosk.demo.scenes import visits  # noqa: PLC0415  # the tests say where it is by and by

        return visits
    raise AttributeError(name)
