"""A network's training step in plain NumPy, in double precision: what the kernels are compared with."""

import math

import numpy as np

IDENTITY, LOGISTIC, TANH, RELU, SOFTMAX, EXP, LEAKY_RELU, ELU, SELU, GELU, SILU, MISH, SOFTPLUS, STORED = range(14)
HIDDEN = [IDENTITY, LOGISTIC, TANH, RELU, LEAKY_RELU, ELU, SELU, GELU, SILU, MISH, SOFTPLUS]
SQUARED, POISSON, LOG, BINARY_LOG, ABSOLUTE, HUBER, QUANTILE, GAMMA = range(8)
OUT_ACTIVATION = {
    SQUARED: IDENTITY, POISSON: EXP, LOG: SOFTMAX, BINARY_LOG: LOGISTIC, ABSOLUTE: IDENTITY, HUBER: IDENTITY,
    QUANTILE: IDENTITY, GAMMA: EXP,
}
KEEP, SGD, NESTEROV, ADAM = range(4)

erfc = np.vectorize(math.erfc, otypes=[float])


def logistic(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1) / (1 + e)


def activate(function, z):
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    with np.errstate(over="ignore"):
        e = np.exp(np.minimum(z, 700))
    match function:
        case 0: return z
        case 1: return logistic(z)
        case 2: return np.tanh(z)
        case 3: return np.maximum(z, 0)
        case 4:
            e = np.exp(z - z.max(axis=1, keepdims=True))
            return e / e.sum(axis=1, keepdims=True)
        case 5: return e
        case 6: return np.where(z < 0, 0.01 * z, z)
        case 7: return np.where(z > 0, z, e - 1)
        case 8: return scale * np.where(z > 0, z, alpha * (e - 1))
        case 9: return z * 0.5 * erfc(-z / math.sqrt(2))
        case 10: return z * logistic(z)
        case 11: return z * np.tanh(np.logaddexp(0, z))
        case 12: return np.logaddexp(0, z)


def slope(function, z):
    """The derivative by a central difference of fourth order; at kinks, that of the side the library chooses."""
    if function == RELU:
        return (z > 0).astype(float)
    if function == LEAKY_RELU:
        return np.where(z > 0, 1, 0.01)
    if function in (ELU, SELU):
        positive = 1 if function == ELU else 1.0507009873554805
        negative = 1 if function == ELU else 1.0507009873554805 * 1.6732632423543772
        return np.where(z > 0, positive, negative * np.exp(np.minimum(z, 0)))
    h = 1e-3
    f = lambda shift: activate(function, z + shift)
    return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)


