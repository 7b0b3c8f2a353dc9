#!/usr/bin/env bash
# The Debian 12 packages Naru needs, in groups, and the function that installs what is missing.
# Sourced by ./run, ./test and .ci/run; the one list of dependencies.
packages_build=(g++ cmake ninja-build pkg-config git
    qt6-base-dev qt6-svg-dev qt6-pdf-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libgl1-mesa-dev
    libcurl4-openssl-dev libssl-dev libsqlite3-dev libzip-dev libcpp-httplib-dev
    libdcmtk-dev libopenjp2-7-dev libopenjph-dev libcharls-dev libjpeg62-turbo-dev libpng-dev zlib1g-dev libseccomp-dev)
packages_run=(qt6-qpa-plugins qt6-translations-l10n libqt6pdf6 fonts-noto-cjk libzip4
    libdcmtk17 libopenjp2-7 libopenjph0.9 libcharls2 libjpeg62-turbo libpng16-16 zlib1g libseccomp2)
packages_test=(python3 curl openssl sqlite3 xvfb xauth xdotool dbus dbus-x11 at-spi2-core python3-gi gir1.2-glib-2.0
    dcmtk clang clang-format libclang-rt-14-dev procps libxcb-cursor0)
packages_tidy=(clang-tidy)
packages_bench=(libgdcm-dev)
packages_interop=(orthanc orthanc-dicomweb dcmtk rsyslog rsyslog-gnutls libxml2-utils default-jdk-headless maven)

# need_packages NAME...: installs the missing ones, asking once through sudo when not root.
need_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q '^install ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Installing: ${missing[*]}" >&2
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "error: not root and no sudo; install by hand: ${missing[*]}" >&2; return 1; }
        as_root=(sudo)
    fi
    # A failing refresh is no reason to stop: the packages may be in the lists already.
    "${as_root[@]}" apt-get update -qq >&2 || true
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# build_preset PRESET [TARGET...]: configures once, builds; prints only what went wrong.
build_preset() {
    local preset=$1
    shift
    local log="build/$preset.log" targets=()
    mkdir -p build
    [ $# -gt 0 ] && targets=(--target "$@")
    local launcher=()
    command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache) && export CCACHE_SLOPPINESS=pch_defines,time_macros
    if ! cmake --preset "$preset" "${launcher[@]}" >"$log" 2>&1 || ! cmake --build "build/$preset" -j "$(build_jobs)" "${targets[@]}" >>"$log" 2>&1; then
        grep -E "error|Error|FAILED" "$log" | head -40 >&2
        echo "error: the build failed; the whole log is $log" >&2
        return 1
    fi
}

# One compiler needs up to 1 GiB here; a machine with many cores and little memory would start to swap.
build_jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
    [ "$memory" -lt 1 ] && memory=1
    echo $((cores < memory ? cores : memory))
}
