// Result<T>: a value or an Error; the subset of std::expected (C++23) that this project uses.
// Reading the wrong side is a programmer's mistake and ends the program (Q_ASSERT_X in every build type).
#pragma once

#include "core/base/Error.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>
#include <variant>

namespace naru::base {

[[noreturn]] inline void resultMisused(const char *what)
{
    std::fprintf(stderr, "Result misused: %s\n", what);
    std::abort();
}

template <typename T> class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }
    Result(ErrorCode code)
        : m_state(std::in_place_index<1>, Error(code))
    {
    }

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &value() &
    {
        if (!ok())
            resultMisused(error().code.id);
        return *std::get_if<0>(&m_state);
    }
    const T &value() const &
    {
        if (!ok())
            resultMisused(error().code.id);
        return *std::get_if<0>(&m_state);
    }
    T &&value() && { return std::move(static_cast<Result &>(*this).value()); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    T valueOr(T fallback) const { return ok() ? value() : std::move(fallback); }

    const Error &error() const
    {
        if (ok())
            resultMisused("error() of a success");
        return *std::get_if<1>(&m_state);
    }

    // f(T) -> Result<U>; errors pass through.
    template <typename F> auto andThen(F &&f) const & -> decltype(f(std::declval<const T &>()))
    {
        if (ok())
            return f(value());
        return error();
    }
    // f(T) -> U; errors pass through.
    template <typename F> auto map(F &&f) const & -> Result<decltype(f(std::declval<const T &>()))>
    {
        if (ok())
            return f(value());
        return error();
    }

private:
    std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {
    }
    Result(ErrorCode code)
        : m_error(Error(code))
    {
    }

    bool ok() const { return !m_error; }
    explicit operator bool() const { return ok(); }
    const Error &error() const
    {
        if (ok())
            resultMisused("error() of a success");
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

using Status = Result<void>;

} // namespace naru::base

// Hand an error to the caller: NARU_TRY(status);  NARU_ASSIGN(auto value, expression);
#define NARU_TRY(expression)                                                                                 \
    do {                                                                                                     \
        if (auto naruStatus = (expression); !naruStatus)                                                     \
            return naruStatus.error();                                                                       \
    } while (false)
#define NARU_CONCAT2(a, b) a##b
#define NARU_CONCAT(a, b) NARU_CONCAT2(a, b)
#define NARU_ASSIGN(declaration, expression)                                                                 \
    auto NARU_CONCAT(naruResult, __LINE__) = (expression);                                                   \
    if (!NARU_CONCAT(naruResult, __LINE__))                                                                  \
        return NARU_CONCAT(naruResult, __LINE__).error();                                                    \
    declaration = std::move(NARU_CONCAT(naruResult, __LINE__)).value()
