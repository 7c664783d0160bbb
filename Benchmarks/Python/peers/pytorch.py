"""PyTorch as a peer, with an idiomatic fast training loop: the table in memory, index batches, fused Adam, and the loss
read once per epoch. If BENCHMARK_COMPILE is set, torch.compile compiles the forward pass and the loss."""

import os

import torch
from torch import nn

from peer import BATCH_SIZE, THREADS, microseconds_per_step, peak_memory, seconds_per_call, serve

ALPHA = 1e-4


class Training:
    def __init__(self, network, device="cpu", **options):
        torch.manual_seed(1)
        self.network = network
        self.x, self.y = (torch.from_numpy(part).to(device) for part in network.table())
        layers = []
        for fan_in, fan_out in zip(network.layers, network.layers[1:]):
            layers += [nn.Linear(fan_in, fan_out, dtype=self.x.dtype), nn.ReLU()]
        self.model = nn.Sequential(*layers[:-1]).to(device)
        # The L2 penalty is scikit-learn's: only on the coefficients, and divided by the batch size.
        weights = [p for p in self.model.parameters() if p.ndim == 2]
        intercepts = [p for p in self.model.parameters() if p.ndim == 1]
        self.optimizer = torch.optim.Adam(
            [{"params": weights, "weight_decay": ALPHA / BATCH_SIZE}, {"params": intercepts}], lr=1e-3, fused=True,
            **options)
        self.loss = torch.compile(self.batch_loss) if os.environ.get("BENCHMARK_COMPILE") else self.batch_loss

    def batch_loss(self, x, y):
        output = self.model(x)
        if self.network.task == "classification":
            return nn.functional.cross_entropy(output, y)
        return nn.functional.mse_loss(output[:, 0], y) / 2

    def epoch(self):
        total = 0
        order = torch.randperm(len(self.x))
        for batch in order.split(BATCH_SIZE):
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.loss(self.x[batch], self.y[batch])
            loss.backward()
            self.optimizer.step()
            total += loss.detach() * len(batch)
        return total.item() / len(self.x)

    def train(self):
        for _ in range(self.network.epochs):
            self.epoch()


def step(training):
    # The second epoch compiles for the sizes that varied in the first.
    training.epoch()
    training.epoch()
    return microseconds_per_step(training.network, training.train)


def memory(network):
    training = Training(network)

    def measure():
        training.train()
        return peak_memory()

    return measure


def predict_many(network):
    training = Training(network)

    @torch.inference_mode()
    def predict():
        return training.model(training.x).argmax(1)

    return lambda: seconds_per_call(predict) * 1e3


if __name__ == "__main__":
    torch.set_num_threads(THREADS)
    workloads = {"step": lambda network: step(Training(network))}
    if not os.environ.get("BENCHMARK_COMPILE"):
        workloads |= {"memory": memory, "predictMany": predict_many}
    serve("PyTorch", torch.__version__, workloads)
