// The language of device.cuh in terms of OpenCL, for oclgrind. A work-item is a thread, a work-group a block.
//
// This is plain C++ that calls OpenCL's functions by their mangled names; make-opencl.py makes kernels of it. Oclgrind has
// no warps: their operations are barriers of the block, at which all warps have to arrive. Such a barrier orders no
// accesses to memory (NO_FENCE), so that races between warps and lanes stay visible. What lanes exchange passes through
// atomics, which do not race.
#pragma once

typedef decltype(sizeof(0)) size_t;

#define LOCAL __attribute__((address_space(3)))
#define GLOBAL __attribute__((address_space(1)))
#define CONVERGENT __attribute__((convergent, nothrow))

#define DEVICE static inline
#define CALLED static inline
#define MEMBER inline
#define CALLED_MEMBER inline
// By this word, make-opencl.py finds the kernels, and writes an ENTRY for each.
typedef void Kernel;
#define KERNEL(name, threads) static Kernel NAMED(name)
// A kernel begins with one of these. get_local_id(1) is 0, which the compiler does not know: it would make constants of
// addresses, which oclgrind does not understand.
#define SHARED(type, name)                                     \
    static LOCAL char memory_of_block[sizeof(type)];           \
    type &name = *(type *)(memory_of_block + get_local_id(1)); \
    prepare_exchange()
#define DYNAMIC_SHARED(type, name)                            \
    static LOCAL char memory_of_block[SHARED_BYTES];          \
    type *name = (type *)(memory_of_block + get_local_id(1)); \
    prepare_exchange()
#define UNROLLED
#define ROLLED

// MARK: OpenCL's functions

CONVERGENT void barrier(unsigned fences);
size_t get_local_id(unsigned);
size_t get_group_id(unsigned);
size_t get_local_size(unsigned);
size_t get_num_groups(unsigned);
CONVERGENT unsigned atomic_xchg(volatile LOCAL unsigned *, unsigned);
CONVERGENT unsigned atomic_or(volatile LOCAL unsigned *, unsigned);

#define FUNCTION(name) \
    float name(float); \
    double name(double);
FUNCTION(cos)
FUNCTION(erfc)
FUNCTION(exp)
FUNCTION(log)
FUNCTION(log1p)
FUNCTION(sin)
FUNCTION(sqrt)
FUNCTION(tanh)

// MARK: Threads

struct Index {
    unsigned x, y, z;
};
#define threadIdx (Index{(unsigned)get_local_id(0), 0, 0})
#define blockDim (Index{(unsigned)get_local_size(0), 1, 1})
#define blockIdx (Index{(unsigned)get_group_id(0), (unsigned)get_group_id(1), (unsigned)get_group_id(2)})
#define gridDim (Index{(unsigned)get_num_groups(0), (unsigned)get_num_groups(1), (unsigned)get_num_groups(2)})

// The shared memory of kernels whose launches choose its size.
enum { SHARED_BYTES = 65536 };
// What a barrier orders: nothing, or all accesses to local and global memory.
enum { NO_FENCE = 0, BOTH_FENCES = 3 };

#ifdef UNORDERED
// Makes races of all that the threads of a block exchange.
DEVICE void wait_for_block() { barrier(NO_FENCE); }
#else
DEVICE void wait_for_block() { barrier(BOTH_FENCES); }
#endif

// Orders more than on a card: the accesses of all warps.
DEVICE void wait_for_warp() { barrier(BOTH_FENCES); }

// MARK: What lanes exchange

// Numbers of each thread that the other lanes of its warp read.
enum { MOST_THREADS = 512, MOST_NUMBERS = 16 };
static LOCAL unsigned exchanged[MOST_THREADS * MOST_NUMBERS * 2];

// What atomics read must be initialized.
DEVICE void prepare_exchange() {
    for (int i = 0; i < MOST_NUMBERS * 2; i++) exchanged[threadIdx.x * MOST_NUMBERS * 2 + i] = 0;
    barrier(BOTH_FENCES);
}

