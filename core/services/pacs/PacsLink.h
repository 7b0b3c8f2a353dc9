// An archive as a job needs it, in whichever language it speaks: DIMSE (DimseLink) or DICOMweb (WebLink).
#pragma once

#include "core/base/WorkContext.h"
#include "core/imaging/dimse/DimseClient.h"
#include "core/services/pacs/PacsQueries.h"

#include <QSet>

#include <functional>
#include <memory>

namespace naru::services {

class PacsLink { // of one thread
public:
    struct Found {
        std::vector<PacsStudy> studies{}; // in the archive's order
        bool more = false;
    };
    struct Wanted { // of one study
        imaging::dimse::Level level = imaging::dimse::Level::Study; // Study, Series or Image
        QString seriesUid{};
        QStringList uids{}; // of level Image
        QStringList classes{}; // SOP classes of what is to come; empty: not known
    };
    // One image as it came. `sopUid` as the archive names it; empty where only the bytes say it.
    using Taken = std::function<base::Status(const QByteArray &part10, const QString &sopUid)>;
    // On the way and, with its status, at the end of each question.
    using Counted = std::function<void(const imaging::dimse::SubOperations &)>;
    using Each = imaging::dimse::Client::Each;
    using Outcomes = std::vector<imaging::dimse::StoreOutcome>;

    PacsLink() = default;
    virtual ~PacsLink() = default;
    PacsLink(const PacsLink &) = delete;
    PacsLink &operator=(const PacsLink &) = delete;

    virtual std::vector<PacsTestStep> test(const base::WorkContext &work) = 0;
    virtual base::Result<Found> find(const PacsQuery &query, const base::WorkContext &work) = 0;
    // Empty: the archive lists no instances, or not all of them.
    virtual base::Result<std::vector<PacsInstance>> instances(
        const PacsStudy &study, const base::WorkContext &work) = 0;
    // Whether a whole series is asked for where only `missing` of `all` are: what is here is thrown away.
    virtual bool asksWhole(qsizetype missing, qsizetype all) const = 0;
    virtual base::Status retrieve(const PacsStudy &study, const Wanted &wanted, const Taken &taken,
        const Counted &counted, const base::WorkContext &work) = 0;
    // As imaging::dimse::storeTogether().
    virtual base::Result<Outcomes> store(const QString &studyUid,
        const std::vector<imaging::dimse::Instance> &instances, const Each &each,
        const base::WorkContext &work) = 0;
    // Those of `sent` that an earlier run was told are stored and that the archive does not list. Empty where
    // that is not in doubt or the archive cannot be asked.
    virtual QSet<QString> lost(
        const QString &studyUid, const QSet<QString> &sent, const base::WorkContext &work) = 0;
    virtual base::Result<imaging::dimse::Commitment> commit(const QString &transaction,
        const std::vector<imaging::dimse::InstanceName> &names, int waitSeconds,
        const base::WorkContext &work) = 0;
};

// `matches`: the most that find() returns.
std::unique_ptr<PacsLink> linkTo(const PacsNode &node, int matches);
// One study by its UID: what the archive says of it. services.PacsNoStudy
base::Result<PacsStudy> askStudy(PacsLink &link, const QString &studyUid, const base::WorkContext &work);

} // namespace naru::services
