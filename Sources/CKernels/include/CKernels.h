// The innermost loops over arrays, compiled for several kinds of processors; the best one for the
// processor at hand is taken. In C because Swift compiles for one kind only.
//
// Whatever the processor, the results of elementwise loops are the same to the last bit.
//
// And the one call to the system that Swift cannot make.
#ifndef C_KERNELS_H
#define C_KERNELS_H

#include "elementwise.h"
#include "matrix.h"
#include "pages.h"

#endif
