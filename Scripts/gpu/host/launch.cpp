// Finds kernels by name, and runs one at a time.

#include "launch.h"

#include <mutex>

#include "entries.h"

namespace {

std::mutex mutex;

const host::Entry *find(const char *name) {
    for (const host::Entry *entries : {host_entries_f32, host_entries_f64, host_entries_planted})
        for (const host::Entry *entry = entries; entry->name; entry++)
            if (strcmp(entry->name, name) == 0) return entry;
    return nullptr;
}

}  // namespace

int cuda_kernels_exist(const char *name) { return find(name) != nullptr; }

int cuda_kernels_launch(
    const char *name, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
    unsigned block_z, unsigned shared_bytes, void **arguments) {
    std::lock_guard<std::mutex> lock(mutex);
    const host::Entry *entry = find(name);
    if (!entry) return 1;
    const bool is_grid = grid_x > 0 && grid_y > 0 && grid_z > 0 && grid_y <= 65535 && grid_z <= 65535;
    const bool is_block = block_x >= entry->fewest && block_x <= entry->most && block_x % 32 == 0;
    if (!is_grid || !is_block || block_y != 1 || block_z != 1 || shared_bytes > 232448) return 2;
    return host::run({name, entry->body, arguments, {grid_x, grid_y, grid_z}, {block_x, block_y, block_z}});
}

void cuda_kernels_order(int order, unsigned seed) {
    std::lock_guard<std::mutex> lock(mutex);
    host::set_order(order, seed);
}
