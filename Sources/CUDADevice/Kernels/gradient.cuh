// The gradient of a layer, inputsᵀ · delta, and at once the update of its parameters; or the gradient alone.

KERNEL(TILED(gradient), PRODUCT_THREADS)(
    const REAL *inputs, const int *order, const Progress *progress, int batch, const Step *steps, const REAL *delta,
    REAL *parameters, REAL *moment1, REAL *moment2, REAL *gradient, double *squares, int rows, int fan_in, int fan_out,
    i64 coefficients, i64 intercepts, i64 parameter_count, int rule_kind, double alpha) {
    typedef Product<TILE, false, false> Tiles;
    SHARED(Tiles::Shared, shared);
    const Tiles tile = {(int)blockIdx.y * TILE::rows, fan_in, (int)blockIdx.x * TILE::columns, fan_out};
    const Operand samples = {inputs, fan_in, order, first_sample(progress, batch)};
    const Operand errors = {delta, fan_out, nullptr, 0};
    // Each split sums a range of the batch's samples.
    const int start = (int)((i64)rows * blockIdx.z / gridDim.z), end = (int)((i64)rows * (blockIdx.z + 1) / gridDim.z);
    tile.multiply<true>(shared, samples, errors, start, end);

    const Step &step = current(steps, progress);
    const REAL scale = (REAL)(1 / step.weight_sum), decay = decay_of(alpha, step);
    const Rule rule(rule_kind, step);
    const Parameters all = {parameters, moment1, moment2};
    const auto index_of = [&](int i, int j) { return coefficients + (i64)(tile.row + i) * fan_out + tile.column + j; };
    const int unit = tile.column + threadIdx.x;
    const bool has_intercept = blockIdx.y == 0 && (int)threadIdx.x < TILE::columns && unit < fan_out;
    const REAL intercept_derivative = has_intercept ? scale * (REAL)tile.column_sum(shared, threadIdx.x) : 0;

    if (rule_kind == KEEP_GRADIENT) {
        gradient += blockIdx.z * parameter_count;
        tile.for_each([&](int i, int j) { gradient[index_of(i, j)] = scale * tile.at(shared, i, j); });
        if (has_intercept) gradient[intercepts + unit] = intercept_derivative;
        return;
    }
    double square = 0;
    tile.for_each(
        [&](int i, int j) { return all.load(index_of(i, j)); },
        [&](int i, int j, Parameter &parameter) {
            rule.update(parameter, scale * tile.at(shared, i, j), decay, true);
            all.store(index_of(i, j), parameter);
            square += (double)parameter.value * parameter.value;
        });
    if (has_intercept) {
        Parameter parameter = all.load(intercepts + unit);
        rule.update(parameter, intercept_derivative, 0, false);
        all.store(intercepts + unit, parameter);
    }
    square = sum_of_block(square, shared.scratch);
    if (threadIdx.x == 0) squares[blockIdx.y * gridDim.x + blockIdx.x] = square;
}
