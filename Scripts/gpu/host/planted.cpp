// Kernels with one fault each, which the watch must find, and their faultless counterparts.

#include "entries.h"

namespace {

struct Planted {
    double shared[64];
};

// Each thread writes a number and reads that of another thread `distance` away.
template <class Barrier> void exchange(double *result, int distance, Barrier barrier) {
    SHARED(Planted, memory);
    memory.shared[threadIdx.x] = threadIdx.x;
    barrier();
    result[blockIdx.x * blockDim.x + threadIdx.x] = memory.shared[threadIdx.x ^ distance];
}

double *result_of(void **arguments) { return *(double **)arguments[0]; }

void copy(double *result, bool waits) {
    SHARED(Planted, memory);
    start_copy<8>(&memory.shared[threadIdx.x], &result[threadIdx.x], true);
    end_copies();
    if (waits) await_copies<0>();
    wait_for_block();
    result[64 + threadIdx.x] = memory.shared[threadIdx.x ^ 1];
    if (!waits) await_copies<0>();
}

}  // namespace

const host::Entry host_entries_planted[] = {
    {"planted_none", 64, 64, [](void **a) { exchange(result_of(a), 33, wait_for_block); }},
    {"planted_none_in_warps", 64, 64, [](void **a) { exchange(result_of(a), 1, wait_for_warp); }},
    {"planted_none_in_copies", 64, 64, [](void **a) { copy(result_of(a), true); }},
    {"planted_no_barrier", 64, 64, [](void **a) { exchange(result_of(a), 1, [] {}); }},
    {"planted_sum_of_warp", 64, 64, [](void **a) { exchange(result_of(a), 1, [] { sum_of_warp(1.0); }); }},
    {"planted_barrier_of_warps", 64, 64, [](void **a) { exchange(result_of(a), 33, wait_for_warp); }},
    {"planted_blocks", 64, 64, [](void **a) { result_of(a)[threadIdx.x] = blockIdx.x; }},
    {"planted_copy", 64, 64, [](void **a) { copy(result_of(a), false); }},
    {"planted_divergence", 64, 64, [](void **) { if (threadIdx.x != 5) wait_for_block(); }},
    {nullptr, 0, 0, nullptr},
};
