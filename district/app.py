"""The platform's HTTP face."""

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from district import keys_api, problems
from district.acceptance import (
    accounts_api,
    desk_api,
    importing_api,
    own_cases_api,
    progress_api,
    ratings_api,
    submissions,
)
from district.catalogue import api as catalogue_api
from district.dispatch import api as dispatch_api
from district.gate import Gate
from district.limits import Limits
from district.resources import api as resources_api
from district.resources import documents_api, identity_codes_api
from district.services import Services

_ping = APIRouter(prefix="/v1", tags=["ping"])


class PingOut(BaseModel):
    """The platform is there."""

    ok: bool = True


@_ping.get("/ping")
def get_ping() -> PingOut:
    """Answer; needs no token and touches nothing."""
    return PingOut()


class ApiMark:
    """Marks every answer with the version of the interface."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mark the start of its answer."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in problems.API_HEADERS.items():
                    # At the very end: of an answer that was cut in the middle of a header, the mark is gone.
                    del headers[name]
                    headers.append(name, value)
            await send(message)

        await self._app(scope, receive, marked)


def create_app(services: Services | None) -> FastAPI:
    """Return the application; without services it can only describe itself."""
    app = FastAPI(
        title="Zhiwang district platform",
        summary="统一受理: what self-service terminals talk to.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses={"default": {"model": problems.Problem, "description": "Refused, with a stable code."}},
    )
    app.state.services = services
    app.add_middleware(Gate, limits=Limits() if services is None else services.limits)
    app.add_middleware(ApiMark)
    problems.install(app)
    for router in (
        _ping,
        catalogue_api.router,
        keys_api.router,
        resources_api.router,
        documents_api.router,
        identity_codes_api.router,
        submissions.router,
        accounts_api.router,
        progress_api.router,
        ratings_api.router,
        own_cases_api.router,
        desk_api.router,
        dispatch_api.router,
        importing_api.router,
    ):
        app.include_router(router)
    return app
