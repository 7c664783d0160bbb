// Dropout by a generator that computes the draw of each value from its index: the bits of the host's.
#pragma once
#include "device.cuh"

// SplitMix64 after number + 1 steps from a state.
DEVICE u64 random_bits(u64 state, u64 number) {
    u64 x = state + (number + 1) * 0x9E3779B97F4A7C15ull;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

struct Dropout {
    u64 key, threshold;
    REAL factor;

    // batch_key: that of the step. Each layer has its own.
    MEMBER Dropout(double rate, u64 batch_key, int layer)
        : key(random_bits(batch_key, (u64)layer)), threshold((u64)(rate * 9007199254740992.0)),
          factor((REAL)(1 / (1 - rate))) {}

    // 0 with probability `rate`, else 1 / (1 − rate).
    MEMBER REAL kept(u64 index) const { return random_bits(key, index) >> 11 < threshold ? 0 : factor; }
};
