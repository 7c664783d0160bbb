"""Compares what kernels.c has printed on two processors: python3 compare.py REFERENCE OTHER.

Numbers may differ by rounding: relative to the largest of a line, by 1e-12 (f64) or 1e-5 (f32). Products that the other
processor leaves to BLAS may be missing.
"""

import sys


def lines(path):
    with open(path) as file:
        return {tuple(words[:2]): words[2:] for words in map(str.split, file)}


reference, other = lines(sys.argv[1]), lines(sys.argv[2])
faults = [f"missing: {name}" for name in reference if name not in other and not name[0].startswith("gemm")]
for (name, kind), words in other.items():
    expected = reference[name, kind]
    if kind == "exact":
        differs = words != expected
    else:
        pairs = [(float(a), float(b)) for a, b in zip(expected, words, strict=True)]
        tolerance = {"f64": 1e-12, "f32": 1e-5}[kind] * max(1e-30, *(abs(a) for a, _ in pairs))
        differs = not all(abs(a - b) <= tolerance for a, b in pairs)
    if differs:
        faults.append(f"{name} {kind} differs")
print("\n".join(faults) or f"{len(other)} results agree")
sys.exit(bool(faults))
