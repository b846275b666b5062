// The declarations are all there is: libFuzzer is linked by the compiler.
#include "CLibFuzzer.h"
