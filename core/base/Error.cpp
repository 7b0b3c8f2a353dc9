#include "core/base/Error.h"

namespace naru::base {

bool Error::has(const ErrorCode &other) const
{
    return code == other || (cause && cause->has(other));
}

Error &Error::because(Error inner)
{
    cause = std::make_shared<const Error>(std::move(inner));
    return *this;
}

Error &Error::with(const QString &name, const QString &value)
{
    arguments.insert(name, value);
    return *this;
}

QString Error::toString() const
{
    QString text = QString::fromLatin1(code.id);
    if (!detail.isEmpty())
        text += QStringLiteral(": ") + detail;
    if (cause)
        text += QStringLiteral(" <- ") + cause->toString();
    return text;
}

} // namespace naru::base
