// The threads of a block on this machine.
#pragma once

#include "host.h"

namespace host {

// A kernel with its arguments, for one thread.
typedef void (*Body)(void **arguments);

struct Launch {
    const char *name;
    Body body;
    void **arguments;
    Index grid, block;
};

// Runs all blocks one after another. Returns as cuda_kernels_launch.
int run(const Launch &launch);

void set_order(int order, unsigned seed);

// Where the running thread is, for the watch over its accesses.
struct Place {
    unsigned block, thread;
    // The number of barriers that the block, and the warp, have passed.
    unsigned interval, warp_interval;
};
Place place();

bool is_on_stack(uintptr_t address);
bool is_shared(uintptr_t address);

// The watch over accesses; does nothing unless built for it.
void watch_launch(const char *name);
int races();
void did_access(uintptr_t address, size_t bytes, bool is_write);
// Reports another fault of the running thread.
void did_fail(const char *what);

}  // namespace host
