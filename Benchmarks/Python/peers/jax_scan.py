"""JAX as a peer. An epoch is one compiled function: a scan over the batches of a permutation, with Adam written out."""

import functools

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np

from peer import BATCH_SIZE, microseconds_per_step, peak_memory, serve

ALPHA, RATE, BETA1, BETA2, EPSILON = 1e-4, 1e-3, 0.9, 0.999, 1e-8


def loss(parameters, x, y):
    for weights, intercepts in parameters[:-1]:
        x = jax.nn.relu(x @ weights + intercepts)
    weights, intercepts = parameters[-1]
    output = x @ weights + intercepts
    if jnp.issubdtype(y.dtype, jnp.integer):
        picked = jnp.take_along_axis(jax.nn.log_softmax(output), y[:, None], axis=1)
        data_loss = -picked.mean()
    else:
        data_loss = ((output[:, 0] - y) ** 2).mean() / 2
    return data_loss + ALPHA / 2 / len(x) * sum((weights**2).sum() for weights, _ in parameters)


def adam(state, x, y):
    parameters, first, second, count = state
    value, gradient = jax.value_and_grad(loss)(parameters, x, y)
    count += 1
    rate = (RATE * jnp.sqrt(1 - BETA2**count) / (1 - BETA1**count)).astype(x.dtype)
    first = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, first, gradient)
    second = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, second, gradient)
    parameters = jax.tree.map(
        lambda p, m, v: p - rate * m / (jnp.sqrt(v) + EPSILON), parameters, first, second)
    return (parameters, first, second, count), value


@functools.partial(jax.jit, donate_argnums=0)
def epoch(state, key, x, y):
    """The batches of a newly shuffled order of the samples; the last one may be smaller."""
    order = jax.random.permutation(key, len(x))
    whole = len(x) // BATCH_SIZE
    batches = order[: whole * BATCH_SIZE].reshape(whole, BATCH_SIZE)
    state, values = jax.lax.scan(lambda state, batch: adam(state, x[batch], y[batch]), state, batches)
    total = values.sum() * BATCH_SIZE
    rest = order[whole * BATCH_SIZE :]
    if len(rest):
        state, value = adam(state, x[rest], y[rest])
        total += value * len(rest)
    return state, total / len(x)


class Training:
    def __init__(self, network):
        self.network = network
        self.x, self.y = (jnp.asarray(part) for part in network.table())
        self.key = jax.random.key(1)
        random = np.random.RandomState(1)
        parameters = []
        for fan_in, fan_out in zip(network.layers, network.layers[1:]):
            bound = np.sqrt(6 / (fan_in + fan_out))
            weights = random.uniform(-bound, bound, (fan_in, fan_out))
            parameters.append((jnp.asarray(weights, network.dtype), jnp.zeros(fan_out, network.dtype)))
        moments = [jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)]
        self.state = (parameters, *moments, jnp.asarray(0.0))

    def epoch(self):
        self.key, key = jax.random.split(self.key)
        self.state, value = epoch(self.state, key, self.x, self.y)
        return float(value)

    def train(self):
        for _ in range(self.network.epochs):
            self.epoch()


def step(network):
    training = Training(network)
    training.epoch()
    return microseconds_per_step(network, training.train)


def memory(network):
    training = Training(network)

    def measure():
        training.train()
        return peak_memory()

    return measure


if __name__ == "__main__":
    serve("JAX", jax.__version__, {"step": step, "memory": memory})
