// The language of device.cuh on this machine. Each thread of a block is a fibre; a barrier switches to the next one.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#define DEVICE static inline
#define CALLED static inline
#define MEMBER inline
#define CALLED_MEMBER inline
#define KERNEL(name, threads) static void NAMED(name)
#define SHARED(type, name) type &name = *(type *)host::shared_memory
#define DYNAMIC_SHARED(type, name) type *name = (type *)host::shared_memory
#define UNROLLED
#define ROLLED

using std::cos;
using std::erfc;
using std::exp;
using std::log;
using std::log1p;
using std::sin;
using std::sqrt;
using std::tanh;

struct Index {
    unsigned x, y, z;
};

// Those of the running thread.
extern Index threadIdx, blockIdx, blockDim, gridDim;

void wait_for_block();
void wait_for_warp();
double sum_of_warp(double value);
float sum_of_warp(float value);
double maximum_of_warp(double value);
float maximum_of_warp(float value);

namespace host {

extern char *shared_memory;

// Adds the warp's products of rows × 4 fragments to c; see fragments.cuh.
void multiply(int rows, float *c, const float *a, const float *b);
void multiply(int rows, double *c, const double *a, const double *b);

void start_copy(void *shared, const void *global, int bytes, bool is_inside);
void end_copies();
void await_copies(int count);

}  // namespace host

template <int rows, class Number>
inline void multiply_fragments(Number (&c)[rows][4][4], const Number (&a)[rows][4], const Number (&b)[4][2]) {
    host::multiply(rows, &c[0][0][0], &a[0][0], &b[0][0]);
}

template <int bytes> inline void start_copy(void *shared, const void *global, bool is_inside) {
#ifdef WATCHED
    host::start_copy(shared, global, bytes, is_inside);
#else
    if (is_inside)
        memcpy(shared, global, bytes);
    else
        memset(shared, 0, bytes);
#endif
}

inline void end_copies() {
#ifdef WATCHED
    host::end_copies();
#endif
}

template <int count> inline void await_copies() {
#ifdef WATCHED
    host::await_copies(count);
#endif
}
