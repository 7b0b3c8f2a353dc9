// What a job knows, sealed with it.
#pragma once

#include "core/imaging/dimse/DimseTypes.h"
#include "core/services/PacsTypes.h"
#include "core/storage/stores/PacsJobStore.h"

#include <QMap>
#include <QSet>

namespace naru::services {

struct PacsDetails {
    QString studyUid{}, studyKey{}, patientKey{};
    int total = 0, done = 0, warnings = 0, failed = 0, committed = -1, converted = 0, conflicts = 0;
    QString message{};
    QMap<QString, QString> reason{}; // arguments of the error it ended with
    QString transaction{}; // of an open storage commitment
    QSet<QString> sent{}; // SOP instance UIDs that the node accepted
    QSet<QString> confirmed{}; // of `sent`: the node answers for them (storage commitment)
    QStringList missing{}; // SOP instance UIDs that did not come; the first thousand
    QMap<QString, int> refused{}; // it does not, and why: no longer in `sent`, so that they go again

    // The report of the open transaction. What it leaves out is not answered for.
    void take(const imaging::dimse::Commitment &report);
    void note(const base::Status &outcome); // message and reason
    base::Status answeredFor() const; // services.PacsNotCommitted where some are in `refused`

    QByteArray toJson() const;
    static PacsDetails fromJson(const QByteArray &json);
};

PacsJob jobOf(const storage::PacsJobRecord &record);

} // namespace naru::services
