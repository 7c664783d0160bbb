// The words in which the kernels are written. The same source is compiled by NVRTC for a card and by a C++ compiler for
// this machine, where tests run it.
//
// PRECISION is 32 or 64. A kernel's name ends in the precision of its matrices.
#pragma once

#define JOIN_EXPANDED(first, second) first##second
#define JOIN(first, second) JOIN_EXPANDED(first, second)
#if PRECISION == 32
typedef float REAL;
#define NAMED(name) JOIN(name, _f32)
#else
typedef double REAL;
#define NAMED(name) JOIN(name, _f64)
#endif

typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long i64;

// Threads of a warp.
#define WARP 32

#ifdef __CUDACC__

#define DEVICE static __device__ __forceinline__
// A function of much code that several kernels call.
#define CALLED __device__ __noinline__
#define MEMBER __device__ __forceinline__
#define CALLED_MEMBER __device__ __noinline__
#define KERNEL(name, threads) extern "C" __global__ void __launch_bounds__(threads, 1) NAMED(name)
// The block's shared memory; a kernel declares one.
#define SHARED(type, name) __shared__ type name
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#define UNROLLED _Pragma("unroll")
// A loop whose body is not repeated, so that images stay small.
#define ROLLED _Pragma("unroll 1")

DEVICE void wait_for_block() { __syncthreads(); }
DEVICE void wait_for_warp() { __syncwarp(); }

// The sum over the lanes of a warp, in all lanes: of halves, of quarters, and so on.
template <class Number> DEVICE Number sum_of_warp(Number value) {
    UNROLLED for (int mask = WARP / 2; mask > 0; mask /= 2) value += __shfl_xor_sync(0xFFFFFFFFu, value, mask);
    return value;
}

// The maximum over the lanes of a warp, in all lanes. NaN may be lost.
template <class Number> DEVICE Number maximum_of_warp(Number value) {
    UNROLLED for (int mask = WARP / 2; mask > 0; mask /= 2) {
        Number other = __shfl_xor_sync(0xFFFFFFFFu, value, mask);
        value = other > value ? other : value;
    }
    return value;
}

// Starts a copy of `bytes` (4, 8 or 16) to shared memory; of zeros if `is_inside` is false.
template <int bytes> DEVICE void start_copy(void *shared, const void *global, bool is_inside) {
    u32 target = (u32)__cvta_generic_to_shared(shared);
    int size = is_inside ? bytes : 0;
    if (bytes == 16)
        asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(target), "l"(global), "r"(size) : "memory");
    else
        asm volatile("cp.async.ca.shared.global [%0], [%1], %2, %3;" ::"r"(target), "l"(global), "n"(bytes), "r"(size)
                     : "memory");
}

// Ends a group of copies.
DEVICE void end_copies() { asm volatile("cp.async.commit_group;" ::: "memory"); }

// Waits until all of this thread's groups but the last `count` have arrived.
template <int count> DEVICE void await_copies() { asm volatile("cp.async.wait_group %0;" ::"n"(count) : "memory"); }

#else
#include "host.h"
#endif
