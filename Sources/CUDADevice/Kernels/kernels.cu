// All kernels of one precision.
#include "activations.cuh"
#include "dropout.cuh"
#include "networks.cuh"
#include "output.cuh"
#include "parameters.cuh"
#include "product.cuh"
#include "tabular.cuh"

#define TILE Small
#define TILED(name) JOIN(name, _small)
#include "backward.cuh"
#include "forward.cuh"
#include "gradient.cuh"
#undef TILE
#undef TILED

#define TILE Large
#define TILED(name) JOIN(name, _large)
#include "backward.cuh"
#include "forward.cuh"
#include "gradient.cuh"
#undef TILE
#undef TILED
