"""Write the answers that test_neural expects for the examples: python -m tests.reader.expect."""

from __future__ import annotations

import json

from onrecord.reader.neural import Reader
from tests.reader.test_neural import EXPECTED, ROOT, answers


def main() -> None:
    """Read the plain-text examples with the weights that ship."""
    reader = Reader()
    files = sorted((ROOT / "examples").glob("*.txt"))
    found = {path.name: answers(reader.read(path.read_text(encoding="utf-8"))) for path in files[::3]}
    EXPECTED.write_text(json.dumps(found, indent=0, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
