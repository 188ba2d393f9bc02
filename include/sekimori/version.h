/* The version of Sekimori, in one place: CMake, Python and the reports read it from here.
 * C99 and C++; includes nothing. */
#ifndef SEKIMORI_VERSION_H
#define SEKIMORI_VERSION_H

#define SKM_VERSION_MAJOR 0
#define SKM_VERSION_MINOR 1
#define SKM_VERSION_PATCH 0
#define SKM_VERSION_STRING "0.1.0"

#endif
