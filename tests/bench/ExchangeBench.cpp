#include "tests/bench/ExchangeBench.h"

#include "core/services/ConsentService.h"
#include "core/services/ImageService.h"
#include "core/services/ImageSharing.h"
#include "core/services/OutboxService.h"
#include "core/services/PatientService.h"
#include "tests/support/DicomStudy.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>

using namespace naru;

namespace naru::bench {

namespace {
constexpr int slices = 500;
const QString hospital = QStringLiteral("1.2.410.100110.10.31991001");

void line(const char *name, double value, const char *unit, const char *beside = "-", double its = 0)
{
    std::printf("%s\t%.3g\t%s\t%s\t%.3g\t%.2f\n", name, value, unit, beside, its, its > 0 ? value / its : 0);
    std::fflush(stdout);
}

struct Exchange {
    QTemporaryDir folder{};
    QProcess process{};
    QString site{};

    bool start(const QString &program)
    {
        const QString data = folder.filePath(QStringLiteral("data")),
                      ready = folder.filePath(QStringLiteral("ready"));
        process.start(program,
            {QStringLiteral("--data"), data, QStringLiteral("--port"), QStringLiteral("0"),
                QStringLiteral("--ready-file"), ready, QStringLiteral("--empty")});
        for (int i = 0; i < 400 && !QFile::exists(ready); ++i)
            QThread::msleep(50);
        QFile file(ready);
        if (!file.open(QIODevice::ReadOnly))
            return false;
        site = QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("site")).toString();
        QProcess certificate; // its output stays out of the figures
        certificate.start(program,
            {QStringLiteral("certificate"), QStringLiteral("--data"), data, QStringLiteral("--institution"),
                hospital, QStringLiteral("--name"), QStringLiteral("hospital")});
        return certificate.waitForFinished() && certificate.exitCode() == 0;
    }
    ~Exchange()
    {
        process.terminate();
        process.waitForFinished();
    }
    // The site of the other institution, and no time to take anything back.
    QString siteOf(bool other) const
    {
        QFile from(site);
        if (!from.open(QIODevice::ReadOnly))
            return {};
        QJsonObject root = QJsonDocument::fromJson(from.readAll()).object();
        root.insert(QStringLiteral("outbox"), QJsonObject{{QStringLiteral("holdSeconds"), 0}});
        if (other) {
            QJsonObject clinic = root.value(QStringLiteral("clinic")).toObject();
            clinic.insert(QStringLiteral("oid"), hospital);
            clinic.insert(QStringLiteral("number"), QStringLiteral("31991001"));
            root.insert(QStringLiteral("clinic"), clinic);
            root.insert(QStringLiteral("tls"),
                QJsonObject{{QStringLiteral("ca"), QStringLiteral("ca.pem")},
                    {QStringLiteral("certificate"), QStringLiteral("hospital.pem")},
                    {QStringLiteral("key"), QStringLiteral("hospital.key")}});
        }
        const QString path = site.section(QLatin1Char('/'), 0, -2)
            + (other ? QStringLiteral("/b.json") : QStringLiteral("/a.json"));
        QFile to(path);
        return to.open(QIODevice::WriteOnly) && to.write(QJsonDocument(root).toJson()) > 0 ? path : QString();
    }
};

struct House {
    QTemporaryDir folder{};
    std::shared_ptr<services::Profile> profile{};
    services::PatientKey patient{};

