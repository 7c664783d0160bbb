"""Checks the ONNX models that the Swift tests have left in a folder: ONNX accepts them, and ONNX Runtime agrees.

    python Scripts/exchange/onnx_models.py FOLDER

Every model NAME.onnx lies in FOLDER/onnx beside NAME.json, which has features and the answers that Swift gave to them.
"""

import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime

# A sum of products in another order differs in its last digits.
TOLERANCES = {"tensor(float)": 1e-6, "tensor(double)": 1e-12}
TYPES = {"tensor(float)": numpy.float32, "tensor(double)": numpy.float64}


def check(path):
    """Compares a model with its answers; returns the greatest difference of its numbers."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (features,) = session.get_inputs()
    x = numpy.array(expected["x"], dtype=TYPES[features.type])
    assert features.name == "X" and features.shape == ["N", x.shape[1]], (features.name, features.shape)
    names = [output.name for output in session.get_outputs()]
    assert names == list(sorted(expected["outputs"])), names
    worst = 0.0
    for output, values in zip(session.get_outputs(), session.run(None, {"X": x})):
        answers = numpy.reshape(expected["outputs"][output.name], values.shape)
        assert values.shape[0] == len(x) and len(values.shape) == len(output.shape), (values.shape, output.shape)
        if output.name == "label":
            assert output.type in ("tensor(int64)", "tensor(string)", "tensor(bool)"), output.type
            assert (values == answers).all(), f"{path.name}: {values} and not {answers}"
            continue
        assert output.type == features.type, output.type
        difference = float((numpy.abs(values - answers) / numpy.maximum(1, numpy.abs(answers))).max())
        assert difference <= TOLERANCES[features.type], f"{path.name}: {output.name} differs by {difference}"
        worst = max(worst, difference)
    return features.type, worst


def main():
    paths = sorted((pathlib.Path(sys.argv[1]) / "onnx").glob("*.onnx"))
    assert paths, f"no models in {sys.argv[1]}/onnx"
    results = [check(path) for path in paths]
    for kind in TYPES:
        worst = [difference for found, difference in results if found == kind]
        print(f"onnx: {len(worst)} models of {kind} agree with ONNX Runtime, the greatest difference is {max(worst):.1e}")


main()
