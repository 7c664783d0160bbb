// Many small networks at once. A block trains a network whose state fits its shared memory, over whole epochs.
//
// A batch passes through the network a few rows at a time. The error of a layer overwrites its values once the gradient
// of the layer above has read them.
#pragma once
#include "activations.cuh"
#include "dropout.cuh"
#include "output.cuh"
#include "rules.cuh"

// The maximum; a block may have fewer.
#define NETWORK_THREADS 512
#define MAXIMUM_LAYERS 8
// Rows, or inputs, that a thread computes together: they share a number that it reads once.
#define TOGETHER 4

// A network with its data and settings. The Swift side has the same layout.
struct NetworkRun {
    const REAL *features, *targets, *weights, *levels;
    // Epochs × samples.
    const int *order;
    // Epochs × batches.
    const Step *steps;
    Result *results;
    // Read at the beginning and written at the end; moments may be null if the rule has none.
    REAL *parameters, *moment1, *moment2;
    // Parameters and both moments after each epoch: epochs × 3 × parameters; or null.
    REAL *snapshots;
    double alpha, dropout_rate, target_factor, target_offset, margin;
    // 0 for no limit.
    double maximum_norm;
    int samples, batch, epochs, layers, activation, derivative, out_activation, loss, rule_kind, unused;
    // From the features to the outputs: layers + 1 numbers.
    int units[MAXIMUM_LAYERS + 1];
};

// A network in shared memory.
struct SmallNetwork {
    const NetworkRun &run;
    int coefficient_count, parameter_count;
    REAL *parameters, *gradient, *moment1, *moment2;
    // The values of a few rows at all layers, then the slopes of the hidden ones where they are stored.
    REAL *values, *slopes;
    double *scratch;
    // The number of rows that pass through the network together.
    int capacity;

    MEMBER SmallNetwork(const NetworkRun &run, int capacity, char *memory) : run(run), capacity(capacity) {
        coefficient_count = parameter_count = 0;
        int all_units = run.units[0];
        for (int l = 0; l < run.layers; l++) {
            coefficient_count += run.units[l] * run.units[l + 1];
            all_units += run.units[l + 1];
        }
        parameter_count = coefficient_count + all_units - run.units[0];
        scratch = (double *)memory;
        parameters = (REAL *)(scratch + NETWORK_THREADS / WARP);
        gradient = parameters + parameter_count;
        moment1 = gradient + parameter_count;
        moment2 = moment1 + parameter_count;
        values = moment2 + parameter_count;
        slopes = values + capacity * all_units;
    }

    // Calls body(i) for 0 ..< count, each for one thread.
    template <class Body> MEMBER static void for_each(int count, Body body) {
        ROLLED for (int i = threadIdx.x; i < count; i += blockDim.x) body(i);
    }

    MEMBER void load() {
        for_each(parameter_count, [&](int i) {
            parameters[i] = run.parameters[i];
            gradient[i] = 0;
            moment1[i] = run.moment1 ? run.moment1[i] : 0;
            moment2[i] = run.moment2 ? run.moment2[i] : 0;
        });
        wait_for_block();
    }

    MEMBER void store(REAL *to, REAL *to_moment1, REAL *to_moment2) {
        for_each(parameter_count, [&](int i) {
            to[i] = parameters[i];
            if (to_moment1) to_moment1[i] = moment1[i];
            if (to_moment2) to_moment2[i] = moment2[i];
        });
    }

    // Copies the features of rows of the batch.
    MEMBER void gather(const int *samples, int rows) {
        const int columns = run.units[0];
        for_each(rows * columns, [&](int i) {
            values[i] = run.features[(i64)samples[i / columns] * columns + i % columns];
        });
        wait_for_block();
    }

