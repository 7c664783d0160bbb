// The matrix product for x86-64 with AVX-512. On other machines, the callers use BLAS.
//
// OpenBLAS has such a product too, but not every release recognizes every processor: some processors with AVX-512 are
// treated as if they had none, which halves the speed. Its waiting threads spin, and the bits of its products depend on
// their number.
#define KERNELS_ARE_DEFINED_HERE
#include "CKernels.h"

#include <string.h>

// A block of A stays in the second-level cache, and one strip of B in the first-level cache. The next strip is
// prefetched.
#define GEMM_ROWS 256
#define GEMM_DEPTH 256
_Static_assert(
    (GEMM_ROWS + KERNEL_GEMM_STRIP) * GEMM_DEPTH == KERNEL_GEMM_WORKSPACE, "the workspace holds both");
_Static_assert(KERNEL_GEMM_STRIP % 24 == 0 && KERNEL_GEMM_STRIP % 48 == 0, "chunks of columns are whole strips");

// As in kernels.c, the macros exclude this code for testing. On macOS, products are computed by Accelerate.
#if defined(__x86_64__) && defined(__linux__) && !defined(KERNELS_AT_MOST_V3) && !defined(KERNELS_BASELINE)

// Returns the depth of blocks of equal depth, so that the last one is not very thin.
static inline size_t depth_of_blocks(size_t k) {
    size_t blocks = (k + GEMM_DEPTH - 1) / GEMM_DEPTH;
    return (k + blocks - 1) / blocks;
}

static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }

// Returns the number of elements in the whole vectors that hold `count` elements.
static inline size_t whole_vectors(size_t count, size_t lanes) { return (count + lanes - 1) / lanes * lanes; }

// A multiplication and an addition with one rounding, as in BLAS. It is also faster.
#pragma STDC FP_CONTRACT ON

// The vector width must be requested, because the compiler prefers half of it.
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define TILE_ROWS 8

typedef double eight_f64 __attribute__((vector_size(64)));
typedef double eight_unaligned_f64 __attribute__((vector_size(64), aligned(sizeof(double))));
#define REAL double
#define LANES 8
#define VECTOR eight_f64
#define UNALIGNED eight_unaligned_f64
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#define GEMM(name) gemm_##name##_f64
#include "gemm.inc"
#undef REAL
#undef LANES
#undef VECTOR
#undef UNALIGNED
#undef ZIP_LOW
#undef ZIP_HIGH
#undef GEMM

typedef float sixteen_f32 __attribute__((vector_size(64)));
typedef float sixteen_unaligned_f32 __attribute__((vector_size(64), aligned(sizeof(float))));
#define REAL float
#define LANES 16
#define VECTOR sixteen_f32
#define UNALIGNED sixteen_unaligned_f32
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#define GEMM(name) gemm_##name##_f32
#include "gemm.inc"

#define MULTIPLY(suffix)                                                                                               \
    gemm_multiply_##suffix(                                                                                            \
        transpose_a, transpose_b, m, n, k, alpha, a, stride_a, b, stride_b, packed_b, c, stride_c, workspace)
#define PACK(suffix) gemm_pack_##suffix(k, n, b, stride_b, from, to, packed)
#define IS_AVAILABLE __builtin_cpu_supports("x86-64-v4")
#else
#define MULTIPLY(suffix)
#define PACK(suffix)
#define IS_AVAILABLE false
#endif

bool kernel_gemm_is_available(void) { return IS_AVAILABLE; }

#define ENTRIES(real, suffix)                                                                                          \
    void kernel_gemm_##suffix(                                                                                         \
        bool transpose_a, bool transpose_b, size_t m, size_t n, size_t k, real alpha, const real *a, size_t stride_a,  \
        const real *b, size_t stride_b, const real *packed_b, real *c, size_t stride_c, real *workspace) {             \
        MULTIPLY(suffix);                                                                                              \
    }                                                                                                                  \
    void kernel_gemm_pack_##suffix(                                                                                    \
        size_t k, size_t n, const real *b, size_t stride_b, size_t from, size_t to, real *packed) {                    \
        PACK(suffix);                                                                                                  \
    }
ENTRIES(double, f64)
ENTRIES(float, f32)
