// The kernels for CUDA devices, compiled to PTX, as null-terminated text. Scripts/gpu/make-images.py writes them.
#pragma once

// Those on matrices of float.
const char *cuda_image_f32(void);

// Those on matrices of double.
const char *cuda_image_f64(void);
