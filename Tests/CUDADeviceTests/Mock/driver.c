// A driver for machines without a card: the entry points of libcuda.so.1 that the module CUDADevice uses, over memory of the
// host. Launches call the kernels compiled as C.
//
// It is stricter than a real driver. Copies and launches wait in their stream until it is synchronized, so that a host array
// that is gone too early is noticed. What is not released is counted. Calls fail on demand.

#include "driver.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int CUresult;
typedef uint64_t CUdeviceptr;

enum {
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    NOT_INITIALIZED = 3,
    NO_DEVICE = 100,
    INVALID_DEVICE = 101,
    INVALID_IMAGE = 200,
    INVALID_CONTEXT = 201,
    INVALID_HANDLE = 400,
    NOT_FOUND = 500,
    ILLEGAL_ADDRESS = 700,
    LAUNCH_FAILED = 719,
    CAPTURE_UNSUPPORTED = 900,
};

// MARK: - What a test can ask for and count

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

typedef struct { const char *name; long value; } number;

#ifndef DEFAULT_CARDS
#define DEFAULT_CARDS 2
#endif
#ifndef DEFAULT_VERSION
#define DEFAULT_VERSION 12040
#endif

enum { CARDS, MEMORY, ARCHITECTURE, FAILING_ALLOCATION, LOSING_LAUNCH };
static number settings[] = {
    {"cards", DEFAULT_CARDS}, {"memory", 4L << 30}, {"architecture", 90}, {"failing_allocation", 0}, {"losing_launch", 0},
};

enum { CALLS, LAUNCHES, REPLAYS, ALLOCATIONS, FAILURES, PEAK_BYTES, CONTEXTS, MODULES, BLOCKS, BYTES, STREAMS, GRAPHS, EXECUTABLES, PUSHED };
static number counts[] = {
    {"calls", 0}, {"launches", 0}, {"replays", 0}, {"allocations", 0}, {"failures", 0}, {"peak_bytes", 0},
    {"contexts", 0}, {"modules", 0}, {"blocks", 0}, {"bytes", 0}, {"streams", 0}, {"graphs", 0}, {"executables", 0},
    {"pushed", 0},
};

static struct { char entry_point[64]; int call, error; } fault;
static struct { const char *name; int calls; } entry_points[64];
static bool is_lost;

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add(int count, long change) { __atomic_add_fetch(&counts[count].value, change, __ATOMIC_RELAXED); }

void mock_reset(void) {
    pthread_mutex_lock(&lock);
    long values[] = {DEFAULT_CARDS, 4L << 30, 90, 0, 0};
    for (size_t i = 0; i < COUNT(settings); i++) settings[i].value = values[i];
    for (size_t i = CALLS; i <= PEAK_BYTES; i++) counts[i].value = 0;
    counts[PEAK_BYTES].value = counts[BYTES].value;
    memset(&fault, 0, sizeof fault);
    memset(entry_points, 0, sizeof entry_points);
    is_lost = false;
    pthread_mutex_unlock(&lock);
}

static number *find(number *numbers, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(numbers[i].name, name) == 0) return &numbers[i];
    fprintf(stderr, "mock driver: there is no number %s\n", name);
    abort();
}

void mock_set(const char *name, long value) { find(settings, COUNT(settings), name)->value = value; }

void mock_fail(const char *entry_point, int call, int error) {
    snprintf(fault.entry_point, sizeof fault.entry_point, "%s", entry_point);
    fault.call = call;
    fault.error = error;
}

long mock_get(const char *name) {
    if (strcmp(name, "live") != 0) return find(counts, COUNT(counts), name)->value;
    long sum = 0;
    for (size_t i = CONTEXTS; i < COUNT(counts); i++) sum += counts[i].value;
    return sum;
}

int mock_calls(const char *name) {
    for (size_t i = 0; i < COUNT(entry_points) && entry_points[i].name; i++)
        if (strcmp(entry_points[i].name, name) == 0) return entry_points[i].calls;
    return 0;
}

