// PacsLink over C-FIND, C-GET, C-MOVE, C-STORE and storage commitment.
#pragma once

#include "core/services/pacs/PacsLink.h"

namespace naru::services {

class DimseLink : public PacsLink {
public:
    DimseLink(const PacsNode &node, int matches);
    std::vector<PacsTestStep> test(const base::WorkContext &work) override;
    base::Result<Found> find(const PacsQuery &query, const base::WorkContext &work) override;
    base::Result<std::vector<PacsInstance>> instances(
        const PacsStudy &study, const base::WorkContext &work) override;
    bool asksWhole(qsizetype missing, qsizetype all) const override { return missing == all; }
    base::Status retrieve(const PacsStudy &study, const Wanted &wanted, const Taken &taken,
        const Counted &counted, const base::WorkContext &work) override;
    base::Result<Outcomes> store(const QString &studyUid,
        const std::vector<imaging::dimse::Instance> &instances, const Each &each,
        const base::WorkContext &work) override;
    QSet<QString> lost(
        const QString &studyUid, const QSet<QString> &sent, const base::WorkContext &work) override;
    base::Result<imaging::dimse::Commitment> commit(const QString &transaction,
        const std::vector<imaging::dimse::InstanceName> &names, int waitSeconds,
        const base::WorkContext &work) override;

private:
    bool takesSeveral(const QString &studyUid, const base::WorkContext &work);
    base::Status sendLost(const QString &studyUid, const std::vector<imaging::dimse::Instance> &instances,
        Outcomes &outcomes, const base::WorkContext &work);

    PacsNode m_node;
    imaging::dimse::Limits m_limits{};
    imaging::dimse::Client m_client;
};

} // namespace naru::services
