// Sums in a fixed order, so that they have the same bits in every run.
#pragma once
#include "device.cuh"

// The sum over the lanes of a warp, in all lanes.
template <class Number> DEVICE Number sum_of_warp(Number value) {
    UNROLLED for (int mask = WARP / 2; mask > 0; mask /= 2) value += of_lane_xor(value, mask);
    return value;
}

// The maximum over the lanes of a warp, in all lanes. NaN may be lost.
DEVICE REAL maximum_of_warp(REAL value) {
    UNROLLED for (int mask = WARP / 2; mask > 0; mask /= 2) {
        REAL other = of_lane_xor(value, mask);
        value = other > value ? other : value;
    }
    return value;
}

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
