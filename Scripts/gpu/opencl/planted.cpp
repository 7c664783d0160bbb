// Kernels with one fault each, which oclgrind must report, and their faultless counterparts.
#include "device.cuh"

struct Planted {
    double numbers[64];
};

// Each thread writes a number and reads that of the next thread but 33, which is in the other warp.
#define EXCHANGE(name, BARRIER)                                                         \
    KERNEL(name, 64)(double *result) {                                                   \
        SHARED(Planted, shared);                                                         \
        shared.numbers[threadIdx.x] = threadIdx.x;                                       \
        BARRIER;                                                                         \
        result[blockIdx.x * blockDim.x + threadIdx.x] = shared.numbers[threadIdx.x ^ 33]; \
    }

EXCHANGE(planted_none, wait_for_block())
EXCHANGE(planted_no_barrier, )
EXCHANGE(planted_sum_of_warp, result[threadIdx.x] = sum_of_warp(1.0))

// The last writer decides.
KERNEL(planted_blocks, 64)(double *result) { result[threadIdx.x] = blockIdx.x; }

KERNEL(planted_uninitialized, 64)(double *result) {
    SHARED(Planted, shared);
    if (threadIdx.x != 5) shared.numbers[threadIdx.x] = 1;
    wait_for_block();
    result[blockIdx.x * blockDim.x + threadIdx.x] = shared.numbers[threadIdx.x];
}

KERNEL(planted_outside, 64)(double *result) { result[128 + blockIdx.x * blockDim.x + threadIdx.x] = 1; }
