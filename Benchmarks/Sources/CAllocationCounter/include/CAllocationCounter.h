// Counts the allocations of this process. Linux with glibc only; elsewhere nothing is counted.
#pragma once

#include <stdbool.h>

// Whether allocations are counted on this system.
bool allocations_are_counted(void);

// The number of blocks allocated since the process started, on all threads. Growing a block counts as one.
long allocation_count(void);
