// values ← f(inputs · W + b), with slopes and dropout where training needs them.

KERNEL(TILED(forward), PRODUCT_THREADS)(
    const REAL *inputs, const int *order, const Progress *progress, int batch, const Step *steps,
    const REAL *coefficients, const REAL *intercepts, REAL *values, REAL *slopes, int rows, int fan_in, int fan_out,
    int activation, int layer, double dropout_rate) {
    typedef Product<TILE, true, false> Tiles;
    SHARED(Tiles::Shared, shared);
    const Tiles tile = {(int)blockIdx.x * TILE::rows, rows, (int)blockIdx.y * TILE::columns, fan_out};
    const Operand samples = {inputs, fan_in, order, first_sample(progress, batch)};
    const Operand weights = {coefficients, fan_out, nullptr, 0};
    tile.multiply<false>(shared, samples, weights, 0, fan_in);

    const Dropout dropout(dropout_rate, steps ? current(steps, progress).dropout_key : 0, layer);
    tile.for_each([&](int i, int j) {
        const int unit = tile.column + j;
        const i64 index = (i64)(tile.row + i) * fan_out + unit;
        ValueAndSlope result = activate(activation, tile.at(shared, i, j) + intercepts[unit]);
        const REAL kept = dropout_rate > 0 ? dropout.kept(index) : 1;
        values[index] = result.value * kept;
        if (slopes) slopes[index] = result.slope * kept;
    });
}
