// The exchange this profile belongs to, and its endpoint test.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

struct EndpointRow {
    QString key{}; // "registry" "repository:<id>" "pix" "pdq" "audit"
    QString title{};
    QString address{};
};

class SiteService {
public:
    explicit SiteService(Profile::Internals &internals);

    QString name() const;
    QString title(const QString &language) const;
    QString file() const;
    clinical::Institution clinic() const;
    clinical::Practitioner doctor() const;
    base::Status setClinic(const clinical::Institution &clinic, const clinical::Practitioner &doctor);
    std::vector<EndpointRow> endpoints() const;
    // `step` is called as each step finishes.
    base::Result<ProbeResult> check(const QString &endpoint, const base::WorkContext &work,
        const std::function<void(const ProbeResult &)> &step = {});
    int holdSeconds() const;
    bool online() const; // the last exchange with any endpoint succeeded
    QDateTime lastContact() const;
    struct Certificate {
        QString subject{}, issuer{}, fingerprint{};
        QDateTime notAfter{};
    };
    base::Result<Certificate> certificate() const; // of this clinic
    QByteArray showJson() const; // the profile without secrets

private:
    Profile::Internals &m;
};

} // namespace naru::services