    // outputs ← inputs · W + b, then f with its slopes in a hidden layer. `first` is the first row's position in the
    // batch.
    CALLED_MEMBER void forward(
        int layer, const REAL *inputs, REAL *outputs, REAL *slopes_of_layer, const REAL *weights, const REAL *biases,
        int rows, int first, u64 dropout_key) const {
        const int fan_in = run.units[layer], fan_out = run.units[layer + 1];
        const bool is_last = layer == run.layers - 1;
        const Dropout dropout(run.dropout_rate, dropout_key, layer);
        for_each((rows + TOGETHER - 1) / TOGETHER * fan_out, [&](int item) {
            const int unit = item % fan_out, row = item / fan_out * TOGETHER;
            const int count = rows - row < TOGETHER ? rows - row : TOGETHER;
            REAL sums[TOGETHER] = {};
            for (int k = 0; k < fan_in; k++) {
                const REAL weight = weights[k * fan_out + unit];
                UNROLLED for (int r = 0; r < TOGETHER; r++)
                    if (r < count) sums[r] += inputs[(row + r) * fan_in + k] * weight;
            }
            UNROLLED for (int r = 0; r < TOGETHER; r++) {
                if (r >= count) continue;
                const int index = (row + r) * fan_out + unit;
                const REAL z = sums[r] + biases[unit];
                if (is_last) {
                    outputs[index] = z;
                    continue;
                }
                const ValueAndSlope result = activate(run.activation, z);
                const REAL kept = run.dropout_rate > 0 ? dropout.kept((u64)(first + row + r) * fan_out + unit) : 1;
                outputs[index] = result.value * kept;
                if (run.derivative == STORED_SLOPE) slopes_of_layer[index] = result.slope * kept;
            }
        });
        wait_for_block();
    }

    // Adds the products of the layer's inputs with its errors to the gradient.
    CALLED_MEMBER void add_gradient(
        int layer, const REAL *inputs, const REAL *delta, REAL *of_weights, REAL *of_biases, int rows) const {
        const int fan_in = run.units[layer], fan_out = run.units[layer + 1];
        const int groups = (fan_in + TOGETHER - 1) / TOGETHER;
        // One more group for the intercepts, whose input is 1.
        for_each((groups + 1) * fan_out, [&](int item) {
            const int unit = item % fan_out, input = item / fan_out * TOGETHER;
            REAL sums[TOGETHER] = {};
            if (item / fan_out == groups) {
                for (int row = 0; row < rows; row++) sums[0] += delta[row * fan_out + unit];
                of_biases[unit] += sums[0];
                return;
            }
            const int count = fan_in - input < TOGETHER ? fan_in - input : TOGETHER;
            for (int row = 0; row < rows; row++) {
                const REAL error = delta[row * fan_out + unit];
                UNROLLED for (int i = 0; i < TOGETHER; i++)
                    if (i < count) sums[i] += inputs[row * fan_in + input + i] * error;
            }
            UNROLLED for (int i = 0; i < TOGETHER; i++)
                if (i < count) of_weights[(input + i) * fan_out + unit] += sums[i];
        });
        wait_for_block();
    }

    // values ← (delta · Wᵀ) · f′, the errors of the layer below in the place of its values.
    CALLED_MEMBER void backward(
        int layer, const REAL *delta, REAL *below, const REAL *slopes_below, const REAL *weights, int rows) const {
        const int fan_in = run.units[layer], fan_out = run.units[layer + 1];
        for_each(rows * fan_in, [&](int item) {
            const REAL *error = delta + item / fan_in * fan_out, *weight = weights + item % fan_in * fan_out;
            REAL sum = 0;
            for (int j = 0; j < fan_out; j++) sum += error[j] * weight[j];
            const REAL value = run.derivative == STORED_SLOPE ? slopes_below[item] : below[item];
            below[item] = differentiated(run.derivative, sum, value);
        });
        wait_for_block();
    }

