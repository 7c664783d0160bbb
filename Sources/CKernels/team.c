// Threads that wait for work together.
//
// The parts of a training step take tens of microseconds, so that waiting must not cost a call of the system: a thread
// looks for a while whether there is something to do, then sleeps.
#if defined(__linux__)
#define _GNU_SOURCE  // for affinities
#endif
#include "CKernels.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

// About 50 microseconds: longer than the gap between two parts of a step, shorter than a time slice.
#define LOOKS 2000

struct kernel_team {
    size_t count;
    kernel_team_work work;
    void *context;
    // Counts the calls of kernel_team_run; a change is the sign to begin.
    atomic_size_t call;
    // How many threads have not begun to wait, or not finished the present call.
    atomic_size_t busy;
    atomic_bool is_closing;
    atomic_size_t sleepers;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    pthread_t threads[];
};

struct member {
    kernel_team *team;
    size_t index;
    // The processor on which the team was created.
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

// Moves the calling thread to another processor than the given one, then leaves it to the system again.
//
// A thread that is created on an idle machine often begins on its creator's processor. As neither ever sleeps, the system
// has them take turns there for 15 milliseconds and more before it notices the idle one beside them.
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
static size_t next_call(kernel_team *team, size_t seen) {
    for (int look = 0; look < LOOKS; look++) {
        size_t call = atomic_load_explicit(&team->call, memory_order_acquire);
        if (call != seen) return call;
        pause_briefly();
    }
    pthread_mutex_lock(&team->mutex);
    atomic_fetch_add(&team->sleepers, 1);
    size_t call;
    while ((call = atomic_load(&team->call)) == seen) pthread_cond_wait(&team->wake, &team->mutex);
    atomic_fetch_sub(&team->sleepers, 1);
    pthread_mutex_unlock(&team->mutex);
    return call;
}

static void *live(void *argument) {
    struct member member = *(struct member *)argument;
    free(argument);
    kernel_team *team = member.team;
    leave(member.processor);
    atomic_fetch_sub_explicit(&team->busy, 1, memory_order_release);
    size_t seen = 0;
    while (true) {
        seen = next_call(team, seen);
        if (atomic_load(&team->is_closing)) return NULL;
        team->work(team->context, member.index);
        atomic_fetch_sub_explicit(&team->busy, 1, memory_order_release);
    }
}

// Lets the sleepers look again.
static void announce(kernel_team *team) {
    atomic_fetch_add(&team->call, 1);
    if (atomic_load(&team->sleepers) == 0) return;
    pthread_mutex_lock(&team->mutex);
    pthread_cond_broadcast(&team->wake);
    pthread_mutex_unlock(&team->mutex);
}

// Waits until all have finished.
static void await_others(kernel_team *team) {
    for (int look = 0; atomic_load_explicit(&team->busy, memory_order_acquire) > 0; look++) {
        if (look < LOOKS)
            pause_briefly();
        else
            sched_yield();
    }
}

kernel_team *kernel_team_create(size_t count) {
    kernel_team *team = calloc(1, sizeof(kernel_team) + count * sizeof(pthread_t));
    if (!team) return NULL;
    pthread_mutex_init(&team->mutex, NULL);
    pthread_cond_init(&team->wake, NULL);
    team->count = 1;
    const int processor = current_processor();
    // Where the system gives fewer threads the team is smaller.
    while (team->count < count) {
        struct member *member = malloc(sizeof(struct member));
        if (!member) break;
        *member = (struct member){team, team->count, processor};
        atomic_fetch_add(&team->busy, 1);
        if (pthread_create(&team->threads[team->count], NULL, live, member) != 0) {
            atomic_fetch_sub(&team->busy, 1);
            free(member);
            break;
        }
        team->count++;
        // It may have to leave this processor, for which it needs it a moment.
        sched_yield();
    }
    await_others(team);
    return team;
}

size_t kernel_team_count(const kernel_team *team) { return team->count; }

void kernel_team_run(kernel_team *team, kernel_team_work work, void *context) {
    team->work = work;
    team->context = context;
    atomic_store(&team->busy, team->count - 1);
    announce(team);
    work(context, 0);
    await_others(team);
}

void kernel_team_destroy(kernel_team *team) {
    atomic_store(&team->is_closing, true);
    announce(team);
    for (size_t index = 1; index < team->count; index++) pthread_join(team->threads[index], NULL);
    pthread_mutex_destroy(&team->mutex);
    pthread_cond_destroy(&team->wake);
    free(team);
}
