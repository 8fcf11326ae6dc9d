# SPDX-License-Identifier: BSD-2-Clause
# What CMake has to know of the system: programs are static, names are UNIX's.
set(UNIX 1)
set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS FALSE)
set(CMAKE_STATIC_LIBRARY_PREFIX "lib")
set(CMAKE_STATIC_LIBRARY_SUFFIX ".a")
set(CMAKE_EXECUTABLE_SUFFIX "")
set(CMAKE_DL_LIBS "")
set(CMAKE_FIND_LIBRARY_PREFIXES "lib")
set(CMAKE_FIND_LIBRARY_SUFFIXES ".a")
set(CMAKE_SYSTEM_PREFIX_PATH "/usr")
set(CMAKE_SYSTEM_INCLUDE_PATH "/usr/include")
set(CMAKE_SYSTEM_LIBRARY_PATH "/usr/lib")
set(CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES "/usr/include")
