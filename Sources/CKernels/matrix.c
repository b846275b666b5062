#include "matrix.h"

/// A row of a panel. The compiler makes of it as many registers as the processor needs.
typedef double vector __attribute__((vector_size(CMATRIX_PANEL * sizeof(double)), aligned(8)));

void cmatrix_pack(cmatrix_view y, ptrdiff_t rows, ptrdiff_t columns, double *panels) {
  for (ptrdiff_t first = 0; first < columns; first += CMATRIX_PANEL) {
    ptrdiff_t width = columns - first < CMATRIX_PANEL ? columns - first : CMATRIX_PANEL;
    const double *start = y.numbers + first * y.column;
    for (ptrdiff_t i = 0; i < rows; i++) {
      for (ptrdiff_t j = 0; j < width; j++) panels[j] = start[i * y.row + j * y.column];
      for (ptrdiff_t j = width; j < CMATRIX_PANEL; j++) panels[j] = 0;
      panels += CMATRIX_PANEL;
    }
  }
}

/// Writes or adds a row of the last panel, as far as z has columns for it.
static void put_part(const double *sums, double *z, ptrdiff_t width, int adds) {
  for (ptrdiff_t j = 0; j < width; j++) z[j] = adds ? z[j] + sums[j] : sums[j];
}

/// A tile of z: so many rows of x against one panel. The sums stay in registers.
#define DEFINE_TILE(name, target, height)                                                       \
  static target void name(                                                                      \
      cmatrix_view x, const double *panel, ptrdiff_t inner, double *z, ptrdiff_t stride,        \
      ptrdiff_t width, int adds) {                                                              \
    vector sums[height];                                                                        \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < height; i++) sums[i] = (vector){0};  \
    const double *column = x.numbers;                                                           \
    for (ptrdiff_t p = 0; p < inner; p++) {                                                     \
      vector row = *(const vector *)panel;                                                      \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < height; i++) sums[i] +=            \
          column[i * x.row] * row;                                                              \
      panel += CMATRIX_PANEL;                                                                   \
      column += x.column;                                                                       \
    }                                                                                           \
    if (width < CMATRIX_PANEL) {                                                                \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < height; i++) {                     \
        double numbers[CMATRIX_PANEL];                                                          \
        *(vector *)numbers = sums[i];                                                           \
        put_part(numbers, z + i * stride, width, adds);                                         \
      }                                                                                         \
      return;                                                                                   \
    }                                                                                           \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < height; i++) {                       \
      vector *place = (vector *)(z + i * stride);                                               \
      *place = adds ? *place + sums[i] : sums[i];                                               \
    }                                                                                           \
  }

/// All tiles: a panel stays in the nearest cache while the rows of x go by.
#define DEFINE_MULTIPLY(name, target, height)                                                   \
  DEFINE_TILE(name##_tile, target, height)                                                      \
  DEFINE_TILE(name##_row, target, 1)                                                            \
  static target void name(                                                                      \
      cmatrix_view x, const double *panels, ptrdiff_t rows, ptrdiff_t inner, ptrdiff_t columns, \
      double *z, ptrdiff_t stride, int adds) {                                                  \
    for (ptrdiff_t j = 0; j < columns; j += CMATRIX_PANEL) {                                    \
      const double *panel = panels + j * inner;                                                 \
      ptrdiff_t width = columns - j, i = 0;                                                     \
      for (; i < rows; i += i + height <= rows ? height : 1) {                                  \
        cmatrix_view part = {x.numbers + i * x.row, x.row, x.column};                           \
        if (i + height <= rows)                                                                 \
          name##_tile(part, panel, inner, z + i * stride + j, stride, width, adds);             \
        else                                                                                    \
          name##_row(part, panel, inner, z + i * stride + j, stride, width, adds);              \
      }                                                                                         \
    }                                                                                           \
  }

// As many rows as there are registers for their sums, beside those for the panel's row.
#if defined(__x86_64__)
DEFINE_MULTIPLY(multiply_any, , 2)
DEFINE_MULTIPLY(multiply_avx2, __attribute__((target("avx2,fma"))), 6)
#else
DEFINE_MULTIPLY(multiply_any, , 4)
#endif

void cmatrix_multiply(
    cmatrix_view x, const double *panels, ptrdiff_t rows, ptrdiff_t inner, ptrdiff_t columns,
    double *z, ptrdiff_t stride, int adds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    multiply_avx2(x, panels, rows, inner, columns, z, stride, adds);
    return;
  }
#endif
  multiply_any(x, panels, rows, inner, columns, z, stride, adds);
}
