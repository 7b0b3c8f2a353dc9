# naru_room(NAME DEPS room... LIBS library... [PRIVATE_LIBS library...] [EXCLUDE folder...])
#   One library (static but in the builds for testing, CMakePresets.json) from every *.cpp below the calling folder (tables are generated from its *.tsv), folders that are
#   rooms of their own left out by EXCLUDE.
#   NAME may contain '/' replaced by '_' for rooms below ui/. Errors: <folder>/errors.tsv becomes <folder>/Errors.h.
# naru_table(TARGET FILE.tsv)
#   Embeds FILE.tsv so that <folder>/<File>Table.h offers `std::string_view naru::tables::<File>`.
# naru_test(NAME ROOMS room... [SOURCES file...] [GUI] [LABELS label...])
#   One Qt Test program NAME from NAME.cpp (or SOURCES), registered with ctest.
set(NARU_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})

function(naru_room name)
    cmake_parse_arguments(R "" "" "DEPS;LIBS;PRIVATE_LIBS;EXCLUDE" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
    foreach(folder ${R_EXCLUDE})
        string(LENGTH "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/" length)
        foreach(source ${sources})
            string(SUBSTRING "${source}" 0 ${length} start)
            if(start STREQUAL "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/")
                list(REMOVE_ITEM sources ${source})
            endif()
        endforeach()
    endforeach()
    add_library(naru_${name} ${sources})
    set_property(GLOBAL APPEND PROPERTY NARU_ROOMS naru_${name})
    foreach(dep ${R_DEPS})
        list(APPEND R_LIBS naru_${dep})
    endforeach()
    target_link_libraries(naru_${name} PUBLIC naru_flags ${R_LIBS} PRIVATE ${R_PRIVATE_LIBS})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/errors.tsv)
        naru_generate(naru_${name} errors errors.tsv Errors.h)
        set_property(GLOBAL APPEND PROPERTY NARU_ERROR_TABLES ${CMAKE_CURRENT_SOURCE_DIR}/errors.tsv)
    endif()
endfunction()

function(naru_generate target kind input output)
    file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    set(out ${CMAKE_BINARY_DIR}/generated/${folder}/${output})
    add_custom_command(OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DKIND=${kind} -DIN=${CMAKE_CURRENT_SOURCE_DIR}/${input} -DOUT=${out}
                -DFOLDER=${folder} -P ${NARU_CMAKE_DIR}/GenerateTable.cmake
        DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${input} ${NARU_CMAKE_DIR}/GenerateTable.cmake VERBATIM)
    # A target of its own: as a source of the room it would wait until every lower room is linked.
    string(MAKE_C_IDENTIFIER "${target}_${output}" gen)
    add_custom_target(${gen} DEPENDS ${out})
    add_dependencies(${target} ${gen})
    target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/generated)
endfunction()

function(naru_table target input)
    get_filename_component(base ${input} NAME_WE)
    get_filename_component(dir ${input} DIRECTORY)
    if(dir)
        set(output ${dir}/${base}Table.h)
    else()
        set(output ${base}Table.h)
    endif()
    naru_generate(${target} table ${input} ${output})
endfunction()

# Bounds of the tests ("one clear error within 2 s") hold for an ordinary build on a free machine. Tests run beside others, and
# sanitizers slow everything down; figures that must be exact are measured in tests/bench.
if(NARU_SANITIZE)
    set(NARU_TIME_FACTOR 20)
    # Without it the search for leaks reads a place that a dying thread has given back, and falls (once in some
    # thousand runs, "Tracer caught signal 11"). Libraries that are there from the start keep their TLS elsewhere.
    set(NARU_SANITIZER_OPTIONS "ASAN_OPTIONS=intercept_tls_get_addr=0")
    if(NARU_SANITIZE MATCHES "thread")
        # Programs are started by fork() and exec() here, never by fork() alone.
        set(NARU_SANITIZER_OPTIONS "TSAN_OPTIONS=die_after_fork=0")
    endif()
else()
    set(NARU_TIME_FACTOR 5)
endif()

# A source that ends in `#include "its_name.moc"` gets that file, a header with Q_OBJECT its moc_ source. AUTOMOC would do it too, but with a target, a moc that reads all
# headers of Qt and an empty compilation for each program: 1.6 s of processor time a program.
function(naru_test_moc target)
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
    foreach(source ${ARGN})
        get_filename_component(base ${source} NAME_WE)
        get_filename_component(source ${source} ABSOLUTE)
        file(STRINGS ${source} wanted REGEX "^#include \"${base}\\.moc\"|^ *Q_OBJECT$")
        if(source MATCHES "\\.h$" AND wanted)
            set(output ${folder}/moc_${base}.cpp)
        elseif(wanted MATCHES "#include")
            set(output ${folder}/${base}.moc)
        else()
            continue()
        endif()
        add_custom_command(OUTPUT ${output} COMMAND Qt6::moc -o ${output} ${source} DEPENDS ${source} VERBATIM)
        target_sources(${target} PRIVATE ${output})
    endforeach()
    target_include_directories(${target} PRIVATE ${folder})
endfunction()

function(naru_test name)
    cmake_parse_arguments(T "GUI" "" "ROOMS;SOURCES;LIBS;LABELS" ${ARGN})
    if(NOT T_SOURCES)
        set(T_SOURCES ${name}.cpp)
    endif()
    add_executable(${name} ${T_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    naru_test_moc(${name} ${T_SOURCES})
    foreach(room ${T_ROOMS})
        list(APPEND T_LIBS naru_${room})
    endforeach()
    target_link_libraries(${name} PRIVATE naru_flags Qt6::Core Qt6::Test ${T_LIBS})
    target_compile_definitions(${name} PRIVATE
        NARU_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data" NARU_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        NARU_BINARY_DIR="${CMAKE_BINARY_DIR}" NARU_TIME_FACTOR=${NARU_TIME_FACTOR})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 240 LABELS "${T_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;QT_LOGGING_RULES=qt.qpa.*=false;${NARU_SANITIZER_OPTIONS}")
endfunction()
