// base: large pages for large buffers. Entry point: prefer_large_pages.
#pragma once

#include <cstddef>

namespace sekimori {

// Asks the system to give the memory in large pages when it is first touched: a buffer that is filled once costs more
// in page faults than in work (a 43 MB plan: 60 ms with small pages, 21 ms with large ones). A hint: nothing but time
// depends on it.
void prefer_large_pages(void* buffer, std::size_t bytes);

}  // namespace sekimori
