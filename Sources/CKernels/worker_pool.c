// Threads that wait for work together.
//
// The phases of a training step take tens of microseconds, so waiting must not cost a system call. A thread first spins
// for a while, then sleeps.
#if defined(__linux__)
#define _GNU_SOURCE  // for affinities
#endif
#include "CKernels.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

// About 50 microseconds: longer than the gap between two phases of a step, shorter than a time slice.
#define LOOKS 2000

struct kernel_pool {
    size_t count;
    kernel_pool_work work;
    void *context;
    // The number of calls of kernel_pool_run. A change tells the workers to start.
    atomic_size_t call;
    // The number of threads that have not started to wait, or have not finished the current call.
    atomic_size_t busy;
    atomic_bool is_closing;
    atomic_size_t sleepers;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    pthread_t threads[];
};

struct worker {
    kernel_pool *pool;
    size_t index;
    // The processor on which the pool was created.
    int processor;
};

static inline void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

#if defined(__linux__)
static int current_processor(void) { return sched_getcpu(); }

// Moves the calling thread away from the given processor, then lets the system schedule it freely again.
//
// On an idle machine, a new thread often starts on its creator's processor. Since neither thread ever sleeps, the
// system lets them take turns there for 15 milliseconds or more before it uses the idle processor next to them.
static void leave(int processor) {
    cpu_set_t allowed;
    if (processor < 0 || processor >= CPU_SETSIZE || sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
    cpu_set_t others = allowed;
    CPU_CLR(processor, &others);
    if (CPU_COUNT(&others) > 0 && sched_setaffinity(0, sizeof others, &others) == 0)
        sched_setaffinity(0, sizeof allowed, &allowed);
}
#else
static int current_processor(void) { return -1; }

static void leave(int processor) { (void)processor; }
#endif

// Waits until the counter of calls is no longer `seen`, and returns it.
static size_t next_call(kernel_pool *pool, size_t seen) {
    for (int look = 0; look < LOOKS; look++) {
        size_t call = atomic_load_explicit(&pool->call, memory_order_acquire);
        if (call != seen) return call;
        pause_briefly();
    }
    pthread_mutex_lock(&pool->mutex);
    atomic_fetch_add(&pool->sleepers, 1);
    size_t call;
    while ((call = atomic_load(&pool->call)) == seen) pthread_cond_wait(&pool->wake, &pool->mutex);
    atomic_fetch_sub(&pool->sleepers, 1);
    pthread_mutex_unlock(&pool->mutex);
    return call;
}

static void *live(void *argument) {
    struct worker worker = *(struct worker *)argument;
    free(argument);
    kernel_pool *pool = worker.pool;
    leave(worker.processor);
    atomic_fetch_sub_explicit(&pool->busy, 1, memory_order_release);
    size_t seen = 0;
    while (true) {
        seen = next_call(pool, seen);
        if (atomic_load(&pool->is_closing)) return NULL;
        pool->work(pool->context, worker.index);
        atomic_fetch_sub_explicit(&pool->busy, 1, memory_order_release);
    }
}

// Wakes the sleeping threads.
static void announce(kernel_pool *pool) {
    atomic_fetch_add(&pool->call, 1);
    if (atomic_load(&pool->sleepers) == 0) return;
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
}

// Waits until all workers have finished.
static void await_others(kernel_pool *pool) {
    for (int look = 0; atomic_load_explicit(&pool->busy, memory_order_acquire) > 0; look++) {
        if (look < LOOKS)
            pause_briefly();
        else
            sched_yield();
    }
}

kernel_pool *kernel_pool_create(size_t count) {
    kernel_pool *pool = calloc(1, sizeof(kernel_pool) + count * sizeof(pthread_t));
    if (!pool) return NULL;
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->wake, NULL);
    pool->count = 1;
    const int processor = current_processor();
    // If the system has too few threads, the pool is smaller.
    while (pool->count < count) {
        struct worker *worker = malloc(sizeof(struct worker));
        if (!worker) break;
        *worker = (struct worker){pool, pool->count, processor};
        atomic_fetch_add(&pool->busy, 1);
        if (pthread_create(&pool->threads[pool->count], NULL, live, worker) != 0) {
            atomic_fetch_sub(&pool->busy, 1);
            free(worker);
            break;
        }
        pool->count++;
        // The new thread may have to leave this processor, and needs it briefly to do so.
        sched_yield();
    }
    await_others(pool);
    return pool;
}

size_t kernel_pool_count(const kernel_pool *pool) { return pool->count; }

void kernel_pool_run(kernel_pool *pool, kernel_pool_work work, void *context) {
    pool->work = work;
    pool->context = context;
    atomic_store(&pool->busy, pool->count - 1);
    announce(pool);
    work(context, 0);
    await_others(pool);
}

void kernel_pool_destroy(kernel_pool *pool) {
    atomic_store(&pool->is_closing, true);
    announce(pool);
    for (size_t index = 1; index < pool->count; index++) pthread_join(pool->threads[index], NULL);
    pthread_mutex_destroy(&pool->mutex);
    pthread_cond_destroy(&pool->wake);
    free(pool);
}
