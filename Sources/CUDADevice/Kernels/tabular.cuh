// The layers of networks for tables that are not products, and their update.
//
// Sums over the rows of a batch have a fixed order: one thread, or the same lane of all warps, sums for a parameter.
#pragma once
#include "activations.cuh"
#include "dropout.cuh"
#include "parameters.cuh"

// How numbers are embedded.
enum Embedding { NO_EMBEDDING, PERIODIC, PIECEWISE_LINEAR };

// A table on the card, and how the input layer reads it.
struct Table {
    // Samples × numbers, and samples × indicators.
    const REAL *numbers, *positions, *indicators;
    // Samples × columns of categories.
    const int *codes;
    // Where the embeddings of each column's categories begin in the parameters.
    const i64 *embeddings;
    int number_count, indicator_count, column_count, embedding;
    // Frequencies or bins.
    int parts;
    // The outputs of the embedding of a number, and of a category.
    int size, category_size;
    // The outputs of the layer.
    int width;

    MEMBER int parameters_per_number() const { return (embedding == PERIODIC ? 2 * parts : 0) + (parts + 1) * size; }
};

struct CosineAndSine {
    REAL cosine, sine;
};

// Those of the angle with which a periodic embedding with parameters p turns x.
CALLED CosineAndSine turned(const REAL *p, int frequencies, int f, REAL x) {
    const REAL angle = p[f] * (REAL)6.28318530717958647693 * x + p[frequencies + f];
    return {cos(angle), sin(angle)};
}

struct Bin {
    int index;
    // The part of the bin below the number.
    REAL part;
};

DEVICE Bin bin_of(REAL position, int bins) {
    const int index = (int)position < bins ? (int)position : bins - 1;
    return {index, position - (REAL)index};
}

// Output j of the embedding, with parameters p, of the number in a cell of the table.
DEVICE REAL embedded(const Table &table, const REAL *p, i64 cell, int j) {
    const int parts = table.parts, size = table.size;
    if (table.embedding == PERIODIC) {
        const REAL *mix = p + 2 * parts;
        REAL sum = mix[parts * size + j];
        ROLLED for (int f = 0; f < parts; f++)
            sum += mix[f * size + j] * turned(p, parts, f, table.numbers[cell]).cosine;
        return sum;
    }
    const Bin bin = bin_of(table.positions[cell], parts);
    // Where the bin starts: the offset and the rises of the bins before.
    REAL start = p[parts * size + j];
    ROLLED for (int before = 0; before < bin.index; before++) start += p[before * size + j];
    return start + bin.part * p[bin.index * size + j];
}

// The derivative of the outputs of the embedding of a number by its parameter q, times their errors.
DEVICE REAL embedded_slope(const Table &table, const REAL *p, i64 cell, int q, const REAL *errors) {
    const int parts = table.parts, size = table.size;
    if (table.embedding == PIECEWISE_LINEAR) {
        const Bin bin = bin_of(table.positions[cell], parts);
        const int of = q / size;
        // A value beyond a bin has the bin's whole rise. The offset follows the last rise.
        const REAL rise = of == parts || of < bin.index ? 1 : of == bin.index ? bin.part : 0;
        return rise * errors[q % size];
    }
    const REAL *mix = p + 2 * parts;
    const REAL x = table.numbers[cell];
    if (q >= 2 * parts) {
        const int f = (q - 2 * parts) / size, j = (q - 2 * parts) % size;
        return (f < parts ? turned(p, parts, f, x).cosine : 1) * errors[j];
    }
    const int f = q % parts;
    REAL error = 0;
    ROLLED for (int j = 0; j < size; j++) error += mix[f * size + j] * errors[j];
    error *= -turned(p, parts, f, x).sine;
    return q < parts ? error * (x * (REAL)6.28318530717958647693) : error;
}

