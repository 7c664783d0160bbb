// CBLAS and the thread-count calls from OpenBLAS, LAPACK's C interface from LAPACKE.
#pragma once
#include <cblas.h>
#include <lapacke.h>
