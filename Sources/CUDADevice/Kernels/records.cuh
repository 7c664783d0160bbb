// What the host and the kernels exchange for each step. The Swift side has the same layouts.
#pragma once
#include "device.cuh"

// A run's position in its epoch.
struct Progress {
    int step;
    int unused;
    // Σ coefficient² before the step.
    double squared_norm;
};

// The settings of one step.
struct Step {
    double rate;
    // Adam's β₁, or the momentum of SGD.
    double beta1;
    double beta2;
    double epsilon;
    // The part that coefficients lose before the step.
    double shrinkage;
    // The sum of the weights of the batch's samples.
    double weight_sum;
    u64 dropout_key;
    // Of networks for tables, whose rate has a schedule.
    double dropout_rate;
};

// What a step reports.
struct Result {
    double loss_sum;
    double squared_norm;
};

// The position in the epoch's order of a batch's first sample. `batch` is the number of samples of a whole batch.
DEVICE int first_sample(const Progress *progress, int batch) { return progress ? progress->step * batch : 0; }

// The settings of the current step.
DEVICE const Step &current(const Step *steps, const Progress *progress) { return steps[progress ? progress->step : 0]; }

// The sample of a row of the batch; without an order, that of the same number.
DEVICE int sample_at(const int *order, int first, int row) { return order ? order[first + row] : row; }
