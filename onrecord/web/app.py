"""The workspace as a web application, and how to serve it from this machine to this machine."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.model.errors import OnrecordError
from onrecord.store.base import Store
from onrecord.web.cards import Cards
from onrecord.web.decisions import Decisions
from onrecord.web.exporting import Exporting
from onrecord.web.ground import Ground
from onrecord.web.guard import Guard, Guarded
from onrecord.web.house import House, Office
from onrecord.web.overview import HEAVY, Overview
from onrecord.web.pages import Pages
from onrecord.web.queries import LoadingError
from onrecord.web.reports import Reports
from onrecord.web.review import Review
from onrecord.web.search import Search
from onrecord.web.sources import Sources, sources
from onrecord.web.takeaway import Takeaway

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
_STATIC = Path(__file__).parent / "static"
_BARE = Ground()
_PATIENCE_S = 0.5  # that a page waits for the record at the start: a small one is there by then
_TRIES = 20  # ports tried one after another: more than anyone keeps workspaces open
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the map library's style sheet holds its signs as data
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers hide from us which page sent a form
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class SecureHeaders:
    """Adds to each answer the headers that keep a page from loading, running or telling anything elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to what comes back."""

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with)


def make_app(
    store: Store,
    *,
    title: str = "Onrecord",
    hosts: Sequence[str] = LOOPBACK,
    office: Office | None = None,
    passwords: Mapping[str, str] | None = None,
    ground: Ground = _BARE,
    patience: float | None = None,
) -> Starlette:
    """Return the workspace over a store; decisions go to the `office`, and without one it only shows.

    `ground` is what maps lie on. With `patience` the record is made ready at once, and a page that comes before waits
    that many seconds for it and then says so; without, it waits until it is there.

    Answers only requests addressed to one of `hosts`, so that no page on the web can read the record through a name
    that it points at this machine. A page shows the record that the store holds when it is asked for.
    """
    house = House(store, title=title, office=office, guard=Guard(passwords), ground=ground, patience=patience)
    overview = Overview(house)
    house.desk.warm((*HEAVY, sources, overview.drawn))  # the first map may have to compile the gazetteer
    if patience is not None:
        with suppress(LoadingError):
            house.desk.index()
    pages = Pages(house)
    families = (
        overview,
        Exporting(house),  # before the pages, which take any other name of a download
        pages,
        Cards(house),
        Review(house),
        Search(house),
        Takeaway(house),
        Reports(house),
        Sources(house),
        Decisions(house),
        ground,
    )
    routes = [route for family in families for route in family.routes()]
    return Starlette(
        routes=[*routes, Mount("/static", StaticFiles(directory=_STATIC), name="static")],
        middleware=[
            Middleware(SecureHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Guarded, guard=house.guard),
        ],
        exception_handlers=pages.handlers(),
    )


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(
    store: Store,
    *,
    host: str = "127.0.0.1",
    port: int = 8700,
    on_ready: Callable[[str], None] | None = None,
    office: Office | None = None,
    passwords: Mapping[str, str] | None = None,
    ground: Ground = _BARE,
) -> None:
    """Serve the workspace until interrupted; `on_ready` is given its address once it answers.

    Takes the next free port where `port` is occupied; port 0 takes any. Raises OnrecordError where others could reach
    the host and there are no passwords, where it is not an address of this machine, or none of twenty ports is free.
    """
    if host not in LOOPBACK and not passwords:
        raise OnrecordError(
            f"Others can reach {host}, so the workspace asks for passwords there: name a file with a line "
            "NAME:PASSWORD for each person with --password-file."
        )
    listener = _listen(host, port)
    taken = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    hosts = (*LOOPBACK, *_names(host, shown))
    app = make_app(store, hosts=hosts, office=office, passwords=passwords, ground=ground, patience=_PATIENCE_S)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    server = _Server(config, lambda: on_ready(f"http://{shown}:{taken}/") if on_ready else None)
    with listener:
        server.run(sockets=[listener])


def _names(host: str, shown: str) -> tuple[str, ...]:
    """Return under which names this machine answers: on all its addresses also under its own name and theirs."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104 -- compared, not bound
        return (host, shown)
    name = socket.gethostname()
    with suppress(OSError):
        return (name, socket.getfqdn(), *{str(found[4][0]) for found in socket.getaddrinfo(name, None)})
    return (name,)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for offset in range(_TRIES if port else 1):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port + offset))
            listener.listen(socket.SOMAXCONN)
        except OverflowError:
            listener.close()
            break
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                raise OnrecordError(
                    f"Cannot serve on {host}, port {port + offset}: {error.strerror or error}. "
                    "Choose an address of this machine, such as 127.0.0.1, and a port above 1024."
                ) from error
        else:
            return listener
    raise OnrecordError(
        f"The ports {port} to {port + _TRIES - 1} on {host} are all in use. "
        "Stop another workspace or choose another port with --port."
    )
