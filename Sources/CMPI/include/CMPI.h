#ifndef CMPI_H
#define CMPI_H

#include <stdbool.h>
#include <stdint.h>

// The few functions of MPI that training over several processes needs, from a library that is opened at run time: OpenMPI, whose
// handles are addresses, or MPICH and its relatives, whose handles are integers.
//
// No function waits, so that its caller can watch the other processes meanwhile. One thread at a time is inside of the library; all
// functions may be called from any thread. Functions that return an int return 0, or an error of MPI.

/// An operation in flight.
typedef struct {
    intptr_t handle;
} cmpi_request;

/// The type of an element.
typedef enum { CMPI_BYTE, CMPI_FLOAT, CMPI_DOUBLE } cmpi_type;

/// Opens a library.
///
/// Returns NULL, or the reason why it cannot be used, which is valid until the next call.
const char *cmpi_open(const char *name);

/// Joins the other processes that the launcher has started.
int cmpi_begin(void);

/// Leaves the group. All processes must call it.
int cmpi_end(void);

/// The number of this process, from 0, and the number of processes.
int cmpi_rank(int *rank, int *count);

/// Starts to add `count` elements of every process, element by element. The sum is the same in each process.
///
/// Both arrays must stay as they are until the operation is done.
int cmpi_start_sum(const void *from, void *to, int count, cmpi_type type, cmpi_request *request);

/// Starts to copy bytes from one process to all others.
int cmpi_start_broadcast(void *bytes, int count, int root, cmpi_request *request);

/// Starts to send a message to one process.
int cmpi_start_send(const void *bytes, int count, int to, int tag, cmpi_request *request);

/// Starts to send elements to another process.
int cmpi_start_send_elements(const void *from, int count, cmpi_type type, int to, int tag, cmpi_request *request);

/// Starts to receive elements of another process.
int cmpi_start_receive_elements(void *to, int count, cmpi_type type, int from, int tag, cmpi_request *request);

/// Tells whether an operation is done.
int cmpi_test(cmpi_request *request, bool *is_done);

/// Receives a message with the given tag, if one is there.
///
/// `source` becomes the number of its sender, or −1 if there is none, `count` its length, up to `capacity` bytes.
int cmpi_receive(int tag, void *bytes, int capacity, int *source, int *count);

/// Writes what an error means to `text`, which must have room for 600 characters.
void cmpi_describe(int error, char *text);

/// From now on, a process that its launcher ends by SIGTERM writes `text` to standard error first. NULL: no longer.
///
/// The text must stay as it is.
void cmpi_say_when_terminated(const char *text);

#endif
