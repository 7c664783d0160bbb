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

// No power of two, so that the tops of the stacks do not compete for the same lines of the cache.
const size_t stack_size = (1 << 16) + 320, shared_size = 232448, warp_size = 32;

#ifdef __x86_64__

// Saves the registers that a call keeps, and continues where another context has stopped.
struct Context {
    void *stack_pointer;
};

extern "C" void host_switch(Context *from, Context *to);
asm(".text\n.globl host_switch\n.hidden host_switch\n.type host_switch, @function\nhost_switch:\n"
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
enum Operation { NONE, ADD_DOUBLES, ADD_FLOATS, MAXIMIZE, MULTIPLY_FLOATS, MULTIPLY_DOUBLES };

struct Copy {
    void *target;
    const void *source;
    int bytes;
    bool is_inside, ends_group;
};

struct Thread {
    Context context;
    // What the warp does when all its lanes have arrived.
    Operation operation = NONE;
    double value;
    int rows;
    void *c;
    const void *a, *b;
    std::vector<Copy> copies;
};

Context scheduler;
std::vector<Thread> threads;
// Those of the threads.
std::vector<State> states;
char *stacks;
const host::Launch *current_launch;
unsigned current_thread, interval, warp_interval;
int order_kind;
std::mt19937 generator;

void stop(State state) {
    states[current_thread] = state;
    host_switch(&threads[current_thread].context, &scheduler);
}

void enter() {
    while (true) {
        current_launch->body(current_launch->arguments);
        stop(ENDED);
    }
}

void resume(unsigned index) {
    current_thread = index;
    threadIdx.x = index;
    host_switch(&scheduler, &threads[index].context);
}

std::vector<unsigned> permutation(unsigned count) {
    std::vector<unsigned> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0u);
    if (order_kind == 1) std::reverse(numbers.begin(), numbers.end());
    if (order_kind == 2) std::shuffle(numbers.begin(), numbers.end(), generator);
    return numbers;
}

// The first 11 significant bits of x plus an integer that is added to its bits.
float tf32(float x, uint32_t rounding) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    bits = (bits + rounding) & ~0x1FFFu;
    memcpy(&x, &bits, 4);
    return x;
}

// The parts of a number, as in fragments.cuh. Tensor cores ignore the last bits of the small one.
float big_part(float x) { return tf32(x, 0x1000); }
float small_part(float x) { return tf32(x - big_part(x), 0); }

// A warp's tile has one or two fragments in a column and four in a row.
enum { TILE_COLUMNS = 32 };

void multiply_row(const double *a, const double (*b)[TILE_COLUMNS], double *c) {
    for (int k = 0; k < 8; k++)
        for (int j = 0; j < TILE_COLUMNS; j++) c[j] += a[k] * b[k][j];
}

void multiply_row(const float *a, const float (*big_b)[TILE_COLUMNS], const float (*small_b)[TILE_COLUMNS], float *c) {
    for (int k = 0; k < 8; k++) {
        const float big_a = big_part(a[k]), small_a = small_part(a[k]);
        for (int j = 0; j < TILE_COLUMNS; j++)
            c[j] += small_a * big_b[k][j] + big_a * small_b[k][j] + big_a * big_b[k][j];
    }
}

void multiply_tile(const double (*a)[8], const double (*b)[TILE_COLUMNS], double (*c)[TILE_COLUMNS], int rows) {
    for (int i = 0; i < rows; i++) multiply_row(a[i], b, c[i]);
}

void multiply_tile(const float (*a)[8], const float (*b)[TILE_COLUMNS], float (*c)[TILE_COLUMNS], int rows) {
    float big[8][TILE_COLUMNS], small[8][TILE_COLUMNS];
    for (int k = 0; k < 8; k++)
        for (int j = 0; j < TILE_COLUMNS; j++) {
            big[k][j] = big_part(b[k][j]);
            small[k][j] = small_part(b[k][j]);
        }
    for (int i = 0; i < rows; i++) multiply_row(a[i], big, small, c[i]);
}

