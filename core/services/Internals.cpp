#include "core/services/Internals.h"

#include "core/services/AccountService.h"
#include "core/services/AuditBridge.h"
#include "core/services/AuditService.h"
#include "core/services/BackgroundWork.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/Errors.h"
#include "core/services/FactsJson.h"
#include "core/services/ImageService.h"
#include "core/services/ImageSharing.h"
#include "core/services/OutboxService.h"
#include "core/services/PacsService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"
#include "core/services/SettingsService.h"
#include "core/services/SiteService.h"
#include "core/services/TermService.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <cstdio>

namespace naru::services {

Profile::Internals::Internals() = default;
Profile::Internals::~Internals()
{
    background.reset();
}

QString Profile::Internals::userName() const
{
    const std::lock_guard lock(userMutex);
    return user.name;
}

ihe::SiteClinic Profile::Internals::clinic() const
{
    const std::lock_guard lock(siteMutex);
    return site.clinic;
}

audit::EventBuilder Profile::Internals::events() const
{
    audit::Session session;
    session.clock = clock;
    {
        const std::lock_guard lock(userMutex);
        session.account = user.name;
        session.userName = user.displayName;
        session.roleCode = security::roleKey(user.role);
    }
    session.host = QSysInfo::machineHostName();
    session.processId = QString::number(QCoreApplication::applicationPid());
    session.sourceId = clinic().institution.oid;
    return audit::EventBuilder(session);
}

void Profile::Internals::record(const audit::AuditEvent &event)
{
    if (const auto stored = stores.audit->append(event); !stored)
        std::fprintf(stderr, "audit: a record could not be written: %s\n",
            stored.error().toString().toUtf8().constData());
    else
        changed(Change::Audit);
}

void Profile::Internals::changed(Change what)
{
    std::vector<Profile::Listener> toCall;
    {
        const std::lock_guard lock(listeners->mutex);
        for (const auto &[id, listener] : listeners->byId)
            toCall.push_back(listener);
    }
    for (const Profile::Listener &listener : toCall)
        listener(what);
}

base::Timestamp Profile::Internals::nowLocal() const
{
    return base::Timestamp::fromDateTime(clock->nowUtc().toOffsetFromUtc(9 * 3600));
}

QDate Profile::Internals::today() const
{
    return clock->nowUtc().toOffsetFromUtc(9 * 3600).date();
}

PatientRow Profile::Internals::rowOf(const storage::PatientRecord &record) const
{
    PatientRow row;
    row.key = record.key;
    row.name = record.patient.name;
    row.sex = record.patient.sex;
    row.birthDate = record.patient.birthDate;
    row.chartNumber = record.patient.localId.extension;
    row.identified = !record.patient.exchangeId.isEmpty();
    row.updated = record.updated;
    return row;
}

base::Result<PatientRow> Profile::Internals::patientRow(const PatientKey &key) const
{
    NARU_ASSIGN(const storage::PatientRecord record, stores.patients->get(key));
    return rowOf(record);
}

base::Result<clinical::Patient> Profile::Internals::patient(const PatientKey &key) const
{
    auto record = stores.patients->get(key);
    if (!record)
        return base::Error(errors::NoPatient).because(record.error());
    return record->patient;
}

base::Result<OutboxFacts> Profile::Internals::outboxFacts(const OutboxId &id)
{
    {
        const std::lock_guard lock(factsMutex);
        if (const auto found = facts.constFind(id); found != facts.constEnd())
            return *found;
    }
    NARU_ASSIGN(const storage::FrozenSubmission frozen, stores.outbox->submission(id));
    OutboxFacts opened = factsFromJson(frozen.facts);
    opened.document.clear(); // pages of a patient stay sealed until somebody needs them
    if (opened.pending)
        return opened; // changes once, perhaps by another program on this profile
    const std::lock_guard lock(factsMutex);
    facts.insert(id, opened);
    return opened;
}

} // namespace naru::services
