// The same functions with the precision as a run-time argument, for callers that are generic over the precision. If the
// precision is a constant, the compiler resolves the branch and calls the typed function directly.
#pragma once

typedef enum { KERNEL_DOUBLE, KERNEL_SINGLE } kernel_precision;

#define DISPATCH(name, ...) \
    (precision == KERNEL_DOUBLE ? kernel_##name##_f64(__VA_ARGS__) : kernel_##name##_f32(__VA_ARGS__))

static inline void kernel_gemm(
    kernel_precision precision, bool transpose_a, bool transpose_b, size_t m, size_t n, size_t k, double alpha,
    const void *a, size_t stride_a, const void *b, size_t stride_b, const void *packed_b, void *c, size_t stride_c,
    void *workspace) {
    if (precision == KERNEL_DOUBLE)
        kernel_gemm_f64(
            transpose_a, transpose_b, m, n, k, alpha, a, stride_a, b, stride_b, packed_b, c, stride_c, workspace);
    else
        kernel_gemm_f32(
            transpose_a, transpose_b, m, n, k, (float)alpha, a, stride_a, b, stride_b, packed_b, c, stride_c,
            workspace);
}

static inline void kernel_gemm_pack(
    kernel_precision precision, size_t k, size_t n, const void *b, size_t stride_b, size_t from, size_t to,
    void *packed) {
    DISPATCH(gemm_pack, k, n, b, stride_b, from, to, packed);
}

static inline void kernel_narrow_product(
    kernel_precision precision, void *products, const void *a, const void *b, size_t rows, size_t depth,
    size_t columns) {
    DISPATCH(narrow_product, products, a, b, rows, depth, columns);
}

static inline void kernel_narrow_transposed_product(
    kernel_precision precision, void *sums, const void *a, size_t stride, const void *weights, size_t rows,
    size_t columns, size_t width, double scale) {
    DISPATCH(narrow_transposed_product, sums, a, stride, weights, rows, columns, width, scale);
}

static inline void kernel_add_multiples(
    kernel_precision precision, void *target, const void *a, const void *weights, const void *row, size_t rows,
    size_t columns) {
    DISPATCH(add_multiples, target, a, weights, row, rows, columns);
}

static inline void kernel_changed_outputs(
    kernel_precision precision, void *target, size_t target_stride, const void *sums, const void *changes,
    size_t stride, const void *coefficients, const void *weights, size_t samples, size_t units, size_t variants,
    size_t outputs) {
    DISPATCH(
        changed_outputs, target, target_stride, sums, changes, stride, coefficients, weights, samples, units, variants,
        outputs);
}

static inline void kernel_few_rows(
    kernel_precision precision, void *target, const void *a, const void *b, size_t rows, size_t depth, size_t columns) {
    DISPATCH(few_rows, target, a, b, rows, depth, columns);
}

static inline void kernel_activate(
    kernel_precision precision, kernel_activation function, void *z, size_t stride, const void *bias, size_t rows,
    size_t columns) {
    DISPATCH(activate, function, z, stride, bias, rows, columns);
}

static inline void kernel_activate_with_slopes(
    kernel_precision precision, kernel_activation function, void *z, void *slopes, size_t stride, const void *bias,
    size_t rows, size_t columns) {
    DISPATCH(activate_with_slopes, function, z, slopes, stride, bias, rows, columns);
}

static inline void kernel_drop(
    kernel_precision precision, void *values, void *slopes, size_t stride, size_t rows, size_t columns, uint64_t key,
    size_t first, double rate) {
    DISPATCH(drop, values, slopes, stride, rows, columns, key, first, rate);
}

static inline void kernel_differentiate(
    kernel_precision precision, kernel_activation function, void *delta, size_t stride, const void *output, size_t rows,
    size_t columns, double scale, void *sums) {
    DISPATCH(differentiate, function, delta, stride, output, rows, columns, scale, sums);
}

static inline void kernel_differentiate_narrow(
    kernel_precision precision, kernel_activation function, void *delta, size_t stride, const void *errors,
    const void *coefficients, const void *output, size_t rows, size_t columns, size_t width, double scale,
    void *sums) {
    DISPATCH(
        differentiate_narrow, function, delta, stride, errors, coefficients, output, rows, columns, width, scale, sums);
}

static inline double kernel_loss_sum(
    kernel_precision precision, kernel_loss function, const void *prediction, const void *target, const void *weights,
    size_t rows, size_t columns, double probability_margin) {
    return DISPATCH(loss, function, prediction, target, weights, rows, columns, probability_margin);
}

static inline void kernel_output_delta(
    kernel_precision precision, void *prediction, size_t stride, const void *target, const void *weights, size_t rows,
    size_t columns, double scale, void *sums) {
    DISPATCH(output_delta, prediction, stride, target, weights, rows, columns, scale, sums);
}

static inline double kernel_loss_with_levels(
    kernel_precision precision, kernel_loss function, const void *prediction, const void *target, const void *weights,
    const void *levels, size_t rows, size_t columns) {
    return DISPATCH(loss_with_levels, function, prediction, target, weights, levels, rows, columns);
}

static inline void kernel_output_delta_with_levels(
    kernel_precision precision, kernel_loss function, void *prediction, size_t stride, const void *target,
    const void *weights, const void *levels, size_t rows, size_t columns, double share, double scale, void *sums) {
    DISPATCH(
        output_delta_with_levels, function, prediction, stride, target, weights, levels, rows, columns, share, scale,
        sums);
}

static inline void kernel_scale(
    kernel_precision precision, void *values, size_t count, double factor, double offset) {
    DISPATCH(scale, values, count, factor, offset);
}

static inline double kernel_sum_of_squares(kernel_precision precision, const void *parameters, size_t count) {
    return DISPATCH(sum_of_squares, parameters, count);
}

static inline double kernel_penalize(
    kernel_precision precision, const void *parameters, void *gradient, size_t count, double decay) {
    return DISPATCH(penalize, parameters, gradient, count, decay);
}

static inline double kernel_sgd(
    kernel_precision precision, void *parameters, const void *gradient, void *velocity, size_t count, double decay,
    double rate, double momentum, bool nesterov) {
    return DISPATCH(sgd, parameters, gradient, velocity, count, decay, rate, momentum, nesterov);
}

static inline double kernel_adam(
    kernel_precision precision, void *parameters, const void *gradient, void *first_moment, void *second_moment,
    size_t count, double decay, double rate, double beta1, double beta2, double epsilon) {
    return DISPATCH(
        adam, parameters, gradient, first_moment, second_moment, count, decay, rate, beta1, beta2, epsilon);
}

static inline void kernel_adamw(
    kernel_precision precision, void *parameters, const void *gradient, void *first_moment, void *second_moment,
    size_t count, double kept, double rate, double beta1, double beta2, double epsilon) {
    DISPATCH(
        adamw, parameters, gradient, first_moment, second_moment, count, kept, rate, beta1, beta2, epsilon);
}

static inline void kernel_gather_rows(
    kernel_precision precision, void *target, const void *source, const ptrdiff_t *indices, size_t rows,
    size_t columns) {
    DISPATCH(gather_rows, target, source, indices, rows, columns);
}

static inline bool kernel_all_finite(kernel_precision precision, const void *values, size_t count) {
    return DISPATCH(all_finite, values, count);
}

static inline void kernel_standardize(
    kernel_precision precision, void *x, const void *offset, const void *divisor, size_t rows, size_t columns) {
    DISPATCH(standardize, x, offset, divisor, rows, columns);
}

static inline void kernel_unstandardize(
    kernel_precision precision, void *x, const void *factor, const void *offset, size_t rows, size_t columns) {
    DISPATCH(unstandardize, x, factor, offset, rows, columns);
}

static inline void kernel_sparse_times_dense(
    kernel_precision precision, void *target, const ptrdiff_t *row_offsets, const ptrdiff_t *column_indices,
    const void *values, const ptrdiff_t *indices, size_t count, const void *dense, size_t width) {
    DISPATCH(sparse_times_dense, target, row_offsets, column_indices, values, indices, count, dense, width);
}

static inline void kernel_add_sparse_transposed_times_dense(
    kernel_precision precision, void *target, const ptrdiff_t *row_offsets, const ptrdiff_t *column_indices,
    const void *values, const ptrdiff_t *indices, size_t count, const void *dense, size_t width, ptrdiff_t first,
    ptrdiff_t end, double scale) {
    DISPATCH(
        add_sparse_transposed_times_dense, target, row_offsets, column_indices, values, indices, count, dense, width,
        first, end, scale);
}

static inline void kernel_periodic(
    kernel_precision precision, const void *x, size_t x_stride, size_t rows, const void *weights, const void *phases,
    size_t frequencies, const void *mix, const void *offset, size_t outputs, void *target, size_t target_stride,
    void *cosines, void *sines) {
    DISPATCH(
        periodic, x, x_stride, rows, weights, phases, frequencies, mix, offset, outputs, target, target_stride, cosines,
        sines);
}

static inline void kernel_periodic_gradient(
    kernel_precision precision, const void *x, size_t x_stride, size_t rows, size_t frequencies, const void *mix,
    size_t outputs, const void *delta, size_t delta_stride, const void *cosines, const void *sines,
    void *weight_gradient, void *phase_gradient, void *mix_gradient, void *offset_gradient) {
    DISPATCH(
        periodic_gradient, x, x_stride, rows, frequencies, mix, outputs, delta, delta_stride, cosines, sines,
        weight_gradient, phase_gradient, mix_gradient, offset_gradient);
}

static inline void kernel_piecewise(
    kernel_precision precision, const void *positions, size_t position_stride, size_t rows, size_t bins,
    const void *starts, const void *rises, size_t outputs, void *target, size_t target_stride) {
    DISPATCH(piecewise, positions, position_stride, rows, bins, starts, rises, outputs, target, target_stride);
}

static inline void kernel_piecewise_gradient(
    kernel_precision precision, const void *positions, size_t position_stride, size_t rows, size_t bins,
    const void *delta, size_t delta_stride, size_t outputs, void *beyond, void *rise_gradient, void *offset_gradient) {
    DISPATCH(
        piecewise_gradient, positions, position_stride, rows, bins, delta, delta_stride, outputs, beyond, rise_gradient,
        offset_gradient);
}

static inline void kernel_parametric_activation(
    kernel_precision precision, kernel_activation function, void *values, void *slopes, void *excess, const void *bias,
    const void *share, size_t rows, size_t columns, uint64_t key, double rate) {
    DISPATCH(parametric_activation, function, values, slopes, excess, bias, share, rows, columns, key, rate);
}

static inline void kernel_parametric_activation_gradient(
    kernel_precision precision, void *delta, const void *slopes, const void *excess, size_t rows, size_t columns,
    void *share_gradient, void *bias_gradient) {
    DISPATCH(
        parametric_activation_gradient, delta, slopes, excess, rows, columns, share_gradient, bias_gradient);
}

static inline void kernel_multiply_columns(
    kernel_precision precision, const void *x, const void *factors, void *target, size_t rows, size_t columns) {
    DISPATCH(multiply_columns, x, factors, target, rows, columns);
}

static inline void kernel_multiply_columns_gradient(
    kernel_precision precision, void *delta, const void *x, const void *factors, size_t rows, size_t columns,
    void *gradient) {
    DISPATCH(multiply_columns_gradient, delta, x, factors, rows, columns, gradient);
}

#undef DISPATCH
