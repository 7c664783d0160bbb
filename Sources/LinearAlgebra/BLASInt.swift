/// The integer type of BLAS and LAPACK: 32 bits in the usual builds of OpenBLAS and Accelerate.
typealias BLASInt = Int32
