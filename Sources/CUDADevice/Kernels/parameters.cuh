// Passes over all parameters: the sum of gradients of several splits, clipping, the update from a kept gradient, norms;
// and the end of a step.
#pragma once
#include "rules.cuh"
#include "sums.cuh"

#define PASS_THREADS 256
// The numbers of a block.
#define PASS_NUMBERS 4096

struct PassScratch {
    double sums[PASS_THREADS / WARP], norms[PASS_THREADS / WARP];
};

// Calls body(i) for the numbers of this block, where adjacent threads have adjacent ones.
template <class Body> DEVICE void for_each_number(i64 count, Body body) {
    const i64 start = (i64)blockIdx.x * PASS_NUMBERS, end = start + PASS_NUMBERS < count ? start + PASS_NUMBERS : count;
    ROLLED for (i64 i = start + threadIdx.x; i < end; i += PASS_THREADS) body(i);
}

// Calls body(i, load(i)) for them. A thread loads for several numbers before it stores for the first.
template <class Load, class Body> DEVICE void for_each_number(i64 count, Load load, Body body) {
    const int together = 4;
    const i64 start = (i64)blockIdx.x * PASS_NUMBERS, end = start + PASS_NUMBERS < count ? start + PASS_NUMBERS : count;
    typedef decltype(load(0)) Loaded;
    ROLLED for (i64 first = start + threadIdx.x; first < end; first += PASS_THREADS * together) {
        Loaded loaded[together] = {};
        UNROLLED for (int n = 0; n < together; n++)
            if (first + n * PASS_THREADS < end) loaded[n] = load(first + n * PASS_THREADS);
        UNROLLED for (int n = 0; n < together; n++)
            if (first + n * PASS_THREADS < end) body(first + n * PASS_THREADS, loaded[n]);
    }
}

// The sum of the splits' gradients.
DEVICE REAL sum_of_splits(const REAL *gradient, i64 i, int splits, i64 count) {
    REAL sum = gradient[i];
    ROLLED for (int split = 1; split < splits; split++) sum += gradient[split * count + i];
    return sum;
}

// The sum of numbers, in all threads of a block.
DEVICE double sum_of_all(const double *numbers, int count, double *scratch) {
    double sum = 0;
    ROLLED for (int i = threadIdx.x; i < count; i += PASS_THREADS) sum += numbers[i];
    return sum_of_block(sum, scratch);
}

// gradient ← Σ splits + the penalty's derivative, and its sums of squares.
KERNEL(collect, PASS_THREADS)(
    const Progress *progress, const Step *steps, const REAL *parameters, REAL *gradient, double *squares, int splits,
    i64 coefficient_count, i64 parameter_count, double alpha) {
    SHARED(PassScratch, shared);
    const REAL decay = decay_of(alpha, current(steps, progress));
    double square = 0;
    for_each_number(parameter_count, [&](i64 i) {
        REAL g = sum_of_splits(gradient, i, splits, parameter_count);
        if (i < coefficient_count) g += decay * parameters[i];
        gradient[i] = g;
        square += (double)g * g;
    });
    if (!squares) return;
    square = sum_of_block(square, shared.sums);
    if (threadIdx.x == 0) squares[blockIdx.x] = square;
}

// Updates the parameters along a kept gradient, scaled down to a maximum norm if there are `norms`.
KERNEL(apply, PASS_THREADS)(
    const Progress *progress, const Step *steps, REAL *parameters, const REAL *gradient, REAL *moment1, REAL *moment2,
    double *squares, const double *norms, int norm_count, double maximum_norm, int splits, i64 coefficient_count,
    i64 parameter_count, int rule_kind, double alpha) {
    SHARED(PassScratch, shared);
    const Step &step = current(steps, progress);
    const REAL decay = decay_of(alpha, step);
    const Rule rule(rule_kind, step);
    REAL factor = 1;
    if (norms) factor = clipping(sum_of_all(norms, norm_count, shared.norms), maximum_norm);
    double square = 0;
    const Parameters all = {parameters, moment1, moment2};
    for_each_number(
        parameter_count, [&](i64 i) { return all.load(i); },
        [&](i64 i, Parameter &parameter) {
            const bool is_coefficient = i < coefficient_count;
            const REAL g = factor * sum_of_splits(gradient, i, splits, parameter_count);
            rule.update(parameter, g, is_coefficient ? decay : 0, is_coefficient);
            all.store(i, parameter);
            if (is_coefficient) square += (double)parameter.value * parameter.value;
        });
    square = sum_of_block(square, shared.sums);
    if (threadIdx.x == 0) squares[blockIdx.x] = square;
}

// The sums of the squared coefficients.
KERNEL(squares, PASS_THREADS)(const REAL *parameters, i64 coefficient_count, double *squares) {
    SHARED(PassScratch, shared);
    double square = 0;
    for_each_number(coefficient_count, [&](i64 i) { square += (double)parameters[i] * parameters[i]; });
    square = sum_of_block(square, shared.sums);
    if (threadIdx.x == 0) squares[blockIdx.x] = square;
}

// Ends a step: reports its loss, with the norm before the step, and advances. Without results, begins a run.
KERNEL(finish, PASS_THREADS)(
    Progress *progress, Result *results, const double *losses, int loss_count, const double *squares,
    int square_count) {
    SHARED(PassScratch, shared);
    const double norm = sum_of_all(squares, square_count, shared.norms);
    const double loss = sum_of_all(losses, results ? loss_count : 0, shared.sums);
    if (threadIdx.x > 0) return;
    if (results) results[progress->step] = {loss, progress->squared_norm};
    progress->step = results ? progress->step + 1 : 0;
    progress->squared_norm = norm;
}
