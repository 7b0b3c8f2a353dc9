// One run of one job. What it has reached is kept on the way, so that a run that is killed loses a second.
#pragma once

#include "core/services/ImageTypes.h"
#include "core/services/Internals.h"
#include "core/services/pacs/PacsDetails.h"
#include "core/services/pacs/PacsLink.h"

#include <functional>

namespace naru::services {

class PacsRun { // of one thread
public:
    using Progress = std::function<void(const PacsDetails &)>;
    // `listening`: makes sure that somebody receives, for C-MOVE; what it returns ends that.
    using Listening = std::function<std::shared_ptr<void>()>;
    PacsRun(Profile::Internals &internals, const PacsNode &node, PacsDetails &details,
        const base::WorkContext &work)
        : m(internals)
        , m_node(node)
        , m_details(details)
        , m_work(work)
        , m_link(linkTo(node, MostInstances))
    {
    }

    base::Status fetch(const Progress &progress, const Listening &listening);
    base::Status send(const Progress &progress);

private:
    static constexpr int MostInstances = 100'000;
    QSet<QString> here() const;
    int apart() const;
    base::Status expect();
    base::Status fetchMissing(const QSet<QString> &have);
    void counted(const imaging::dimse::SubOperations &now);
    base::Status ask(const PacsLink::Wanted &wanted);
    base::Status ofThisPatient(const StudyRow &images) const; // services.ImagesOfAnother
    base::Status intoChart(); // services.ImageOtherChart
    base::Status take(const QByteArray &part10, const QString &sopUid);
    base::Status count(bool final);
    void noteMissing(const QSet<QString> &have);
    base::Result<std::vector<imaging::dimse::Instance>> unsent();
    base::Status commit();
    void tell(bool force = false);

    Profile::Internals &m;
    const PacsNode m_node;
    PacsDetails &m_details;
    const base::WorkContext &m_work;
    const std::unique_ptr<PacsLink> m_link;
    Progress m_progress{};
    PacsStudy m_study{};
    std::optional<clinical::Patient> m_chart{}; // that was named
    std::vector<PacsInstance> m_expected{};
    QSet<QString> m_wanted{};
    bool m_partlyListed = false; // of its instances the archive names some, and says itself that it has more
    int m_apartBefore = 0;
    int m_withheld = 0; // instances that the archive says it failed to send
    QSet<QString> m_withheldUids{}; // of them, as far as it names them
    std::vector<imaging::dimse::InstanceName> m_names{}; // of all instances of the study that is sent
    qint64 m_told = 0;
    base::Status m_refusal{}; // first reason why something could not be kept
};

} // namespace naru::services
