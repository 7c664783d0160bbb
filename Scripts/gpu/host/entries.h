// Kernels by name.
#pragma once

#include "fibres.h"

namespace host {
struct Entry {
    const char *name;
    // The numbers of threads that a block may have: multiples of 32.
    unsigned fewest, most;
    Body body;
};
}  // namespace host

// Each ends with a null name.
extern const host::Entry host_entries_f32[], host_entries_f64[], host_entries_planted[];
