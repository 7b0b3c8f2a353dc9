// Referrals that arrive for a seeded hospital are answered after a while: due letters are rows that survive a
// restart, one thread composes them (seed/ReturnLetter) and submits them into the second repository.
#pragma once

#include "app/practice/db/Database.h"
#include "app/practice/repository/Repository.h"
#include "app/practice/world/Site.h"
#include "core/clinical/Parties.h"

#include <atomic>
#include <condition_variable>
#include <thread>

namespace naru::practice {

struct ReplySettings {
    int delaySeconds = 4;
    quint64 seed = 1;
    QHash<QString, clinical::Institution> hospitals{}; // by OID
    QString clinicOid{}; // never answers itself
};

class ReplyDesk {
public:
    ReplyDesk(Database &db, Blobs &blobs, const Site &site, ReplySettings settings);
    ~ReplyDesk() { stop(); }
    ReplyDesk(const ReplyDesk &) = delete;
    ReplyDesk &operator=(const ReplyDesk &) = delete;

    // A document that was registered. Ignored unless it is a referral to one of the hospitals.
    void consider(const QString &repository, const RegistryObject &entry, const QString &patient,
        const QByteArray &cda);
    void start(Repository &repository);
    void stop();
    qint64 waiting() const;

private:
    struct Due {
        qint64 row = 0;
        QString repository{}, uniqueId{}, patient{}, hospital{};
    };
    void loop();
    std::vector<Due> due() const;
    QString answer(const Due &due); // new state: "done" or "failed CODE"
    QString hospitalOf(const QByteArray &cda) const;
    Database &m_db;
    Blobs &m_blobs;
    const Site &m_site;
    ReplySettings m_settings;
    Repository *m_repository = nullptr;
    std::thread m_thread{};
    std::mutex m_mutex{};
    std::condition_variable m_wake{};
    bool m_stop = false;
};

} // namespace naru::practice
