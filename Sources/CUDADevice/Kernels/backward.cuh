// input_delta ← (delta · Wᵀ) · f′: the error of the layer below.

KERNEL(TILED(backward), PRODUCT_THREADS)(
    const REAL *delta, const REAL *coefficients, const REAL *values, REAL *input_delta, int rows, int fan_in,
    int fan_out, int derivative) {
    typedef Product<TILE, true, true> Tiles;
    SHARED(Tiles::Shared, shared);
    const Tiles tile = {(int)blockIdx.x * TILE::rows, rows, (int)blockIdx.y * TILE::columns, fan_in};
    const Operand errors = {delta, fan_out, nullptr, 0}, weights = {coefficients, fan_out, nullptr, 0};
    tile.multiply<false>(shared, errors, weights, 0, fan_out);

    const auto index_of = [&](int i, int j) { return (i64)(tile.row + i) * fan_in + tile.column + j; };
    tile.for_each(
        [&](int i, int j) { return values[index_of(i, j)]; },
        [&](int i, int j, REAL value) {
            input_delta[index_of(i, j)] = differentiated(derivative, tile.at(shared, i, j), value);
        });
}
