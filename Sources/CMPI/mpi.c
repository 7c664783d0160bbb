#include "CMPI.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// A handle is an address in OpenMPI and an int in MPICH. Both travel in the same register or stack slot as an intptr_t, so that one
// declaration of each function serves both.

static struct {
    int (*init)(int *, char ***, int, int *);
    int (*finalize)(void);
    int (*set_error_handler)(intptr_t, intptr_t);
    int (*rank)(intptr_t, int *);
    int (*size)(intptr_t, int *);
    int (*start_sum)(const void *, void *, int, intptr_t, intptr_t, intptr_t, cmpi_request *);
    int (*start_broadcast)(void *, int, intptr_t, int, intptr_t, cmpi_request *);
    int (*start_send)(const void *, int, intptr_t, int, int, intptr_t, cmpi_request *);
    int (*start_receive)(void *, int, intptr_t, int, int, intptr_t, cmpi_request *);
    int (*test)(cmpi_request *, int *, void *);
    int (*probe)(int, int, intptr_t, int *, void *);
    int (*receive)(void *, int, intptr_t, int, int, intptr_t, void *);
    int (*count)(const void *, intptr_t, int *);
    int (*error_string)(int, char *, int *);

    intptr_t world, errors_return, sum, types[3];
    int any_source;
    void *status_ignore;
    /// Where a status has the number of the sender: the index of an int.
    int source_index;
} mpi;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/// A status of either library, with room to spare.
typedef union {
    int words[32];
    void *alignment;
} any_status;

/// The number that MPI gives a thread level at which calls come from one thread at a time.
enum { serialized = 2 };

const char *cmpi_open(const char *name) {
    static char problem[200];
    // Plugins of OpenMPI look for its symbols globally.
    void *library = dlopen(name, RTLD_NOW | RTLD_GLOBAL);
    if (!library) return dlerror();

    const struct {
        const char *name;
        void **function;
    } functions[] = {
        {"MPI_Init_thread", (void **)&mpi.init},
        {"MPI_Finalize", (void **)&mpi.finalize},
        {"MPI_Comm_set_errhandler", (void **)&mpi.set_error_handler},
        {"MPI_Comm_rank", (void **)&mpi.rank},
        {"MPI_Comm_size", (void **)&mpi.size},
        {"MPI_Iallreduce", (void **)&mpi.start_sum},
        {"MPI_Ibcast", (void **)&mpi.start_broadcast},
        {"MPI_Isend", (void **)&mpi.start_send},
        {"MPI_Irecv", (void **)&mpi.start_receive},
        {"MPI_Test", (void **)&mpi.test},
        {"MPI_Iprobe", (void **)&mpi.probe},
        {"MPI_Recv", (void **)&mpi.receive},
        {"MPI_Get_count", (void **)&mpi.count},
        {"MPI_Error_string", (void **)&mpi.error_string},
    };
    for (size_t index = 0; index < sizeof functions / sizeof *functions; index += 1) {
        *functions[index].function = dlsym(library, functions[index].name);
        if (!*functions[index].function) {
            snprintf(problem, sizeof problem, "it has no function %s, which MPI 3 has", functions[index].name);
            return problem;
        }
    }

    const char *addresses[] = {"ompi_mpi_comm_world", "ompi_mpi_errors_return", "ompi_mpi_op_sum",
                               "ompi_mpi_byte",       "ompi_mpi_float",         "ompi_mpi_double"};
    // The numbers of the ABI that MPICH, Intel MPI and MVAPICH share.
    const intptr_t numbers[] = {0x44000000, 0x54000001, 0x58000003, 0x4c00010d, 0x4c00040a, 0x4c00080b};
    intptr_t *handles[] = {&mpi.world, &mpi.errors_return, &mpi.sum, &mpi.types[0], &mpi.types[1], &mpi.types[2]};
    const bool is_open_mpi = dlsym(library, addresses[0]) != NULL;
    for (size_t index = 0; index < sizeof handles / sizeof *handles; index += 1) {
        *handles[index] = is_open_mpi ? (intptr_t)dlsym(library, addresses[index]) : numbers[index];
        if (!*handles[index]) {
            snprintf(problem, sizeof problem, "it has no symbol %s", addresses[index]);
            return problem;
        }
    }
    mpi.any_source = is_open_mpi ? -1 : -2;
    mpi.status_ignore = is_open_mpi ? NULL : (void *)1;
    mpi.source_index = is_open_mpi ? 0 : 2;
    return NULL;
}