    // Computes the loss of rows of the batch and adds their gradient. Returns this thread's part of the loss.
    MEMBER double pass(const Step &step, const int *samples, int rows, int first) {
        gather(samples + first, rows);
        REAL *at = values, *slopes_at = slopes;
        int coefficients = 0, intercepts = coefficient_count;
        for (int l = 0; l < run.layers; l++) {
            REAL *outputs = at + capacity * run.units[l];
            forward(
                l, at, outputs, slopes_at, parameters + coefficients, parameters + intercepts, rows, first,
                step.dropout_key);
            coefficients += run.units[l] * run.units[l + 1];
            intercepts += run.units[l + 1];
            if (l < run.layers - 1) slopes_at += capacity * run.units[l + 1];
            at = outputs;
        }
        const int outputs = run.units[run.layers];
        const Comparison comparison = {
            run.targets, run.weights, run.levels, samples, first, outputs, run.loss, (REAL)run.target_factor,
            (REAL)run.target_offset, (REAL)run.margin};
        double loss = 0;
        for (int row = threadIdx.x / WARP; row < rows; row += (int)blockDim.x / WARP)
            loss += finish_row(comparison, run.out_activation, row, at + row * outputs, at + row * outputs);
        wait_for_block();
        for (int l = run.layers - 1; l >= 0; l--) {
            REAL *below = at - capacity * run.units[l];
            coefficients -= run.units[l] * run.units[l + 1];
            intercepts -= run.units[l + 1];
            add_gradient(l, below, at, gradient + coefficients, gradient + intercepts, rows);
            if (l == 0) break;
            slopes_at -= capacity * run.units[l];
            backward(l, at, below, slopes_at, parameters + coefficients, rows);
            at = below;
        }
        return loss;
    }

    // Updates the parameters and clears the gradient. Returns this thread's part of the new Σ coefficient².
    CALLED_MEMBER double update(const Step &step) {
        const REAL scale = (REAL)(1 / step.weight_sum), decay = decay_of(run.alpha, step);
        const Rule rule(run.rule_kind, step);
        REAL factor = 1;
        if (run.maximum_norm > 0) {
            double square = 0;
            for_each(parameter_count, [&](int i) {
                gradient[i] = scale * gradient[i] + (i < coefficient_count ? decay * parameters[i] : 0);
                square += (double)gradient[i] * gradient[i];
            });
            // All threads have read the sum of the losses from the scratch memory.
            wait_for_block();
            factor = clipping(sum_of_block(square, scratch), run.maximum_norm);
        }
        const Parameters all = {parameters, moment1, moment2};
        double square = 0;
        for_each(parameter_count, [&](int i) {
            const bool is_coefficient = i < coefficient_count, is_clipped = run.maximum_norm > 0;
            Parameter parameter = all.load(i);
            rule.update(
                parameter, (is_clipped ? factor : scale) * gradient[i], is_coefficient && !is_clipped ? decay : 0,
                is_coefficient);
            all.store(i, parameter);
            if (is_coefficient) square += (double)parameter.value * parameter.value;
            gradient[i] = 0;
        });
        return square;
    }
};

KERNEL(train_networks, NETWORK_THREADS)(const NetworkRun *runs, int rows_together) {
    DYNAMIC_SHARED(double, memory);
    const NetworkRun &run = runs[blockIdx.x];
    SmallNetwork network(run, rows_together, (char *)memory);
    network.load();
    double part = 0;
    SmallNetwork::for_each(network.coefficient_count, [&](int i) {
        part += (double)network.parameters[i] * network.parameters[i];
    });
    double squared_norm = sum_of_block(part, network.scratch);

    const int batches = (run.samples + run.batch - 1) / run.batch;
    for (int number = 0; number < run.epochs * batches; number++) {
        const int epoch = number / batches, start = number % batches * run.batch;
        const int *samples = run.order + (i64)epoch * run.samples + start;
        const int rows = run.samples - start < run.batch ? run.samples - start : run.batch;
        const Step &step = run.steps[number];
        double loss = 0;
        for (int first = 0; first < rows; first += rows_together)
            loss += network.pass(step, samples, rows - first < rows_together ? rows - first : rows_together, first);
        loss = sum_of_block(loss, network.scratch);
        if (threadIdx.x == 0) run.results[number] = {loss, squared_norm};
        part = network.update(step);
        wait_for_block();
        squared_norm = sum_of_block(part, network.scratch);
        if (run.snapshots && number % batches == batches - 1) {
            REAL *snapshot = run.snapshots + (i64)epoch * 3 * network.parameter_count;
            network.store(snapshot, snapshot + network.parameter_count, snapshot + 2 * network.parameter_count);
        }
    }
    network.store(run.parameters, run.moment1, run.moment2);
}
