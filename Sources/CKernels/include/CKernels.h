// The element-wise loops of the network, declared once and made for double (_f64) and float (_f32).
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    KERNEL_IDENTITY,
    KERNEL_LOGISTIC,
    KERNEL_TANH,
    KERNEL_RELU,
    KERNEL_SOFTMAX,
    KERNEL_EXP,
} kernel_activation;

typedef enum {
    KERNEL_SQUARED_ERROR,
    KERNEL_POISSON,
    KERNEL_LOG_LOSS,
    KERNEL_BINARY_LOG_LOSS,
} kernel_loss;

#define REAL double
#define KERNEL(name) kernel_##name##_f64
#include "declarations.inc"
#undef REAL
#undef KERNEL

#define REAL float
#define KERNEL(name) kernel_##name##_f32
#include "declarations.inc"
#undef REAL
#undef KERNEL
