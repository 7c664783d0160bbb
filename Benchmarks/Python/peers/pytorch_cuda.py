"""PyTorch on a card as a peer: the table on the card, a compiled step with fused Adam that a CUDA graph replays, the losses
read once per epoch. Products of Float keep all digits (no TF32)."""

import os

import torch
from torch import nn

from peer import BATCH_SIZE, microseconds_per_step, serve

ALPHA = 1e-4
DEVICE = os.environ.get("BENCHMARK_TORCH_DEVICE", "cuda")
torch.backends.cuda.matmul.allow_tf32 = False


class Training:
    def __init__(self, network):
        torch.manual_seed(1)
        self.network = network
        self.x, self.y = (torch.from_numpy(part).to(DEVICE) for part in network.table())
        layers = []
        for fan_in, fan_out in zip(network.layers, network.layers[1:]):
            layers += [nn.Linear(fan_in, fan_out, dtype=self.x.dtype), nn.ReLU()]
        self.model = nn.Sequential(*layers[:-1]).to(DEVICE)
        weights = [p for p in self.model.parameters() if p.ndim == 2]
        intercepts = [p for p in self.model.parameters() if p.ndim == 1]
        self.optimizer = torch.optim.Adam(
            [{"params": weights, "weight_decay": ALPHA / BATCH_SIZE}, {"params": intercepts}], lr=1e-3, fused=True,
            capturable=DEVICE == "cuda")
        compiles = not os.environ.get("BENCHMARK_NO_COMPILE")
        self.batch_loss = torch.compile(self.loss) if compiles else self.loss
        self.total = torch.zeros((), dtype=torch.float64, device=DEVICE)
        self.steps = {}

    def loss(self, x, y):
        output = self.model(x)
        if self.network.task == "classification":
            return nn.functional.cross_entropy(output, y)
        return nn.functional.mse_loss(output[:, 0], y) / 2

    def one_step(self, batch):
        self.optimizer.zero_grad(set_to_none=False)
        loss = self.batch_loss(self.x[batch], self.y[batch])
        loss.backward()
        self.optimizer.step()
        self.total += loss.detach() * len(batch)

    def step(self, size):
        """A function that trains on the batch in its argument: a graph for each size of a batch."""
        if DEVICE != "cuda":
            return self.one_step
        if size not in self.steps:
            batch = torch.arange(size, device=DEVICE)
            side = torch.cuda.Stream()
            side.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(side):
                for _ in range(3):
                    self.one_step(batch)
            torch.cuda.current_stream().wait_stream(side)
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                self.one_step(batch)
            self.steps[size] = batch, graph

        def replay(samples):
            batch, graph = self.steps[size]
            batch.copy_(samples)
            graph.replay()

        return replay

    def epoch(self):
        self.total.zero_()
        order = torch.randperm(len(self.x), device=DEVICE)
        for batch in order.split(BATCH_SIZE):
            self.step(len(batch))(batch)
        return self.total.item() / len(self.x)

    def train(self):
        for _ in range(self.network.epochs):
            self.epoch()


def step(network):
    training = Training(network)
    training.epoch()
    training.epoch()
    return microseconds_per_step(network, training.train)


if __name__ == "__main__":
    serve("PyTorch", torch.__version__, {"step": step})
