# sekimori_stage(NAME [SOURCES generated.cpp ...] [LINK ...] [USES stage ...])
# A stage is a static library sekimori_NAME of every source in lib/NAME and, where tests are on, a
# doctest executable test_NAME of every *.cpp in tests/NAME but write_*.cpp. USES names the stages
# below that it calls.
add_library(sekimori_flags INTERFACE)
target_include_directories(sekimori_flags INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/lib)
target_compile_options(sekimori_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 sees overlaps in std::string's own operator+ (GCC bug 105651)
                       $<$<BOOL:${SEKIMORI_DEVELOPER_MODE}>:-Werror>)

if(SEKIMORI_BUILD_TESTS)
  add_library(sekimori_doctest OBJECT ${PROJECT_SOURCE_DIR}/tests/doctest_main.cpp)
  target_link_libraries(sekimori_doctest PUBLIC doctest::doctest)
endif()

function(sekimori_stage name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/version_of_library\\.cpp$")
  add_library(sekimori_${name} STATIC ${sources} ${arg_SOURCES})
  target_link_libraries(sekimori_${name} PUBLIC sekimori_flags)
  target_link_libraries(sekimori_${name} PRIVATE ${arg_LINK})
  foreach(below IN LISTS arg_USES)
    target_link_libraries(sekimori_${name} PUBLIC sekimori_${below})
  endforeach()
  if(SEKIMORI_BUILD_TESTS)
    file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${name}/*.cpp)
    list(FILTER tests EXCLUDE REGEX "/write_[^/]*$")
    add_executable(test_${name} ${tests})
    target_link_libraries(test_${name} PRIVATE sekimori_${name} sekimori_doctest)
    target_compile_definitions(test_${name} PRIVATE SEKIMORI_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND test_${name})
  endif()
endfunction()

# A test that is a Python script; exit code 77 means that it was skipped, and it says why.
function(sekimori_python_test name script)
  add_test(NAME ${name} COMMAND ${Python_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/${script} ${ARGN})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77
                       ENVIRONMENT "SEKIMORI_COMMAND=${PROJECT_BINARY_DIR}/bindings/cli/sekimori")
endfunction()
