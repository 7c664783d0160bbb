"""PyTorch on a card as a peer: the table on the card, a compiled step with fused Adam that a CUDA graph replays, the losses
read once per epoch. Products of Float keep all digits (no TF32)."""

import os

import torch

import pytorch
from peer import BATCH_SIZE, serve

DEVICE = os.environ.get("BENCHMARK_TORCH_DEVICE", "cuda")
torch.backends.cuda.matmul.allow_tf32 = False


class Training(pytorch.Training):
    def __init__(self, network):
        super().__init__(network, DEVICE, capturable=DEVICE == "cuda")
        compiles = not os.environ.get("BENCHMARK_NO_COMPILE")
        self.loss = torch.compile(self.batch_loss) if compiles else self.batch_loss
        self.total = torch.zeros((), dtype=torch.float64, device=DEVICE)
        self.steps = {}

    def one_step(self, batch):
        self.optimizer.zero_grad(set_to_none=False)
        loss = self.loss(self.x[batch], self.y[batch])
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


if __name__ == "__main__":
    serve("PyTorch", torch.__version__, {"step": lambda network: pytorch.step(Training(network))})
