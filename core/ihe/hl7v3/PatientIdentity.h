// What the identity transactions (ITI-44, 45, 47) say about a person.
#pragma once

#include "core/clinical/Parties.h"

#include <QStringList>

namespace naru::ihe {

// Devices of the HL7 v3 transmission wrapper: SiteProfile senderDevice and receiverDevice.
struct V3Devices {
    QString sender{}; // OID
    QString receiver{}; // OID
    friend bool operator==(const V3Devices &, const V3Devices &) = default;
};

struct PatientIdentity {
    std::vector<clinical::Identifier> ids{}; // all known, each with its assigning authority
    QString family{}, given{};
    clinical::Sex sex = clinical::Sex::Unknown;
    base::Timestamp birthDate{};
    QString phone{};
    clinical::Address address{};
    int matchQuality = -1; // percent (ITI-47 QueryMatchObservation); -1: not said
    QString statusCode{}; // lower case: "active"
    QString name() const; // as people read it
    QString idOf(const QString &authority) const; // extension; empty when there is none
    friend bool operator==(const PatientIdentity &, const PatientIdentity &) = default;
};

// MCCI acknowledgement and QUQI query acknowledgement; both have to be right.
struct V3Acknowledgement {
    QString typeCode{}; // AA AE AR (CA CE CR count alike)
    QString queryResponse{}; // OK NF AE QE; empty when there is no query
    QStringList details{}; // acknowledgementDetail: "code text"
    bool accepted() const { return typeCode == QLatin1String("AA") || typeCode == QLatin1String("CA"); }
    friend bool operator==(const V3Acknowledgement &, const V3Acknowledgement &) = default;
};

} // namespace naru::ihe