// Collects the fragments of all lanes, multiplies, and adds to the sums of all lanes.
template <class Number> void multiply_warp(const Thread *lanes) {
    const int fragments = lanes[0].rows;
    Number a[32][8], b[8][TILE_COLUMNS], c[32][TILE_COLUMNS] = {};
    for (unsigned lane = 0; lane < warp_size; lane++) {
        const Number *of_a = (const Number *)lanes[lane].a, *of_b = (const Number *)lanes[lane].b;
        for (int i = 0; i < fragments; i++)
            for (int part = 0; part < 4; part++)
                a[i * 16 + lane / 4 + part % 2 * 8][lane % 4 + part / 2 * 4] = of_a[i * 4 + part];
        for (int j = 0; j < TILE_COLUMNS / 8; j++)
            for (int part = 0; part < 2; part++) b[lane % 4 + part * 4][j * 8 + lane / 4] = of_b[j * 2 + part];
    }
    multiply_tile(a, b, c, fragments * 16);
    for (unsigned lane = 0; lane < warp_size; lane++) {
        Number *of_c = (Number *)lanes[lane].c;
        for (int i = 0; i < fragments; i++)
            for (int j = 0; j < TILE_COLUMNS / 8; j++)
                for (int part = 0; part < 4; part++)
                    *of_c++ += c[i * 16 + lane / 4 + part / 2 * 8][j * 8 + lane % 4 * 2 + part % 2];
    }
}

// Combines halves of the lanes, then quarters, and so on, and gives the result to all lanes.
template <class Body> void combine(Thread *lanes, Body body) {
    double values[warp_size];
    for (unsigned lane = 0; lane < warp_size; lane++) values[lane] = lanes[lane].value;
    for (unsigned half = warp_size / 2; half > 0; half /= 2)
        for (unsigned lane = 0; lane < half; lane++) values[lane] = body(values[lane], values[lane + half]);
    for (unsigned lane = 0; lane < warp_size; lane++) lanes[lane].value = values[0];
}

// Does what the lanes of a warp have come together for. Returns false if they differ in it.
bool complete(Thread *lanes, State *states) {
    for (unsigned lane = 0; lane < warp_size; lane++)
        if (states[lane] != AT_WARP_BARRIER || lanes[lane].operation != lanes[0].operation) return false;
    switch (lanes[0].operation) {
    case ADD_DOUBLES: combine(lanes, [](double a, double b) { return a + b; }); break;
    case ADD_FLOATS: combine(lanes, [](double a, double b) { return (double)((float)a + (float)b); }); break;
    case MAXIMIZE: combine(lanes, [](double a, double b) { return b > a ? b : a; }); break;
    case MULTIPLY_FLOATS: multiply_warp<float>(lanes); break;
    case MULTIPLY_DOUBLES: multiply_warp<double>(lanes); break;
    // The other operations order no accesses to memory.
    case NONE: warp_interval++; break;
    }
    std::fill_n(states, warp_size, READY);
    return true;
}

bool run_block(unsigned count) {
    interval = warp_interval = 0;
    std::fill_n(states.begin(), count, READY);
    const std::vector<unsigned> warps = permutation(count / warp_size), lanes = permutation(warp_size);
#ifdef WATCHED
    memset(host::shared_memory, 0xFF, shared_size);
#endif
    while (true) {
        for (unsigned warp : warps) {
            const unsigned first = warp * warp_size;
            while (true) {
                for (unsigned lane : lanes)
                    if (states[first + lane] == READY) resume(first + lane);
                const auto begin = states.begin() + first;
                if (std::find(begin, begin + warp_size, AT_WARP_BARRIER) == begin + warp_size) break;
                if (!complete(&threads[first], &states[first])) return false;
            }
        }
        interval++;
        const auto ended = std::count(states.begin(), states.begin() + count, ENDED);
        if (ended == count) return true;
        if (ended > 0) return false;
        std::fill_n(states.begin(), count, READY);
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

static double combined(Operation operation, double value) {
    threads[current_thread].value = value;
    come_together(operation);
    return threads[current_thread].value;
}

double sum_of_warp(double value) { return combined(ADD_DOUBLES, value); }

float sum_of_warp(float value) { return (float)combined(ADD_FLOATS, value); }

double maximum_of_warp(double value) { return combined(MAXIMIZE, value); }

float maximum_of_warp(float value) { return (float)combined(MAXIMIZE, value); }

namespace host {

char *shared_memory;

static void multiply(Operation operation, int rows, void *c, const void *a, const void *b) {
    Thread &thread = threads[current_thread];
    thread.rows = rows;
    thread.c = c;
    thread.a = a;
    thread.b = b;
    come_together(operation);
}

void multiply(int rows, float *c, const float *a, const float *b) {
    multiply(MULTIPLY_FLOATS, rows, c, a, b);
}

void multiply(int rows, double *c, const double *a, const double *b) {
    multiply(MULTIPLY_DOUBLES, rows, c, a, b);
}

// A copy arrives as late as it may. Until then, its target holds NaN.
void start_copy(void *target, const void *source, int bytes, bool is_inside) {
    if (((uintptr_t)target | (uintptr_t)source) % bytes != 0) did_fail("a copy that is not aligned");
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

Place place() {
    const unsigned block = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
    return {block, current_thread, interval, warp_interval};
}

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
        states.resize(1024);
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
