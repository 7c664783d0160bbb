// Sums in a fixed order, so that they have the same bits in every run.
#pragma once
#include "device.cuh"

// The sum over the threads of a block, in all threads. `scratch` has a number for each warp, and no thread reads or
// writes it before all have entered, or after the last has left.
DEVICE double sum_of_block(double value, double *scratch) {
    value = sum_of_warp(value);
    if (threadIdx.x % WARP == 0) scratch[threadIdx.x / WARP] = value;
    wait_for_block();
    double sum = 0;
    for (int warp = 0; warp < (int)blockDim.x / WARP; warp++) sum += scratch[warp];
    return sum;
}
