/// The integer in which BLAS and LAPACK count: 32 bits in OpenBLAS's and Accelerate's usual builds.
typealias BLASInt = Int32
