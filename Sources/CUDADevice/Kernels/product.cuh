// Matrix products of a block: a tile of C = op(A) · op(B).
//
// Chunks of both factors are copied to shared memory ahead of their use. Warps multiply them on tensor cores. A small
// tile is one warp wide and high, and the warps divide the depth; their sums are added in order.
#pragma once
#include "fragments.cuh"
#include "records.cuh"

#define PRODUCT_THREADS 128

// Rows of numbers that lie next to each other, of which an order may select some.
struct Operand {
    const REAL *data;
    i64 stride;
    const int *order;
    int first;

    MEMBER const REAL *row(int index) const { return data + sample_at(order, first, index) * stride; }

    // Whether copies of 16 bytes can start at each multiple of 16 bytes in a row.
    MEMBER bool is_aligned() const { return (size_t)data % 16 == 0 && stride % (i64)(16 / sizeof(REAL)) == 0; }
};

template <int warp_rows_, int warp_columns_, int fragment_rows_, int slices_, int depth_> struct Tiling {
    enum { warp_rows = warp_rows_, warp_columns = warp_columns_, fragment_rows = fragment_rows_ };
    // The number of warps that divide the depth of a chunk.
    enum { slices = slices_ };
    // The depth of a chunk.
    enum { depth = depth_ };
    enum { rows = warp_rows * fragment_rows * 16, columns = warp_columns * FRAGMENT_COLUMNS * 8 };
};

// A chunk of the depth has 256 bytes in a row of a small tile: few of them, as each costs a barrier.
typedef Tiling<1, 1, 1, 4, 256 / sizeof(REAL)> Small;
typedef Tiling<2, 2, 2, 1, 16> Large;

// A part of a factor in shared memory, whose rows lie along the depth or across it.
//
// The padding makes the lanes of a warp read different banks.
template <int width, int depth, bool is_along_depth> struct Part {
    enum { rows = is_along_depth ? width : depth, columns = is_along_depth ? depth : width };
    enum { stride = columns + (is_along_depth || sizeof(REAL) == 8 ? 4 : 8) };
    REAL numbers[rows * stride];

    // The number at a position of the tile and a depth.
    MEMBER REAL at(int position, int k) const {
        return is_along_depth ? numbers[position * stride + k] : numbers[k * stride + position];
    }

    // Starts to copy the part that begins at a row and a column; what is beyond their ends becomes 0.
    MEMBER void load(const Operand &source, bool is_aligned, int row, int row_end, int column, int column_end) {
        const int together = 16 / sizeof(REAL), across = columns / together;
        UNROLLED for (int piece = threadIdx.x; piece < rows * across; piece += PRODUCT_THREADS) {
            int i = piece / across, j = piece % across * together;
            bool is_inside = row + i < row_end;
            const REAL *from = is_inside ? source.row(row + i) + column + j : source.data;
            REAL *to = numbers + i * stride + j;
            if (is_aligned) {
                is_inside = is_inside && column + j < column_end;
                start_copy<16>(to, is_inside ? from : source.data, is_inside);
                continue;
            }
            ROLLED for (int k = 0; k < together; k++) {
                bool is_number_inside = is_inside && column + j + k < column_end;
                start_copy<sizeof(REAL)>(to + k, is_number_inside ? from + k : source.data, is_number_inside);
            }
        }
    }
};

