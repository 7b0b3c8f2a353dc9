// Manifests of images (XDS-I.b, IHE RAD TF-3 4.68.4.1.2): read through the confined decoder with bounds,
// found in the registry, fetched from their repository and kept in the chart.
#pragma once

#include "core/imaging/objects/KeyObjects.h"
#include "core/services/Internals.h"

namespace naru::services {

// services.BadManifest: no key object selection document, nothing referred to, a UID that is none, or beyond
// the bounds (100 studies, 20,000 images). imaging.* where the bytes cannot be read at all.
base::Result<imaging::KeyObjectDocument> manifestOf(const imaging::DataSetValue &set);
base::Result<imaging::KeyObjectDocument> readManifest(
    Profile::Internals &in, const QByteArray &bytes, const base::WorkContext &work = {});
// It names another patient than this chart's: two of birth date, sex and name differ. One may be a slip.
bool namesAnother(const clinical::Patient &chart, const imaging::KeyObjectDocument &manifest);

struct FoundManifest {
    DocumentRow row{};
    imaging::KeyObjectDocument keys{};
};

class ManifestSearch {
public:
    ManifestSearch(Profile::Internals &internals, PatientKey patient, const base::WorkContext &work)
        : m(internals)
        , m_patient(std::move(patient))
        , m_work(work)
    {
    }
    // All that name the study: the registry's, and where it cannot be asked those kept here. Empty: none. The
    // error is why one that exists could not be used, when none could.
    base::Result<std::vector<FoundManifest>> ofStudy(const QString &studyUid);
    base::Result<FoundManifest> byId(const QString &documentId);

private:
    std::vector<DocumentRow> registered(const QString &studyUid);
    std::vector<DocumentRow> kept() const;
    base::Result<FoundManifest> opened(const DocumentRow &row);

    Profile::Internals &m;
    PatientKey m_patient{};
    const base::WorkContext &m_work;
};

} // namespace naru::services
