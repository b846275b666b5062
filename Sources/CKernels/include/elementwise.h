// Operations element by element, and what they add to adjoints.
#ifndef C_KERNELS_ELEMENTWISE_H
#define C_KERNELS_ELEMENTWISE_H

#include <stddef.h>

/// The numbers of an operand: one for each element, or a single one for all of them.
typedef struct {
  const double *numbers;
  /// The distance from one element's number to the next one's: 1 or 0.
  ptrdiff_t stride;
} celementwise_operand;

/// z = x + y, for `count` elements; z is apart from x and y, here and below.
void celementwise_add(
    celementwise_operand x, celementwise_operand y, double *z, ptrdiff_t count);

/// z = x - y.
void celementwise_subtract(
    celementwise_operand x, celementwise_operand y, double *z, ptrdiff_t count);

/// z = x*y.
void celementwise_multiply(
    celementwise_operand x, celementwise_operand y, double *z, ptrdiff_t count);

/// z = x/y.
void celementwise_divide(
    celementwise_operand x, celementwise_operand y, double *z, ptrdiff_t count);

/// adjoints += g*(scale*y), or adjoints = 0 + g*(scale*y) where they are new and hold anything; an
/// element whose g is 0 adds 0, whatever y is.
void celementwise_accumulate(
    double *adjoints, int are_new, const double *g, double scale, celementwise_operand y,
    ptrdiff_t count);

/// Whether no number is infinite or NaN.
int celementwise_are_finite(const double *x, ptrdiff_t count);

#endif
