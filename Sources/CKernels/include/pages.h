// Moving pages, which Swift cannot ask for: `mremap` takes a varying number of arguments.
#ifndef C_KERNELS_PAGES_H
#define C_KERNELS_PAGES_H

#include <stddef.h>

/// Gives a mapping another size: at `target`, in place of what is mapped there; or where it is, or may be
/// moved to, when `target` is null. Null when the system refuses, or cannot do it: then all is as before.
void *cpages_remap(void *pages, size_t old_count, size_t count, int may_move, void *target);

#endif
