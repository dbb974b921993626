# One set of flags for all first-party code. Warnings are errors; hardening as the OpenSSF guide
# has it, where g++ 12 and clang 14 know the flag.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(atlas_flags INTERFACE)
target_include_directories(atlas_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(atlas_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  -Wconversion -Wsign-conversion -Wformat=2 -Wimplicit-fallthrough -Werror
  -ffp-contract=off -fstack-protector-strong -fno-omit-frame-pointer)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  target_compile_options(atlas_flags INTERFACE -march=x86-64-v2 -fcf-protection=full)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # -Wrestrict is wrong about `"text" + std::string` in g++ 12 (GCC bug 105651).
  target_compile_options(atlas_flags INTERFACE -fstack-clash-protection -Wno-restrict)
endif()
target_link_options(atlas_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(ATLAS_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Asio fences around its own recycled memory; g++ warns that TSan does not see fences.
  target_compile_options(atlas_flags INTERFACE -Wno-tsan)
endif()
if(ATLAS_SANITIZE)
  target_compile_options(atlas_flags INTERFACE -fsanitize=${ATLAS_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(atlas_flags INTERFACE -fsanitize=${ATLAS_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(atlas_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_definitions(atlas_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()
