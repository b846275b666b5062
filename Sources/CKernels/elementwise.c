#include "elementwise.h"

// A product that is added is rounded first, on every processor.
#pragma STDC FP_CONTRACT OFF

/// z[k] = a op b for all k, with loops of their own for operands that are a single number.
#define DEFINE_BINARY(name, target, op)                                                       \
  static target void name(                                                                    \
      celementwise_operand x, celementwise_operand y, double *restrict z, ptrdiff_t count) {  \
    const double *a = x.numbers, *b = y.numbers;                                              \
    if (x.stride == 1 && y.stride == 1) {                                                     \
      for (ptrdiff_t k = 0; k < count; k++) z[k] = a[k] op b[k];                              \
    } else if (x.stride == 1) {                                                               \
      double number = *b;                                                                     \
      for (ptrdiff_t k = 0; k < count; k++) z[k] = a[k] op number;                            \
    } else if (y.stride == 1) {                                                               \
      double number = *a;                                                                     \
      for (ptrdiff_t k = 0; k < count; k++) z[k] = number op b[k];                            \
    } else {                                                                                  \
      double number = *a op *b;                                                               \
      for (ptrdiff_t k = 0; k < count; k++) z[k] = number;                                    \
    }                                                                                         \
  }

#define DEFINE_ACCUMULATE(name, target)                                                       \
  static target void name(                                                                    \
      double *restrict adjoints, int are_new, const double *restrict g, double scale,         \
      celementwise_operand y, ptrdiff_t count) {                                              \
    const double *restrict b = y.numbers;                                                     \
    if (y.stride == 0) {                                                                      \
      double local = scale * *b;                                                              \
      if (are_new)                                                                            \
        for (ptrdiff_t k = 0; k < count; k++) adjoints[k] = 0 + (g[k] == 0 ? 0 : g[k] * local); \
      else                                                                                    \
        for (ptrdiff_t k = 0; k < count; k++) adjoints[k] += g[k] == 0 ? 0 : g[k] * local;    \
    } else if (are_new) {                                                                     \
      for (ptrdiff_t k = 0; k < count; k++)                                                   \
        adjoints[k] = 0 + (g[k] == 0 ? 0 : g[k] * (scale * b[k]));                            \
    } else {                                                                                  \
      for (ptrdiff_t k = 0; k < count; k++)                                                   \
        adjoints[k] += g[k] == 0 ? 0 : g[k] * (scale * b[k]);                                 \
    }                                                                                         \
  }

typedef double vector __attribute__((vector_size(32), aligned(8)));

/// A number minus itself is 0, or NaN for what is not finite; a sum with a NaN in it is NaN.
#define DEFINE_ARE_FINITE(name, target)                                                       \
  static target int name(const double *x, ptrdiff_t count) {                                  \
    vector sums[4] = {{0}};                                                                   \
    ptrdiff_t k = 0;                                                                          \
    for (; k + 16 <= count; k += 16)                                                          \
      for (int j = 0; j < 4; j++) {                                                           \
        vector block = *(const vector *)(x + k + 4 * j);                                      \
        sums[j] += block - block;                                                             \
      }                                                                                       \
    vector all = sums[0] + sums[1] + (sums[2] + sums[3]);                                     \
    double sum = all[0] + all[1] + all[2] + all[3];                                           \
    for (; k < count; k++) sum += x[k] - x[k];                                                \
    return sum == 0;                                                                          \
  }

#define DEFINE_ALL(kind, target)               \
  DEFINE_BINARY(add_##kind, target, +)         \
  DEFINE_BINARY(subtract_##kind, target, -)    \
  DEFINE_BINARY(multiply_##kind, target, *)    \
  DEFINE_BINARY(divide_##kind, target, /)      \
  DEFINE_ACCUMULATE(accumulate_##kind, target) \
  DEFINE_ARE_FINITE(are_finite_##kind, target)

DEFINE_ALL(any, )
#if defined(__x86_64__)
DEFINE_ALL(avx2, __attribute__((target("avx2"))))
#define BEST(name) (__builtin_cpu_supports("avx2") ? name##_avx2 : name##_any)
#else
#define BEST(name) name##_any
#endif

void celementwise_add(
    celementwise_operand x, celementwise_operand y, double *z, ptrdiff_t count) {
  BEST(add)(x, y, z, count);
}

void celementwise_subtract(
    celementwise_operand x, celementwise_operand y, double *z, ptrdiff_t count) {
  BEST(subtract)(x, y, z, count);
}

void celementwise_multiply(
    celementwise_operand x, celementwise_operand y, double *z, ptrdiff_t count) {
  BEST(multiply)(x, y, z, count);
}

void celementwise_divide(
    celementwise_operand x, celementwise_operand y, double *z, ptrdiff_t count) {
  BEST(divide)(x, y, z, count);
}

void celementwise_accumulate(
    double *adjoints, int are_new, const double *g, double scale, celementwise_operand y,
    ptrdiff_t count) {
  BEST(accumulate)(adjoints, are_new, g, scale, y, count);
}

int celementwise_are_finite(const double *x, ptrdiff_t count) {
  return BEST(are_finite)(x, count);
}
