"""Fails where a public symbol has no documentation, and lists those.

    documented-symbols.py FOLDER    of symbol graphs

What the compiler writes itself, and what only repeats a requirement of a protocol that is documented, needs none: such
symbols have no place in the sources, or the requirement's documentation.
"""

import json
import pathlib
import sys

symbols, bare = 0, []
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.symbols.json")):
    for symbol in json.loads(file.read_text())["symbols"]:
        # An extension of another module's type is a heading and not a symbol.
        if symbol["kind"]["identifier"] == "swift.extension" or "location" not in symbol:
            continue
        symbols += 1
        if not any(line["text"].strip() for line in symbol.get("docComment", {}).get("lines", [])):
            source = pathlib.Path(symbol["location"]["uri"].removeprefix("file://"))
            line = symbol["location"]["position"]["line"] + 1
            bare.append(f"{source}:{line}: {'.'.join(symbol['pathComponents'])} has no documentation")

print(*bare, sep="\n", end="\n" if bare else "")
print(f"{symbols} public symbols, {len(bare)} of them without documentation")
sys.exit(bool(bare))
