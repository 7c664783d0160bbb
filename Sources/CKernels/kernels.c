// Each loop is compiled for AVX-512, for AVX2 and for the baseline, and the best version is selected when the program
// starts. SwiftPM compiles for plain x86-64, on which these loops are several times slower.
#define KERNELS_ARE_DEFINED_HERE
#include "CKernels.h"

#include <math.h>
#include <string.h>

// In activations and products, a multiplication and an addition have one rounding if the machine supports it, as in
// BLAS. This halves the work of an exponential. In all other loops they have two roundings, as in scikit-learn.
#pragma STDC FP_CONTRACT ON
#include "exponential.h"
#pragma STDC FP_CONTRACT OFF

// Under the thread sanitizer there is only one version, because the selection would run before the sanitizer's runtime.
// For testing, KERNELS_AT_MOST_V3 and KERNELS_BASELINE exclude the wider versions on a machine with AVX-512.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer) && !defined(KERNELS_BASELINE)
#if defined(KERNELS_AT_MOST_V3)
#define CLONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
#else
#define CLONED
#endif

#define REAL double
#define KERNEL(name) kernel_##name##_f64
#define EXP exponential_f64
#define EXP_UP_TO_60 exponential_up_to_60_f64
#define LOG log
#define TANH hyperbolic_tangent_f64
#define ERFC erfc
#define LOG1P log1p
#define SQRT __builtin_elementwise_sqrt
#define ROUNDER ROUNDER_F64
#define HALF_PI_1 0x1.921fb54p0
#define HALF_PI_2 0x1.10b461p-30
#define HALF_PI_3 0x1.a62633145c06ep-58
#define SINE_SERIES(s)                                                                                        \
    ((((((-1.0 / 1307674368000 * s + 1.0 / 6227020800) * s - 1.0 / 39916800) * s + 1.0 / 362880) * s - 1.0 / 5040) * s + \
      1.0 / 120) * s - 1.0 / 6)
#define COSINE_SERIES(s)                                                                                           \
    (((((((1.0 / 20922789888000 * s - 1.0 / 87178291200) * s + 1.0 / 479001600) * s - 1.0 / 3628800) * s + 1.0 / 40320) * s - \
       1.0 / 720) * s + 1.0 / 24) * s - 0.5)
#define FOUR_TIMES(piece) __builtin_shufflevector(piece, piece, 0, 1, 0, 1, 0, 1, 0, 1)
#define ADAM kernel_adam_clones_f64
#pragma STDC FP_CONTRACT ON
#include "activation.inc"
#include "slopes.inc"
#include "narrow.inc"
#include "tabular.inc"
#pragma STDC FP_CONTRACT OFF
#include "loss.inc"
#include "optimizer.inc"
#include "rows.inc"
#undef REAL
#undef KERNEL
#undef EXP
#undef EXP_UP_TO_60
#undef LOG
#undef TANH
#undef ERFC
#undef LOG1P
#undef SQRT
#undef ROUNDER
#undef HALF_PI_1
#undef HALF_PI_2
#undef HALF_PI_3
#undef SINE_SERIES
#undef COSINE_SERIES
#undef FOUR_TIMES
#undef ADAM

#define REAL float
#define KERNEL(name) kernel_##name##_f32
#define EXP exponential_f32
#define EXP_UP_TO_60 exponential_up_to_60_f32
#define LOG logf
#define TANH hyperbolic_tangent_f32
#define ERFC erfcf
#define LOG1P log1pf
#define SQRT __builtin_elementwise_sqrt
#define ROUNDER ROUNDER_F32
#define HALF_PI_1 0x1.92p0f
#define HALF_PI_2 0x1.fbp-12f
#define HALF_PI_3 0x1.5110b4p-22f
#define SINE_SERIES(s) (((1.0f / 362880 * s - 1.0f / 5040) * s + 1.0f / 120) * s - 1.0f / 6)
#define COSINE_SERIES(s) ((((-1.0f / 3628800 * s + 1.0f / 40320) * s - 1.0f / 720) * s + 1.0f / 24) * s - 0.5f)
#define FOUR_TIMES(piece) __builtin_shufflevector(piece, piece, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3)
#define ADAM kernel_adam_f32
#pragma STDC FP_CONTRACT ON
#include "activation.inc"
#include "slopes.inc"
#include "narrow.inc"
#include "tabular.inc"
#pragma STDC FP_CONTRACT OFF
#include "loss.inc"
#include "optimizer.inc"
#include "rows.inc"

#include "checksum.inc"
