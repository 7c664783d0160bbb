// The threads of a block as fibres: contexts with stacks of their own, among which barriers switch.

#include "fibres.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <vector>

Index threadIdx, blockIdx, blockDim, gridDim;

namespace {

const size_t stack_size = 1 << 16, shared_size = 232448, warp_size = 32;

#ifdef __x86_64__

// Saves the registers that a call keeps, and continues where another context has stopped.
struct Context {
    void *stack_pointer;
};

extern "C" void host_switch(Context *from, Context *to);
asm(".text\n.globl host_switch\n.type host_switch, @function\nhost_switch:\n"
    "pushq %rbp\npushq %rbx\npushq %r12\npushq %r13\npushq %r14\npushq %r15\n"
    "movq %rsp, (%rdi)\nmovq (%rsi), %rsp\n"
    "popq %r15\npopq %r14\npopq %r13\npopq %r12\npopq %rbx\npopq %rbp\nret\n"
    ".size host_switch, .-host_switch\n");

void prepare(Context &context, char *stack, void (*entry)()) {
    // Where a call would have left the address to return to.
    void **top = (void **)(stack + stack_size) - 1;
    *top = nullptr;
    *--top = (void *)entry;
    for (int i = 0; i < 6; i++) *--top = nullptr;
    context.stack_pointer = top;
}

#else

#include <ucontext.h>

typedef ucontext_t Context;

void host_switch(Context *from, Context *to) { swapcontext(from, to); }

void prepare(Context &context, char *stack, void (*entry)()) {
    getcontext(&context);
    context.uc_stack.ss_sp = stack;
    context.uc_stack.ss_size = stack_size;
    context.uc_link = nullptr;
    makecontext(&context, entry, 0);
}

#endif

enum State { READY, AT_WARP_BARRIER, AT_BLOCK_BARRIER, ENDED };
enum Operation { NONE, EXCHANGE, MULTIPLY_FLOATS, MULTIPLY_DOUBLES };

struct Copy {
    void *target;
    const void *source;
    int bytes;
    bool is_inside, ends_group;
};

struct Thread {
    Context context;
    State state = READY;
    // What the warp does when all its lanes have arrived.
    Operation operation = NONE;
    double value;
    int mask, rows, columns;
    void *c;
    const void *a, *b;
    std::vector<Copy> copies;
};

Context scheduler;
std::vector<Thread> threads;
char *stacks;
const host::Launch *current_launch;
unsigned current_thread, interval, warp_interval;
int order_kind;
std::mt19937 generator;

void stop(State state) {
    Thread &thread = threads[current_thread];
    thread.state = state;
    host_switch(&thread.context, &scheduler);
}

void enter() {
    while (true) {
        current_launch->body(current_launch->arguments);
        stop(ENDED);
    }
}

void resume(unsigned index) {
    current_thread = index;
    threadIdx = {index % blockDim.x, index / blockDim.x % blockDim.y, index / blockDim.x / blockDim.y};
    host_switch(&scheduler, &threads[index].context);
}

std::vector<unsigned> permutation(unsigned count) {
    std::vector<unsigned> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0u);
    if (order_kind == 1) std::reverse(numbers.begin(), numbers.end());
    if (order_kind == 2) std::shuffle(numbers.begin(), numbers.end(), generator);
    return numbers;
}

// The first 11 significant bits, rounded to nearest with ties away from zero, as cvt.rna.tf32 does.
float tf32(float x) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    if ((bits & 0x7F800000u) == 0x7F800000u) return x;
    bits = (bits + 0x1000u) & ~0x1FFFu;
    memcpy(&x, &bits, 4);
    return x;
}

void multiply_eight(const double *a, const double *b, double *c, int columns) {
    for (int k = 0; k < 8; k++)
        for (int j = 0; j < columns; j++) c[j] += a[k] * b[k * columns + j];
}

void multiply_eight(const float *a, const float *b, float *c, int columns) {
    float big_a[8], small_a[8];
    for (int k = 0; k < 8; k++) {
        big_a[k] = tf32(a[k]);
        small_a[k] = tf32(a[k] - big_a[k]);
    }
    for (int k = 0; k < 8; k++)
        for (int j = 0; j < columns; j++) {
            float x = b[k * columns + j], big = tf32(x), small = tf32(x - big);
            c[j] += small_a[k] * big;
            c[j] += big_a[k] * small;
            c[j] += big_a[k] * big;
        }
}

