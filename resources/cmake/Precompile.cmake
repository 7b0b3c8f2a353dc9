# Precompiled headers of the language and of Qt, since reading headers is half of a compilation, with -O3 too: four for the whole
# tree, each used by every target of its folders. Only system headers, so that a change of our own never rebuilds the tree. A
# source must still include what it uses: the builds without this option (fuzz, tidy) refuse it otherwise.
function(naru_precompiled kind)
    add_library(naru_precompiled_${kind} OBJECT ${NARU_CMAKE_DIR}/precompiled/Empty.cpp)
    target_link_libraries(naru_precompiled_${kind} PRIVATE naru_flags Qt6::Core ${ARGN})
    target_precompile_headers(naru_precompiled_${kind} PRIVATE ${NARU_CMAKE_DIR}/precompiled/${kind}.h)
endfunction()

function(naru_use_precompiled folder)
    get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
    foreach(target ${targets})
        get_target_property(type ${target} TYPE)
        get_target_property(libraries ${target} LINK_LIBRARIES)
        list(FILTER libraries EXCLUDE REGEX "^naru_flags$") # no room and no Qt: the header would not be found
        if(NOT type MATCHES "EXECUTABLE|STATIC_LIBRARY|SHARED_LIBRARY" OR NOT libraries MATCHES "naru_|Qt6::")
            continue()
        endif()
        set(kind core)
        if(libraries MATCHES "Qt6::Test")
            set(kind tests)
        endif()
        if(libraries MATCHES "naru_(shell|forms|viewport|pages?)|Qt6::Widgets")
            set(kind ui_${kind})
        endif()
        set_target_properties(${target} PROPERTIES DEFINE_SYMBOL "") # a macro of its own would make the header unfit
        target_precompile_headers(${target} REUSE_FROM naru_precompiled_${kind})
    endforeach()
    get_property(below DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
    foreach(next ${below})
        naru_use_precompiled(${next})
    endforeach()
endfunction()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(naru_flags INTERFACE -fpch-preprocess) # without it ccache gives up
endif()
# Where a test was built and where its sources stand (for QFINDTESTDATA, which no test uses) differs from target to target.
set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)
naru_precompiled(core)
naru_precompiled(tests Qt6::Test)
if(NARU_GUI)
    naru_precompiled(ui_core Qt6::Widgets Qt6::Svg Qt6::Network Qt6::DBus)
    naru_precompiled(ui_tests Qt6::Widgets Qt6::Svg Qt6::Network Qt6::DBus Qt6::Test)
endif()
naru_use_precompiled(${CMAKE_SOURCE_DIR})
