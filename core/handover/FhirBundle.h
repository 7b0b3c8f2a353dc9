// The resources of a FHIR R4 Bundle by reference: fullUrl, Type/id, urn:uuid:, and #contained. Nothing is
// fetched.
#pragma once

#include "core/handover/Json.h"

#include <QHash>

namespace naru::handover {

struct FhirResource {
    const Json *json = nullptr; // into the tree the bundle was made from, which must outlive it
    QString type{};
    QString fullUrl{};
    QString path{}; // "Bundle.entry[4].resource"
};

class FhirBundle {
public:
    // A Bundle, or any single resource as a bundle of one.
    explicit FhirBundle(const Json &root);

    const std::vector<FhirResource> &resources() const { return m_resources; }
    // The target of a Reference element; `from` is the resource it stands in (for #contained). nullptr when
    // it is not here.
    const Json *resolve(const Json &reference, const FhirResource &from) const;

private:
    std::vector<FhirResource> m_resources{};
    QHash<QString, const Json *> m_byReference{};
};

} // namespace naru::handover
