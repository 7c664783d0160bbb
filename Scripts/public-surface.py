"""Lists the public declarations in a folder of symbol graphs, and fails if one does not belong there.

    public-surface.py FOLDER

A declaration does not belong there if it mentions an unsafe pointer or a type of C, or if it is a static member of Double or
Float, which every client's editor would offer. Members of our protocols to which Double or Float conform count as theirs.
Exempt are requirements of Swift's own protocols, and underscored names, which symbol graphs leave out.
"""

import json
import pathlib
import re
import sys

POINTER = re.compile(r"\b(Autoreleasing)?(Unsafe|Opaque|CVaList)\w*Pointer\b|\bkernel_\w+|\bKERNEL_\w+")
STATIC = {"swift.type.property", "swift.type.method", "swift.type.subscript", "swift.func.op", "swift.enum.case"}
SCALARS = {"s:Sd", "s:Sf"}  # Double and Float

graphs = [json.loads(file.read_text()) for file in sorted(pathlib.Path(sys.argv[1]).glob("*.symbols.json"))]
relationships = [relationship for graph in graphs for relationship in graph["relationships"]]

# An extension of another module's type is a symbol of its own; its target is what it extends.
extended = {r["source"]: r["target"] for r in relationships if r["kind"] == "extensionTo"}
owners = set(SCALARS)
while True:
    more = {
        r["target"]
        for r in relationships
        if r["kind"] == "conformsTo" and extended.get(r["source"], r["source"]) in owners
        # Swift's own protocols begin with s:S or s:s: what they have is not ours.
        and not re.match("s:[sS]", r["target"])
    }
    if more <= owners:
        break
    owners |= more

owner, of_swift = {}, set()
for r in relationships:
    if r["kind"] in {"memberOf", "requirementOf", "optionalRequirementOf"}:
        owner[r["source"]] = extended.get(r["target"], r["target"])
        if re.match("s:[sS]", r.get("sourceOrigin", {}).get("identifier", "")):
            of_swift.add(r["source"])

surface, findings = {}, {}
for graph in graphs:
    module = graph["module"]["name"]
    for symbol in graph["symbols"]:
        kind = symbol["kind"]["identifier"]
        if kind in {"swift.extension", "swift.protocol.extension"} or "location" not in symbol:
            continue
        identifier = symbol["identifier"]["precise"]
        fragments = symbol["declarationFragments"]
        declaration = " ".join("".join(fragment["spelling"] for fragment in fragments).split())
        container = ".".join(symbol["pathComponents"][:-1])
        line = f"{module}: {container + ': ' if container else ''}{declaration}"
        surface[identifier] = line

        # C's own types are named by identifiers that begin with c:, those of Objective-C by c:objc.
        c_types = [
            fragment["spelling"]
            for fragment in fragments
            if re.match(r"c:(?!objc)", fragment.get("preciseIdentifier", "")) and not fragment["spelling"].startswith("NS")
        ]
        reasons = []
        if POINTER.search(declaration):
            reasons.append("mentions an unsafe pointer")
        if c_types:
            reasons.append(f"mentions {c_types[0]}, a type of C")
        if kind in STATIC and owner.get(identifier) in owners and identifier not in of_swift:
            reasons.append("is a static member of Double or Float")
        if reasons:
            source = symbol["location"]["uri"].split("/Sources/")[-1]
            place = f"Sources/{source}:{symbol['location']['position']['line'] + 1}"
            findings[identifier] = f"{place}: {line}\n    {' and '.join(reasons)}"

print(*sorted(surface.values()), sep="\n")
print(*sorted(findings.values()), sep="\n", end="\n" if findings else "", file=sys.stderr)
print(f"{len(surface)} public declarations, {len(findings)} of them do not belong there", file=sys.stderr)
sys.exit(bool(findings))
