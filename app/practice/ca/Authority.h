// The exchange's own certificate authority: made on the first start, kept in the data folder, used for the
// server, the clinic, the exchange's own calls and any further institution that wants to practise.
#pragma once

#include "core/base/Result.h"

#include <QString>

namespace naru::practice {

class Authority {
public:
    // Creates ca.pem and ca.key in `folder` when missing. Error: base.Io.
    static base::Result<Authority> open(const QString &folder);

    // <folder>/<name>.pem and .key. Subject CN = `commonName`, O = `organisation`; `server` adds SAN
    // 127.0.0.1 and localhost. Nothing happens when both files are there. Error: base.Io.
    base::Status ensure(
        const QString &name, const QString &commonName, const QString &organisation, bool server) const;
    QString caFile() const { return m_folder + QStringLiteral("/ca.pem"); }
    QString certificateFile(const QString &name) const
    {
        return m_folder + QLatin1Char('/') + name + QStringLiteral(".pem");
    }
    QString keyFile(const QString &name) const
    {
        return m_folder + QLatin1Char('/') + name + QStringLiteral(".key");
    }

private:
    explicit Authority(QString folder)
        : m_folder(std::move(folder))
    {
    }
    QString m_folder;
};

} // namespace naru::practice
