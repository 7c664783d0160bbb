"""Checks the ONNX models that the Swift tests have left in a folder: ONNX accepts them, and ONNX Runtime agrees.

    python Scripts/exchange/onnx_models.py FOLDER

Every model NAME.onnx lies in FOLDER/onnx beside NAME.json, which has features, a matrix or columns of a table, and the
answers that Swift gave to them.
"""

import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime

# A sum of products in another order differs in its last digits. Networks for tables have columns and outputs of double
# precision, and compute in single precision. Their predictions are mean + scale · output: a rounding error of the output
# is proportional to the spread of the predictions, also where a prediction is near 0.
TABULAR = "networks for tables"
TOLERANCES = {"tensor(float)": 1e-6, "tensor(double)": 1e-12, TABULAR: 1e-5}
TYPES = {"tensor(float)": numpy.float32, "tensor(double)": numpy.float64}


def feed(expected, inputs):
    """The features by the names of the inputs, in the order of the inputs."""
    if "x" in expected:
        (features,) = inputs
        x = numpy.array(expected["x"], dtype=TYPES[features.type])
        assert features.name == "X" and features.shape == ["N", x.shape[1]], (features.name, features.shape)
        return {"X": x}
    names = [column["name"] for column in expected["columns"]]
    assert [node.name for node in inputs] == names, names
    columns = {}
    for node, column in zip(inputs, expected["columns"]):
        assert node.shape == ["N", 1], (node.name, node.shape)
        if node.type == "tensor(string)":
            # An empty string stands for a gap.
            values = numpy.array([value or "" for value in column["values"]], dtype=object)
        else:
            values = numpy.array([float(value) for value in column["values"]], dtype=TYPES[node.type])
        columns[node.name] = values.reshape(-1, 1)
    return columns


def check(path):
    """Compares a model with its answers; returns the greatest difference of its numbers."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    x = feed(expected, session.get_inputs())
    rows = len(next(iter(x.values())))
    kind = "tensor(double)" if "columns" in expected else session.get_inputs()[0].type
    group = TABULAR if expected["isSinglePrecision"] else kind
    names = [output.name for output in session.get_outputs()]
    assert names == list(sorted(expected["outputs"])), names
    if "error" in expected:
        try:
            session.run(None, x)
        except Exception as error:
            assert expected["error"] in str(error), error
            return group, 0.0
        raise AssertionError(f"{path.name}: an error was expected")
    worst = 0.0
    for output, values in zip(session.get_outputs(), session.run(None, x)):
        answers = numpy.reshape(expected["outputs"][output.name], values.shape)
        assert values.shape[0] == rows and len(values.shape) == len(output.shape), (values.shape, output.shape)
        if output.name.startswith("label"):
            assert output.type in ("tensor(int64)", "tensor(string)", "tensor(bool)"), output.type
            assert (values == answers).all(), f"{path.name}: {values} and not {answers}"
            continue
        assert output.type == kind, output.type
        unit = numpy.maximum(1, numpy.abs(answers))
        if group == TABULAR:
            unit = numpy.maximum(unit, answers.std(axis=0))
        difference = float((numpy.abs(values - answers) / unit).max())
        assert difference <= TOLERANCES[group], f"{path.name}: {output.name} differs by {difference}"
        worst = max(worst, difference)
    return group, worst


def main():
    paths = sorted((pathlib.Path(sys.argv[1]) / "onnx").glob("*.onnx"))
    assert paths, f"no models in {sys.argv[1]}/onnx"
    results = [check(path) for path in paths]
    for group in TOLERANCES:
        worst = [difference for found, difference in results if found == group]
        print(f"onnx: {len(worst)} models of {group} agree with ONNX Runtime, the greatest difference is {max(worst):.1e}")


main()
