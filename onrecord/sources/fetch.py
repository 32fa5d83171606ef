"""Fetches a page, only because the user named its address."""

from __future__ import annotations

import http.client
from dataclasses import replace
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from onrecord.model.errors import SourceError
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Given, Item, megabytes, opener

_TIMEOUT = 30  # seconds
_HANDLERS = (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPRedirectHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor)


def is_address(source: str) -> bool:
    """Tell whether the user named an address of the web and not a file."""
    return urlsplit(source).scheme in ("http", "https")


def fetch(url: str, options: SourceOptions) -> Item:
    """Return what stands at an address, at most `max_bytes` of it, followed through redirects within the web.

    Raises SourceError ("unreachable", "too large").
    """
    director = OpenerDirector()  # of its own, without the handlers for files and FTP that a redirect could reach
    for handler in _HANDLERS:
        director.add_handler(handler())
    request = Request(url, headers={"User-Agent": "onrecord", "Accept-Encoding": "identity"})  # noqa: S310 - see is_address
    try:
        with director.open(request, timeout=_TIMEOUT) as answer:
            data = answer.read(options.max_bytes + 1)
            charset = answer.headers.get_content_charset()
            final = answer.geturl()
    except HTTPError as error:
        error.close()
        raise SourceError("unreachable", f"{url} answers {error.code} {error.reason}; check the address") from error
    except (URLError, OSError, http.client.HTTPException, ValueError) as error:
        raise SourceError(
            "unreachable", f"{url} cannot be fetched ({error}); check the address and the network"
        ) from error
    if len(data) > options.max_bytes:
        raise SourceError(
            "too large", f"{url} is over {megabytes(options.max_bytes)}; save what you need of it as a file"
        )
    return replace(Item(url, opener(data), len(data), Given(url=final)), local=False, charset=charset)
