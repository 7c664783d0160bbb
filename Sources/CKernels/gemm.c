// The matrix product for x86-64 with AVX-512 or AVX2, and for ARM with NEON. On other machines, the callers use BLAS.
//
// OpenBLAS has such products too, but not every release recognizes every processor: some processors with AVX-512 are
// treated as if they had none, which halves the speed. Its waiting threads spin, the bits of its products depend on
// their number, and it cannot pack a factor once for several products.
#define KERNELS_ARE_DEFINED_HERE
#include "CKernels.h"

#include <string.h>

// A block of A stays in the second-level cache, and one strip of B in the first-level cache. The next strip is
// prefetched.
#define GEMM_ROWS 256
#define GEMM_DEPTH 256
_Static_assert(
    (GEMM_ROWS + KERNEL_GEMM_STRIP) * GEMM_DEPTH == KERNEL_GEMM_WORKSPACE, "the workspace holds both");

// As in kernels.c, the macros exclude classes for testing. On macOS, products are computed by Accelerate.
#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__)) && !defined(KERNELS_BASELINE)

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

// A class of processors is described by
// - CLASS, its name, and TARGET, the instructions that the compiler may use;
// - VECTOR_BYTES, the width of a register;
// - TILE_ROWS × TILE_VECTORS, the tile of the result that stays in registers. With one row of B and one broadcast of A
//   it fills them: 32 with AVX-512, 16 with AVX2, 32 with NEON;
// - SHORT_ROWS, the rows of a shorter tile for the rest, or 0;
// - UNROLLED, how many steps of the sum the loop makes at once;
// - PACKED_FROM, from which depth on A is packed even where its rows could be read in place;
// - GROUP_COLUMNS, how many columns of B are packed at once. Narrow strips are packed several at once, so that whole
//   cache lines are read.
#if defined(__x86_64__)
#define HAS_V3
#define CLASS v3
#define VECTOR_BYTES 32
#define TILE_ROWS 6
#define SHORT_ROWS 4
#define TILE_VECTORS 2
#define PACKED_FROM SIZE_MAX
#define UNROLLED 2
#define GROUP_COLUMNS KERNEL_GEMM_STRIP
#define TARGET __attribute__((target("arch=x86-64-v3")))
#include "gemm_class.inc"
#if !defined(KERNELS_AT_MOST_V3)
#define HAS_V4
#define CLASS v4
#define VECTOR_BYTES 64
#define TILE_ROWS 8
#define SHORT_ROWS 4
#define TILE_VECTORS 3
#define PACKED_FROM SIZE_MAX
#define UNROLLED 1
#define GROUP_COLUMNS TILE_COLUMNS
// The vector width must be requested, because the compiler prefers half of it.
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#include "gemm_class.inc"
#endif
#else
#define HAS_NEON
#define CLASS neon
#define VECTOR_BYTES 16
#define TILE_ROWS 8
#define SHORT_ROWS 0
#define TILE_VECTORS 3
#define PACKED_FROM 64
#define UNROLLED 1
#define GROUP_COLUMNS KERNEL_GEMM_STRIP
#define TARGET
#include "gemm_class.inc"
#endif
#endif

// The best class that this machine has.
#if defined(HAS_V4)
#define IF_V4(statement) if (__builtin_cpu_supports("x86-64-v4")) statement
#else
#define IF_V4(statement)
#endif
#if defined(HAS_V3)
#define IF_V3(statement) if (__builtin_cpu_supports("x86-64-v3")) statement
#else
#define IF_V3(statement)
#endif
#if defined(HAS_NEON)
#define IF_NEON(statement) statement
#else
#define IF_NEON(statement)
#endif

bool kernel_gemm_is_available(void) {
    IF_V3(return true;)
    IF_NEON(return true;)
    return false;
}

#define MULTIPLY(class, suffix)                                                                                        \
    return gemm_multiply_##class##_##suffix(                                                                           \
        transpose_a, transpose_b, m, n, k, alpha, a, stride_a, b, stride_b, packed_b, c, stride_c, workspace);
#define PACK(class, suffix) return gemm_pack_##class##_##suffix(k, n, b, stride_b, from, to, packed);
#define ENTRIES(real, suffix)                                                                                          \
    void kernel_gemm_##suffix(                                                                                         \
        bool transpose_a, bool transpose_b, size_t m, size_t n, size_t k, real alpha, const real *a, size_t stride_a,  \
        const real *b, size_t stride_b, const real *packed_b, real *c, size_t stride_c, real *workspace) {             \
        IF_V4(MULTIPLY(v4, suffix))                                                                                    \
        IF_V3(MULTIPLY(v3, suffix))                                                                                    \
        IF_NEON(MULTIPLY(neon, suffix))                                                                                \
    }                                                                                                                  \
    void kernel_gemm_pack_##suffix(                                                                                    \
        size_t k, size_t n, const real *b, size_t stride_b, size_t from, size_t to, real *packed) {                    \
        IF_V4(PACK(v4, suffix))                                                                                        \
        IF_V3(PACK(v3, suffix))                                                                                        \
        IF_NEON(PACK(neon, suffix))                                                                                    \
    }
ENTRIES(double, f64)
ENTRIES(float, f32)
