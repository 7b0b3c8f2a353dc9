// A failure as a value: a stable code for programs, English detail for engineers, arguments for sentences.
// Rows of codes live in each room's errors.tsv (code TAB exit status TAB English TAB Korean); the build turns
// them into constants (<room>/Errors.h) and ui/text turns them into sentences. Neither `detail` nor
// `arguments` may ever carry patient data: they reach logs and support.
#pragma once

#include <QMap>
#include <QString>
#include <memory>
#include <string_view>

namespace naru::base {

// Exit statuses of naructl, the contract of its users: 1 the answer is no, 3 endpoint unreachable or
// unusable, 4 not permitted, 5 local data fault, 6 outcome unknown.
struct ErrorCode {
    const char *id = "base.Unknown"; // "room.CamelCase", stable for ever
    int exitStatus = 5;

    friend bool operator==(const ErrorCode &a, const ErrorCode &b)
    {
        return std::string_view(a.id) == std::string_view(b.id);
    }
};

struct Error {
    ErrorCode code{};
    QString detail{}; // English, no patient data
    QMap<QString, QString> arguments{}; // %{name} in the sentences of errors.tsv
    std::shared_ptr<const Error> cause{};

    Error() = default;
    explicit Error(ErrorCode code_, QString detail_ = {}, QMap<QString, QString> arguments_ = {})
        : code(code_)
        , detail(std::move(detail_))
        , arguments(std::move(arguments_))
    {
    }

    bool is(const ErrorCode &other) const { return code == other; }
    // True when this error or any of its causes carries `other`.
    bool has(const ErrorCode &other) const;
    Error &because(Error inner);
    Error &with(const QString &name, const QString &value);
    // "net.Timeout: no answer in 30 s <- ..." for logs and --debug output.
    QString toString() const;
};

} // namespace naru::base
