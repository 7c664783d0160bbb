"""Opens the model files that Swift has written with the safetensors package.

    model_files.py FOLDER

Of every NAME.safetensors in FOLDER/model_files, `load_file` must give the arrays that Swift has written to NAME.json, in
the same precision and with the same bits, and the metadata must say what the file is.
"""

import json
import pathlib
import sys

import numpy
import safetensors
from safetensors.numpy import load_file

assert safetensors.__version__ == "0.8.0", safetensors.__version__

DTYPES = {"F64": numpy.float64, "F32": numpy.float32}


def check(path):
    tensors = load_file(path)
    expected = json.loads(path.with_suffix(".json").read_text())
    for name, array in expected["arrays"].items():
        found = tensors[name]
        wanted = numpy.array(array, dtype=DTYPES[expected["dtype"]])
        assert found.dtype == wanted.dtype and found.shape == wanted.shape, (path.name, name, found.dtype, found.shape)
        assert found.tobytes() == wanted.tobytes(), (path.name, name)

    with safetensors.safe_open(path, framework="numpy") as file:
        metadata = file.metadata()
        assert set(file.keys()) == set(tensors)
    assert metadata["format"] == "swift-mlp model", metadata["format"]
    assert metadata["type"] == expected["type"], metadata["type"]
    json.loads(metadata["state"])
    return len(expected["arrays"])


files = sorted((pathlib.Path(sys.argv[1]) / "model_files").glob("*.safetensors"))
assert files, "there are no model files to look at"
arrays = [check(path) for path in files]
print(f"{len(files)} model files, {sum(arrays)} arrays: safetensors reads what Swift wrote")
