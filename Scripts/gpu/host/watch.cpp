// Watches over the accesses of threads: two of different threads to the same place, one of them a write, with no
// barrier in between, are a race.
//
// The compiler calls these functions at each access if it instruments code for its thread sanitizer
// (-fsanitize=thread), whose library is not linked.

#include "fibres.h"

#ifndef WATCHED

namespace host {
void watch_launch(const char *) {}
int races() { return 0; }
void did_access(uintptr_t, size_t, bool) {}
void did_fail(const char *) {}
}  // namespace host

#else

#include <cstdio>
#include <memory>
#include <unordered_map>

namespace {

enum { SMALLEST = 4, PAGE = 4096 };

struct Cell {
    host::Place write, read;
    bool is_written, is_read;
    // Whether the read stands for those of several threads of a warp, of several warps, or of several blocks.
    bool by_lanes, by_warps, by_blocks;
};

struct Page {
    Cell cells[PAGE / SMALLEST];
};

std::unordered_map<uintptr_t, std::unique_ptr<Page>> pages;
const char *kernel;
int count;

Cell &cell_at(uintptr_t address) {
    static uintptr_t last = 0;
    static Page *page = nullptr;
    if (pages.empty() || address / PAGE != last) {
        auto &found = pages[address / PAGE];
        if (!found) found = std::make_unique<Page>();
        page = found.get();
        last = address / PAGE;
    }
    return page->cells[address % PAGE / SMALLEST];
}

bool is_ordered(const host::Place &before, const host::Place &now) {
    if (before.block != now.block) return false;
    if (before.thread == now.thread || before.interval < now.interval) return true;
    return before.thread / 32 == now.thread / 32 && before.warp_interval < now.warp_interval;
}

void report(const char *what, uintptr_t address, const host::Place &a, const host::Place &b) {
    if (count++ >= 5) return;
    fprintf(
        stderr, "%s: race of %s at %s %#lx between thread %u of block %u and thread %u of block %u\n", kernel, what,
        host::is_shared(address) ? "shared" : "global", (unsigned long)address, a.thread, a.block, b.thread, b.block);
}

void note_read(Cell &cell, const host::Place &now) {
    const bool is_other_block = cell.is_read && cell.read.block != now.block;
    const bool is_same_interval = cell.is_read && !is_other_block && cell.read.interval == now.interval;
    if (is_other_block) cell.by_blocks = true;
    if (!is_same_interval) cell.by_lanes = cell.by_warps = false;
    // What is ordered after this read is ordered after the earlier ones of its warp.
    const bool is_later_in_warp = is_same_interval && !cell.by_warps && cell.read.thread / 32 == now.thread / 32
        && cell.read.warp_interval < now.warp_interval;
    if (is_later_in_warp) cell.by_lanes = false;
    if (is_same_interval && !is_later_in_warp && cell.read.thread != now.thread) {
        cell.by_lanes = true;
        if (cell.read.thread / 32 != now.thread / 32) cell.by_warps = true;
    }
    cell.read = now;
    cell.is_read = true;
}

void note_write(Cell &cell, uintptr_t address, const host::Place &now) {
    const bool is_same_interval = cell.read.interval == now.interval;
    const bool is_ordered_by_warp = !cell.by_warps && cell.read.thread / 32 == now.thread / 32
        && cell.read.warp_interval < now.warp_interval;
    if (cell.is_written && !is_ordered(cell.write, now)) report("writes", address, cell.write, now);
    if (cell.is_read
        && (cell.by_blocks || !is_ordered(cell.read, now)
            || (is_same_interval && cell.by_lanes && !is_ordered_by_warp)))
        report("a read and a write", address, cell.read, now);
    cell.write = now;
    cell.is_written = true;
    cell.is_read = cell.by_lanes = cell.by_warps = cell.by_blocks = false;
}

}  // namespace

namespace host {

void watch_launch(const char *name) {
    pages.clear();
    kernel = name;
    count = 0;
}

int races() { return count; }

void did_access(uintptr_t address, size_t bytes, bool is_write) {
    if (is_on_stack(address)) return;
    const Place now = place();
    for (uintptr_t at = address / SMALLEST * SMALLEST; at < address + bytes; at += SMALLEST) {
        Cell &cell = cell_at(at);
        // Each block has its own shared memory.
        const bool is_of_other_block = (cell.is_written && cell.write.block != now.block)
            || (cell.is_read && cell.read.block != now.block);
        if (is_shared(at) && is_of_other_block) cell = Cell();
        if (!is_write) {
            if (cell.is_written && !is_ordered(cell.write, now)) report("a write and a read", at, cell.write, now);
            note_read(cell, now);
        } else {
            note_write(cell, at, now);
        }
    }
}

void did_fail(const char *what) {
    if (count++ < 5) fprintf(stderr, "%s: %s by thread %u of block %u\n", kernel, what, place().thread, place().block);
}

}  // namespace host

extern "C" {
void __tsan_init() {}
void __tsan_func_entry(void *) {}
void __tsan_func_exit() {}
#define ACCESS(bytes)                                                                                      \
    void __tsan_read##bytes(void *address) { host::did_access((uintptr_t)address, bytes, false); }          \
    void __tsan_write##bytes(void *address) { host::did_access((uintptr_t)address, bytes, true); }          \
    void __tsan_unaligned_read##bytes(void *address) { host::did_access((uintptr_t)address, bytes, false); } \
    void __tsan_unaligned_write##bytes(void *address) { host::did_access((uintptr_t)address, bytes, true); }
ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)
void __tsan_read_range(void *address, unsigned long bytes) { host::did_access((uintptr_t)address, bytes, false); }
void __tsan_write_range(void *address, unsigned long bytes) { host::did_access((uintptr_t)address, bytes, true); }
// Clang calls these in place of the functions of the C library.
void *__tsan_memset(void *target, int value, unsigned long bytes) {
    host::did_access((uintptr_t)target, bytes, true);
    return memset(target, value, bytes);
}
void *__tsan_memcpy(void *target, const void *source, unsigned long bytes) {
    host::did_access((uintptr_t)source, bytes, false);
    host::did_access((uintptr_t)target, bytes, true);
    return memcpy(target, source, bytes);
}
void *__tsan_memmove(void *target, const void *source, unsigned long bytes) {
    host::did_access((uintptr_t)source, bytes, false);
    host::did_access((uintptr_t)target, bytes, true);
    return memmove(target, source, bytes);
}
}

#endif
