// Loops over samples for processors that take eight at once. Which one it is does not change while the
// program runs, and asking it is no system call.
#pragma once

#if defined(__x86_64__)
#define NARU_AVX2 [[gnu::target("avx2,bmi,bmi2")]]
#endif

namespace naru::imaging::codecs {

inline bool hasAvx2()
{
#if defined(__x86_64__)
    static const bool is =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    return is;
#else
    return false;
#endif
}

} // namespace naru::imaging::codecs
