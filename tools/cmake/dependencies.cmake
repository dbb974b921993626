# The short names of the third column of tools/layers.txt. Static where Debian ships the archive.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(simdjson REQUIRED)
find_package(pugixml REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
find_library(PQ pq REQUIRED)  # Its header is <postgresql/libpq-fe.h>: no include path.
find_library(RDKAFKA rdkafka REQUIRED)  # Its header is <librdkafka/rdkafka.h>.
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(CBC REQUIRED IMPORTED_TARGET cbc osi-clp clp)

# Third-party headers are SYSTEM, so that our warnings stay ours.
function(atlas_dependency name)
  add_library(atlas_dep_${name} INTERFACE)
  target_link_libraries(atlas_dep_${name} INTERFACE ${ARGN})
endfunction()

atlas_dependency(fmt fmt::fmt)
atlas_dependency(crypto OpenSSL::Crypto)
atlas_dependency(ssl OpenSSL::SSL OpenSSL::Crypto)
atlas_dependency(simdjson simdjson::simdjson)
atlas_dependency(pugixml pugixml::pugixml)
atlas_dependency(z ZLIB::ZLIB)
atlas_dependency(sqlite3 PkgConfig::SQLITE3)
atlas_dependency(pq ${PQ})
atlas_dependency(kafka ${RDKAFKA})
atlas_dependency(cli11 CLI11::CLI11)
atlas_dependency(cbc PkgConfig::CBC)
atlas_dependency(re2 PkgConfig::RE2)
atlas_dependency(tomlplusplus)
atlas_dependency(boost Threads::Threads)
target_compile_definitions(atlas_dep_boost INTERFACE
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_VISIBILITY)
