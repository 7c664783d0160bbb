// What a test can ask of the mock driver. Tests find these functions by name, in the library that they also use as driver.
#pragma once

#include <stdbool.h>

// Forgets all settings and counts, except those of what is not released.
void mock_reset(void);

// Sets how the driver behaves:
//   cards               the number of cards; 2 by default
//   memory              the bytes of a card; 4 GiB by default
//   architecture        the compute capability; 90 by default, which is 9.0
//   failing_allocation  the number of the allocation, from 1, that finds no memory; 0 for none
//   losing_launch       the number of the launch, from 1, at which the card is lost: it and all later calls return an error
void mock_set(const char *name, long value);

// Makes a call of an entry point fail: that with the number `call`, from 1. After the error 700, the card is lost.
void mock_fail(const char *entry_point, int call, int error);

// Returns a count since mock_reset:
//   calls, launches, replays, allocations (attempted), failures (that were asked for and happened), peak_bytes
// or of what is not released:
//   live (all of the following), contexts, modules, blocks, bytes, streams, graphs, executables, pushed
long mock_get(const char *name);

// Returns the number of calls of an entry point since mock_reset.
int mock_calls(const char *entry_point);

// Kernels compiled as C, which a second library has.
typedef struct mock_kernel mock_kernel;

typedef struct {
    const mock_kernel *kernel;
    unsigned grid[3], block[3], shared_bytes;
    void **arguments;
} mock_launch;

const mock_kernel *mock_find_kernel(const char *name);
void **mock_copy_arguments(const mock_kernel *kernel, void **arguments);
// Returns false if the kernel rejects the launch.
bool mock_run(const mock_launch *launch);