template <class Number> DEVICE void publish(int index, Number number) {
    enum { words = sizeof(Number) / 4 };
    struct Words {
        unsigned word[words];
    };
    const Words bits = __builtin_bit_cast(Words, number);
    for (int i = 0; i < words; i++) atomic_xchg(&exchanged[(threadIdx.x * MOST_NUMBERS + index) * 2 + i], bits.word[i]);
}

// The number of a lane of this thread's warp.
template <class Number> DEVICE Number published(int lane, int index) {
    enum { words = sizeof(Number) / 4 };
    struct Words {
        unsigned word[words];
    } bits;
    const unsigned thread = threadIdx.x / WARP * WARP + lane;
    for (int i = 0; i < words; i++) bits.word[i] = atomic_or(&exchanged[(thread * MOST_NUMBERS + index) * 2 + i], 0);
    return __builtin_bit_cast(Number, bits);
}

template <class Number> DEVICE Number from_lane(int lane, Number number) {
    publish(0, number);
    barrier(NO_FENCE);
    const Number result = published<Number>(lane, 0);
    barrier(NO_FENCE);
    return result;
}

template <class Number> DEVICE Number sum_of_warp(Number value) {
    for (int mask = WARP / 2; mask > 0; mask /= 2) value += from_lane(threadIdx.x % WARP ^ mask, value);
    return value;
}

template <class Number> DEVICE Number maximum_of_warp(Number value) {
    for (int mask = WARP / 2; mask > 0; mask /= 2) {
        const Number other = from_lane(threadIdx.x % WARP ^ mask, value);
        value = other > value ? other : value;
    }
    return value;
}

// The layout is that of fragments.cuh.
template <int rows, class Number>
DEVICE void multiply_fragments(Number (&c)[rows][4][4], const Number (&a)[rows][4], const Number (&b)[4][2]) {
    const int g = threadIdx.x % WARP / 4, t = threadIdx.x % 4;
    for (int i = 0; i < rows; i++)
        for (int part = 0; part < 4; part++) publish(i * 4 + part, a[i][part]);
    for (int j = 0; j < 4; j++)
        for (int part = 0; part < 2; part++) publish(rows * 4 + j * 2 + part, b[j][part]);
    barrier(NO_FENCE);
    for (int k = 0; k < 8; k++) {
        Number row[rows * 2];
        for (int i = 0; i < rows * 2; i++) row[i] = published<Number>(g * 4 + k % 4, i / 2 * 4 + i % 2 + k / 4 * 2);
        for (int j = 0; j < 4; j++)
            for (int right = 0; right < 2; right++) {
                const Number number = published<Number>((2 * t + right) * 4 + k % 4, rows * 4 + j * 2 + k / 4);
                for (int i = 0; i < rows * 2; i++) c[i / 2][j][i % 2 * 2 + right] += row[i] * number;
            }
    }
    barrier(NO_FENCE);
}

// MARK: Copies

// A copy arrives at once; Scripts/gpu/host has copies that arrive late.
template <int bytes> DEVICE void start_copy(void *shared, const void *global, bool is_inside) {
    for (int i = 0; i < bytes / 4; i++) ((unsigned *)shared)[i] = is_inside ? ((const unsigned *)global)[i] : 0;
}

DEVICE void end_copies() {}

template <int count> DEVICE void await_copies() {}

// MARK: Entries

// A kernel receives a block of memory with its arguments, of eight bytes each.
template <class Argument> DEVICE Argument next_argument(GLOBAL char *&arguments) {
    const Argument argument = *(GLOBAL Argument *)arguments;
    arguments += 8;
    return argument;
}

template <auto kernel, class... Arguments> DEVICE void call(void (*)(Arguments...), GLOBAL char *arguments) {
    struct Call {
        Call(Arguments... arguments) { kernel(arguments...); }
    };
    // Braces evaluate from left to right.
    Call{next_argument<Arguments>(arguments)...};
}

#define ENTRY(name) \
    extern "C" void entry_##name(GLOBAL char *arguments) { call<name>(name, arguments); }

// Tells the address by which kernels know a buffer.
#define ADDRESS_OF \
    extern "C" void address_of(GLOBAL char *buffer, GLOBAL size_t *result) { *result = (size_t)buffer; }
