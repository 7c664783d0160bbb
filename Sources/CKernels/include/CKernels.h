// The arithmetic of the network: element-wise loops and products, declared once for double (_f64) and float (_f32).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    KERNEL_IDENTITY,
    KERNEL_LOGISTIC,
    KERNEL_TANH,
    KERNEL_RELU,
    KERNEL_SOFTMAX,
    KERNEL_EXP,
    KERNEL_LEAKY_RELU,
    KERNEL_ELU,
    KERNEL_SELU,
    KERNEL_GELU,
    KERNEL_SILU,
    KERNEL_MISH,
    KERNEL_SOFTPLUS,
    // In kernel_differentiate: `output` holds the derivative itself, as kernel_activate_with_slopes has stored it.
    KERNEL_STORED_SLOPE,
} kernel_activation;

typedef enum {
    KERNEL_SQUARED_ERROR,
    KERNEL_POISSON,
    KERNEL_LOG_LOSS,
    KERNEL_BINARY_LOG_LOSS,
    KERNEL_ABSOLUTE_ERROR,
    KERNEL_HUBER,
    KERNEL_QUANTILE,
    KERNEL_GAMMA,
} kernel_loss;

// The number of elements in the workspace of a product.
#define KERNEL_GEMM_WORKSPACE 77824

// A left factor with at most so many rows does not gain from packing the right one.
#define KERNEL_GEMM_FEW_ROWS 8

// When threads divide the columns of a factor for packing, each thread except the last packs a multiple of this number.
#define KERNEL_GEMM_STRIP 48

// The greatest width of narrow products.
#define KERNEL_NARROW 4

// The greatest number of outputs of kernel_changed_outputs.
#define KERNEL_CHANGED_OUTPUTS 4

// Whether kernel_gemm and kernel_gemm_pack support this machine: on Linux with AVX-512, AVX2 or NEON. If not, they do
// nothing.
bool kernel_gemm_is_available(void);

#define REAL double
#define KERNEL(name) kernel_##name##_f64
#include "declarations.inc"
#undef REAL
#undef KERNEL

#define REAL float
#define KERNEL(name) kernel_##name##_f32
#include "declarations.inc"
#undef REAL
#undef KERNEL

// Not included where the functions are defined: with several versions of a function, no use may precede the definition.
#ifndef KERNELS_ARE_DEFINED_HERE
#include "untyped.h"
#endif

// Returns a checksum of some bytes, continued from that of the preceding bytes. It is the same on all machines with the
// same byte order.
uint64_t kernel_checksum(uint64_t value, const void *bytes, size_t count);

// A decimal number at the beginning of a text.
typedef struct {
    double value;
    // The number of its characters; 0 where the text does not begin with a number.
    size_t length;
    // Whether a number cannot stand for the text: an integer that begins with 0 or is beyond 2⁵³, as identifiers do.
    bool loses_digits;
    // Whether value is the nearest double. If not, it takes arithmetic with more digits.
    bool is_known;
} kernel_decimal;

// Returns the longest decimal number at the beginning of a text.
kernel_decimal kernel_scan_decimal(const uint8_t *text, size_t count);

// Reads up to limit cells of a row from position on: decimal numbers whose values are known and lose no digits, with the
// separator between them. Stores the values stride elements apart, moves position behind the last number, and returns how
// many there are. It stops before a cell that is something else.
size_t kernel_read_decimals(
    const uint8_t *text, size_t count, size_t *position, uint8_t separator, double *values, size_t stride,
    size_t limit);

// Returns how many characters are a line feed or a carriage return.
size_t kernel_count_line_ends(const uint8_t *text, size_t count);

// Threads that compute the chunks of a computation together; see worker_pool.c.
typedef struct kernel_pool kernel_pool;

// Computes the chunk of the worker with the given index, from 0.
typedef void (*kernel_pool_work)(void *context, size_t index);

// Creates a pool of the calling thread and up to count − 1 more. Returns null if there is no memory.
kernel_pool *kernel_pool_create(size_t count);
size_t kernel_pool_count(const kernel_pool *pool);

// Calls work on every thread of the pool and returns when all calls have returned.
void kernel_pool_run(kernel_pool *pool, kernel_pool_work work, void *context);
void kernel_pool_destroy(kernel_pool *pool);
