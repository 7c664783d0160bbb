"""ONNX Runtime as a peer for prediction: a plain graph of the network with the label as output, called from Python."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from peer import THREADS, seconds_per_call, serve


def session(layers):
    """Returns a graph with random weights, since the time does not depend on the weights."""
    random = np.random.RandomState(1)
    nodes, constants, source = [], [], "x"
    for index, (fan_in, fan_out) in enumerate(zip(layers, layers[1:])):
        bound = np.sqrt(6 / (fan_in + fan_out))
        weights = random.uniform(-bound, bound, (fan_in, fan_out)).astype(np.float32)
        constants.append(numpy_helper.from_array(weights, f"w{index}"))
        constants.append(numpy_helper.from_array(np.zeros(fan_out, np.float32), f"b{index}"))
        nodes.append(helper.make_node("Gemm", [source, f"w{index}", f"b{index}"], [f"z{index}"]))
        source = f"z{index}"
        if index < len(layers) - 2:
            nodes.append(helper.make_node("Relu", [source], [f"a{index}"]))
            source = f"a{index}"
    nodes.append(helper.make_node("ArgMax", [source], ["label"], axis=1, keepdims=0))
    graph = helper.make_graph(
        nodes, "mlp", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, layers[0]])],
        [helper.make_tensor_value_info("label", TensorProto.INT64, [None])], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def predict_one():
    run = session([4, 100, 3]).run
    x = np.array([[5.1, 3.5, 1.4, 0.2]], np.float32)
    return lambda: seconds_per_call(lambda: run(["label"], {"x": x})) * 1e6


def predict_many(network):
    run = session(network.layers).run
    x, _ = network.table()
    return lambda: seconds_per_call(lambda: run(["label"], {"x": x})) * 1e3


if __name__ == "__main__":
    serve("ONNX Runtime", onnxruntime.__version__, {"predictOne": predict_one, "predictMany": predict_many})