// Begins an entry point. Returns the error that it has to return.
static CUresult enter(const char *name) {
    pthread_mutex_lock(&lock);
    counts[CALLS].value++;
    size_t i = 0;
    while (entry_points[i].name && strcmp(entry_points[i].name, name) != 0) i++;
    entry_points[i].name = name;
    int call = ++entry_points[i].calls;
    CUresult result = SUCCESS;
    if (call == fault.call && strcmp(fault.entry_point, name) == 0) {
        counts[FAILURES].value++;
        if (fault.error == ILLEGAL_ADDRESS) is_lost = true;
        result = fault.error;
    } else if (is_lost && strncmp(name, "cuCtx", 5) && strncmp(name, "cuDevice", 8)) {
        // A context that has failed answers nothing any more.
        result = ILLEGAL_ADDRESS;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

// What a test must release: a list of all objects. It hides their addresses from the leak sanitizer, which so reports an
// object that its owner has forgotten.
typedef struct object {
    struct object *next;
    int kind;
    uintptr_t hidden;
    size_t bytes;
} object;

static uintptr_t hide(const void *thing) { return ~(uintptr_t)thing; }
static void *show(uintptr_t hidden) { return (void *)~hidden; }

static object *objects;

static void own(int kind, void *thing, size_t bytes) {
    object *new = malloc(sizeof *new);
    pthread_mutex_lock(&lock);
    *new = (object){objects, kind, hide(thing), bytes};
    objects = new;
    counts[kind].value++;
    pthread_mutex_unlock(&lock);
}

static void destroy(int kind, void *thing);

// Releases an object. Returns whether there was one.
static bool disown(int kind, const void *thing) {
    object *found = NULL;
    pthread_mutex_lock(&lock);
    for (object **place = &objects; *place && !found; place = found ? place : &(*place)->next)
        if ((*place)->kind == kind && (*place)->hidden == hide(thing)) {
            found = *place;
            *place = found->next;
            counts[kind].value--;
            if (kind == BLOCKS) counts[BYTES].value -= (long)found->bytes;
        }
    pthread_mutex_unlock(&lock);
    if (!found) return false;
    destroy(kind, show(found->hidden));
    free(found);
    return true;
}

#define ENTER()                          \
    CUresult failure = enter(__func__);  \
    if (failure) return failure

// MARK: - Driver, cards

CUresult cuGetErrorName(CUresult error, const char **text) {
    switch (error) {
    case INVALID_VALUE: *text = "CUDA_ERROR_INVALID_VALUE"; break;
    case OUT_OF_MEMORY: *text = "CUDA_ERROR_OUT_OF_MEMORY"; break;
    case NO_DEVICE: *text = "CUDA_ERROR_NO_DEVICE"; break;
    case ILLEGAL_ADDRESS: *text = "CUDA_ERROR_ILLEGAL_ADDRESS"; break;
    case NOT_FOUND: *text = "CUDA_ERROR_NOT_FOUND"; break;
    case INVALID_IMAGE: *text = "CUDA_ERROR_INVALID_IMAGE"; break;
    case CAPTURE_UNSUPPORTED: *text = "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED"; break;
    default: *text = "CUDA_ERROR_UNKNOWN"; break;
    }
    return SUCCESS;
}

CUresult cuGetErrorString(CUresult error, const char **text) {
    switch (error) {
    case INVALID_VALUE: *text = "invalid argument"; break;
    case OUT_OF_MEMORY: *text = "out of memory"; break;
    case NO_DEVICE: *text = "no CUDA-capable device is detected"; break;
    case ILLEGAL_ADDRESS: *text = "an illegal memory access was encountered"; break;
    case NOT_FOUND: *text = "named symbol not found"; break;
    case INVALID_IMAGE: *text = "device kernel image is invalid"; break;
    case CAPTURE_UNSUPPORTED: *text = "operation not permitted when stream is capturing"; break;
    default: *text = "unknown error"; break;
    }
    return SUCCESS;
}

CUresult cuInit(unsigned flags) {
    ENTER();
    if (flags) return INVALID_VALUE;
    return settings[CARDS].value ? SUCCESS : NO_DEVICE;
}

CUresult cuDriverGetVersion(int *version) {
    ENTER();
    *version = DEFAULT_VERSION;
    return SUCCESS;
}

CUresult cuDeviceGetCount(int *count) {
    ENTER();
    *count = settings[CARDS].value;
    return SUCCESS;
}

CUresult cuDeviceGet(int *card, int ordinal) {
    ENTER();
    if (ordinal < 0 || ordinal >= settings[CARDS].value) return INVALID_DEVICE;
    *card = ordinal;
    return SUCCESS;
}

CUresult cuDeviceGetName(char *name, int length, int card) {
    ENTER();
    snprintf(name, (size_t)length, "Mock Card %d", card);
    return SUCCESS;
}

CUresult cuDeviceGetAttribute(int *value, int attribute, int card) {
    ENTER();
    (void)card;
    switch (attribute) {
    case 16: *value = 4; return SUCCESS;
    case 75: *value = settings[ARCHITECTURE].value / 10; return SUCCESS;
    case 76: *value = settings[ARCHITECTURE].value % 10; return SUCCESS;
    case 97: *value = 227 << 10; return SUCCESS;
    default: return INVALID_VALUE;
    }
}

// MARK: - Contexts

#define MOST_CARDS 16

static struct { int users, card; } contexts[MOST_CARDS];
static _Thread_local void *current[16];
static _Thread_local int depth;

CUresult cuDevicePrimaryCtxRetain(void **context, int card) {
    ENTER();
    if (card < 0 || card >= MOST_CARDS) return INVALID_DEVICE;
    pthread_mutex_lock(&lock);
    contexts[card].users++;
    add(CONTEXTS, 1);
    *context = &contexts[card];
    pthread_mutex_unlock(&lock);
    return SUCCESS;
}

CUresult cuDevicePrimaryCtxRelease_v2(int card) {
    pthread_mutex_lock(&lock);
    bool is_valid = card >= 0 && card < MOST_CARDS && contexts[card].users > 0;
    bool closes = is_valid && --contexts[card].users == 0;
    if (is_valid) counts[CONTEXTS].value--;
    bool has_failed = counts[FAILURES].value > 0;
    pthread_mutex_unlock(&lock);
    if (!is_valid) return INVALID_CONTEXT;
    // The driver releases what a context holds. Here, only after a failure, so that a test notices what is forgotten.
    if (closes && has_failed)
        while (objects) disown(objects->kind, show(objects->hidden));
    CUresult result = enter(__func__);
    if (closes) is_lost = false;
    return result;
}

CUresult cuCtxPushCurrent_v2(void *context) {
    ENTER();
    if (depth == 16) abort();
    current[depth++] = context;
    add(PUSHED, 1);
    return SUCCESS;
}

CUresult cuCtxPopCurrent_v2(void **context) {
    if (depth == 0) return INVALID_CONTEXT;
    *context = current[--depth];
    add(PUSHED, -1);
    return enter(__func__);
}

// Everything below needs a current context, as the driver does.
#define ENTER_CONTEXT() \
    ENTER();            \
    if (depth == 0) return INVALID_CONTEXT

// MARK: - Memory

CUresult cuMemGetInfo_v2(size_t *available, size_t *total) {
    ENTER_CONTEXT();
    *total = (size_t)settings[MEMORY].value;
    *available = (size_t)settings[MEMORY].value - (size_t)counts[BYTES].value;
    return SUCCESS;
}

CUresult cuMemAlloc_v2(CUdeviceptr *address, size_t bytes) {
    ENTER_CONTEXT();
    if (bytes == 0) return INVALID_VALUE;
    add(ALLOCATIONS, 1);
    bool is_rejected = counts[ALLOCATIONS].value == settings[FAILING_ALLOCATION].value;
    if (is_rejected) add(FAILURES, 1);
    if (is_rejected || bytes > (size_t)(settings[MEMORY].value - counts[BYTES].value)) return OUT_OF_MEMORY;
    // Of the exact size, so that the address sanitizer notices what is beyond. Not zero, as memory of a card.
    void *memory = NULL;
    if (posix_memalign(&memory, 256, bytes)) abort();
    memset(memory, 0xFF, bytes);
    add(BYTES, (long)bytes);
    if (counts[BYTES].value > counts[PEAK_BYTES].value) counts[PEAK_BYTES].value = counts[BYTES].value;
    own(BLOCKS, memory, bytes);
    *address = (CUdeviceptr)memory;
    return SUCCESS;
}

// Functions that release do so also where they return an error, which may be that of an earlier launch.
#define RELEASE(kind, thing)                                \
    if (!disown(kind, (const void *)thing)) return INVALID_HANDLE; \
    CUresult result = enter(__func__);                      \
    return result ? result : depth ? SUCCESS : INVALID_CONTEXT

CUresult cuMemFree_v2(CUdeviceptr address) { RELEASE(BLOCKS, address); }

// Whether a range lies in one allocation.
static bool is_allocated(CUdeviceptr address, size_t bytes) {
    bool found = false;
    pthread_mutex_lock(&lock);
    for (object *each = objects; each && !found; each = each->next) {
        CUdeviceptr start = (CUdeviceptr)show(each->hidden);
        found = each->kind == BLOCKS && address >= start && address + bytes <= start + each->bytes;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

// MARK: - Modules

CUresult cuModuleLoadData(void **module, const void *image) {
    ENTER_CONTEXT();
    // PTX text or a cubin.
    if (!strstr(image, ".version") && memcmp(image, "\x7f" "ELF", 4)) return INVALID_IMAGE;
    own(MODULES, *module = malloc(1), 0);
    return SUCCESS;
}

CUresult cuModuleUnload(void *module) { RELEASE(MODULES, module); }

CUresult cuModuleGetFunction(void **function, void *module, const char *name) {
    ENTER_CONTEXT();
    (void)module;
    *function = (void *)mock_find_kernel(name);
    return *function ? SUCCESS : NOT_FOUND;
}

CUresult cuFuncSetAttribute(void *function, int attribute, int value) {
    ENTER_CONTEXT();
    return function && attribute == 8 && value <= 227 << 10 ? SUCCESS : INVALID_VALUE;
}

// MARK: - Streams and graphs

// A copy, a fill, a launch or a graph that waits.
typedef struct operation {
    struct operation *next;
    enum { UPLOAD, DOWNLOAD, FILL, LAUNCH } kind;
    CUdeviceptr device;
    void *host;
    size_t bytes;
    uint8_t byte;
    mock_launch launch;
} operation;

typedef struct {
    operation *first, **last;
} queue;

typedef struct {
    queue waiting, captured;
    bool captures;
} stream;

static void append(queue *queue, operation *operation) {
    operation->next = NULL;
    *queue->last = operation;
    queue->last = &operation->next;
}

static operation *copy_of(const operation *source) {
    operation *copy = malloc(sizeof *copy);
    *copy = *source;
    if (copy->kind == LAUNCH)
        copy->launch.arguments = mock_copy_arguments(source->launch.kernel, source->launch.arguments);
    return copy;
}

static void clear(queue *queue) {
    for (operation *each = queue->first; each;) {
        operation *next = each->next;
        if (each->kind == LAUNCH) free(each->launch.arguments);
        free(each);
        each = next;
    }
    queue->first = NULL;
    queue->last = &queue->first;
}

static CUresult execute(operation *each) {
    switch (each->kind) {
    case UPLOAD: memcpy((void *)each->device, each->host, each->bytes); break;
    case DOWNLOAD: memcpy(each->host, (void *)each->device, each->bytes); break;
    case FILL: memset((void *)each->device, each->byte, each->bytes); break;
    case LAUNCH:
        add(LAUNCHES, 1);
        if (counts[LAUNCHES].value == settings[LOSING_LAUNCH].value) {
            add(FAILURES, 1);
            is_lost = true;
            return ILLEGAL_ADDRESS;
        }
        if (!mock_run(&each->launch)) return LAUNCH_FAILED;
    }
    return SUCCESS;
}

static CUresult execute_all(stream *stream) {
    CUresult result = SUCCESS;
    for (operation *each = stream->waiting.first; each && !result; each = each->next) result = execute(each);
    clear(&stream->waiting);
    return result;
}

// Puts an operation into a stream, which owns it from then on.
static CUresult enqueue(stream *stream, operation wanted) {
    if (!stream) return INVALID_HANDLE;
    if (stream->captures && wanted.kind != LAUNCH && wanted.kind != FILL) return CAPTURE_UNSUPPORTED;
    operation *new = malloc(sizeof *new);
    *new = wanted;
    append(stream->captures ? &stream->captured : &stream->waiting, new);
    return SUCCESS;
}

CUresult cuStreamCreate(void **result, unsigned flags) {
    ENTER_CONTEXT();
    if (flags > 1) return INVALID_VALUE;
    stream *new = calloc(1, sizeof *new);
    clear(&new->waiting);
    clear(&new->captured);
    own(STREAMS, *result = new, 0);
    return SUCCESS;
}

CUresult cuStreamDestroy_v2(stream *stream) { RELEASE(STREAMS, stream); }

CUresult cuStreamSynchronize(stream *stream) {
    if (!stream) return INVALID_HANDLE;
    CUresult failure = enter(__func__);
    // After an error, what waits never happens: it could write to host arrays that are gone.
    if (failure) clear(&stream->waiting);
    if (failure || depth == 0) return failure ? failure : INVALID_CONTEXT;
    if (stream->captures) return CAPTURE_UNSUPPORTED;
    return execute_all(stream);
}

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr target, const void *source, size_t bytes, stream *stream) {
    ENTER_CONTEXT();
    if (!is_allocated(target, bytes)) return INVALID_VALUE;
    return enqueue(stream, (operation){.kind = UPLOAD, .device = target, .host = (void *)source, .bytes = bytes});
}

CUresult cuMemcpyDtoHAsync_v2(void *target, CUdeviceptr source, size_t bytes, stream *stream) {
    ENTER_CONTEXT();
    if (!is_allocated(source, bytes)) return INVALID_VALUE;
    return enqueue(stream, (operation){.kind = DOWNLOAD, .device = source, .host = target, .bytes = bytes});
}

CUresult cuMemsetD8Async(CUdeviceptr target, unsigned char byte, size_t bytes, stream *stream) {
    ENTER_CONTEXT();
    if (!is_allocated(target, bytes)) return INVALID_VALUE;
    return enqueue(stream, (operation){.kind = FILL, .device = target, .bytes = bytes, .byte = byte});
}

CUresult cuLaunchKernel(
    void *function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
    unsigned block_z, unsigned shared_bytes, stream *stream, void **arguments, void **extra) {
    ENTER_CONTEXT();
    if (!function || extra || shared_bytes > 227 << 10 || block_x * block_y * block_z > 1024 || !grid_x || !grid_y
        || !grid_z || !block_x || !block_y || !block_z || grid_y > 65535 || grid_z > 65535)
        return INVALID_VALUE;
    mock_launch launch = {
        .kernel = function, .grid = {grid_x, grid_y, grid_z}, .block = {block_x, block_y, block_z},
        .shared_bytes = shared_bytes, .arguments = mock_copy_arguments(function, arguments)};
    return enqueue(stream, (operation){.kind = LAUNCH, .launch = launch});
}

CUresult cuStreamBeginCapture_v2(stream *stream, int mode) {
    ENTER_CONTEXT();
    if (!stream || stream->captures || mode < 0 || mode > 2) return INVALID_VALUE;
    stream->captures = true;
    return SUCCESS;
}

// A graph, and the same as an executable: its operations.
CUresult cuStreamEndCapture(stream *stream, queue **graph) {
    if (!stream || !stream->captures) return INVALID_VALUE;
    stream->captures = false;
    CUresult failure = enter(__func__);
    if (failure || depth == 0) {
        clear(&stream->captured);
        return failure ? failure : INVALID_CONTEXT;
    }
    *graph = calloc(1, sizeof **graph);
    clear(*graph);
    for (operation *each = stream->captured.first; each; each = each->next) append(*graph, copy_of(each));
    clear(&stream->captured);
    own(GRAPHS, *graph, 0);
    return SUCCESS;
}

CUresult cuGraphInstantiateWithFlags(queue **executable, queue *graph, unsigned long long flags) {
    ENTER_CONTEXT();
    if (!graph || flags) return INVALID_VALUE;
    *executable = calloc(1, sizeof **executable);
    clear(*executable);
    for (operation *each = graph->first; each; each = each->next) append(*executable, copy_of(each));
    own(EXECUTABLES, *executable, 0);
    return SUCCESS;
}

CUresult cuGraphLaunch(queue *executable, stream *stream) {
    ENTER_CONTEXT();
    if (!executable || !stream) return INVALID_HANDLE;
    if (stream->captures) return CAPTURE_UNSUPPORTED;
    add(REPLAYS, 1);
    for (operation *each = executable->first; each; each = each->next) append(&stream->waiting, copy_of(each));
    return SUCCESS;
}

CUresult cuGraphExecDestroy(queue *executable) { RELEASE(EXECUTABLES, executable); }

CUresult cuGraphDestroy(queue *graph) { RELEASE(GRAPHS, graph); }

static void destroy(int kind, void *thing) {
#ifdef PLANTED_LEAK
    // A fault that the leak sanitizer must report.
    if (kind == BLOCKS) return;
#endif
    if (kind == STREAMS) {
        clear(&((stream *)thing)->waiting);
        clear(&((stream *)thing)->captured);
    }
    if (kind == GRAPHS || kind == EXECUTABLES) clear(thing);
    free(thing);
}
