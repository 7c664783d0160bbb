// Activation functions: value, slope, and the slope in terms of the value.
#pragma once
#include "device.cuh"

// The numbers of kernel_activation in CKernels.h.
enum Activation {
    IDENTITY, LOGISTIC, TANH, RELU, SOFTMAX, EXP, LEAKY_RELU, ELU, SELU, GELU, SILU, MISH, SOFTPLUS, STORED_SLOPE
};

DEVICE REAL logistic(REAL z) {
    // exp(−|z|) cannot overflow.
    REAL e = exp(z < 0 ? z : -z);
    return (z < 0 ? e : 1) / (1 + e);
}

struct ValueAndSlope {
    REAL value, slope;
};

// f(z) and f′(z).
CALLED ValueAndSlope activate(int function, REAL z) {
    const REAL selu_scale = (REAL)1.0507009873554804934193349852946;
    const REAL selu_alpha = (REAL)1.6732632423543772848170429916717;
    switch (function) {
    // This order keeps NaN, so that a diverging network is detected.
    case RELU: return {z < 0 ? 0 : z, (REAL)(z > 0 ? 1 : 0)};
    case TANH: {
        REAL t = tanh(z);
        return {t, 1 - t * t};
    }
    case LOGISTIC: {
        REAL p = logistic(z);
        return {p, p * (1 - p)};
    }
    case EXP: {
        REAL e = exp(z);
        return {e, e};
    }
    case LEAKY_RELU: return {z < 0 ? (REAL)0.01 * z : z, z > 0 ? 1 : (REAL)0.01};
    case ELU: {
        REAL a = z > 0 ? z : exp(z) - 1;
        return {a, z > 0 ? 1 : a + 1};
    }
    case SELU: {
        REAL a = selu_scale * (z > 0 ? z : selu_alpha * (exp(z) - 1));
        return {a, z > 0 ? selu_scale : a + selu_scale * selu_alpha};
    }
    case GELU: {
        // z · Φ(z); the derivative of Φ is the density exp(−z² / 2) / √(2π).
        REAL p = (REAL)0.5 * erfc(z * (REAL)-0.70710678118654752440);
        return {z * p, p + z * exp(z * z * (REAL)-0.5) * (REAL)0.39894228040143267794};
    }
    case SILU: {
        REAL p = logistic(z);
        return {z * p, p * (1 + z * (1 - p))};
    }
    case MISH: {
        // tanh(log(1 + e)) = n / (n + 2) with n = e · (e + 2). From 30 on, it is 1 in double precision too.
        REAL e = exp(z > 30 ? 30 : z), n = e * (e + 2), t = n / (n + 2);
        return {z * t, t + z * logistic(z) * ((1 - t) * (1 + t))};
    }
    case SOFTPLUS: return {(z < 0 ? 0 : z) + log1p(exp(z < 0 ? z : -z)), logistic(z)};
    default: return {z, 1};
    }
}

// The error times f′, where f′ is a function of the value of f, or stored.
DEVICE REAL differentiated(int function, REAL error, REAL value) {
    switch (function) {
    case IDENTITY: return error;
    case RELU: return value == 0 ? 0 : error;
    case TANH: return error * (1 - value * value);
    case LOGISTIC: return error * value * (1 - value);
    default: return error * value;
    }
}
