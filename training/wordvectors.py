"""Make the table of word vectors that reconciling compares wordings by: `python -m training.wordvectors [--more FILE]`.

Each word goes through all-MiniLM-L6-v2 (Apache-2.0) by itself; the mean of its outputs, of length 1, is its vector,
reduced to 128 numbers of eight bits by principal components. The words are those that the encoder knows in one piece,
in the order of its vocabulary, which is nearly that of how common they are, and behind them others: those of FILE,
one a line, or without it those that the present table has. They are 5,354 words that stand twice or more in the
corpora and dispatches beside the checkout (not ECB+), one for each stem that the vocabulary lacks, the most common
first.

Of 384, 192, 128 and 64 numbers, of words in one piece, ECB+ had CoNLL F1 78.8, 78.6, 78.5 and 78.0 (stems, vectors
and context with logistic weights, by topics in five parts). One vector a stem in place of one a word had 77.3 where
words had 78.0.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel

from onrecord.lexicon.wordvectors import TABLE, vectors
from training.encoder import folder_of, tokenizer_of

WIDTH = 128
SCALE = 256  # a component of 0.5 or more is cut off: 27 of 2.7 million are
_WORD = re.compile(r"[a-z]{3,}")


def encoded(encoder: str, more: list[str]) -> tuple[list[str], int, NDArray[np.float64]]:
    """Return the words, how many of them are of the encoder's vocabulary, and a vector of length 1 for each."""
    tokenizer, model = tokenizer_of(encoder), AutoModel.from_pretrained(encoder).eval()
    known = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    whole = [word for word, _ in known if _WORD.fullmatch(word)]
    words = list(dict.fromkeys([*whole, *more]))
    rows = []
    with torch.no_grad():
        for word in words:
            found = model(torch.tensor([tokenizer.encode(word).ids])).last_hidden_state[0].mean(0).numpy()
            rows.append(found / np.linalg.norm(found))
    return words, len(whole), np.array(rows, dtype=np.float64)


def reduced(found: NDArray[np.float64], whole: int) -> NDArray[np.int8]:
    """Return the vectors less the mean of the first `whole`, by their principal components, in whole numbers."""
    off = found - found[:whole].mean(0)
    _, axes = np.linalg.eigh(off.T @ off)
    short = off @ axes[:, ::-1][:, :WIDTH]
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    return np.clip(np.rint(short * SCALE), -127, 127).astype(np.int8)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", help="a folder or name of an encoder; without it the package that carries MiniLM")
    parser.add_argument("--more", type=Path, help="more words, one a line; without it those of the present table")
    parser.add_argument("--out", type=Path, default=TABLE)
    args = parser.parse_args()
    more = args.more.read_text(encoding="ascii").split() if args.more else list(vectors().rows)
    words, whole, found = encoded(folder_of(args.encoder), more)
    letters = np.frombuffer("\n".join(words).encode("ascii"), np.uint8)
    np.savez_compressed(args.out, words=letters, vectors=reduced(found, whole))


if __name__ == "__main__":
    main()
