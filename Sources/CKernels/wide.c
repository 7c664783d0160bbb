// Loops for which the whole width of an AVX-512 register pays. In the clones of kernels.c, the compiler prefers vectors
// of half that width, and a clone cannot request more.
#define KERNELS_ARE_DEFINED_HERE
#include "CKernels.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

// As in kernels.c, the macros exclude classes of processors for testing.
#if defined(__x86_64__) && defined(__linux__) && !defined(KERNELS_BASELINE)
#if defined(KERNELS_AT_MOST_V3)
#define IF_V4(...)
#else
#define HAS_V4
#define V4 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define IF_V4(...) if (__builtin_cpu_supports("x86-64-v4")) __VA_ARGS__
#endif
#define V3 __attribute__((target("arch=x86-64-v3")))
#define IF_V3(...) if (__builtin_cpu_supports("x86-64-v3")) __VA_ARGS__
#else
#define IF_V4(...)
#define IF_V3(...)
#endif

// MARK: The products of rows of a sparse matrix

#ifdef HAS_V4
#define TARGET V4
#define VECTOR 64
#define PRODUCT(name) sparse_v4_##name
#include "sparse_product.inc"
#endif
#ifdef V3
#define TARGET V3
#define VECTOR 32
#define PRODUCT(name) sparse_v3_##name
#include "sparse_product.inc"
#endif
#define TARGET
#define VECTOR 16
#define PRODUCT(name) sparse_##name
#include "sparse_product.inc"