// Collects the fragments of all lanes, multiplies, and distributes the result.
template <class Number> void multiply_warp(Thread *lanes) {
    const int rows = lanes[0].rows * 16, columns = lanes[0].columns * 8;
    std::vector<Number> a(rows * 8), b(8 * columns), c(rows * columns);
    auto for_each_of_c = [&](auto body) {
        for (unsigned lane = 0; lane < warp_size; lane++)
            for (int i = 0; i < rows / 16; i++)
                for (int j = 0; j < columns / 8; j++)
                    for (int part = 0; part < 4; part++) {
                        int row = i * 16 + lane / 4 + part / 2 * 8, column = j * 8 + lane % 4 * 2 + part % 2;
                        body(c[row * columns + column], ((Number *)lanes[lane].c)[(i * (columns / 8) + j) * 4 + part]);
                    }
    };
    for (unsigned lane = 0; lane < warp_size; lane++) {
        const Number *of_a = (const Number *)lanes[lane].a, *of_b = (const Number *)lanes[lane].b;
        for (int i = 0; i < rows / 16; i++)
            for (int part = 0; part < 4; part++)
                a[(i * 16 + lane / 4 + part % 2 * 8) * 8 + lane % 4 + part / 2 * 4] = of_a[i * 4 + part];
        for (int j = 0; j < columns / 8; j++)
            for (int part = 0; part < 2; part++)
                b[(lane % 4 + part * 4) * columns + j * 8 + lane / 4] = of_b[j * 2 + part];
    }
    for_each_of_c([](Number &whole, Number &part) { whole = part; });
    for (int i = 0; i < rows; i++) multiply_eight(&a[i * 8], b.data(), &c[i * columns], columns);
    for_each_of_c([](Number &whole, Number &part) { part = whole; });
}

// Does what the lanes of a warp have come together for. Returns false if they differ in it.
bool complete(Thread *lanes) {
    for (unsigned lane = 0; lane < warp_size; lane++)
        if (lanes[lane].state != AT_WARP_BARRIER || lanes[lane].operation != lanes[0].operation) return false;
    switch (lanes[0].operation) {
    case EXCHANGE: {
        double values[warp_size];
        for (unsigned lane = 0; lane < warp_size; lane++) values[lane] = lanes[lane ^ lanes[lane].mask].value;
        for (unsigned lane = 0; lane < warp_size; lane++) lanes[lane].value = values[lane];
        break;
    }
    case MULTIPLY_FLOATS: multiply_warp<float>(lanes); break;
    case MULTIPLY_DOUBLES: multiply_warp<double>(lanes); break;
    case NONE: break;
    }
    for (unsigned lane = 0; lane < warp_size; lane++) lanes[lane].state = READY;
    return true;
}

bool run_block(unsigned count) {
    interval = 0;
    for (unsigned i = 0; i < count; i++) threads[i].state = READY;
    const std::vector<unsigned> warps = permutation(count / warp_size), lanes = permutation(warp_size);
#ifdef WATCHED
    memset(host::shared_memory, 0xFF, shared_size);
#endif
    warp_interval = 0;
    while (true) {
        for (unsigned warp : warps) {
            Thread *first = &threads[warp * warp_size];
            while (true) {
                for (unsigned lane : lanes)
                    if (first[lane].state == READY) resume(warp * warp_size + lane);
                auto is_waiting = [](const Thread &thread) { return thread.state == AT_WARP_BARRIER; };
                if (std::none_of(first, first + warp_size, is_waiting)) break;
                if (!complete(first)) return false;
                warp_interval++;
            }
        }
        interval++;
        auto has_ended = [](const Thread &thread) { return thread.state == ENDED; };
        auto ended = std::count_if(threads.begin(), threads.begin() + count, has_ended);
        if (ended == count) return true;
        if (ended > 0) return false;
        for (unsigned i = 0; i < count; i++) threads[i].state = READY;
    }
}

