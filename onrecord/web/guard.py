"""Who may ask, and whether a change was meant: sessions, sign-in, and the token that every change carries."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.model.errors import OnrecordError

MOST_BYTES = 64 * 1024  # of a form: a decision with a long note has a few hundred
_HOURS = 12  # that a sign-in lasts: a working day and a little more
_SHORTEST = 8  # characters of a password, after NIST SP 800-63B
_OPEN = ("/signin", "/static/")


class ForbiddenError(OnrecordError):
    """A change that was not asked for from a page of this workspace, or one that is too large to be a form."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser: its own secret id, and who decides in it (empty where nobody said)."""

    id: str
    name: str = ""


class Guard:
    """Signs sessions and tokens with a key that lasts as long as the process; `passwords` by name, or None."""

    def __init__(self, passwords: Mapping[str, str] | None = None) -> None:
        self._key = secrets.token_bytes(32)
        self.passwords = passwords
        self.cookie = f"onrecord_{secrets.token_hex(4)}"  # of its own, so that two workspaces on one host get along

    def session(self, headers: Headers) -> Session | None:
        """Return the session of a request, `None` where it has none of ours, or an old one."""
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return None
        parts = cookies[self.cookie].value.split(".") if self.cookie in cookies else []
        if len(parts) != 4 or not hmac.compare_digest(parts[3], self._sign(".".join(parts[:3]))):
            return None
        if self.passwords is not None and int(parts[2]) < time.time() - _HOURS * 3600:
            return None
        return Session(parts[0], bytes.fromhex(parts[1]).decode())

    def written(self, session: Session) -> str:
        """Return the header by which a browser keeps a session until it is closed."""
        body = f"{session.id}.{session.name.encode().hex()}.{int(time.time())}"
        return f"{self.cookie}={body}.{self._sign(body)}; Path=/; HttpOnly; SameSite=Strict"

    def token(self, session: Session) -> str:
        """Return what a form of this session carries, so that no other page can send it."""
        return self._sign(f"form {session.id}")

    def check(self, session: Session, token: str, headers: Headers) -> None:
        """Raise ForbiddenError where a form was not sent from a page of this session."""
        origin = headers.get("origin")
        elsewhere = origin is not None and urlsplit(origin).netloc != headers.get("host")
        if elsewhere or not hmac.compare_digest(token.encode(), self.token(session).encode()):
            raise ForbiddenError(
                "Nothing was changed: this form is not from the workspace that runs now. "
                "Go back, load the page again, and decide once more."
            )

    def known(self, name: str, password: str) -> bool:
        """Tell whether this is the password of this name."""
        kept = (self.passwords or {}).get(name, "")
        same = hmac.compare_digest(hashlib.sha256(kept.encode()).digest(), hashlib.sha256(password.encode()).digest())
        return bool(kept) and same

    def _sign(self, words: str) -> str:
        return hmac.new(self._key, words.encode(), hashlib.sha256).hexdigest()[:32]


class Guarded:
    """Gives each request its session, and where there are passwords leads those who have not signed in to do so."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its session."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        found = self.guard.session(Headers(scope=scope))
        session = found or Session(secrets.token_hex(16))
        scope.setdefault("state", {})["session"] = session
        signed_in = self.guard.passwords is None or bool(session.name)
        app = self.app if signed_in or scope["path"].startswith(_OPEN) else _elsewhere(scope)

        async def send_with(message: Message) -> None:
            headers = MutableHeaders(scope=message) if message["type"] == "http.response.start" else None
            if headers is not None and found is None and "set-cookie" not in headers:
                headers.append("set-cookie", self.guard.written(session))
            await send(message)

        await app(scope, receive, send_with)


def _elsewhere(scope: Scope) -> Response:
    back = scope["path"] if scope["method"] == "GET" else "/"
    return RedirectResponse(f"/signin?back={quote(back, safe='/')}", status_code=303)


async def form_of(request: Request, guard: Guard) -> dict[str, str]:
    """Return the fields of a form that one of our pages sent; what is ticked several times is joined by commas.

    Raises ForbiddenError on a form of any other page, or a huge one.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise ForbiddenError(f"Nothing was changed: a form has at most {MOST_BYTES:,} bytes.")
    fields: dict[str, str] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        fields[name] = f"{fields[name]},{value}" if name in fields else value
    guard.check(request.state.session, fields.get("token", ""), request.headers)
    return fields


def back_to(address: str) -> str:
    """Return an address on this site, the overview where what is given leads elsewhere."""
    local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if local and all(c.isprintable() for c in address) else "/"


def read_passwords(path: Path) -> dict[str, str]:
    """Return passwords by name from a file with a line `NAME:PASSWORD` for each person; `#` starts a comment line.

    Raises OnrecordError where others may read the file, a line is none, or a password is short.
    """
    try:
        text = path.read_text(encoding="utf-8")
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise OnrecordError(
            f"{path} cannot be read as passwords: {error}; write a line NAME:PASSWORD a person"
        ) from None
    if os.name == "posix" and mode & 0o077:
        raise OnrecordError(f"{path} may be read by others on this machine; run: chmod 600 {path}")
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, password = line.partition(":")
        if not colon or not name.strip() or len(password.strip()) < _SHORTEST:
            wanted = f"write NAME:PASSWORD, with a password of at least {_SHORTEST} characters"
            raise OnrecordError(f"{path}, line {number}: no name with its password; {wanted}")
        found[name.strip()] = password.strip()
    if not found:
        raise OnrecordError(f"{path} names nobody; write a line NAME:PASSWORD for each person")
    return found
