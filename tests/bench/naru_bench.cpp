// The figures of ./test --bench. Each is the median of several rounds in this process, beside a peer or a
// floor that ran in the same minute: what the fastest imaginable implementation on this machine would need.
#include "core/audit/EventBuilder.h"
#include "core/base/Digest.h"
#include "core/cda/read/CdaReader.h"
#include "core/cda/write/CdaWriter.h"
#include "core/handover/ReadHandOver.h"
#include "core/services/ComposeService.h"
#include "core/services/PatientService.h"
#include "core/services/Profile.h"
#include "core/storage/stores/Stores.h"
#include "tests/bench/TermsBench.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <unistd.h>

using namespace naru;

namespace {
QString wanted;

// Median of `rounds` in microseconds.
double measure(int rounds, const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(double(timer.nsecsElapsed()) / 1000.0);
    }
    std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
    return times[std::size_t(rounds / 2)];
}

void figure(const char *name, double microseconds, const char *peer, double peerMicroseconds)
{
    std::printf("%s\t%.1f\tus\t%s\t%.1f\t%.2f\n", name, microseconds, peer, peerMicroseconds,
        microseconds / peerMicroseconds);
    std::fflush(stdout);
}

bool skip(const char *group)
{
    return !wanted.isEmpty() && wanted != QLatin1String(group);
}

clinical::Document bigDocument(int labs)
{
    clinical::Document document;
    document.form = clinical::Form::Summary;
    document.id = {QStringLiteral("2.25.1234567890"), {}};
    document.title = clinical::formTitleKo(document.form);
    document.effectiveTime = *base::Timestamp::parseIso(u"2026-11-22T14:01:00+09:00");
    document.patient.localId = {QStringLiteral("2.25.1"), QStringLiteral("00123456")};
    document.patient.name = QStringLiteral("홍길동");
    document.patient.birthDate = *base::Timestamp::parseIso(u"1961-03-02");
    document.patient.sex = clinical::Sex::Male;
    document.custodian.oid = QStringLiteral("2.25.1");
    document.custodian.name = QStringLiteral("나루연습의원");
    document.author.name = QStringLiteral("이의사");
    for (int i = 0; i < labs; ++i) {
        clinical::LabResult lab;
        lab.code = {QStringLiteral("4548-4"), QStringLiteral("2.16.840.1.113883.6.1"),
            QStringLiteral("당화혈색소"), QStringLiteral("HbA1c"), {}, {}, {}};
        lab.item = QStringLiteral("당화혈색소");
        lab.time = *base::Timestamp::parseIso(u"2026-11-20T09:00:00+09:00");
        lab.value = QString::number(5.0 + i % 50 / 10.0, 'f', 1);
        lab.unit = QStringLiteral("%");
        lab.referenceRange = QStringLiteral("4.0-6.0");
        document.content.labs.push_back(lab);
    }
    return document;
}

void benchCda()
{
    if (skip("cda"))
        return;
    const clinical::Document document = bigDocument(700);
    const QByteArray bytes = *cda::writeDocument(document);
    std::printf("# cda\t%lld bytes, 700 laboratory results\n", static_cast<long long>(bytes.size()));
    const double floor = measure(15, [&] {
        QXmlStreamReader reader(bytes);
        while (!reader.atEnd())
            reader.readNext();
    });
    figure("cda.read", measure(15, [&] { (void)*cda::readDocument(bytes); }), "QXmlStreamReader pass (floor)",
        floor);
    figure("cda.write", measure(15, [&] { (void)*cda::writeDocument(document); }), "QXmlStreamReader pass",
        floor);
}

void benchHandOver()
{
    if (skip("handover"))
        return;
    QFile file(QStringLiteral(NARU_SOURCE_DIR "/resources/samples/fhir-bundle.json"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray bytes = file.readAll();
    const double floor = measure(31, [&] { (void)QJsonDocument::fromJson(bytes); });
    figure("handover.fhir", measure(31, [&] { (void)*handover::readHandOver(bytes); }),
        "QJsonDocument parse (floor)", floor);
}

// A durable commit costs at least one fdatasync: the floor for everything that has to survive a power cut.
double fsyncFloor(const QString &folder)
{
    const int file =
        ::open((folder + QStringLiteral("/floor")).toUtf8().constData(), O_CREAT | O_WRONLY, 0600);
    const QByteArray page(4096, 'x');
    const double time = measure(51, [&] {
        (void)!::write(file, page.constData(), std::size_t(page.size()));
        ::fdatasync(file);
    });
    ::close(file);
    return time;
}

void benchProfile()
{
    if (skip("profile"))
        return;
    QTemporaryDir folder;
    services::OpenOptions options;
    options.dataDir = folder.path() + QStringLiteral("/profile");
    options.scryptLogN = 10;
    options.passphrase = base::SecureBytes(QByteArrayView("figures-only"));
    const auto profile = services::Profile::open(std::move(options));
    if (!profile)
        return;
    const double floor = fsyncFloor(folder.path());
    QFile file(QStringLiteral(NARU_SOURCE_DIR "/resources/samples/fhir-bundle.json"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray bytes = file.readAll();
    const auto imported = (*profile)->patients().importHandOver(bytes);
    figure("profile.import", measure(21, [&] { (void)*(*profile)->patients().importHandOver(bytes); }),
        "4 KiB write and fdatasync (floor)", floor);
    const auto draft = (*profile)->compose().create(clinical::Form::Referral, imported->key);
    figure("draft.journal", measure(21, [&] { (void)(*profile)->compose().save(*draft); }),
        "4 KiB write and fdatasync (floor)", floor);
    figure("compose.check", measure(51, [&] { (void)(*profile)->compose().check(draft->document); }),
        "4 KiB write and fdatasync", floor);
    figure("compose.preview", measure(51, [&] { (void)*(*profile)->compose().preview(draft->document); }),
        "4 KiB write and fdatasync", floor);
}
} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    wanted = application.arguments().value(1);
    if (wanted.startsWith(QLatin1String("--terms-")))
        return benchTermsChild(application.arguments());
    benchCda();
    benchHandOver();
    if (!skip("terms"))
        benchTerms();
    benchProfile();
    return 0;
}
