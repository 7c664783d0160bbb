// Loops for which the whole width of an AVX-512 register pays. In the clones of kernels.c, the compiler prefers vectors
// of half that width, and a clone cannot request more.
#define KERNELS_ARE_DEFINED_HERE
#include "CKernels.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

// As in kernels.c, the macros exclude classes of processors for testing.
#if defined(__x86_64__) && defined(__linux__) && !defined(KERNELS_BASELINE)
#if defined(KERNELS_AT_MOST_V3)
#define IF_V4(statement)
#else
#define HAS_V4
#define V4 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define IF_V4(statement) if (__builtin_cpu_supports("x86-64-v4")) statement
#endif
#define V3 __attribute__((target("arch=x86-64-v3")))
#define IF_V3(statement) if (__builtin_cpu_supports("x86-64-v3")) statement
#else
#define IF_V4(statement)
#define IF_V3(statement)
#endif

// MARK: The product of rows of a sparse matrix

#ifdef HAS_V4
#define TARGET V4
#define PRODUCT(suffix) sparse_times_dense_v4_##suffix
#include "sparse_product.inc"
#endif
#ifdef V3
#define TARGET V3
#define PRODUCT(suffix) sparse_times_dense_v3_##suffix
#include "sparse_product.inc"
#endif
#define TARGET
#define PRODUCT(suffix) sparse_times_dense_##suffix
#include "sparse_product.inc"

#define MULTIPLY(name) return name(target, row_offsets, column_indices, values, indices, count, dense, width);
#define ENTRY(real, suffix)                                                                                     \
    void kernel_sparse_times_dense_##suffix(                                                                    \
        real *target, const ptrdiff_t *row_offsets, const ptrdiff_t *column_indices, const real *values,        \
        const ptrdiff_t *indices, size_t count, const real *dense, size_t width) {                              \
        IF_V4(MULTIPLY(sparse_times_dense_v4_##suffix))                                                         \
        IF_V3(MULTIPLY(sparse_times_dense_v3_##suffix))                                                         \
        MULTIPLY(sparse_times_dense_##suffix)                                                                   \
    }
ENTRY(double, f64)
ENTRY(float, f32)

// MARK: Adam in double precision

#ifdef HAS_V4
#include <immintrin.h>

typedef double vector __attribute__((vector_size(64), aligned(8)));

// Returns the square roots of numbers that are not negative, each rounded correctly.
//
// Square roots and divisions of doubles share one slow unit, and an Adam step has one of each. Here the root is computed
// by multiplications, while that unit divides.
//
// An approximation y of 1/√v with 14 bits becomes one with at least 39 bits by y·(1 + e/2 + 3e²/8), where e = 1 − v·y².
// Then g = v·y, and √v is g + y/2·(v − g²) with an error below 2⁻⁷⁸·g. If that error to either side does not change the
// rounded sum, the sum is the correctly rounded root. Otherwise, about once in a million times, the machine's instruction
// computes it, and so it does below 2⁻⁹⁰⁰, where v − g² may underflow. 0 has a root of 0 without it.
V4 static inline vector square_roots(vector v) {
    const vector zero = {0}, one = zero + 1, half = zero + 0.5, three_eighths = zero + 0.375;
    const vector bound = zero + 0x1p-78;
    __mmask8 in_range = _mm512_cmp_pd_mask(v, zero + 0x1p-900, _CMP_GE_OQ);
    vector y = _mm512_maskz_rsqrt14_pd(in_range, v);
    vector e = _mm512_fnmadd_pd(v * y, y, one);
    y = _mm512_fmadd_pd(y * e, _mm512_fmadd_pd(e, three_eighths, half), y);
    vector g = v * y;
    vector correction = half * y * _mm512_fnmadd_pd(g, g, v);
    vector root = g + _mm512_fnmadd_pd(g, bound, correction);
    vector other = g + _mm512_fmadd_pd(g, bound, correction);
    __mmask8 unknown = _mm512_cmp_pd_mask(root, other, _CMP_NEQ_UQ)
        | _mm512_mask_cmp_pd_mask((__mmask8)~in_range, v, zero, _CMP_NEQ_UQ);
    return __builtin_expect(unknown, 0) ? (vector)_mm512_mask_sqrt_pd(root, unknown, v) : root;
}

// The number of vectors ahead at which the arrays are prefetched: those of a wide layer exceed the second-level cache.
#define PREFETCHED 16

// The same bits as kernel_adam_clones_f64; optimizer.inc explains them.
V4 static double adam_v4(
    double *restrict parameters, const double *restrict gradient, double *restrict first_moment,
    double *restrict second_moment, size_t count, double decay, double rate, double beta1, double beta2,
    double epsilon) {
    vector squares[2] = {{0}, {0}};
    size_t whole = count - count % 16;
    for (size_t start = 0; start < whole; start += 16)
        for (size_t half = 0; half < 2; half++) {
            size_t i = start + 8 * half;
            vector *p = (vector *)(parameters + i);
            vector *m = (vector *)(first_moment + i), *v = (vector *)(second_moment + i);
            __builtin_prefetch(p + PREFETCHED, 1), __builtin_prefetch(m + PREFETCHED, 1);
            __builtin_prefetch(v + PREFETCHED, 1);
            vector g = *(const vector *)(gradient + i) + decay * *p;
            *m = beta1 * *m + (1 - beta1) * g;
            *v = beta2 * *v + (1 - beta2) * (g * g);
            *p += -rate * *m / (square_roots(*v) + epsilon);
            squares[half] += *p * *p;
        }
    double sum = 0;
    for (size_t lane = 0; lane < 16; lane++) sum += squares[lane / 8][lane % 8];
    for (size_t i = whole; i < count; i++) {
        double g = gradient[i] + decay * parameters[i];
        first_moment[i] = beta1 * first_moment[i] + (1 - beta1) * g;
        second_moment[i] = beta2 * second_moment[i] + (1 - beta2) * (g * g);
        parameters[i] += -rate * first_moment[i] / (__builtin_elementwise_sqrt(second_moment[i]) + epsilon);
        sum += parameters[i] * parameters[i];
    }
    return sum;
}
#endif

double kernel_adam_clones_f64(
    double *parameters, const double *gradient, double *first_moment, double *second_moment, size_t count, double decay,
    double rate, double beta1, double beta2, double epsilon);

double kernel_adam_f64(
    double *parameters, const double *gradient, double *first_moment, double *second_moment, size_t count, double decay,
    double rate, double beta1, double beta2, double epsilon) {
#define STEP(name)                                                                                            \
    return name(                                                                                              \
        parameters, gradient, first_moment, second_moment, count, decay, rate, beta1, beta2, epsilon);
    IF_V4(STEP(adam_v4))
    STEP(kernel_adam_clones_f64)
}
