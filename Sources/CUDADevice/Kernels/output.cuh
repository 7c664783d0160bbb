// The last layer: output activation, loss and the derivative of the loss by the weighted sums.
#pragma once
#include "activations.cuh"
#include "losses.cuh"
#include "product.cuh"
#include "sums.cuh"

// What predictions are compared with.
struct Comparison {
    const REAL *targets, *weights, *levels;
    const int *order;
    int first, outputs, loss;
    // Label smoothing: target ← factor · target + offset.
    REAL factor, offset, margin;
};

// A warp turns the weighted sums of one row into the delta, or into predictions without targets.
//
// Returns this lane's part of the row's loss.
CALLED double finish_row(Comparison comparison, int activation, int row, REAL *z, REAL *outputs) {
    const int lane = threadIdx.x % WARP, columns = comparison.outputs;
    REAL maximum = 0, sum = 1;
    if (activation == SOFTMAX) {
        // Subtract the maximum, so that no exponential overflows.
        maximum = z[0];
        ROLLED for (int j = lane; j < columns; j += WARP) maximum = z[j] > maximum ? z[j] : maximum;
        maximum = maximum_of_warp(maximum);
        // Outputs may overwrite the weighted sums: all lanes have read the first one.
        wait_for_warp();
        sum = 0;
        ROLLED for (int j = lane; j < columns; j += WARP) sum += exp(z[j] - maximum);
        sum = sum_of_warp(sum);
    }
    const bool is_compared = comparison.targets;
    const i64 sample = sample_at(comparison.order, comparison.first, row);
    const REAL weight = is_compared && comparison.weights ? comparison.weights[sample] : 1;
    double loss = 0;
    ROLLED for (int j = lane; j < columns; j += WARP) {
        const REAL p = activation == SOFTMAX ? exp(z[j] - maximum) / sum : activate(activation, z[j]).value;
        REAL result = p;
        if (is_compared) {
            const REAL y = comparison.factor * comparison.targets[sample * columns + j] + comparison.offset;
            const REAL level = comparison.levels ? comparison.levels[j] : 0;
            loss += loss_of(comparison.loss, p, y, level, comparison.margin, columns) * weight;
            result = delta_of(comparison.loss, p, y, level, columns) * weight;
        }
        outputs[j] = result;
    }
    return loss;
}

// The whole layer, for outputs that one tile covers.
KERNEL(output_layer, PRODUCT_THREADS)(
    const REAL *inputs, const int *input_order, const int *order, const Progress *progress, int batch,
    const REAL *coefficients, const REAL *intercepts, const REAL *targets, const REAL *weights, const REAL *levels,
    REAL *outputs, double *losses, int rows, int fan_in, int fan_out, int activation, int loss, double target_factor,
    double target_offset, double margin) {
    typedef Product<Small, true, false> Tiles;
    SHARED(Tiles::Shared, shared);
    const int first = first_sample(progress, batch);
    const Tiles tile = {(int)blockIdx.x * Small::rows, rows, 0, fan_out};
    const Operand samples = {inputs, fan_in, input_order, first};
    const Operand layer = {coefficients, fan_out, nullptr, 0};
    tile.multiply<false>(shared, samples, layer, 0, fan_in);

    const Comparison comparison = {targets, weights, levels, order, first, fan_out, loss, (REAL)target_factor,
                                   (REAL)target_offset, (REAL)margin};
    const int warp = threadIdx.x / WARP, lane = threadIdx.x % WARP;
    double sum = 0;
    ROLLED for (int i = warp; i < Small::rows && tile.row + i < rows; i += PRODUCT_THREADS / WARP) {
        REAL *z = &shared.sums[0][i * Tiles::sum_stride];
        if (lane < fan_out) z[lane] = tile.at(shared, i, lane) + intercepts[lane];
        wait_for_warp();
        sum += finish_row(comparison, activation, tile.row + i, z, outputs + (i64)(tile.row + i) * fan_out);
    }
    if (!losses) return;
    sum = sum_of_block(sum, shared.scratch);
    if (threadIdx.x == 0) losses[blockIdx.x] = sum;
}

// The layer from its weighted sums, which lie in `outputs`. A warp computes a row.
KERNEL(output_rows, PRODUCT_THREADS)(
    const int *order, const Progress *progress, int batch, const REAL *targets, const REAL *weights, const REAL *levels,
    REAL *outputs, double *losses, int rows, int fan_out, int activation, int loss, double target_factor,
    double target_offset, double margin) {
    struct Scratch {
        double sums[PRODUCT_THREADS / WARP];
    };
    SHARED(Scratch, shared);
    const Comparison comparison = {
        targets, weights, levels, order, first_sample(progress, batch), fan_out, loss, (REAL)target_factor,
        (REAL)target_offset, (REAL)margin};
    const int row = (int)(blockIdx.x * (PRODUCT_THREADS / WARP) + threadIdx.x / WARP);
    REAL *z = outputs + (i64)row * fan_out;
    double sum = row < rows ? finish_row(comparison, activation, row, z, z) : 0;
    if (!losses) return;
    sum = sum_of_block(sum, shared.sums);
    if (threadIdx.x == 0) losses[blockIdx.x] = sum;
}
