#include "core/services/SiteService.h"

#include "core/ihe/iti18/Iti18.h"
#include "core/ihe/iti45/Iti45.h"
#include "core/ihe/iti47/Iti47.h"
#include "core/net/EndpointProbe.h"
#include "core/security/CertificateFacts.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace naru::services {

namespace {
constexpr qint64 clockToleranceSeconds = 60;

ProbeStep stepFrom(const net::ProbeStep &step)
{
    ProbeStep out;
    out.key = step.key == QLatin1String("config") ? QStringLiteral("form") : step.key;
    out.state = step.state == net::ProbeStep::State::Ok ? ProbeStep::State::Ok
        : step.state == net::ProbeStep::State::Failed   ? ProbeStep::State::Failed
                                                        : ProbeStep::State::NotDone;
    out.detail = step.detail;
    out.error = step.error;
    out.milliseconds = step.milliseconds;
    return out;
}

// A question that changes nothing, with an identifier nobody has: shows whether SOAP and the application
// answer.
base::Status harmlessQuestion(Profile::Internals &m, const QString &key, const base::WorkContext &work)
{
    const clinical::Identifier nobody{m.site.patientIdAuthority, QStringLiteral("NARU-CONNECTION-TEST")};
    if (key == QLatin1String("registry")) {
        const auto answer =
            m.caller->run<ihe::Iti18>(m.site.registry, ihe::FindDocuments{nobody}.toQuery(), work);
        // A registry may refuse an unknown patient: that, too, is an answer of the application.
        if (!answer
            && answer.error()
                   .arguments.value(QStringLiteral("codes"))
                   .contains(QLatin1String("XDSUnknownPatientId")))
            return {};
        return answer ? base::Status() : base::Status(answer.error());
    }
    ihe::V3Devices devices{m.site.senderDevice, m.site.receiverDevice};
    if (key == QLatin1String("pix")) {
        ihe::PixQuestion question;
        question.devices = devices;
        question.patient = {m.clinic().institution.oid, nobody.extension};
        question.created = m.nowLocal();
        const auto answer = m.caller->run<ihe::Iti45>(m.site.pix, question, work);
        // AE "unknown key" is the index's word for an id nobody has.
        return answer || answer.error().code.exitStatus == 1 ? base::Status() : base::Status(answer.error());
    }
    if (key == QLatin1String("pdq")) {
        ihe::PdqQuestion question;
        question.devices = devices;
        question.queryId = ihe::newQueryId(devices);
        question.ids = {{m.clinic().institution.oid, nobody.extension}};
        question.created = m.nowLocal();
        const auto answer = m.caller->run<ihe::Iti47>(m.site.pdq, question, work);
        return answer ? base::Status() : base::Status(answer.error());
    }
    return {};
}

void setStep(ProbeResult &probe, const char *key, const base::Status &status, qint64 milliseconds,
    const QString &detail)
{
    for (ProbeStep &step : probe.steps) {
        if (step.key != QLatin1String(key))
            continue;
        step.state = status ? ProbeStep::State::Ok : ProbeStep::State::Failed;
        step.detail = detail;
        step.milliseconds = milliseconds;
        if (!status)
            step.error = status.error();
    }
}

bool hasProtocolSteps(const QString &key)
{
    return key == QLatin1String("registry") || key == QLatin1String("pix") || key == QLatin1String("pdq");
}
} // namespace

SiteService::SiteService(Profile::Internals &internals)
    : m(internals)
{
}

QString SiteService::name() const
{
    return m.site.name;
}

QString SiteService::title(const QString &language) const
{
    return m.site.title.of(language != QLatin1String("en"));
}

QString SiteService::file() const
{
    return m.site.file;
}

clinical::Institution SiteService::clinic() const
{
    return m.clinic().institution;
}

clinical::Practitioner SiteService::doctor() const
{
    const ihe::SiteClinic clinic = m.clinic();
    clinical::Practitioner doctor = clinic.doctor;
    if (doctor.department.code.isEmpty())
        doctor.department = clinic.department;
    return doctor;
}

base::Status SiteService::setClinic(const clinical::Institution &clinic, const clinical::Practitioner &doctor)
{
    const QMap<QString, QString> values{{QStringLiteral("name"), clinic.name},
        {QStringLiteral("phone"), clinic.phone}, {QStringLiteral("address"), clinic.address.basic},
        {QStringLiteral("addressDetail"), clinic.address.detail},
        {QStringLiteral("postalCode"), clinic.address.postalCode}, {QStringLiteral("kind"), clinic.kind},
        {QStringLiteral("number"), clinic.number}, {QStringLiteral("oid"), clinic.oid},
        {QStringLiteral("doctor.name"), doctor.name}, {QStringLiteral("doctor.licence"), doctor.licence},
        {QStringLiteral("doctor.phone"), doctor.phone},
        {QStringLiteral("department.code"), doctor.department.code},
        {QStringLiteral("department.name"), doctor.department.name}};
    const base::Status stored = m.stores.database->inTransaction([&]() -> base::Status {
        for (auto it = values.cbegin(); it != values.cend(); ++it)
            NARU_TRY(m.stores.settings->set(QStringLiteral("clinic.") + it.key(), it.value()));
        NARU_ASSIGN([[maybe_unused]] const qint64 row,
            m.stores.audit->append(
                m.events().act(QStringLiteral("settings.change"), {}, QStringLiteral("clinic"))));
        return {};
    });
    NARU_TRY(stored);
    {
        const std::lock_guard lock(m.siteMutex);
        m.site.clinic.institution = clinic;
        m.site.clinic.doctor = doctor;
        m.site.clinic.department = doctor.department;
    }
    m.changed(Change::Settings);
    return {};
}

