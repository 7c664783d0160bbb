// A kernel with its name and the size of its blocks.
#pragma once

#include "fibres.h"

namespace host {
struct Entry {
    const char *name;
    unsigned threads;
    Body body;
};
}  // namespace host

// Both end with a null name.
extern const host::Entry host_entries_f32[], host_entries_f64[];
