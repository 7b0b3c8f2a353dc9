// What goes on behind PacsService: jobs, the listener, watched folders. Of this room only.
#pragma once

#include "core/imaging/dimse/DimseListener.h"
#include "core/services/ImageTypes.h"
#include "core/services/PacsService.h"
#include "core/services/pacs/PacsDetails.h"

#include <QHash>
#include <QSet>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace naru::services {

class PacsDesk {
public:
    explicit PacsDesk(Profile::Internals &internals);
    ~PacsDesk();

    base::Result<PacsJob> run(
        const QString &id, const base::WorkContext &work, const PacsService::Progress &progress);
    void stopRunning(const QString &id);

    base::Result<int> listen();
    void stopListening();
    bool isListening() const;
    PacsService::Arrivals arrivals() const;

    base::Result<int> importFolders(const base::WorkContext &work);
    void start(std::function<void(const base::WorkContext &)> round);
    void wake();

private:
    base::Status carryOut(const storage::PacsJobRecord &record, PacsDetails &details,
        const base::WorkContext &work, const PacsService::Progress &progress);
    void adoptReport(const QString &id, PacsDetails &details) const;
    base::Status finish(
        const storage::PacsJobRecord &record, const PacsDetails &details, const base::Status &outcome);
    void audited(const QString &act, const QString &object, const QString &node, const base::Status &outcome);
    base::Status received(const imaging::dimse::Received &received);
    void ended(const QString &callingAe, int kept, int failed, const base::Status &status);
    void committed(const imaging::dimse::Commitment &report);
    void noteLookedAt(const QHash<QString, QString> &marks, const ImportReport *report);
    QString nodeName(const QString &aeTitle) const;

    Profile::Internals &m;
    mutable std::mutex m_mutex{};
    std::atomic<bool> m_closing{false};
    QHash<QString, std::stop_source> m_running{};
    std::unique_ptr<imaging::dimse::Listener> m_listener{};
    std::mutex m_listenMutex{};
    std::mutex m_reports{}; // between a report of storage commitment and the end of a run
    QHash<QString, QSet<QString>> m_arrived{}; // study UIDs by calling AE title, of open associations
    std::atomic<int> m_kept{0}, m_failed{0}, m_conflicts{0};
    QHash<QString, QString> m_seen{}; // files of watched folders: size and time when they were imported
    struct Later {
        int attempts = 0;
        QDateTime notBefore{};
    };
    QHash<QString, Later> m_later{}; // files that could not be kept for a reason of the moment
    std::condition_variable_any m_wake{};
    bool m_woken = false;
    std::jthread m_worker{};
};

} // namespace naru::services