// A column of the input layer for a sample: embeddings of numbers, numbers, indicators, embeddings of categories.
DEVICE REAL input_of(const Table &table, const REAL *parameters, i64 sample, int column) {
    const int numbers = table.number_count, indicators = table.indicator_count;
    if (column < numbers * table.size) {
        const int number = column / table.size;
        const REAL *p = parameters + (i64)number * table.parameters_per_number();
        return embedded(table, p, sample * numbers + number, column % table.size);
    }
    column -= numbers * table.size;
    if (column < numbers) return table.numbers[sample * numbers + column];
    column -= numbers;
    if (column < indicators) return table.indicators[sample * indicators + column];
    column -= indicators;
    const int of = column / table.category_size;
    const i64 code = table.codes[sample * table.column_count + of];
    return parameters[table.embeddings[of] + code * table.category_size + column % table.category_size];
}

// features ← the input layer's outputs; inputs ← features · factors, the scale layer. Features may be null.
KERNEL(table_inputs, PASS_THREADS)(
    const Table *table, const int *order, const Progress *progress, int batch, const REAL *parameters,
    const REAL *factors, REAL *features, REAL *inputs, int rows) {
    const int width = table->width;
    const i64 i = (i64)blockIdx.x * PASS_THREADS + threadIdx.x;
    if (i >= (i64)rows * width) return;
    const int column = (int)(i % width);
    const REAL value =
        input_of(*table, parameters, sample_at(order, first_sample(progress, batch), (int)(i / width)), column);
    if (features) features[i] = value;
    inputs[i] = value * factors[column];
}

// 32 bits for each value of a layer: those of the host's layers of networks for tables.
DEVICE u32 few_random_bits(u64 key, u32 index) {
    u32 x = (u32)key + index * 0x9E3779B9u;
    x = (x ^ (x >> 16) ^ (u32)(key >> 32)) * 0x85EBCA6Bu;
    x = (x ^ (x >> 13)) * 0xC2B2AE35u;
    return x ^ (x >> 16);
}

// values ← values + shares · (f(values) − values), with dropout; in training, with the derivatives by the values
// (slopes) and by the shares (excess).
KERNEL(parametric, PASS_THREADS)(
    const Progress *progress, const Step *steps, REAL *values, REAL *slopes, REAL *excess, const REAL *shares, int rows,
    int columns, int activation, int layer) {
    const i64 i = (i64)blockIdx.x * PASS_THREADS + threadIdx.x;
    if (i >= (i64)rows * columns) return;
    const REAL z = values[i], share = shares[i % columns];
    const ValueAndSlope f = activate(activation, z);
    REAL kept = 1;
    if (slopes) {
        const Step &step = current(steps, progress);
        const u32 threshold = (u32)(step.dropout_rate * 4294967296.0);
        const u64 key = random_bits(step.dropout_key, (u64)layer);
        if (threshold > 0) kept = few_random_bits(key, (u32)i) < threshold ? 0 : (REAL)(1 / (1 - step.dropout_rate));
        slopes[i] = kept * (1 + share * (f.slope - 1));
        excess[i] = kept * (f.value - z);
    }
    values[i] = kept * (z + share * (f.value - z));
}

// The columns that a block sums; its warps divide the rows.
struct ColumnScratch {
    double sums[PASS_THREADS / WARP][WARP];
};

// Σ term(row), in all threads of the lane.
template <class Term> DEVICE double sum_over_rows(ColumnScratch &shared, int rows, bool is_inside, Term term) {
    const int lane = threadIdx.x % WARP, warp = threadIdx.x / WARP, warps = PASS_THREADS / WARP;
    double sum = 0;
    ROLLED for (int row = warp; row < rows && is_inside; row += warps) sum += (double)term(row);
    shared.sums[warp][lane] = sum;
    wait_for_block();
    sum = 0;
    ROLLED for (int each = 0; each < warps; each++) sum += shared.sums[each][lane];
    return sum;
}

// The factor of derivatives: losses are means over the batch.
DEVICE REAL mean_factor(const Step *steps, const Progress *progress) {
    return (REAL)(1 / current(steps, progress).weight_sum);
}