#define ENTRIES(real, suffix)                                                                                       \
    void kernel_sparse_times_dense_##suffix(                                                                        \
        real *target, const ptrdiff_t *row_offsets, const ptrdiff_t *column_indices, const real *values,            \
        const ptrdiff_t *indices, size_t count, const real *dense, size_t width) {                                  \
        IF_V4({ CALL(sparse_v4_multiply_##suffix, width) })                                                         \
        IF_V3({ CALL(sparse_v3_multiply_##suffix, width) })                                                         \
        CALL(sparse_multiply_##suffix, width)                                                                       \
    }                                                                                                               \
    void kernel_add_sparse_transposed_times_dense_##suffix(                                                         \
        real *target, const ptrdiff_t *row_offsets, const ptrdiff_t *column_indices, const real *values,            \
        const ptrdiff_t *indices, size_t count, const real *dense, size_t width, ptrdiff_t first, ptrdiff_t end,    \
        real scale) {                                                                                               \
        IF_V4({ CALL(sparse_v4_add_transposed_##suffix, width, first, end, scale) })                                \
        IF_V3({ CALL(sparse_v3_add_transposed_##suffix, width, first, end, scale) })                                \
        CALL(sparse_add_transposed_##suffix, width, first, end, scale)                                              \
    }
#define CALL(name, ...)                                                                         \
    name(target, row_offsets, column_indices, values, indices, count, dense, __VA_ARGS__);      \
    return;
ENTRIES(double, f64)
ENTRIES(float, f32)

// MARK: Samples with one changed feature

// A multiplication and an addition with one rounding, as in products.
#pragma STDC FP_CONTRACT ON
#ifdef HAS_V4
#define TARGET V4
#define VECTOR 64
#define CHANGED(name) changed_v4_##name
#include "changed_column.inc"
#endif
#ifdef V3
#define TARGET V3
#define VECTOR 32
#define CHANGED(name) changed_v3_##name
#include "changed_column.inc"
#endif
#define TARGET
#define VECTOR 16
#define CHANGED(name) changed_##name
#include "changed_column.inc"
#pragma STDC FP_CONTRACT OFF

#undef ENTRIES
#undef CALL
#define ENTRIES(real, suffix)                                                                                       \
    void kernel_changed_outputs_##suffix(                                                                           \
        real *target, size_t target_stride, const real *sums, const real *changes, size_t stride,                   \
        const real *coefficients, const real *weights, size_t samples, size_t units, size_t variants,               \
        size_t outputs) {                                                                                           \
        IF_V4({ CALL(changed_v4_outputs_##suffix) })                                                                \
        IF_V3({ CALL(changed_v3_outputs_##suffix) })                                                                \
        CALL(changed_outputs_##suffix)                                                                              \
    }
#define CALL(name)                                                                                                  \
    name(                                                                                                           \
        target, target_stride, sums, changes, stride, coefficients, weights, samples, units, variants, outputs);    \
    return;
ENTRIES(double, f64)
ENTRIES(float, f32)

// MARK: Adam in double precision

#ifdef HAS_V4
#include <immintrin.h>

typedef double vector __attribute__((vector_size(64), aligned(8)));

// The steps of several vectors are independent, and each operation is done for all of them before the next. The processor
// then has enough to do while it waits for results.
#define EACH for (size_t k = 0; k < count; k++)
#define AT_MOST 4

// Computes the square roots of numbers that are not negative, each rounded correctly.
//
// Square roots and divisions of doubles share one slow unit, and an Adam step has one of each. Here the root is computed
// by multiplications, while that unit divides.
//
// An approximation y of 1/√v with 14 bits becomes one with at least 39 bits by y·(1 + e/2 + 3e²/8), where e = 1 − v·y².
// Then g = v·y, and √v is g + y/2·(v − g²) with an error below 2⁻⁷⁸·g. If that error to either side does not change the
// rounded sum, the sum is the correctly rounded root. Otherwise, about once in a million times, the machine's instruction
// computes it, and so it does below 2⁻⁹⁰⁰, where v − g² may underflow. 0 has a root of 0 without it.
V4 __attribute__((always_inline)) static inline void square_roots(vector *roots, const vector *v, size_t count) {
    const vector zero = {0}, one = zero + 1, half = zero + 0.5, three_eighths = zero + 0.375;
    const vector bound = zero + 0x1p-78;
    vector y[AT_MOST], e[AT_MOST], g[AT_MOST], correction[AT_MOST];
    __mmask8 in_range[AT_MOST], unknown[AT_MOST], any = 0;
    EACH in_range[k] = _mm512_cmp_pd_mask(v[k], zero + 0x1p-900, _CMP_GE_OQ);
    EACH y[k] = _mm512_maskz_rsqrt14_pd(in_range[k], v[k]);
    EACH e[k] = _mm512_fnmadd_pd(v[k] * y[k], y[k], one);
    EACH y[k] = _mm512_fmadd_pd(y[k] * e[k], _mm512_fmadd_pd(e[k], three_eighths, half), y[k]);
    EACH g[k] = v[k] * y[k];
    EACH correction[k] = half * y[k] * _mm512_fnmadd_pd(g[k], g[k], v[k]);
    EACH {
        roots[k] = g[k] + _mm512_fnmadd_pd(g[k], bound, correction[k]);
        vector other = g[k] + _mm512_fmadd_pd(g[k], bound, correction[k]);
        unknown[k] = _mm512_cmp_pd_mask(roots[k], other, _CMP_NEQ_UQ)
            | _mm512_mask_cmp_pd_mask((__mmask8)~in_range[k], v[k], zero, _CMP_NEQ_UQ);
        any |= unknown[k];
    }
    if (__builtin_expect(any, 0)) EACH roots[k] = _mm512_mask_sqrt_pd(roots[k], unknown[k], v[k]);
}

typedef struct {
    double decay, rate, beta1, beta2, epsilon;
} adam_constants;

// The number of vectors ahead at which the arrays are prefetched: those of a wide layer exceed the second-level cache.
#define PREFETCHED 16

// Updates up to AT_MOST vectors, and adds the squares of the new parameters to two sums in turn.
V4 __attribute__((always_inline)) static inline void adam_vectors(
    vector *p, const vector *gradient, vector *m, vector *v, size_t count, adam_constants c, vector *squares) {
    vector g[AT_MOST], second[AT_MOST], roots[AT_MOST];
    EACH {
        __builtin_prefetch(p + k + PREFETCHED, 1), __builtin_prefetch(m + k + PREFETCHED, 1);
        __builtin_prefetch(v + k + PREFETCHED, 1);
    }
    EACH g[k] = gradient[k] + c.decay * p[k];
    EACH v[k] = second[k] = c.beta2 * v[k] + (1 - c.beta2) * (g[k] * g[k]);
    EACH m[k] = g[k] = c.beta1 * m[k] + (1 - c.beta1) * g[k];
    square_roots(roots, second, count);
    EACH p[k] = g[k] = p[k] + -c.rate * g[k] / (roots[k] + c.epsilon);
    EACH squares[k % 2] += g[k] * g[k];
}

// The same bits as kernel_adam_clones_f64; optimizer.inc explains them.
V4 static double adam_v4(
    double *restrict parameters, const double *restrict gradient, double *restrict first_moment,
    double *restrict second_moment, size_t count, double decay, double rate, double beta1, double beta2,
    double epsilon) {
    adam_constants constants = {decay, rate, beta1, beta2, epsilon};
    vector squares[2] = {{0}, {0}};
    size_t whole = count - count % 16, start = 0;
#define STEP(vectors)                                                                                   \
    adam_vectors(                                                                                       \
        (vector *)(parameters + start), (const vector *)(gradient + start), (vector *)(first_moment + start), \
        (vector *)(second_moment + start), vectors, constants, squares)
    for (; start + 32 <= whole; start += 32) STEP(4);
    if (start < whole) STEP(2);
#undef STEP
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
