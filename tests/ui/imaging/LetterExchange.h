// The practice exchange as a program, a clinic and a hospital that use it, and a return letter that speaks of
// a CT: the clinic refers, the hospital answers with the images attached. What tests and figures of "from the
// letter to the picture" begin with.
#pragma once

#include "core/base/Oid.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/ImageService.h"
#include "core/services/ImageSharing.h"
#include "core/services/OutboxService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"
#include "tests/practice/PracticeProcess.h"
#include "tests/ui/imaging/TestStudy.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

namespace naru::test {

class LetterExchange {
public:
    PracticeProcess process{};

    bool start()
    {
        return process.start(
                   {QStringLiteral("--empty"), QStringLiteral("--reply-delay"), QStringLiteral("100000")})
            && !process.institution(hospital(), QStringLiteral("hospital")).isEmpty();
    }
    static QString hospital() { return QStringLiteral("1.2.410.100110.10.31991001"); }
    // A site profile without time to take anything back.
    QString site(bool ofHospital) const
    {
        QFile from(process.folder() + QStringLiteral("/site.json"));
        if (!from.open(QIODevice::ReadOnly))
            return {};
        QJsonObject root = QJsonDocument::fromJson(from.readAll()).object();
        QJsonObject outbox = root.value(QStringLiteral("outbox")).toObject();
        outbox.insert(QStringLiteral("holdSeconds"), 0);
        outbox.insert(QStringLiteral("verifyGapSeconds"), 1);
        root.insert(QStringLiteral("outbox"), outbox);
        if (ofHospital) {
            QJsonObject clinic = root.value(QStringLiteral("clinic")).toObject();
            clinic.insert(QStringLiteral("oid"), hospital());
            clinic.insert(QStringLiteral("number"), QStringLiteral("31991001"));
            clinic.insert(QStringLiteral("name"), QStringLiteral("한들대학교병원"));
            root.insert(QStringLiteral("clinic"), clinic);
            QJsonObject tls = root.value(QStringLiteral("tls")).toObject();
            tls.insert(QStringLiteral("certificate"), QStringLiteral("hospital.pem"));
            tls.insert(QStringLiteral("key"), QStringLiteral("hospital.key"));
            root.insert(QStringLiteral("tls"), tls);
        }
        const QString path = process.folder()
            + (ofHospital ? QStringLiteral("/hospital.json") : QStringLiteral("/clinic.json"));
        QFile to(path);
        return to.open(QIODevice::WriteOnly) && to.write(QJsonDocument(root).toJson()) > 0 ? path : QString();
    }
};

// One institution with the patient, who has agreed.
struct LetterHouse {
    QTemporaryDir folder{};
    std::shared_ptr<services::Profile> profile{};
    services::PatientKey patient{};