def random_bits(state, numbers):
    with np.errstate(over="ignore"):
        x = np.uint64(state) + (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


def mask(rate, batch_key, layer, rows, columns):
    """What dropout multiplies the values of a layer by."""
    key = random_bits(batch_key, np.array([layer]))[0]
    bits = random_bits(key, np.arange(rows * columns)).reshape(rows, columns) >> np.uint64(11)
    return np.where(bits < np.uint64(int(rate * 2.0**53)), 0, 1 / (1 - rate))


def y_log_x(y, x):
    return np.where(y == 0, 0, y * np.log(np.where(y == 0, 1, x)))


def losses(loss, p, y, levels, margin):
    """The loss of each sample."""
    error, outputs = p - y, p.shape[1]
    size = np.abs(error)
    clip = np.clip(p, margin, 1 - margin)
    match loss:
        case 0: return (error**2).sum(axis=1) / (2 * outputs)
        case 1: return (y_log_x(y, y / p) - y + p).sum(axis=1)
        case 2: return -y_log_x(y, clip).sum(axis=1)
        case 3: return -(y_log_x(y, clip) + y_log_x(1 - y, 1 - clip)).sum(axis=1)
        case 4: return size.mean(axis=1)
        case 5: return np.where(size <= levels, 0.5 * error**2, levels * (size - 0.5 * levels)).mean(axis=1)
        case 6: return np.where(error < 0, -levels * error, (1 - levels) * error).mean(axis=1)
        case 7: return (np.log(p / y) + y / p - 1).mean(axis=1)


def delta(loss, p, y, levels):
    """The derivative of each sample's loss by the weighted sums of the outputs."""
    error, outputs = p - y, p.shape[1]
    match loss:
        # Of the mean over outputs, the library leaves out the divisor: scikit-learn's squared error does.
        case 0 | 1 | 2 | 3: return error
        case 4: return np.sign(error) / outputs
        case 5: return np.clip(error, -levels, levels) / outputs
        case 6: return np.where(error < 0, -levels, np.where(error > 0, 1 - levels, 0)) / outputs
        case 7: return error / p / outputs


class Network:
    """Parameters of dense layers in one array: all coefficients, then all intercepts."""

    def __init__(self, units, generator):
        self.units = units
        self.pairs = list(zip(units, units[1:]))
        self.coefficient_count = sum(a * b for a, b in self.pairs)
        self.parameter_count = self.coefficient_count + sum(units[1:])
        self.parameters = generator.normal(size=self.parameter_count)
        offset, intercept, self.offsets = 0, self.coefficient_count, []
        for a, b in self.pairs:
            self.offsets.append((offset, intercept))
            self.parameters[offset:offset + a * b] /= math.sqrt(a)
            offset, intercept = offset + a * b, intercept + b

    def layer(self, parameters, index):
        (a, b), (offset, intercept) = self.pairs[index], self.offsets[index]
        return parameters[offset:offset + a * b].reshape(a, b), parameters[intercept:intercept + b]


class Settings:
    """How a network is trained."""

    def __init__(
            self, activation=RELU, loss=LOG, rule=ADAM, alpha=1e-2, dropout=0.0, smoothing=0.0, clip=0.0, levels=None,
            margin=2.0**-52):
        self.activation, self.loss, self.rule, self.alpha = activation, loss, rule, alpha
        self.dropout, self.smoothing, self.clip, self.levels, self.margin = dropout, smoothing, clip, levels, margin

    @property
    def stores_slopes(self):
        return self.dropout > 0 or self.activation > EXP

    def smoothed(self, targets):
        classes = targets.shape[1] if self.loss == LOG else 2
        return (1 - self.smoothing) * targets + self.smoothing / classes


def loss_and_gradient(network, parameters, settings, x, y, weights, key=0):
    """Σ weight · loss, Σ coefficient², and the gradient of the mean loss with its penalty."""
    y = settings.smoothed(y)
    weight_sum = weights.sum()
    values, slopes = [x], [None]
    for index in range(len(network.pairs) - 1):
        w, b = network.layer(parameters, index)
        z = values[-1] @ w + b
        kept = mask(settings.dropout, key, index, *z.shape) if settings.dropout else 1
        values.append(activate(settings.activation, z) * kept)
        slopes.append(slope(settings.activation, z) * kept)
    w, b = network.layer(parameters, len(network.pairs) - 1)
    p = activate(OUT_ACTIVATION[settings.loss], values[-1] @ w + b)
    loss = (losses(settings.loss, p, y, settings.levels, settings.margin) * weights).sum()
    error = delta(settings.loss, p, y, settings.levels) * weights[:, None]
    gradient = np.zeros_like(parameters)
    for index in reversed(range(len(network.pairs))):
        (a, b), (offset, intercept) = network.pairs[index], network.offsets[index]
        w, _ = network.layer(parameters, index)
        of_coefficients = values[index].T @ error / weight_sum + settings.alpha / weight_sum * w
        gradient[offset:offset + a * b] = of_coefficients.ravel()
        gradient[intercept:intercept + b] = error.sum(axis=0) / weight_sum
        if index:
            error = (error @ w.T) * slopes[index]
    return loss, (parameters[:network.coefficient_count]**2).sum(), gradient


def update(network, state, gradient, rule, step, clip):
    """A step along a gradient. `state` is parameters and two moments; `step` a dictionary."""
    parameters, m, v = state
    if clip:
        gradient = gradient * min(1, clip / (np.sqrt((gradient**2).sum()) + 1e-6))
    if rule == ADAM:
        # The penalty's derivative is that of the coefficients after they have shrunk; tests use one of both.
        kept = np.ones_like(parameters)
        kept[:network.coefficient_count] -= step["shrinkage"]
        m = step["beta1"] * m + (1 - step["beta1"]) * gradient
        v = step["beta2"] * v + (1 - step["beta2"]) * gradient**2
        return parameters * kept - step["rate"] * m / (np.sqrt(v) + step["epsilon"]), m, v
    velocity = step["beta1"] * m - step["rate"] * gradient
    moved = step["beta1"] * velocity - step["rate"] * gradient if rule == NESTEROV else velocity
    return parameters + moved, velocity, v
