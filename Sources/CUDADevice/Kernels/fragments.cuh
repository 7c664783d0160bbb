// Products of a warp on tensor cores: C ← C + A · B for fragments of 16 × 8 and 8 × 8 numbers.
//
// The layout is that of mma.m16n8k8 for TF32. Four m8n8k4 instructions for doubles have the same. With g = lane / 4 and
// t = lane % 4, a lane holds
//   A: (g, t), (g + 8, t), (g, t + 4), (g + 8, t + 4)      B: (t, g), (t + 4, g)
//   C: (g, 2t), (g, 2t + 1), (g + 8, 2t), (g + 8, 2t + 1)
#pragma once
#include "device.cuh"

// The fragments in a row of a warp's tile. Tiles differ in their rows.
#define FRAGMENT_COLUMNS 4

#ifdef __CUDACC__

#if PRECISION == 64

DEVICE void multiply_eighth(double &c0, double &c1, double a, double b) {
    asm("mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64 {%0, %1}, {%2}, {%3}, {%0, %1};"
        : "+d"(c0), "+d"(c1)
        : "d"(a), "d"(b));
}

template <int rows>
DEVICE void multiply_fragments(
    double (&c)[rows][FRAGMENT_COLUMNS][4], const double (&a)[rows][4], const double (&b)[FRAGMENT_COLUMNS][2]) {
    UNROLLED for (int half = 0; half < 2; half++)
        UNROLLED for (int i = 0; i < rows; i++)
            UNROLLED for (int j = 0; j < FRAGMENT_COLUMNS; j++) {
                multiply_eighth(c[i][j][0], c[i][j][1], a[i][2 * half], b[j][half]);
                multiply_eighth(c[i][j][2], c[i][j][3], a[i][2 * half + 1], b[j][half]);
            }
}

#else

// A TF32 has the first 11 significant bits of a float. Two of them hold 22 bits of it; the product of both small parts
// is below the precision of the result.
//
// The big part is rounded in integers, which takes fewer instructions than a conversion. The small part need not be:
// the tensor cores ignore its last bits. If x is NaN or infinite, the small part is NaN, and so is every product with
// it.
DEVICE void divide(float x, u32 &big, u32 &small) {
    big = (__float_as_uint(x) + 0x1000u) & ~0x1FFFu;
    small = __float_as_uint(x - __uint_as_float(big));
}

DEVICE void multiply_tf32(float (&c)[4], const u32 (&a)[4], const u32 (&b)[2]) {
    asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
        "{%0, %1, %2, %3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

template <int rows>
DEVICE void multiply_fragments(
    float (&c)[rows][FRAGMENT_COLUMNS][4], const float (&a)[rows][4], const float (&b)[FRAGMENT_COLUMNS][2]) {
    u32 big_a[rows][4], small_a[rows][4];
    UNROLLED for (int i = 0; i < rows; i++)
        UNROLLED for (int k = 0; k < 4; k++) divide(a[i][k], big_a[i][k], small_a[i][k]);
    u32 big_b[FRAGMENT_COLUMNS][2], small_b[FRAGMENT_COLUMNS][2];
    UNROLLED for (int j = 0; j < FRAGMENT_COLUMNS; j++)
        UNROLLED for (int k = 0; k < 2; k++) divide(b[j][k], big_b[j][k], small_b[j][k]);
    // A product that needs the result of another one waits for it, so these are far apart.
    const auto add = [&](const u32 (&of_a)[rows][4], const u32 (&of_b)[FRAGMENT_COLUMNS][2]) {
        UNROLLED for (int i = 0; i < rows; i++)
            UNROLLED for (int j = 0; j < FRAGMENT_COLUMNS; j++) multiply_tf32(c[i][j], of_a[i], of_b[j]);
    };
    add(small_a, big_b);
    add(big_a, small_b);
    add(big_a, big_b);
}

#endif
#endif
