"""Make the table of word vectors that reconciling compares wordings by: `python -m training.wordvectors [--out FILE]`.

Each word that all-MiniLM-L6-v2 (Apache-2.0) knows in one piece goes through the encoder by itself; the mean of its outputs, of
length 1, is its vector, reduced to 128 numbers of eight bits by principal components. Words stand in the order of the
encoder's vocabulary, which is that of how common they are.

Of 384, 192, 128 and 64 numbers the bench of ECB+ (stems and vectors with logistic weights, by topics in five parts) had 78.8,
78.6, 78.5 and 78.0.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel

from onrecord.lexicon.wordvectors import TABLE
from training.encoder import folder_of, tokenizer_of

WIDTH = 128
SCALE = 256  # a component of 0.5 or more is cut off; there is none such in a thousand
_WORD = re.compile(r"[a-z]{3,}")
_BATCH = 512


def vectors_of(encoder: str) -> tuple[list[str], NDArray[np.float32]]:
    """Return the whole words of an encoder's vocabulary, most common first, and a vector of length 1 for each."""
    tokenizer = tokenizer_of(encoder)
    model = AutoModel.from_pretrained(encoder).eval()
    known = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    words = [(word, number) for word, number in known if _WORD.fullmatch(word)]
    begin, end = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    rows = []
    with torch.no_grad():
        for start in range(0, len(words), _BATCH):
            ids = torch.tensor([[begin, number, end] for _, number in words[start : start + _BATCH]])
            rows.append(model(ids).last_hidden_state.mean(1).numpy())
    found = np.concatenate(rows)
    return [word for word, _ in words], found / np.linalg.norm(found, axis=1, keepdims=True)


def reduced(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return the vectors less their mean, by their first principal components, of one length, in whole numbers."""
    left, size, _ = np.linalg.svd((vectors - vectors.mean(0)).astype(np.float64), full_matrices=False)
    short = left[:, :WIDTH] * size[:WIDTH]
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    return np.clip(np.rint(short * SCALE), -127, 127).astype(np.int8)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", help="a folder or name of an encoder; without it the package that carries MiniLM")
    parser.add_argument("--out", type=Path, default=TABLE)
    args = parser.parse_args()
    words, vectors = vectors_of(folder_of(args.encoder))
    letters = np.frombuffer("\n".join(words).encode("ascii"), np.uint8)
    np.savez_compressed(args.out, words=letters, vectors=reduced(vectors))


if __name__ == "__main__":
    main()