void come_together(Operation operation) {
    threads[current_thread].operation = operation;
    stop(AT_WARP_BARRIER);
}

}  // namespace

// MARK: Threads

void wait_for_block() { stop(AT_BLOCK_BARRIER); }

void wait_for_warp() { come_together(NONE); }

double of_lane_xor(double value, int mask) {
    Thread &thread = threads[current_thread];
    thread.value = value;
    thread.mask = mask;
    come_together(EXCHANGE);
    return thread.value;
}

float of_lane_xor(float value, int mask) { return (float)of_lane_xor((double)value, mask); }

namespace host {

char *shared_memory;

static void multiply(Operation operation, int rows, int columns, void *c, const void *a, const void *b) {
    Thread &thread = threads[current_thread];
    thread.rows = rows;
    thread.columns = columns;
    thread.c = c;
    thread.a = a;
    thread.b = b;
    come_together(operation);
}

void multiply(int rows, int columns, float *c, const float *a, const float *b) {
    multiply(MULTIPLY_FLOATS, rows, columns, c, a, b);
}

void multiply(int rows, int columns, double *c, const double *a, const double *b) {
    multiply(MULTIPLY_DOUBLES, rows, columns, c, a, b);
}

// A copy arrives as late as it may. Until then, its target holds NaN.
void start_copy(void *target, const void *source, int bytes, bool is_inside) {
    did_access((uintptr_t)target, bytes, true);
    if (is_inside) did_access((uintptr_t)source, bytes, false);
    memset(target, 0xFF, bytes);
    threads[current_thread].copies.push_back({target, source, bytes, is_inside, false});
}

void end_copies() { threads[current_thread].copies.push_back({nullptr, nullptr, 0, false, true}); }

void await_copies(int count) {
    std::vector<Copy> &copies = threads[current_thread].copies;
    long groups = std::count_if(copies.begin(), copies.end(), [](const Copy &copy) { return copy.ends_group; });
    size_t done = 0;
    for (; groups > count; done++) {
        const Copy &copy = copies[done];
        if (copy.ends_group) {
            groups--;
            continue;
        }
        did_access((uintptr_t)copy.target, copy.bytes, true);
        if (copy.is_inside)
            memcpy(copy.target, copy.source, copy.bytes);
        else
            memset(copy.target, 0, copy.bytes);
    }
    copies.erase(copies.begin(), copies.begin() + (long)done);
}

Place place() { return {blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z), current_thread, interval, warp_interval}; }

bool is_on_stack(uintptr_t address) {
    return address >= (uintptr_t)stacks && address < (uintptr_t)stacks + threads.size() * stack_size;
}

bool is_shared(uintptr_t address) {
    return address >= (uintptr_t)shared_memory && address < (uintptr_t)shared_memory + shared_size;
}

void set_order(int order, unsigned seed) {
    order_kind = order;
    generator.seed(seed);
}

int run(const Launch &launch) {
    if (!stacks) {
        threads.resize(1024);
        const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
        stacks = (char *)mmap(nullptr, threads.size() * stack_size, PROT_READ | PROT_WRITE, flags, -1, 0);
        if (stacks == MAP_FAILED) abort();
        shared_memory = (char *)aligned_alloc(256, shared_size);
        for (size_t i = 0; i < threads.size(); i++) prepare(threads[i].context, stacks + i * stack_size, enter);
    }
    gridDim = launch.grid;
    blockDim = launch.block;
    current_launch = &launch;
    watch_launch(launch.name);
    const unsigned count = launch.block.x * launch.block.y * launch.block.z;
    for (unsigned block : permutation(launch.grid.x * launch.grid.y * launch.grid.z)) {
        blockIdx = {block % gridDim.x, block / gridDim.x % gridDim.y, block / gridDim.x / gridDim.y};
        if (run_block(count)) continue;
        fprintf(stderr, "%s: not all threads of block %u reach the same barrier\n", launch.name, block);
        for (size_t i = 0; i < threads.size(); i++) {
            prepare(threads[i].context, stacks + i * stack_size, enter);
            threads[i].copies.clear();
        }
        return 4;
    }
    return races() > 0 ? 3 : 0;
}

}  // namespace host
