# Warnings and hardening for every target. naru_flags carries them so that third-party code is not touched.
add_library(naru_flags INTERFACE)
target_compile_definitions(naru_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 NARU_VERSION="${PROJECT_VERSION}")
target_include_directories(naru_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(naru_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2
    -fstack-protector-strong -fno-common)
if(NARU_WERROR)
    target_compile_options(naru_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # An embedded table is one literal, longer than the 65536 characters the standard promises; both compilers take it.
    target_compile_options(naru_flags INTERFACE -Wno-overlength-strings)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(naru_flags INTERFACE -fstack-clash-protection)
endif()
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    target_compile_options(naru_flags INTERFACE -fcf-protection)
endif()
target_link_options(naru_flags INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
if(CMAKE_BUILD_TYPE MATCHES "Release|RelWithDebInfo" AND NOT NARU_SANITIZE)
    target_compile_definitions(naru_flags INTERFACE _FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
endif()
if(NARU_SANITIZE)
    add_compile_options(-fsanitize=${NARU_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    if(NARU_SANITIZE MATCHES "undefined")
        # A descriptor for every access to memory: half of each object, a fifth of each compilation and 46 MB for the loader to
        # relocate at every start of a program. A null pointer stops the program without them; bytes of strangers are read under
        # all checks in the fuzz targets.
        add_compile_options(-fno-sanitize=null,alignment)
    endif()
    if(NARU_SANITIZE MATCHES "thread")
        # gcc 12 sees values that are not set where the sanitizer has taken std::optional apart (at -O1 only).
        add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    endif()
    add_link_options(-fsanitize=${NARU_SANITIZE})
endif()
if(NARU_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=address,undefined)
endif()