int cmpi_begin(void) {
    int provided = 0;
    const int error = mpi.init(NULL, NULL, serialized, &provided);
    return error ? error : mpi.set_error_handler(mpi.world, mpi.errors_return);
}

/// Runs one call of the library while no other thread is in it.
#define LOCKED(call)                      \
    do {                                  \
        pthread_mutex_lock(&mutex);       \
        const int locked_error = (call);  \
        pthread_mutex_unlock(&mutex);     \
        return locked_error;              \
    } while (0)

int cmpi_end(void) { LOCKED(mpi.finalize()); }

int cmpi_rank(int *rank, int *count) {
    const int error = mpi.rank(mpi.world, rank);
    return error ? error : mpi.size(mpi.world, count);
}

int cmpi_start_sum(const void *from, void *to, int count, cmpi_type type, cmpi_request *request) {
    request->handle = 0;
    LOCKED(mpi.start_sum(from, to, count, mpi.types[type], mpi.sum, mpi.world, request));
}

int cmpi_start_broadcast(void *bytes, int count, int root, cmpi_request *request) {
    request->handle = 0;
    LOCKED(mpi.start_broadcast(bytes, count, mpi.types[CMPI_BYTE], root, mpi.world, request));
}

int cmpi_start_send(const void *bytes, int count, int to, int tag, cmpi_request *request) {
    return cmpi_start_send_elements(bytes, count, CMPI_BYTE, to, tag, request);
}

int cmpi_start_send_elements(const void *from, int count, cmpi_type type, int to, int tag, cmpi_request *request) {
    request->handle = 0;
    LOCKED(mpi.start_send(from, count, mpi.types[type], to, tag, mpi.world, request));
}

int cmpi_start_receive_elements(void *to, int count, cmpi_type type, int from, int tag, cmpi_request *request) {
    request->handle = 0;
    LOCKED(mpi.start_receive(to, count, mpi.types[type], from, tag, mpi.world, request));
}

int cmpi_test(cmpi_request *request, bool *is_done) {
    int flag = 0;
    pthread_mutex_lock(&mutex);
    const int error = mpi.test(request, &flag, mpi.status_ignore);
    pthread_mutex_unlock(&mutex);
    *is_done = flag != 0;
    return error;
}

static int receive(int tag, void *bytes, int capacity, int *source, int *count) {
    any_status status = {{0}};
    int flag = 0;
    *source = -1;
    int error = mpi.probe(mpi.any_source, tag, mpi.world, &flag, &status);
    if (error || !flag) return error;
    const int sender = status.words[mpi.source_index];
    error = mpi.count(&status, mpi.types[CMPI_BYTE], count);
    if (error) return error;
    if (*count > capacity) *count = capacity;
    error = mpi.receive(bytes, *count, mpi.types[CMPI_BYTE], sender, tag, mpi.world, &status);
    if (!error) *source = sender;
    return error;
}

int cmpi_receive(int tag, void *bytes, int capacity, int *source, int *count) {
    LOCKED(receive(tag, bytes, capacity, source, count));
}

void cmpi_describe(int error, char *text) {
    int length = 0;
    text[0] = 0;
    pthread_mutex_lock(&mutex);
    mpi.error_string(error, text, &length);
    pthread_mutex_unlock(&mutex);
}

static const char *volatile last_words;

static void say_and_end(int number) {
    const char *text = last_words;
    if (text && write(STDERR_FILENO, text, strlen(text)) < 0) _exit(1);
    // The handler is gone: this time the signal ends the process.
    raise(number);
}

void cmpi_say_when_terminated(const char *text) {
    last_words = text;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    if (text) {
        action.sa_handler = say_and_end;
        action.sa_flags = SA_RESETHAND;
    } else {
        action.sa_handler = SIG_DFL;
    }
    sigaction(SIGTERM, &action, NULL);
}
