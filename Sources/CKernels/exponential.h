// exp and tanh without branches or calls, so that the compiler can vectorize them. Both are accurate to 1.4 units in
// the last place. NaN, infinities and subnormal results are handled correctly.
#pragma once

#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

// exp(x) = 2ⁿ · exp(r) with n = round(x / ln 2) and |r| ≤ ln 2 / 2; exp(r) is a series. Adding and subtracting 1.5 ·
// 2⁵² rounds to an integer; the intermediate sum has that integer in its lowest bits.
#define ROUNDER_F64 0x1.8p52

// 2 to the power of n + more, an integer in −1022 ... 1023; `more` is a constant.
INLINE double power_of_two_f64(double n, double more) {
    double shifted = n + (more + 1023 + ROUNDER_F64);
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits <<= 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

// Returns exp(r), and n. Below the limit exp(x) is 0 anyway; NaN passes the comparison.
INLINE double exponential_of_rest_f64(double x, double *whole) {
    double bounded = x < -746 ? -746 : x;
    double n = *whole = (bounded * 0x1.71547652b82fep0 + ROUNDER_F64) - ROUNDER_F64;
    // ln 2 in two parts. The first ends in enough zeros for its product with n to be exact.
    double r = (bounded - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
    double series = 1.0 / 6227020800;
    series = series * r + 1.0 / 479001600;
    series = series * r + 1.0 / 39916800;
    series = series * r + 1.0 / 3628800;
    series = series * r + 1.0 / 362880;
    series = series * r + 1.0 / 40320;
    series = series * r + 1.0 / 5040;
    series = series * r + 1.0 / 720;
    series = series * r + 1.0 / 120;
    series = series * r + 1.0 / 24;
    series = series * r + 1.0 / 6;
    series = series * r + 0.5;
    return 1 + (r + r * r * series);
}

INLINE double exponential_f64(double x) {
    // Above the limit the result is infinite anyway.
    double n, value = exponential_of_rest_f64(x > 710 ? 710 : x, &n);
    // In two steps, because 2ⁿ itself may be too large or too small.
    double half = (n * 0.5 + ROUNDER_F64) - ROUNDER_F64;
    return value * power_of_two_f64(half, 0) * power_of_two_f64(n - half, 0);
}

// exp(x) for x up to 60: the same bits with fewer operations. The last one rounds results that are nearly 0.
INLINE double exponential_up_to_60_f64(double x) {
    double n, value = exponential_of_rest_f64(x, &n);
    return value * power_of_two_f64(n, 64) * 0x1p-64;
}

// tanh(x) = 1 − 2 / (exp(2x) + 1) for large |x|; from 25 on it is 1. For small |x| this formula cancels, and a rational
// function is used. The coefficients are those of S. L. Moshier's Cephes library. Both need a quotient, the most
// expensive operation here, and share it.
INLINE double hyperbolic_tangent_f64(double x) {
    double size = x < 0 ? -x : x;
    bool is_small = size < 0.625;
    double s = x * x;
    double numerator = (-9.64399179425052238628e-1 * s - 9.92877231001918586564e1) * s - 1.61468768441708447952e3;
    double denominator = ((s + 1.12811678491632931402e2) * s + 2.23548839060100448583e3) * s + 4.84406305325125486048e3;
    double power = exponential_up_to_60_f64(size > 25 ? 50 : 2 * size);
    double quotient = (is_small ? numerator : 2) / (is_small ? denominator : power + 1);
    double large = 1 - quotient;
    return is_small ? x + x * s * quotient : x < 0 ? -large : large;
}

#define ROUNDER_F32 0x1.8p23f

// 2 to the power of n + more, an integer in −126 ... 127.
INLINE float power_of_two_f32(float n, float more) {
    float shifted = n + (more + 127 + ROUNDER_F32);
    uint32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits <<= 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

INLINE float exponential_of_rest_f32(float x, float *whole) {
    float bounded = x < -104 ? -104 : x;
    float n = *whole = (bounded * 0x1.715476p0f + ROUNDER_F32) - ROUNDER_F32;
    float r = (bounded - n * 0x1.63p-1f) - n * -0x1.bd0106p-13f;
    float series = 1.0f / 5040;
    series = series * r + 1.0f / 720;
    series = series * r + 1.0f / 120;
    series = series * r + 1.0f / 24;
    series = series * r + 1.0f / 6;
    series = series * r + 0.5f;
    return 1 + (r + r * r * series);
}

INLINE float exponential_f32(float x) {
    float n, value = exponential_of_rest_f32(x > 89 ? 89 : x, &n);
    float half = (n * 0.5f + ROUNDER_F32) - ROUNDER_F32;
    return value * power_of_two_f32(half, 0) * power_of_two_f32(n - half, 0);
}

INLINE float exponential_up_to_60_f32(float x) {
    float n, value = exponential_of_rest_f32(x, &n);
    return value * power_of_two_f32(n, 32) * 0x1p-32f;
}

INLINE float hyperbolic_tangent_f32(float x) {
    float size = x < 0 ? -x : x;
    float large = 1 - 2 / (exponential_up_to_60_f32(size > 25 ? 50 : 2 * size) + 1);
    float s = x * x;
    float series = -5.70498872745e-3f;
    series = series * s + 2.06390887954e-2f;
    series = series * s - 5.37397155531e-2f;
    series = series * s + 1.33314422036e-1f;
    series = series * s - 3.33332819422e-1f;
    float small = x + x * s * series;
    return size < 0.625f ? small : x < 0 ? -large : large;
}
