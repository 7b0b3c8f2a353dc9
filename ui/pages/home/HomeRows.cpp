#include "ui/pages/home/HomeRows.h"

#include "core/base/Hangul.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/OutboxService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

#include <QCoreApplication>
#include <map>

namespace naru::ui {

namespace {

constexpr int MostPatients = 500;

class Gatherer {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::HomePage)
public:
    Gatherer(HomeSnapshot &snapshot, text::Language language, QDateTime now, int days)
        : m_snapshot(snapshot)
        , m_language(language)
        , m_now(std::move(now))
        , m_days(days)
    {
    }

    void drafts(services::Profile &profile, bool everyone)
    {
        for (const services::DraftRow &draft : profile.compose().list(everyone)) {
            const QString next =
                draft.missing > 0 ? tr("%1 required left").arg(draft.missing) : tr("ready to send");
            add(QStringLiteral("draft:") + draft.id, QStringLiteral("draft"), draft.updated, draft.who,
                text::formName(draft.form, m_language), draft.recipientName,
                draft.recovered ? QStringLiteral("recovered") : QStringLiteral("draft"), next,
                {QStringLiteral("compose"), draft.patient, draft.id, {}});
        }
    }

    void outbox(services::Profile &profile)
    {
        for (const services::OutboxRow &item : profile.outbox().list()) {
            QString key, tag, next;
            switch (item.state) {
            case services::OutboxState::Held:
            case services::OutboxState::Queued:
            case services::OutboxState::Sending:
                key = tag = QStringLiteral("waiting");
                next = text::outboxState(item.state, m_language).word;
                break;
            case services::OutboxState::Unknown:
                key = QStringLiteral("checking");
                tag = QStringLiteral("waiting");
                next = tr("looked up before anything is sent again");
                break;
            case services::OutboxState::Rejected:
                key = tag = QStringLiteral("rejected");
                next = text::advice(item.lastError, m_language);
                break;
            default:
                continue;
            }
            add(QStringLiteral("outbox:") + item.id, tag, item.updated, item.who, item.title,
                item.recipientName, key, next, {QStringLiteral("outbox"), {}, item.id, {}});
        }
    }

    void answers(services::Profile &profile)
    {
        std::map<services::PatientKey, services::PatientRow> patients;
        for (const services::PatientRow &row : profile.patients().list({}, MostPatients))
            patients.emplace(row.key, row);
        for (const services::DocumentRow &document : profile.records().arrivals()) {
            const auto known = patients.find(document.patient);
            add(QStringLiteral("document:") + document.id, QStringLiteral("answer"),
                document.created.earliestUtc(),
                known != patients.end() ? known->second : services::PatientRow(),
                text::formName(document.form, m_language), document.institution,
                document.seen ? QStringLiteral("answer") : QStringLiteral("newAnswer"), tr("read"),
                {QStringLiteral("document"), document.patient, document.id, {}});
        }
        // The tile counts every answered referral: what was read stays in its list, so that it is found
        // again.
        for (const services::OutboxRow &item : profile.outbox().list()) {
            const QString id = QStringLiteral("document:") + item.answeredBy;
            if (item.answered && !item.answeredBy.isEmpty() && !m_snapshot.targets.contains(id)) {
                add(id, QStringLiteral("answer"), item.updated, item.who, tr("Answer to: %1").arg(item.title),
                    item.recipientName, QStringLiteral("answer"), tr("read again"),
                    {QStringLiteral("document"), item.patient, item.answeredBy, {}});
            }
        }
    }

    void consents(services::Profile &profile)
    {
        for (const services::PatientRow &who : profile.patients().list({}, MostPatients)) {
            for (const services::ConsentLight &light : profile.consents().lights(who.key)) {
                if (light.light != services::Light::ExpiringSoon)
                    continue;
                add(QStringLiteral("consent:") + who.key + clinical::programmeKey(light.programme),
                    QStringLiteral("expiring"), light.until.earliestUtc(), who,
                    text::programmeName(light.programme, m_language), {}, QStringLiteral("expiring"),
                    tr("valid until %1").arg(light.until.toIso().left(10)),
                    {QStringLiteral("consent"), who.key, {}, {}});
            }
        }
    }

private:
    void add(const QString &id, const QString &tag, const QDateTime &when, const services::PatientRow &who,
        const QString &document, const QString &institution, const QString &stateKey, const QString &next,
        const PageRequest &target)
    {
        if (tag != QLatin1String("expiring") && when.isValid() && when.daysTo(m_now) > m_days)
            return;
        const text::Word state = text::word(QStringLiteral("row"), stateKey, m_language);
        QString patient = base::withVisibleControls(who.name);
        if (!patient.isEmpty()) {
            patient += QStringLiteral("  %1 %2").arg(
                text::sexName(who.sex, m_language), who.birthDate.toIso().left(10));
            if (!who.chartNumber.isEmpty())
                patient += QStringLiteral("  #") + who.chartNumber;
        }
        const QString status = next.isEmpty() ? state.text() : state.text() + QStringLiteral(" → ") + next;
        ModelRow row{id, {}, tag, false, false};
        row.cells = {{text::shortDateTime(when, m_now), QStringLiteral("textSecondary"), when, false, false,
                         text::dateTime(when)},
            {patient, {}, {}, false, false, {}}, {document, {}, {}, false, false, {}},
            {institution.isEmpty() && tag == QLatin1String("draft") ? tr("(open)") : institution,
                institution.isEmpty() ? QStringLiteral("textSecondary") : QString(), {}, false, false, {}},
            {status, state.role, {}, false, false, status}};
        m_snapshot.rows.push_back(std::move(row));
        m_snapshot.targets.insert(id, target);
    }

    HomeSnapshot &m_snapshot;
    text::Language m_language;
    QDateTime m_now;
    int m_days;
};

} // namespace

HomeSnapshot gatherHome(
    services::Profile &profile, bool everyone, int days, text::Language language, const QDateTime &now)
{
    HomeSnapshot snapshot;
    snapshot.counts = profile.records().counts(everyone);
    Gatherer gatherer(snapshot, language, now, days);
    gatherer.answers(profile);
    gatherer.outbox(profile);
    gatherer.drafts(profile, everyone);
    gatherer.consents(profile);
    snapshot.recoverable = profile.compose().recoverable();
    std::stable_sort(snapshot.rows.begin(), snapshot.rows.end(), [](const ModelRow &a, const ModelRow &b) {
        return a.cells.front().sort.toDateTime() > b.cells.front().sort.toDateTime();
    });
    return snapshot;
}

} // namespace naru::ui
