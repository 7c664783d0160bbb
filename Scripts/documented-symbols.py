"""Lists the public symbols without documentation, and fails if there are any.

    documented-symbols.py FOLDER    of symbol graphs

Exempt are symbols that the compiler writes, which have no location in the sources, and implementations of a documented
requirement, which inherit its documentation.
"""

import json
import pathlib
import sys

symbols, bare = 0, []
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.symbols.json")):
    for symbol in json.loads(file.read_text())["symbols"]:
        # An extension of another module's type is a heading, not a symbol.
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
