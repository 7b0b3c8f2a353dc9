// What was chosen before, kept in the sealed store and in memory: by this doctor, in this clinic, for this
// patient. A choice weighs 1 and halves every 90 days. Rows are identified by system and code, and carry the
// KOSTOM concept so that a new release that names the concept differently can move them; texts are kept only
// to show a code that no release has any more.
#pragma once

#include "core/services/TermTypes.h"
#include "core/storage/stores/Stores.h"

#include <QHash>

#include <memory>
#include <mutex>
#include <vector>

namespace naru::services {

struct TermMemory {
    TermHit hit{}; // system, code, conceptCode, ko, en, systemName, used
    double weight = 0; // as of the last choice
    QDateTime at{}; // UTC, of the last choice; invalid when only marked as a favourite
    bool favourite = false;
};

class TermUsageBook {
public:
    explicit TermUsageBook(const storage::Stores &stores);

    // For the ranking; null when nothing was ever used. Rows are read from the store once; what is chosen
    // here is followed in memory, because a thousand rows to unseal would be felt at the next key.
    std::shared_ptr<const terminology::TermUsage> usage(
        const QString &user, const QString &patient, const QDateTime &now);
    // Takes in what other programs chose: reads again when another connection has written meanwhile.
    void reload();

    std::vector<TermMemory> doctor(const QString &user); // newest first, favourites that were never used last
    std::vector<TermMemory> patient(const QString &patient); // newest first
    std::vector<TermMemory> clinic(const QDateTime &now); // heaviest first
    std::vector<TermHit> onProblemList(const QString &patient);

    base::Status used(const QString &user, const QString &patient, const TermHit &hit, const QDateTime &when);
    base::Result<bool> toggleFavourite(const QString &user, const TermHit &hit);
    // The row goes on under another code, its weight and mark with it; added to a row that exists already.
    base::Status move(const QString &user, const TermMemory &from, const TermHit &to);

    static double decayed(const TermMemory &memory, const QDateTime &now);

private:
    struct Cached {
        QString user{}, patient{};
        bool known = false;
        QDate day{}; // decay is taken at its start: one query keeps its order within a day
        std::shared_ptr<const terminology::TermUsage> usage{};
    };
    // With m_mutex held.
    const std::vector<TermMemory> &rows(const QString &owner, const QString &kind);
    void follow(const QString &owner, const QString &kind, const TermMemory &memory);
    std::vector<TermMemory> read(const QString &owner, const QString &kind) const;
    qint64 dataVersion() const;

    base::Result<TermMemory> add(
        const QString &owner, const QString &kind, const TermHit &hit, double weight, QDateTime when);

    const storage::Stores &m_stores;
    std::mutex m_mutex{};
    QHash<QString, std::vector<TermMemory>> m_rows{}; // by kind and owner
    qint64 m_version = -1; // of the database when m_rows was read
    Cached m_cached{};
};

} // namespace naru::services
