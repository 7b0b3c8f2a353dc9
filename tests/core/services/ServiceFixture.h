// A real profile in a temporary folder. Without an exchange its site points at ports where nobody listens.
#pragma once

#include "core/services/AccountService.h"
#include "core/services/AuditService.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/OutboxService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"
#include "core/services/SiteService.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace naru::test {

inline const QString hospital = QStringLiteral("1.2.410.100110.10.31991001");

inline QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QByteArray sample(const char *name)
{
    return fileBytes(QStringLiteral(NARU_SOURCE_DIR "/resources/samples/") + QLatin1String(name));
}

// The hand-over of the sample with one member of the patient replaced.
inline QByteArray handOverWith(const char *member, const QString &value)
{
    QJsonObject object = QJsonDocument::fromJson(sample("naru.json")).object();
    QJsonObject patient = object.value(QStringLiteral("patient")).toObject();
    patient.insert(QLatin1String(member), value);
    object.insert(QStringLiteral("patient"), patient);
    return QJsonDocument(object).toJson();
}

inline QByteArray referralJson(const QString &reason = QStringLiteral("안저 검사를 의뢰합니다."))
{
    return QJsonDocument(QJsonObject{{QStringLiteral("recipient"),
                                         QJsonObject{{QStringLiteral("institution"), hospital},
                                             {QStringLiteral("department"), QStringLiteral("1200")}}},
                             {QStringLiteral("reason"), reason},
                             {QStringLiteral("relay"),
                                 QJsonObject{{QStringLiteral("status"), QStringLiteral("02")},
                                     {QStringLiteral("clinical"), QStringLiteral("01")}}}})
        .toJson();
}

// A copy of a site profile that tests may wait for: nothing held, short gaps and time limits. `port` 0:
// nobody listens.
inline QString siteCopy(const QString &from, const QString &to, int holdSeconds, bool nobody)
{
    QJsonObject site = QJsonDocument::fromJson(fileBytes(from)).object();
    const QString folder = from.section(QLatin1Char('/'), 0, -2) + QLatin1Char('/');
    QJsonObject outbox = site.value(QStringLiteral("outbox")).toObject();
    outbox.insert(QStringLiteral("holdSeconds"), holdSeconds);
    outbox.insert(QStringLiteral("verifyGapSeconds"), 1);
    site.insert(QStringLiteral("outbox"), outbox);
    site.insert(QStringLiteral("institutionsFile"),
        folder + site.value(QStringLiteral("institutionsFile")).toString());
    QJsonObject tls = site.value(QStringLiteral("tls")).toObject();
    for (const QString &key : tls.keys())
        tls.insert(key, folder + tls.value(key).toString());
    site.insert(QStringLiteral("tls"), tls);
    QByteArray json = QJsonDocument(site).toJson();
    if (nobody)
        json.replace(":8443/", ":1/");
    QFile file(to);
    if (file.open(QIODevice::WriteOnly))
        file.write(json);
    return to;
}

struct Clinic {
    QTemporaryDir folder{};
    std::shared_ptr<base::ManualClock> clock{};
    std::shared_ptr<services::Profile> profile{};

    base::Status open(const QString &site, const QString &data = {})
    {
        services::OpenOptions options;
        options.dataDir = data.isEmpty() ? folder.filePath(QStringLiteral("data")) : data;
        options.site = site;
        options.passphrase = base::SecureBytes{QByteArrayView("test-only")};
        options.scryptLogN = 10;
        options.clock = clock;
        auto opened = services::Profile::open(std::move(options));
        if (!opened)
            return opened.error();
        profile = *opened;
        return {};
    }
    base::Status openOffline(int holdSeconds = 0)
    {
        return open(siteCopy(QStringLiteral(NARU_SOURCE_DIR "/resources/sites/practice/site.json"),
            folder.filePath(QStringLiteral("site.json")), holdSeconds, true));
    }
    services::PatientKey patient()
    {
        auto imported = profile->patients().importHandOver(sample("naru.json"));
        return imported ? imported->key : services::PatientKey();
    }
    services::ConsentAct act(const services::PatientKey &patient) const
    {
        services::ConsentAct act;
        act.patient = patient;
        act.programmes = {clinical::Programme::Exchange, clinical::Programme::ReferralReturn};
        act.identityCheck = QStringLiteral("idCard");
        act.agreedProvision = true;
        act.agreedSensitive = true;
        act.signaturePng = QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42m"
                                                  "NkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
        return act;
    }
    services::Draft referral(const services::PatientKey &patient,
        const QString &reason = QStringLiteral("안저 검사를 의뢰합니다."))
    {
        auto draft = profile->compose().create(clinical::Form::Referral, patient);
        if (!draft)
            return {};
        auto filled = profile->compose().applyJson(draft->id, referralJson(reason));
        return filled ? *filled : services::Draft{};
    }
    base::Result<services::ComposeService::Sealed> send(const services::PatientKey &patient)
    {
        const services::Draft draft = referral(patient);
        NARU_ASSIGN(const services::Preview preview, profile->compose().sealPreview(draft.id));
        return profile->compose().send(draft.id, preview.sha256);
    }
    QStringList states()
    {
        QStringList out;
        for (const services::OutboxRow &row : profile->outbox().list())
            out.append(services::outboxStateKey(row.state));
        return out;
    }
};

} // namespace naru::test

// Says which error it was.
#define VERIFY_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &naruChecked = (expression);                                                              \
        QVERIFY2(                                                                                            \
            naruChecked.ok(), qPrintable(naruChecked.ok() ? QString() : naruChecked.error().toString()));    \
    } while (false)