std::vector<EndpointRow> SiteService::endpoints() const
{
    std::vector<EndpointRow> rows;
    rows.push_back({QStringLiteral("registry"), m.site.registry.title.of(true), m.site.registry.url});
    for (const ihe::RepositoryEndpoint &repository : m.site.repositories)
        rows.push_back(
            {QStringLiteral("repository:") + repository.id, repository.title.of(true), repository.url});
    rows.push_back({QStringLiteral("pix"), m.site.pix.title.of(true), m.site.pix.url});
    rows.push_back({QStringLiteral("pdq"), m.site.pdq.title.of(true), m.site.pdq.url});
    rows.push_back({QStringLiteral("audit"), m.site.audit.title.of(true),
        QStringLiteral("tls://%1:%2").arg(m.site.audit.host).arg(m.site.audit.port)});
    return rows;
}

base::Result<ProbeResult> SiteService::check(const QString &endpoint, const base::WorkContext &work,
    const std::function<void(const ProbeResult &)> &step)
{
    ProbeResult probe;
    for (const EndpointRow &row : endpoints()) {
        if (row.key == endpoint) {
            probe.endpoint = row.key;
            probe.title = row.title;
            probe.address = row.address;
        }
    }
    if (probe.endpoint.isEmpty())
        return base::Error(errors::NoEndpoint, {}, {{QStringLiteral("what"), endpoint}});
    const net::ProbeResult transport = net::probeEndpoint({probe.address, m.site.tls, 10}, work);
    for (const net::ProbeStep &row : transport.steps)
        probe.steps.push_back(stepFrom(row));
    if (step)
        step(probe);
    if (transport.allOk() && hasProtocolSteps(endpoint)) {
        QElapsedTimer timer;
        timer.start();
        const base::Status answered = harmlessQuestion(m, endpoint, work);
        setStep(probe, "soap", answered, timer.elapsed(),
            answered ? QStringLiteral("SOAP 1.2") : answered.error().detail);
        if (answered)
            setStep(probe, "application", {}, timer.elapsed(),
                QStringLiteral("answered a question about nobody"));
    }
    if (transport.hasClock && transport.allOk()) {
        const qint64 skew = std::abs(transport.clockSkewSeconds);
        const base::Status clock = skew <= clockToleranceSeconds
            ? base::Status()
            : base::Status(base::Error(errors::Offline, QStringLiteral("clocks differ by %1 s").arg(skew)));
        setStep(probe, "clock", clock, 0, QStringLiteral("%1 s").arg(transport.clockSkewSeconds));
    }
    // Steps that do not exist for this kind of endpoint are no open questions.
    std::erase_if(probe.steps, [&](const ProbeStep &row) {
        const bool protocolStep = row.key == QLatin1String("soap") || row.key == QLatin1String("application");
        return (protocolStep && !hasProtocolSteps(endpoint))
            || (row.key == QLatin1String("clock") && !transport.hasClock && transport.allOk());
    });
    if (step)
        step(probe);
    m.online = transport.allOk();
    return probe;
}

int SiteService::holdSeconds() const
{
    return m.site.outbox.holdSeconds;
}

bool SiteService::online() const
{
    return m.online;
}

QDateTime SiteService::lastContact() const
{
    return m.lastContactMs > 0 ? QDateTime::fromMSecsSinceEpoch(m.lastContactMs, Qt::UTC) : QDateTime();
}

base::Result<SiteService::Certificate> SiteService::certificate() const
{
    QByteArray pem = m.site.tls.certificatePem;
    if (pem.isEmpty()) {
        QFile file(m.site.tls.certificateFile);
        if (file.open(QIODevice::ReadOnly))
            pem = file.read(1024 * 1024);
    }
    NARU_ASSIGN(const auto facts, security::readCertificates(pem));
    const security::CertificateFacts &first = facts.front();
    return Certificate{first.subject, first.issuer, first.sha256Fingerprint, first.notAfter};
}

QByteArray SiteService::showJson() const
{
    QJsonArray rows;
    for (const EndpointRow &row : endpoints())
        rows.append(QJsonObject{{QStringLiteral("endpoint"), row.key}, {QStringLiteral("title"), row.title},
            {QStringLiteral("address"), row.address}});
    const clinical::Institution clinic = m.clinic().institution;
    return QJsonDocument(
        QJsonObject{{QStringLiteral("name"), m.site.name}, {QStringLiteral("file"), m.site.file},
            {QStringLiteral("patientIdAuthority"), m.site.patientIdAuthority},
            {QStringLiteral("homeCommunityId"), m.site.homeCommunityId},
            {QStringLiteral("clinic"),
                QJsonObject{{QStringLiteral("oid"), clinic.oid}, {QStringLiteral("name"), clinic.name}}},
            {QStringLiteral("endpoints"), rows}})
        .toJson(QJsonDocument::Indented);
}

} // namespace naru::services
