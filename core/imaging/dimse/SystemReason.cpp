#include "core/imaging/dimse/SystemReason.h"

#include "core/imaging/dimse/Errors.h"

#include <array>
#include <cerrno>

namespace naru::imaging::dimse {

QString systemReason(int number)
{
    struct Row {
        int number;
        base::ErrorCode code;
    };
    static constexpr std::array rows{Row{ECONNREFUSED, errors::WhyRefused},
        Row{ETIMEDOUT, errors::WhyNoAnswer}, Row{EHOSTDOWN, errors::WhyNoAnswer},
        Row{EHOSTUNREACH, errors::WhyNoRoute}, Row{ENETUNREACH, errors::WhyNoRoute},
        Row{ENETDOWN, errors::WhyNoNetwork}, Row{ECONNRESET, errors::WhyReset},
        Row{ECONNABORTED, errors::WhyReset}, Row{EPIPE, errors::WhyReset}, Row{EACCES, errors::WhyForbidden},
        Row{EPERM, errors::WhyForbidden}, Row{EADDRINUSE, errors::WhyInUse},
        Row{EADDRNOTAVAIL, errors::WhyAddress}, Row{EAFNOSUPPORT, errors::WhyAddress},
        Row{EINVAL, errors::WhyAddress}, Row{EMFILE, errors::WhyNoRoom}, Row{ENFILE, errors::WhyNoRoom},
        Row{ENOBUFS, errors::WhyNoRoom}, Row{ENOMEM, errors::WhyNoRoom}, Row{EAGAIN, errors::WhyNoRoom}};
    for (const Row &row : rows) {
        if (row.number == number)
            return QString::fromLatin1(row.code.id);
    }
    return QStringLiteral("errno %1").arg(number);
}

} // namespace naru::imaging::dimse