    bool open(const QString &site, const QString &decoder, const QString &chart)
    {
        services::OpenOptions options;
        options.dataDir = folder.filePath(QStringLiteral("data"));
        options.site = site;
        options.passphrase = base::SecureBytes{QByteArrayView("bench-only")};
        options.scryptLogN = 10;
        options.decoder = decoder;
        auto opened = services::Profile::open(std::move(options));
        if (!opened) {
            std::fprintf(stderr, "%s\n", qPrintable(opened.error().toString()));
            return false;
        }
        profile = *opened;
        const QJsonObject person{
            {QStringLiteral("localId"), QJsonObject{{QStringLiteral("extension"), chart}}},
            {QStringLiteral("name"), QStringLiteral("김나루")}, {QStringLiteral("sex"), QStringLiteral("M")},
            {QStringLiteral("birthDate"), QStringLiteral("1961-03-02")},
            {QStringLiteral("phone"), QStringLiteral("010-5555-0101")}};
        const auto imported = profile->patients().importHandOver(QJsonDocument(
            QJsonObject{{QStringLiteral("format"), QStringLiteral("naru-handover")},
                {QStringLiteral("version"), 1},
                {QStringLiteral("patient"), person}}).toJson());
        if (!imported)
            return false;
        patient = imported->key;
        services::ConsentAct act;
        act.patient = patient;
        act.programmes = {clinical::Programme::Exchange, clinical::Programme::Imaging};
        act.identityCheck = QStringLiteral("idCard");
        act.agreedProvision = act.agreedSensitive = true;
        act.signaturePng = QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42m"
                                                  "NkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
        return profile->consents().give(act).ok() && profile->outbox().run({}, true).ok();
    }
};

bool share(House &house, double &milliseconds)
{
    QTemporaryDir disc;
    for (int i = 0; i < slices; ++i) {
        QFile file(disc.filePath(QStringLiteral("%1").arg(i, 5, 10, QLatin1Char('0'))));
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(testsupport::slice(
            i, {.studyUid = "2.25.500", .seriesUid = "2.25.500.1", .rows = 512, .columns = 512})
                       .file());
    }
    const auto report = house.profile->images().import({disc.path()}, house.patient, {});
    if (!report || report->stored != slices)
        return false;
    QElapsedTimer clock;
    clock.start();
    const auto shared = house.profile->sharing().share({house.patient, {QStringLiteral("2.25.500")}, {}, {}});
    if (!shared || !house.profile->outbox().run({}, true))
        return false;
    milliseconds = double(clock.nsecsElapsed()) / 1e6;
    const auto row = house.profile->outbox().get(shared->outbox);
    return row && row->state == services::OutboxState::Done;
}

// From the call to the first image that is stored and listed, and to the last.
bool fetch(House &house, double &first, double &last)
{
    for (const services::StudyRow &row : house.profile->images().studies())
        (void)house.profile->images().remove(row.key);
    QElapsedTimer clock;
    clock.start();
    double seen = -1;
    const auto report = house.profile->images().fetchFromExchange(
        {.patient = house.patient, .studyUid = QStringLiteral("2.25.500")}, {},
        [&](const services::ImageFetchReport &soFar) {
            if (seen < 0 && soFar.stored > 0)
                seen = double(clock.nsecsElapsed()) / 1e6;
        });
    if (!report || !report->complete() || report->expected != slices)
        return false;
    first = std::min(first, seen);
    last = std::min(last, double(clock.nsecsElapsed()) / 1e6);
    return true;
}
} // namespace

int exchangeImages(const QString &program, const QString &decoder)
{
    Exchange exchange;
    House clinic, other;
    double sharing = 0, first = 1e12, last = 1e12;
    bool good = exchange.start(program) && clinic.open(exchange.siteOf(false), decoder, QStringLiteral("C-1"))
        && other.open(exchange.siteOf(true), decoder, QStringLiteral("H-1")) && share(clinic, sharing);
    for (int i = 0; good && i < 3; ++i)
        good = fetch(other, first, last);
    if (!good) {
        std::fprintf(stderr, "images.exchange: the practice exchange did not do it\n");
        return 1;
    }
    line("images.share.500x0.5MB", slices * 1e3 / sharing, "instances/s");
    line("images.fetch.first of 500", first, "ms", "goal", 1000);
    line("images.fetch.500x0.5MB", slices * 1e3 / last, "instances/s");
    return 0;
}

} // namespace naru::bench
