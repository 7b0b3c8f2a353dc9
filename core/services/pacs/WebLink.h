// PacsLink over DICOMweb: QIDO-RS, WADO-RS and STOW-RS. Images come in the syntax they are stored in and are
// sent as they are; nothing of them is read here.
#pragma once

#include "core/ihe/web/DicomWeb.h"
#include "core/ihe/web/StowRs.h"
#include "core/services/pacs/PacsLink.h"

namespace naru::services {

class WebLink : public PacsLink {
public:
    WebLink(const PacsNode &node, int matches);
    std::vector<PacsTestStep> test(const base::WorkContext &work) override;
    base::Result<Found> find(const PacsQuery &query, const base::WorkContext &work) override;
    base::Result<std::vector<PacsInstance>> instances(
        const PacsStudy &study, const base::WorkContext &work) override;
    // One request an image costs a connection each; half a series again costs less.
    bool asksWhole(qsizetype missing, qsizetype all) const override { return 2 * missing > all; }
    base::Status retrieve(const PacsStudy &study, const Wanted &wanted, const Taken &taken,
        const Counted &counted, const base::WorkContext &work) override;
    // Several requests at once, each with some of the images: an archive that syncs each file to its disc
    // does so for several at a time.
    base::Result<Outcomes> store(const QString &studyUid,
        const std::vector<imaging::dimse::Instance> &instances, const Each &each,
        const base::WorkContext &work) override;
    // DICOMweb has none; checkNode() lets no node ask for it.
    QSet<QString> lost(
        const QString &studyUid, const QSet<QString> &sent, const base::WorkContext &work) override;
    base::Result<imaging::dimse::Commitment> commit(const QString &transaction,
        const std::vector<imaging::dimse::InstanceName> &names, int waitSeconds,
        const base::WorkContext &work) override;

private:
    using Keys = std::vector<std::pair<quint32, QString>>;
    base::Result<ihe::WebStudies> findPlain(const Keys &keys, const base::WorkContext &work) const;
    struct Sending; // what the requests of one store() share
    struct Batch;
    void carry(Sending &sending, const base::WorkContext &work) const;
    static Batch gather(Sending &sending, const base::WorkContext &work);
    void sendBatch(Sending &sending, const Batch &batch, const base::WorkContext &work) const;

    QString m_url{};
    net::HttpClient m_http;
    ihe::ImagingEndpoint m_place{};
    ihe::DicomWeb m_web;
    ihe::StowRs m_stow;
    int m_matches = 0;
    bool m_showsCertificate = false;
};

base::Status checkWebNode(const PacsNode &node); // dimse.Invalid

} // namespace naru::services
