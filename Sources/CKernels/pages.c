#define _GNU_SOURCE
#include "pages.h"

#ifdef __linux__
#include <sys/mman.h>

void *cpages_remap(void *pages, size_t old_count, size_t count, int may_move, void *target) {
  void *moved = target ? mremap(pages, old_count, count, MREMAP_MAYMOVE | MREMAP_FIXED, target)
                       : mremap(pages, old_count, count, may_move ? MREMAP_MAYMOVE : 0);
  return moved == MAP_FAILED ? NULL : moved;
}
#else
void *cpages_remap(void *pages, size_t old_count, size_t count, int may_move, void *target) {
  return NULL;
}
#endif
