# Misuse that must not compile is tested as not compiling: tests/not_compiling/*.cpp.
get_target_property(atlas_not_compiling_options atlas_flags INTERFACE_COMPILE_OPTIONS)
list(FILTER atlas_not_compiling_options EXCLUDE REGEX "^-f(sanitize|no-sanitize)|FORTIFY")
string(REPLACE ";" " " atlas_not_compiling_options "${atlas_not_compiling_options}")
add_test(NAME not_compiling COMMAND ${CMAKE_COMMAND}
  -DCOMPILER=${CMAKE_CXX_COMPILER}
  -DOPTIONS=${atlas_not_compiling_options}
  -DINCLUDE=${CMAKE_SOURCE_DIR}/src
  -DFOLDER=${CMAKE_SOURCE_DIR}/tests/not_compiling
  -P ${CMAKE_SOURCE_DIR}/tools/cmake/not_compiling_run.cmake)
set_tests_properties(not_compiling PROPERTIES LABELS source)
