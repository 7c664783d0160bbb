// The matrix product for x86-64 with AVX-512; elsewhere the callers turn to BLAS.
//
// OpenBLAS has such a product too, yet not every release knows every processor (some that have AVX-512 are taken for ones
// that do not, which halves the speed), its threads spin while they wait, and the bits of its products depend on their
// number.
#include "CKernels.h"

#include <string.h>

// A block of A stays in the second-level cache, and with it one strip of B; a block of B stays in the third.
#define GEMM_ROWS 96
#define GEMM_DEPTH 256
#define GEMM_COLUMNS 480
_Static_assert(
    (GEMM_ROWS + GEMM_COLUMNS) * GEMM_DEPTH == KERNEL_GEMM_WORKSPACE, "the workspace holds a block of each factor");

// As in kernels.c, the macros leave it out on a machine that has it. On macOS the products are Accelerate's.
#if defined(__x86_64__) && defined(__linux__) && !defined(KERNELS_AT_MOST_V3) && !defined(KERNELS_BASELINE)

// A multiplication and an addition with one rounding: faster, and what BLAS does.
#pragma STDC FP_CONTRACT ON

// The vector width is asked for, since the compiler by itself prefers half of it.
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define TILE_ROWS 8

typedef double eight_f64 __attribute__((vector_size(64)));
typedef double eight_unaligned_f64 __attribute__((vector_size(64), aligned(sizeof(double))));
#define REAL double
#define LANES 8
#define VECTOR eight_f64
#define UNALIGNED eight_unaligned_f64
#define GEMM(name) gemm_##name##_f64
#include "gemm.inc"
#undef REAL
#undef LANES
#undef VECTOR
#undef UNALIGNED
#undef GEMM

typedef float sixteen_f32 __attribute__((vector_size(64)));
typedef float sixteen_unaligned_f32 __attribute__((vector_size(64), aligned(sizeof(float))));
#define REAL float
#define LANES 16
#define VECTOR sixteen_f32
#define UNALIGNED sixteen_unaligned_f32
#define GEMM(name) gemm_##name##_f32
#include "gemm.inc"

#define MULTIPLY(suffix) \
    gemm_multiply_##suffix(transpose_a, transpose_b, m, n, k, alpha, a, stride_a, b, stride_b, c, stride_c, workspace)
#define IS_AVAILABLE __builtin_cpu_supports("x86-64-v4")
#else
#define MULTIPLY(suffix)
#define IS_AVAILABLE false
#endif

#define ENTRY(real, suffix)                                                                                            \
    bool kernel_gemm_##suffix(                                                                                         \
        bool transpose_a, bool transpose_b, size_t m, size_t n, size_t k, real alpha, const real *a, size_t stride_a,  \
        const real *b, size_t stride_b, real *c, size_t stride_c, real *workspace) {                                   \
        if (!IS_AVAILABLE) return false;                                                                               \
        MULTIPLY(suffix);                                                                                              \
        return true;                                                                                                   \
    }
ENTRY(double, f64)
ENTRY(float, f32)
