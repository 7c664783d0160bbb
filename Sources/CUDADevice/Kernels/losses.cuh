// Losses: the value for one output, and its derivative by the output's weighted sum.
#pragma once
#include "device.cuh"

// The numbers of kernel_loss in CKernels.h.
enum Loss { SQUARED_ERROR, POISSON, LOG_LOSS, BINARY_LOG_LOSS, ABSOLUTE_ERROR, HUBER, QUANTILE, GAMMA };

// y · log(x), 0 where y is 0.
DEVICE double y_log_x(REAL y, REAL x) { return y == 0 ? 0 : (double)(y * log(x)); }

// Keeps probabilities at least this far from 0 and 1, so that their logarithms stay finite.
DEVICE REAL clipped(REAL p, REAL margin) {
    p = p < margin ? margin : p;
    return p > 1 - margin ? 1 - margin : p;
}

// The loss of prediction p for target y, of one of `outputs` outputs.
CALLED double loss_of(int loss, REAL p, REAL y, REAL level, REAL margin, int outputs) {
    double error = (double)p - y, size = error < 0 ? -error : error;
    switch (loss) {
    case SQUARED_ERROR: return (double)((y - p) * (y - p)) / (2 * (double)outputs);
    case POISSON: return y_log_x(y, y / p) - y + p;
    case LOG_LOSS: return -y_log_x(y, clipped(p, margin));
    case BINARY_LOG_LOSS: return -(y_log_x(y, clipped(p, margin)) + y_log_x(1 - y, 1 - clipped(p, margin)));
    case HUBER: return (size <= level ? 0.5 * error * error : level * (size - 0.5 * level)) / outputs;
    case QUANTILE: return (error < 0 ? -level * error : (1 - (double)level) * error) / outputs;
    case GAMMA: return ((double)log(p / y) + (double)y / p - 1) / outputs;
    default: return size / outputs;
    }
}

// ∂loss/∂z for a weight of 1, where p is the output activation of z.
DEVICE REAL delta_of(int loss, REAL p, REAL y, REAL level, int outputs) {
    REAL error = p - y, share = (REAL)(1.0 / outputs);
    switch (loss) {
    case ABSOLUTE_ERROR: return (error > 0 ? 1 : error < 0 ? -1 : 0) * share;
    case HUBER: return (error > level ? level : error < -level ? -level : error) * share;
    case QUANTILE: return (error < 0 ? -level : error > 0 ? 1 - level : 0) * share;
    // With the log link, ∂loss/∂z = 1 − y / p.
    case GAMMA: return error / p * share;
    // The output activation is canonical.
    default: return error;
    }
}
