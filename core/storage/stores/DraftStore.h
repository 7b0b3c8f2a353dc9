// Documents being written. The journal takes every pause in typing, so that a crash loses a second or two;
// "saved" is what the doctor saved. Whoever edits a draft holds it as an editor (host, process); an editor
// that died leaves an orphan to offer.
#pragma once

#include "core/clinical/Document.h"
#include "core/security/Sealer.h"
#include "core/storage/Database.h"

#include <optional>

namespace naru::storage {

struct DraftSummary {
    QString id{};
    QString owner{}; // account
    QString patientKey{};
    clinical::Form form = clinical::Form::Unknown;
    QDateTime created{}, updated{}, saved{}; // UTC; saved invalid when never
    qint64 journalRevision = 0; // counts every journal() and save()
    qint64 savedRevision = 0; // equals journalRevision when nothing is unsaved
    QString host{};
    qint64 pid = 0;
    bool cleanClosed = true; // no editor has it open
    bool hasUnsaved() const { return journalRevision > savedRevision; }
    friend bool operator==(const DraftSummary &, const DraftSummary &) = default;
};

struct Draft {
    DraftSummary summary{};
    QByteArray journal{}; // JSON, newest
    QByteArray saved{}; // JSON, last saved; empty when never
    friend bool operator==(const Draft &, const Draft &) = default;
};

class DraftStore {
public:
    DraftStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer);

    // Open by this process, not yet saved. Returns the id (UUID).
    base::Result<QString> create(
        const QString &owner, const QString &patientKey, clinical::Form form, const QByteArray &json);
    base::Status journal(const QString &id, const QByteArray &json);
    base::Status save(const QString &id, const QByteArray &json); // both revisions
    base::Result<Draft> get(const QString &id) const;
    base::Result<QList<DraftSummary>> list(
        const QString &owner = {}, const QString &patientKey = {}) const; // newest first
    // Takes the draft for this process; WrongState when a living process has it.
    base::Status open(const QString &id);
    base::Status closeCleanly(const QString &id);
    base::Status revertToSaved(const QString &id);
    base::Status discard(const QString &id);
    // Open by an editor that no longer lives: killed, crashed, power cut. Only drafts of this host can be
    // told.
    base::Result<QList<DraftSummary>> orphans(const QString &owner = {}) const;

private:
    base::Status write(const QString &id, const QByteArray &json, bool saved);
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
};

} // namespace naru::storage
