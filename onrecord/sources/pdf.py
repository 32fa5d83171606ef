"""Takes the text out of a PDF."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from onrecord.model.errors import SourceError
from onrecord.sources.pieces import Piece

logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(data: bytes, name: str) -> Piece:
    """Return the text of all pages, a blank line between. Raises SourceError ("encrypted", "damaged", "no text")."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(name)
        pages = [page.extract_text() for page in reader.pages]
    except DependencyError:
        raise _encrypted(name) from None
    except SourceError:
        raise
    # pypdf meets damaged files with its own errors and with those of whatever it stumbled over.
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        raise SourceError("damaged", f"{name} is a damaged PDF ({error}); fetch it anew, or save it as TXT") from error
    text = "\n\n".join(page.strip() for page in pages if page.strip())
    if not text:
        raise SourceError("no text", f"{name} is a PDF of images without text; run text recognition (OCR) on it first")
    return Piece(name, text, notes=(f"the text was taken out of a PDF (pages: {len(pages)})",))


def _encrypted(name: str) -> SourceError:
    return SourceError("encrypted", f"{name} is protected by a password; save it without one")
