// capi: the shared library needs one source of its own; the symbols come from the archive of this stage.
#include "sekimori/version.h"
static_assert(SKM_VERSION_MAJOR >= 0);
