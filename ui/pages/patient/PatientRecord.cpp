#include "ui/pages/patient/PatientRecord.h"

#include "core/services/ComposeService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"

namespace naru::ui {

QString documentMark(const services::DocumentRow &document)
{
    if (!document.problem.isEmpty())
        return QStringLiteral("unreadable");
    if (document.sentByUs)
        return QStringLiteral("sent");
    if (!document.local)
        return QStringLiteral("remote");
    return document.seen ? QStringLiteral("seen") : QStringLiteral("new");
}

QString documentKind(const services::DocumentRow &document, text::Language language)
{
    if (!document.manifest)
        return text::formName(document.form, language);
    const QString images = text::word(QStringLiteral("outboxKind"), QStringLiteral("images"), language).word;
    return document.modalities.isEmpty() ? images : images + QLatin1Char(' ') + document.modalities;
}

PatientRecord readPatientRecord(
    services::Profile &profile, const services::PatientKey &patient, text::Language language)
{
    PatientRecord record;
    record.documents = profile.records().local(patient);
    if (const auto content = profile.patients().handedOver(patient))
        record.sources.push_back({QStringLiteral("EMR"), {}, {}, *content});
    record.notes = profile.patients().handOverNotes(patient);
    for (const services::DocumentRow &document : record.documents) {
        if (!document.local || !document.problem.isEmpty() || document.manifest)
            continue;
        if (const auto content = profile.compose().contentOf(document.id))
            record.sources.push_back({text::formName(document.form, language) + QLatin1Char(' ')
                    + document.created.toIso().left(10),
                document.id, document.created, *content});
    }
    for (int i = 0; i < RecordKinds; ++i)
        record.items[i] = mergeRecord(record.sources, RecordKind(i));
    return record;
}

} // namespace naru::ui