// The rows of a tile of C are those of op(A), the columns those of op(B). `a_is_along_depth`: rows of A in memory lie
// along the depth, as in A · B; `b_is_along_depth`: rows of B lie along it, as in A · Bᵀ.
template <class Tile, bool a_is_along_depth, bool b_is_along_depth> struct Product {
    typedef Part<Tile::rows, Tile::depth, a_is_along_depth> PartOfA;
    typedef Part<Tile::columns, Tile::depth, b_is_along_depth> PartOfB;
    enum { sum_stride = Tile::columns + 4 };

    struct Stage {
        PartOfA a;
        PartOfB b;
    };

    // The number of chunks in shared memory: up to four, within 46 KiB.
    enum { fitting = 47104 / sizeof(Stage), stages = fitting < 4 ? fitting : 4 };

    // Copies write 16 bytes at a time.
    struct alignas(16) Shared {
        union {
            Stage chunks[stages];
            REAL sums[Tile::slices][Tile::rows * sum_stride];
        };
        // Partial sums over the depth of B's columns, for each thread.
        double column_sums[PRODUCT_THREADS];
        double scratch[PRODUCT_THREADS / WARP];
    };

    // The position of the tile in C, and the size of C.
    int row, rows, column, columns;

    MEMBER void load(
        Stage &stage, const Operand &a, bool a_is_aligned, const Operand &b, bool b_is_aligned, int k, int end) const {
        if (a_is_along_depth)
            stage.a.load(a, a_is_aligned, row, rows, k, end);
        else
            stage.a.load(a, a_is_aligned, k, end, row, rows);
        if (b_is_along_depth)
            stage.b.load(b, b_is_aligned, column, columns, k, end);
        else
            stage.b.load(b, b_is_aligned, k, end, column, columns);
    }

    // Computes the tile for depths from `start` to `end`. The threads then read it by `at`.
    template <bool sums_columns>
    MEMBER void multiply(Shared &shared, const Operand &a, const Operand &b, int start, int end) const {
        const int warp = threadIdx.x / WARP, g = threadIdx.x % WARP / 4, t = threadIdx.x % 4;
        const int slice = warp / (Tile::warp_rows * Tile::warp_columns);
        const int warp_row = warp / Tile::warp_columns % Tile::warp_rows * Tile::fragment_rows * 16;
        const int warp_column = warp % Tile::warp_columns * FRAGMENT_COLUMNS * 8;
        const int slice_depth = Tile::depth / Tile::slices;
        const bool a_is_aligned = a.is_aligned(), b_is_aligned = b.is_aligned();
        const int chunks = (end - start + Tile::depth - 1) / Tile::depth;

        REAL c[Tile::fragment_rows][FRAGMENT_COLUMNS][4] = {};
        double column_sum = 0;
        // A chunk is loaded while the chunks before it are multiplied.
        ROLLED for (int next = 0; next < chunks + stages - 1; next++) {
            const int chunk = next - (stages - 1);
            if (chunk >= 0) {
                await_copies<stages - 2>();
                // From here on, all threads have multiplied the chunk before, and its place is free.
                wait_for_block();
            }
            if (next < chunks)
                load(shared.chunks[next % stages], a, a_is_aligned, b, b_is_aligned, start + next * Tile::depth, end);
            end_copies();
            if (chunk < 0) continue;

            const Stage &stage = shared.chunks[chunk % stages];
            UNROLLED for (int k = 0; k < slice_depth; k += 8) {
                const int depth = slice * slice_depth + k + t;
                REAL of_a[Tile::fragment_rows][4], of_b[FRAGMENT_COLUMNS][2];
                UNROLLED for (int i = 0; i < Tile::fragment_rows; i++)
                    UNROLLED for (int part = 0; part < 4; part++)
                        of_a[i][part] = stage.a.at(warp_row + i * 16 + g + part % 2 * 8, depth + part / 2 * 4);
                UNROLLED for (int j = 0; j < FRAGMENT_COLUMNS; j++)
                    UNROLLED for (int part = 0; part < 2; part++)
                        of_b[j][part] = stage.b.at(warp_column + j * 8 + g, depth + part * 4);
                multiply_fragments(c, of_a, of_b);
            }
            if (sums_columns) {
                const int first = threadIdx.x / Tile::columns, stride = PRODUCT_THREADS / Tile::columns;
                UNROLLED for (int k = first; k < Tile::depth; k += stride)
                    column_sum += stage.b.at(threadIdx.x % Tile::columns, k);
            }
        }
        wait_for_block();
        UNROLLED for (int i = 0; i < Tile::fragment_rows; i++)
            UNROLLED for (int j = 0; j < FRAGMENT_COLUMNS; j++)
                UNROLLED for (int part = 0; part < 4; part++) {
                    const int of_row = (warp_row + i * 16 + g + part / 2 * 8) * sum_stride;
                    shared.sums[slice][of_row + warp_column + j * 8 + 2 * t + part % 2] = c[i][j][part];
                }
        if (sums_columns) shared.column_sums[threadIdx.x] = column_sum;
        wait_for_block();
    }

    // An element of the tile.
    MEMBER REAL at(const Shared &shared, int i, int j) const {
        REAL sum = shared.sums[0][i * sum_stride + j];
        UNROLLED for (int slice = 1; slice < Tile::slices; slice++) sum += shared.sums[slice][i * sum_stride + j];
        return sum;
    }

    // The sum of a column of B in the tile.
    MEMBER double column_sum(const Shared &shared, int j) const {
        double sum = 0;
        UNROLLED for (int part = j; part < PRODUCT_THREADS; part += Tile::columns) sum += shared.column_sums[part];
        return sum;
    }

    // Calls body(i, j, load(i, j)) for each element of the tile that lies in C, where the threads of a warp have
    // adjacent columns. A thread loads for several elements before it stores for the first.
    template <class Load, class Body> MEMBER void for_each(Load load, Body body) const {
        const int together = 4, stride = PRODUCT_THREADS * together;
        typedef decltype(load(0, 0)) Loaded;
        ROLLED for (int first = threadIdx.x; first < Tile::rows * Tile::columns; first += stride) {
            Loaded loaded[together] = {};
            UNROLLED for (int n = 0; n < together; n++) {
                const int element = first + n * PRODUCT_THREADS;
                const int i = element / Tile::columns, j = element % Tile::columns;
                if (row + i < rows && column + j < columns) loaded[n] = load(i, j);
            }
            UNROLLED for (int n = 0; n < together; n++) {
                const int element = first + n * PRODUCT_THREADS;
                const int i = element / Tile::columns, j = element % Tile::columns;
                if (row + i < rows && column + j < columns) body(i, j, loaded[n]);
            }
        }
    }

    // Calls body(i, j) for each element in the same order.
    template <class Body> MEMBER void for_each(Body body) const {
        ROLLED for (int element = threadIdx.x; element < Tile::rows * Tile::columns; element += PRODUCT_THREADS) {
            int i = element / Tile::columns, j = element % Tile::columns;
            if (row + i < rows && column + j < columns) body(i, j);
        }
    }
};
