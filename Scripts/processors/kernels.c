// Runs every kernel on random numbers and prints the results, so that the versions for different processors can be
// compared. A line is a kernel, its precision and case, and the numbers. Declarations: CKernels/include.
#include <CKernels.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 1;

// A number in [-1, 1): the same on all machines.
static double number(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(int64_t)state / 9223372036854775808.0;
}

static void add_one(void *context, size_t index) { ((int *)context)[index]++; }

#define REAL double
#define NAME(name) name##_f64
#include "kernels.inc"
#undef REAL
#undef NAME

#define REAL float
#define NAME(name) name##_f32
#include "kernels.inc"

int main(void) {
    print_all_f64();
    print_all_f32();
    uint8_t bytes[1000];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 31);
    printf("checksum exact %llu\n", (unsigned long long)kernel_checksum(7, bytes, sizeof bytes));
    kernel_pool *pool = kernel_pool_create(3);
    int calls[3] = {0};
    for (int round = 0; round < 100; round++) kernel_pool_run(pool, add_one, calls);
    printf("pool exact %d %d %d\n", calls[0], calls[1], calls[2]);
    kernel_pool_destroy(pool);
}
