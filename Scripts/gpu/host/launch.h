// Launches kernels that are compiled for this machine.
#pragma once

#define EXPORTED __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

// Whether there is a kernel of this name, such as forward_small_f32.
EXPORTED int cuda_kernels_exist(const char *name);

// Runs a kernel to its end. arguments[i] points to the value of the argument with index i, as for cuLaunchKernel.
//
// Returns 0; 1 for an unknown name, 2 for a wrong size of blocks or too much shared memory, 3 for a race, which is
// described on the standard error stream, 4 if not all threads of a block or warp have reached a barrier.
EXPORTED int cuda_kernels_launch(
    const char *name, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
    unsigned block_z, unsigned shared_bytes, void **arguments);

// The order in which blocks, warps and lanes run: 0 forwards, 1 backwards, 2 at random.
EXPORTED void cuda_kernels_order(int order, unsigned seed);

#ifdef __cplusplus
}
#endif
