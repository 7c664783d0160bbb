// Counts what this process asks its allocator for. Linux with glibc only; elsewhere nothing is counted.
#pragma once

#include <stdbool.h>

// Whether this system's allocator can be counted.
bool allocations_are_counted(void);

// The number of blocks asked for since the process began, on all threads; growing a block counts as one.
long allocation_count(void);