// gradient ← Σ delta · terms over the rows; then delta ← delta · slopes. With a stride of 0, the slopes are one row.
KERNEL(multiply_delta, PASS_THREADS)(
    const Progress *progress, const Step *steps, REAL *delta, const REAL *terms, const REAL *slopes, int slope_stride,
    REAL *gradient, int rows, int columns) {
    SHARED(ColumnScratch, shared);
    const int column = (int)(blockIdx.x * WARP + threadIdx.x % WARP);
    const double sum = sum_over_rows(shared, rows, column < columns, [&](int row) {
        const i64 i = (i64)row * columns + column;
        const REAL error = delta[i];
        delta[i] = error * slopes[(i64)row * slope_stride + column];
        return error * terms[i];
    });
    if (threadIdx.x < WARP && column < columns) gradient[column] = mean_factor(steps, progress) * (REAL)sum;
}

// The gradient of the embeddings of numbers.
KERNEL(number_gradient, PASS_THREADS)(
    const Table *table, const int *order, const Progress *progress, int batch, const Step *steps,
    const REAL *parameters, const REAL *delta, REAL *gradient, int rows) {
    SHARED(ColumnScratch, shared);
    const i64 index = (i64)blockIdx.x * WARP + threadIdx.x % WARP;
    const int per_number = table->parameters_per_number(), numbers = table->number_count;
    const int number = (int)(index / per_number), q = (int)(index % per_number), first = first_sample(progress, batch);
    const double sum = sum_over_rows(shared, rows, number < numbers, [&](int row) {
        const i64 cell = (i64)sample_at(order, first, row) * numbers + number;
        const REAL *errors = delta + (i64)row * table->width + number * table->size;
        return embedded_slope(*table, parameters + index - q, cell, q, errors);
    });
    if (threadIdx.x < WARP && number < numbers) gradient[index] = mean_factor(steps, progress) * (REAL)sum;
}

// The gradient of the embeddings of the categories that are in the batch; all others are 0 before. The thread of the
// first row with a category sums the errors of all rows with it.
KERNEL(category_gradient, PASS_THREADS)(
    const Table *table, const int *order, const Progress *progress, int batch, const Step *steps, const REAL *delta,
    REAL *gradient, int rows) {
    const int size = table->category_size, per_row = table->column_count * size, first = first_sample(progress, batch);
    const i64 i = (i64)blockIdx.x * PASS_THREADS + threadIdx.x;
    if (i >= (i64)rows * per_row) return;
    const int row = (int)(i / per_row), output = (int)(i % per_row), column = output / size;
    const auto code_of = [&](int row) {
        return table->codes[(i64)sample_at(order, first, row) * table->column_count + column];
    };
    const int code = code_of(row);
    ROLLED for (int before = 0; before < row; before++)
        if (code_of(before) == code) return;
    double sum = 0;
    ROLLED for (int other = row; other < rows; other++)
        if (code_of(other) == code) sum += delta[(i64)(other + 1) * table->width - per_row + output];
    gradient[table->embeddings[column] + (i64)code * size + output % size] =
        mean_factor(steps, progress) * (REAL)sum;
}

// Adjacent parameters, and the factors of their learning rate, weight decay and epsilon.
struct ParameterRange {
    i64 start, count;
    double rate, decay, epsilon;
};

// Updates ranges of parameters by Adam with decoupled weight decay. Without a rate, they only decay.
KERNEL(update_ranges, PASS_THREADS)(
    const Progress *progress, const Step *steps, const ParameterRange *ranges, REAL *parameters, REAL *moment1,
    REAL *moment2, const REAL *gradient) {
    const ParameterRange range = ranges[blockIdx.x];
    Step step = current(steps, progress);
    step.rate *= range.rate;
    step.shrinkage *= range.decay;
    step.epsilon *= range.epsilon;
    const Rule rule(ADAM, step);
    const Parameters all = {parameters, moment1, moment2};
    ROLLED for (i64 i = range.start + threadIdx.x; i < range.start + range.count; i += PASS_THREADS) {
        Parameter parameter = all.load(i);
        if (range.rate > 0)
            rule.update(parameter, gradient[i], 0, true);
        else
            parameter.value *= rule.kept;
        all.store(i, parameter);
    }
}
