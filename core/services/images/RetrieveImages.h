// A study of the exchange brought into a chart; of ImageService. Consent, manifest, sources, transfer, check,
// count and audit, in this order. A study that is here in part is completed: what was stored before is not
// fetched.
#pragma once

#include "core/ihe/web/DicomWeb.h"
#include "core/services/ImageService.h"
#include "core/services/Internals.h"
#include "core/services/images/Manifests.h"

#include <map>
#include <optional>
#include <set>

namespace naru::services {

class RetrieveImages {
public:
    RetrieveImages(Profile::Internals &internals, const ImageFetchRequest &request,
        const base::WorkContext &work, const ImageService::FetchArrived &arrived)
        : m(internals)
        , m_request(request)
        , m_work(work)
        , m_arrived(arrived)
    {
    }
    base::Result<ImageFetchReport> run();

private:
    using Names = std::vector<ihe::ImageReference>;
    using Series = std::pair<const std::pair<QString, QString>, Names>; // source and series, images

    base::Status prepare(); // all that must hold before anybody is asked
    base::Status checkConsent();
    base::Status checkCharts(); // the study may be here already, in a chart
    base::Status chooseSource();
    base::Status readManifests(); // those of the request, or of the exchange
    base::Status add(const FoundManifest &manifest);
    base::Status locate(const QString &sourceId, const ihe::ImagingEndpoint *&out) const;
    base::Status listDirectly();
    void want(const ihe::ImagingEndpoint *source, ihe::ImageReference image);
    base::Result<Names> listFrom(const ihe::ImagingEndpoint &source) const;
    std::vector<const Series *> inOrder() const;
    void transfer();
    base::Status series(const Names &all, const Names &missing);
    base::Status viaWeb(const Names &missing);
    base::Status viaSoap(const Names &missing);
    base::Status viaUri(const Names &missing);
    base::Status keep(const QByteArray &part10); // fails only when going on makes no sense
    base::Status accept(const imaging::ImageFacts &facts) const;
    base::Status flush();
    Names missingOf(const Names &all) const;
    std::set<QString> here() const; // SOP instance UIDs of the study that are stored
    void note(const base::Error &error);
    void settle();
    void audit(const base::Error *error);
    void tell();

    Profile::Internals &m;
    const ImageFetchRequest &m_request;
    const base::WorkContext &m_work;
    const ImageService::FetchArrived &m_arrived;
    clinical::Patient m_patient{};
    QString m_studyUid{};
    const ihe::ImagingEndpoint *m_source = nullptr; // of the series under way
    QString m_home{}; // community of the manifest
    std::map<std::pair<QString, QString>, Names> m_bySeries{}; // by source and series
    std::map<QString, QString> m_wanted{}; // SOP instance UID -> series
    std::set<QString> m_before{};
    std::optional<base::Error> m_error{}; // the first that ended a transfer
    int m_waiting = 0; // taken, not durable yet
    ImageFetchReport m_report{};
};

} // namespace naru::services
