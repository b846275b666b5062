// What libFuzzer offers mutators.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Changes data in place, as libFuzzer's own mutators do; returns the new size.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t limit);
