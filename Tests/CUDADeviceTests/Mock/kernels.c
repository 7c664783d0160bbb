// Launches of the mock driver: the kernels compiled as C are in the library libcuda-kernels.so beside this one.

#define _GNU_SOURCE
#include "driver.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mock_kernel {
    char name[48];
    int arguments;
};

// The number of arguments of each kernel, without the precision in its name.
static const struct mock_kernel known[] = {
    {"forward_small", 15}, {"forward_large", 15}, {"output_layer", 20},   {"output_rows", 15},
    {"backward_small", 8}, {"backward_large", 8}, {"gradient_small", 19}, {"gradient_large", 19},
    {"collect", 9},        {"apply", 15},         {"squares", 3},         {"finish", 6},
    {"train_networks", 2}, {"table_inputs", 9},    {"parametric", 10},    {"multiply_delta", 9},
    {"number_gradient", 9}, {"category_gradient", 8}, {"update_ranges", 7},
};

#define KNOWN (sizeof known / sizeof known[0])

// Each kernel in both precisions.
static mock_kernel kernels[2 * KNOWN];

static int (*exists)(const char *name);
static int (*launch)(
    const char *name, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned shared_bytes, void **);

static void open_library(void) {
    Dl_info info;
    char path[PATH_MAX];
    if (!dladdr((void *)mock_reset, &info)) abort();
    snprintf(path, sizeof path, "%s", info.dli_fname);
    char *slash = strrchr(path, '/');
    snprintf(slash ? slash + 1 : path, 32, "libcuda-kernels.so");
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        fprintf(stderr, "mock driver: %s\n", dlerror());
        abort();
    }
    exists = (int (*)(const char *))dlsym(library, "cuda_kernels_exist");
    launch = (typeof(launch))dlsym(library, "cuda_kernels_launch");
    if (!exists || !launch) abort();
    for (size_t i = 0; i < 2 * KNOWN; i++) {
        snprintf(kernels[i].name, sizeof kernels[i].name, "%s_%s", known[i / 2].name, i % 2 ? "f64" : "f32");
        kernels[i].arguments = known[i / 2].arguments;
    }
}

const mock_kernel *mock_find_kernel(const char *name) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_library);
    if (!exists(name)) return NULL;
    for (size_t i = 0; i < 2 * KNOWN; i++)
        if (strcmp(kernels[i].name, name) == 0) return &kernels[i];
    return NULL;
}

// One block: the pointers, and the values that they point to, eight bytes each.
void **mock_copy_arguments(const mock_kernel *kernel, void **arguments) {
    size_t count = (size_t)kernel->arguments;
    void **copy = malloc(count * 16);
    for (size_t i = 0; i < count; i++) copy[i] = memcpy((char *)(copy + count) + 8 * i, arguments[i], 8);
    return copy;
}

bool mock_run(const mock_launch *wanted) {
    int status = launch(
        wanted->kernel->name, wanted->grid[0], wanted->grid[1], wanted->grid[2], wanted->block[0], wanted->block[1],
        wanted->block[2], wanted->shared_bytes, wanted->arguments);
    if (status)
        fprintf(
            stderr, "mock driver: launch of %s returns %d: %u × %u × %u blocks of %u threads, %u bytes shared\n",
            wanted->kernel->name, status, wanted->grid[0], wanted->grid[1], wanted->grid[2], wanted->block[0],
            wanted->shared_bytes);
    return status == 0;
}
