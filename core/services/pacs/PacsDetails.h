// What a job knows, sealed with it.
#pragma once

#include "core/services/PacsTypes.h"
#include "core/storage/stores/PacsJobStore.h"

#include <QSet>

namespace naru::services {

struct PacsDetails {
    QString studyUid{}, studyKey{}, patientKey{};
    int total = 0, done = 0, warnings = 0, failed = 0, committed = -1, converted = 0;
    QString message{};
    QString transaction{}; // of an open storage commitment
    QSet<QString> sent{}; // SOP instance UIDs that the node accepted

    QByteArray toJson() const;
    static PacsDetails fromJson(const QByteArray &json);
};

PacsJob jobOf(const storage::PacsJobRecord &record);

} // namespace naru::services