    static bool said(const char *what, const base::Error &error)
    {
        qWarning("%s: %s", what, qPrintable(error.toString()));
        return false;
    }
    bool open(const QString &site, const QString &chart)
    {
        services::OpenOptions options;
        options.dataDir = folder.filePath(QStringLiteral("data"));
        options.site = site;
        options.passphrase = base::SecureBytes(QByteArrayView("only for a test"));
        options.scryptLogN = 10;
        options.decoder = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder");
        auto opened = services::Profile::open(std::move(options));
        if (!opened)
            return said("profile", opened.error());
        profile = *opened;
        QFile file(QStringLiteral(NARU_SOURCE_DIR "/resources/samples/naru.json"));
        if (!file.open(QIODevice::ReadOnly))
            return false;
        const auto imported =
            profile->patients().importHandOver(file.readAll().replace("20261122-017", chart.toLatin1()));
        if (!imported)
            return said("hand-over", imported.error());
        patient = imported->key;
        services::ConsentAct act;
        act.patient = patient;
        act.programmes = {
            clinical::Programme::Exchange, clinical::Programme::ReferralReturn, clinical::Programme::Imaging};
        act.identityCheck = QStringLiteral("idCard");
        act.agreedProvision = act.agreedSensitive = true;
        act.signaturePng = QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42m"
                                                  "NkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
        const auto given = profile->consents().give(act);
        return given ? run() : said("consent", given.error());
    }
    bool run()
    {
        const auto done = profile->outbox().run({}, true);
        return done || said("outbox", done.error());
    }
    bool store(const TestStudy &study)
    {
        QTemporaryDir disc;
        study.write(disc.path());
        const auto report = profile->images().import({disc.path()}, patient, {});
        return report ? report->stored == study.slices : said("import", report.error());
    }
    services::Draft referral(const QString &reason)
    {
        const auto draft = profile->compose().create(clinical::Form::Referral, patient);
        const QJsonObject recipient{{QStringLiteral("institution"), LetterExchange::hospital()},
            {QStringLiteral("department"), QStringLiteral("1200")}};
        const QJsonObject relay{{QStringLiteral("status"), QStringLiteral("02")},
            {QStringLiteral("clinical"), QStringLiteral("01")}};
        const auto filled = draft
            ? profile->compose().applyJson(draft->id,
                QJsonDocument(QJsonObject{{QStringLiteral("recipient"), recipient},
                                  {QStringLiteral("reason"), reason}, {QStringLiteral("relay"), relay}})
                    .toJson())
            : draft;
        if (!filled)
            said("referral", filled.error());
        return filled ? *filled : services::Draft{};
    }
    // Its document id once it is registered.
    QString send(const services::DraftId &draft)
    {
        const auto preview = profile->compose().sealPreview(draft);
        if (!preview) {
            said("seal", preview.error());
            return {};
        }
        for (const clinical::RuleProblem &problem : preview->problems)
            qWarning("rule: %s", qPrintable(problem.rule));
        const auto sealed = profile->compose().send(draft, preview->sha256);
        if (!sealed)
            said("send", sealed.error());
        if (!sealed || !run())
            return {};
        const auto row = profile->outbox().get(sealed->outbox);
        if (!row || row->state != services::OutboxState::Done) {
            qWarning("outbox: %s", row ? qPrintable(row->lastError) : "gone");
            return {};
        }
        return sealed->documentId;
    }
    bool fetchDocument(const QString &id)
    {
        services::SearchRequest request;
        request.patient = patient;
        const auto found = profile->records().search(request, {});
        if (!found)
            return said("search", found.error());
        for (const services::DocumentRow &row : found->documents) {
            if (row.id == id)
                return profile->records().retrieve(patient, {row}, {}).front().ok();
        }
        return false;
    }
};

// Both houses, and the letter as it lies in the clinic's store: not one image of it is there yet.
struct LetterWorld {
    LetterExchange exchange{};
    LetterHouse clinic{}, hospital{};
    QString letter{};

    bool write(const std::vector<TestStudy> &studies)
    {
        if (!exchange.start() || !clinic.open(exchange.site(false), QStringLiteral("20261122-017"))
            || !hospital.open(exchange.site(true), QStringLiteral("H-1")))
            return false;
        const QString referral = clinic.send(clinic.referral(QStringLiteral("흉부 CT를 의뢰합니다.")).id);
        if (referral.isEmpty() || !hospital.fetchDocument(referral))
            return false;
        services::ComposeService::NewOptions options;
        options.inReplyTo = referral;
        auto draft = hospital.profile->compose().create(clinical::Form::Return, hospital.patient, options);
        if (!draft)
            return LetterHouse::said("letter", draft.error());
        clinical::Content &content = draft->document.content;
        content.reason.text = QStringLiteral("흉부 CT를 시행하고 회송합니다.");
        content.opinion.text = QStringLiteral("우상엽에 4 mm 결절이 있습니다.");
        content.plan.text = QStringLiteral("6개월 뒤 다시 찍으시기 바랍니다.");
        content.relay.transferType = QStringLiteral("02");
        for (const TestStudy &study : studies) {
            if (!hospital.store(study))
                return false;
            clinical::ImageReading reading;
            reading.examined = base::Timestamp::parseAny(QString::fromLatin1(study.date)).valueOr({});
            reading.read = reading.examined;
            reading.reader = QStringLiteral("박영상");
            reading.code.code = QStringLiteral("HA451");
            reading.code.system = base::oid("edi").text();
            reading.code.display = QStringLiteral("흉부 CT");
            reading.findings = QStringLiteral("우상엽에 4 mm 결절");
            reading.conclusion = QStringLiteral("6개월 뒤 추적");
            reading.studyUid = QString::fromLatin1(study.study);
            content.readings.push_back(reading);
        }
        if (const base::Status kept = hospital.profile->compose().save(*draft); !kept)
            return LetterHouse::said("letter", kept.error());
        for (const TestStudy &study : studies) {
            const auto attached =
                hospital.profile->sharing().attach(draft->id, QString::fromLatin1(study.study));
            if (!attached)
                return LetterHouse::said("images", attached.error());
        }
        letter = hospital.send(draft->id);
        return !letter.isEmpty() && clinic.fetchDocument(letter);
    }
};

} // namespace naru::test
