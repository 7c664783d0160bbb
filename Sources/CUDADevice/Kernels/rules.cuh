// Update rules: what a step does to one parameter.
#pragma once
#include "records.cuh"

enum RuleKind { KEEP_GRADIENT, SGD, NESTEROV, ADAM };

// A parameter with its moments.
struct Parameter {
    REAL value, moment1, moment2;
};

// All parameters with their moments; these may be null if the rule has none.
struct Parameters {
    REAL *values, *moments1, *moments2;

    MEMBER Parameter load(i64 i) const {
        return {values[i], moments1 ? moments1[i] : 0, moments2 ? moments2[i] : 0};
    }

    MEMBER void store(i64 i, const Parameter &parameter) const {
        values[i] = parameter.value;
        if (moments1) moments1[i] = parameter.moment1;
        if (moments2) moments2[i] = parameter.moment2;
    }
};

struct Rule {
    int kind;
    REAL rate, keep1, rest1, keep2, rest2, epsilon, kept;

    // The constants are rounded after 1 − β, not before: 1 − 0.999f is wrong in its fifth digit.
    MEMBER Rule(int kind, const Step &step)
        : kind(kind), rate((REAL)step.rate), keep1((REAL)step.beta1), rest1((REAL)(1 - step.beta1)),
          keep2((REAL)step.beta2), rest2((REAL)(1 - step.beta2)), epsilon((REAL)step.epsilon),
          kept((REAL)(1 - step.shrinkage)) {}

    // Updates a parameter. decay · parameter is the penalty's derivative, 0 for intercepts; these do not shrink either.
    MEMBER void update(Parameter &parameter, REAL gradient, REAL decay, bool is_coefficient) const {
        REAL value = parameter.value;
        if (kind == ADAM && is_coefficient) value *= kept;
        const REAL g = gradient + decay * value;
        if (kind == ADAM) {
            const REAL m = keep1 * parameter.moment1 + rest1 * g, v = keep2 * parameter.moment2 + rest2 * (g * g);
            parameter = {value + -rate * m / (sqrt(v) + epsilon), m, v};
        } else {
            const REAL velocity = keep1 * parameter.moment1 - rate * g;
            parameter = {value + (kind == NESTEROV ? keep1 * velocity - rate * g : velocity), velocity, 0};
        }
    }
};

// The factor of the penalty's derivative, rounded as on the host.
DEVICE REAL decay_of(double alpha, const Step &step) { return (REAL)alpha * (REAL)(1 / step.weight_sum); }

// The factor that scales a gradient down to a maximum norm. `square` is the square of its norm.
//
// R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", 2013. As in PyTorch,
// 10⁻⁶ is added to the norm.
DEVICE REAL clipping(double square, double maximum_norm) {
    const double limit = maximum_norm / (sqrt(square) + 1e-6);
    return limit < 1 ? (REAL)limit : 1;
}
