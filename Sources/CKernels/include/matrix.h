// The inner loops of matrix products.
#ifndef C_KERNELS_MATRIX_H
#define C_KERNELS_MATRIX_H

#include <stddef.h>

/// A matrix is read through strides, so that a transposed one needs no copy: the number in row i and
/// column j stands at i*row + j*column.
typedef struct {
  const double *numbers;
  ptrdiff_t row, column;
} cmatrix_view;

/// The columns of a panel.
enum { CMATRIX_PANEL = 8 };

/// Lays out rows and columns of y for `cmatrix_multiply`: panels of 8 columns, each row after row, the
/// last panel filled up with zeros. `panels` has room for rows * ((columns + 7) / 8) * 8 numbers.
void cmatrix_pack(cmatrix_view y, ptrdiff_t rows, ptrdiff_t columns, double *panels);

/// z = x*y, or z += x*y when `adds`, where x has `rows` rows and `inner` columns, y has been laid out by
/// `cmatrix_pack`, and the rows of z are `stride` apart.
///
/// Each number of z is summed in the order of the columns of x, whatever the processor; where it can,
/// each product is added without being rounded first.
void cmatrix_multiply(
    cmatrix_view x, const double *panels, ptrdiff_t rows, ptrdiff_t inner, ptrdiff_t columns,
    double *z, ptrdiff_t stride, int adds);

#endif
