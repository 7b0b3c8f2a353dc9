// A study of the exchange into a chart, from a source written by hand: the honest one, one that leaves out or
// spoils images, one that sends another person's, and one that knows only some ways to be asked.
#include "ImageFixture.h"
#include "core/services/Errors.h"
#include "tests/core/net/TestTlsServer.h"

using namespace naru;
using namespace naru::services;
using naru::test::Peer;
using naru::test::TestCertificates;
using naru::testsupport::TestInstance;

namespace {
const QString studyUid = QStringLiteral("2.25.100");

QByteArray textBetween(const QByteArray &text, const QByteArray &open, const QByteArray &close)
{
    const qsizetype at = text.indexOf(open);
    return at < 0 ? QByteArray()
                  : text.mid(at + open.size(), text.indexOf(close, at + open.size()) - at - open.size());
}

struct Held {
    TestInstance image{};
    QByteArray bytes{}; // what it sends; empty: left out
};

// Two series of a CT: three images and two.
std::vector<Held> studyOf(const TestInstance &like = {})
{
    std::vector<Held> out;
    for (const auto &[series, count] : {std::pair{1, 3}, std::pair{2, 2}}) {
        TestInstance base = like;
        base.seriesUid = "2.25.100." + QByteArray::number(series);
        base.seriesNumber = series;
        for (int i = 0; i < count; ++i) {
            const TestInstance image = testsupport::slice(i, base);
            out.push_back({image, image.file()});
        }
    }
    return out;
}

// QIDO-RS, WADO-RS and RAD-69 over what it holds.
struct Source {
    std::vector<Held> held = studyOf();
    bool web = true; // knows WADO-RS
    QStringList requests{}; // "list", "series 2.25.100.1", "images 2"
    test::TestTlsServer server{[this](Peer &peer) { answer(peer); }};

    void answer(Peer &peer)
    {
        const QByteArray request = peer.readRequest();
        if (request.startsWith("POST"))
            return soap(peer, request);
        const QByteArray path = textBetween(request, "GET ", " HTTP");
        if (path.startsWith("/wado"))
            return uri(peer, path + '&');
        if (path.endsWith("/instances"))
            return list(peer);
        const QByteArray series = path.mid(path.lastIndexOf('/') + 1);
        requests.append(QStringLiteral("series ") + QString::fromLatin1(series));
        if (!web) {
            peer.respond("text/plain", "no", "406 Not Acceptable");
            return;
        }
        QByteArray body;
        for (const Held &one : held) {
            if (one.image.seriesUid == series && !one.bytes.isEmpty())
                body += "--b\r\nContent-Type: application/dicom\r\n\r\n" + one.bytes + "\r\n";
        }
        peer.respond("multipart/related; type=\"application/dicom\"; boundary=b", body + "--b--");
    }

    void uri(Peer &peer, const QByteArray &path)
    {
        const QByteArray wanted = textBetween(path, "objectUID=", "&");
        requests.append(QStringLiteral("uri ") + QString::fromLatin1(wanted));
        QByteArray body;
        for (const Held &one : held) {
            if (one.image.sopUid == wanted && one.image.seriesUid == textBetween(path, "seriesUID=", "&")
                && path.contains("requestType=WADO") && path.contains("studyUID=2.25.100&")
                && !one.bytes.isEmpty())
                body = one.bytes;
        }
        if (body.isEmpty())
            peer.respond("text/plain", "no", "404 Not Found");
        else
            peer.respond("application/dicom", body);
    }

    void list(Peer &peer)
    {
        requests.append(QStringLiteral("list"));
        QByteArrayList rows;
        for (const Held &one : held)
            rows.append(R"({"0020000D":{"vr":"UI","Value":["2.25.100"]},"0020000E":{"vr":"UI","Value":[")"
                + one.image.seriesUid + R"("]},"00080018":{"vr":"UI","Value":[")" + one.image.sopUid
                + R"("]}})");
        peer.respond("application/dicom+json", "[" + rows.join(",") + "]");
    }

    void soap(Peer &peer, const QByteArray &request)
    {
        QByteArray responses, parts;
        int count = 0;
        for (const Held &one : held) {
            if (!request.contains("<xdsb:DocumentUniqueId>" + one.image.sopUid + "<"))
                continue;
            ++count;
            responses += "<x:DocumentResponse><x:RepositoryUniqueId>2.25.9</x:RepositoryUniqueId>"
                         "<x:DocumentUniqueId>"
                + one.image.sopUid
                + "</x:DocumentUniqueId><x:mimeType>application/dicom</x:mimeType><x:Document><xop:Include "
                  "xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:"
                + one.image.sopUid + "\"/></x:Document></x:DocumentResponse>";
            parts += "--b\r\nContent-ID: <" + one.image.sopUid + ">\r\n\r\n" + one.bytes + "\r\n";
        }
        requests.append(QStringLiteral("images %1").arg(count));
        const QByteArray root = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
                                "xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header><a:Action>"
                                "urn:ihe:rad:2009:RetrieveImagingDocumentSetResponse</a:Action><a:RelatesTo>"
            + textBetween(request, "<wsa:MessageID>", "<")
            + "</a:RelatesTo></s:Header><s:Body><x:RetrieveDocumentSetResponse "
              "xmlns:x=\"urn:ihe:iti:xds-b:2007\"><r:RegistryResponse "
              "xmlns:r=\"urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0\" "
              "status=\"urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success\"/>"
            + responses + "</x:RetrieveDocumentSetResponse></s:Body></s:Envelope>";
        peer.respond("multipart/related; boundary=b; type=\"application/xop+xml\"",
            "--b\r\nContent-Type: application/xop+xml\r\n\r\n" + root + "\r\n" + parts + "--b--");
    }
};
} // namespace

class TestServicesImageFetch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void noConsentNoQuestion();
    void emergency();
    void firstImageAtOnceThenNothingTwice();
    void aSpoiltImageComesLater();
    void leftOutIsCounted();
    void whatWasNotAskedFor();
    void anotherPersons();
    void oneByOneWhereWholeSeriesAreUnknown();
    void manifestInsteadOfList();
    void oneByOneByAddress();
    void importedBefore();
    void stoppedMidway();

private:
    void open(const char *without = "");
    void consent();
    base::Result<ImageFetchReport> fetch(const ImageService::FetchArrived &arrived = {})
    {
        return m->images().fetchFromExchange({.patient = m_patient, .studyUid = studyUid}, {}, arrived);
    }
    std::unique_ptr<Source> m_source{};
    std::unique_ptr<test::ImageClinic> m{};
    PatientKey m_patient{};
    bool m_wadoOnly = false;
};

void TestServicesImageFetch::open(const char *without)
{
    const TestCertificates &all = TestCertificates::instance();
    const auto keep = [this](const char *name, const QByteArray &pem) {
        test::writeFile(m->path(QLatin1String(name)), pem);
        return m->path(QLatin1String(name));
    };
    const QString file = test::siteCopy(QStringLiteral(NARU_SOURCE_DIR "/resources/sites/practice/site.json"),
        m->folder.filePath(QStringLiteral("site.json")), 0, true);
    QJsonObject site = QJsonDocument::fromJson(test::fileBytes(file)).object();
    site.insert(QStringLiteral("tls"),
        QJsonObject{{QStringLiteral("ca"), keep("ca.pem", all.authority.certificatePem())},
            {QStringLiteral("certificate"), keep("own.pem", all.client.certificatePem())},
            {QStringLiteral("key"), keep("own.key", all.client.keyPem())}});
    QJsonObject source{{QStringLiteral("id"), QStringLiteral("2.25.9")},
        {QStringLiteral("url"), m_source->server.url(QStringLiteral("/imaging"))},
        {QStringLiteral("dicomweb"), m_source->server.url(QStringLiteral("/web"))},
        {QStringLiteral("timeoutSeconds"), 10}, {QStringLiteral("imagesPerRequest"), 2},
        {QStringLiteral("direct"), true}};
    source.remove(QLatin1String(without));
    if (m_wadoOnly) {
        source.insert(QStringLiteral("wado"), m_source->server.url(QStringLiteral("/wado")));
        source.remove(QStringLiteral("url"));
        source.remove(QStringLiteral("dicomweb"));
    }
    QJsonObject endpoints = site.value(QStringLiteral("endpoints")).toObject();
    endpoints.insert(QStringLiteral("imaging"), QJsonArray{source});
    site.insert(QStringLiteral("endpoints"), endpoints);
    test::writeFile(file, QJsonDocument(site).toJson());
    VERIFY_OK(m->open(file));
    m_patient = m->patient();
    QVERIFY(!m_patient.isEmpty());
}

void TestServicesImageFetch::consent()
{
    ConsentAct act = m->act(m_patient);
    act.programmes = {clinical::Programme::Imaging};
    VERIFY_OK(m->profile->consents().give(act));
}

void TestServicesImageFetch::init()
{
    m_source = std::make_unique<Source>();
    m = std::make_unique<test::ImageClinic>();
    m_wadoOnly = false;
    open();
}

void TestServicesImageFetch::cleanup()
{
    const auto verdict = m->profile->audit().verify();
    VERIFY_OK(verdict);
    QVERIFY(verdict->intact);
    m.reset();
    m_source.reset();
}

void TestServicesImageFetch::noConsentNoQuestion()
{
    const auto refused = fetch();
    QVERIFY(!refused && refused.error().is(services::errors::NoConsent));
    ConsentAct act = m->act(m_patient); // for documents, not for images
    VERIFY_OK(m->profile->consents().give(act));
    QVERIFY(!fetch());
    QCOMPARE(m_source->server.connections(), 0);
    QCOMPARE(m->acts(), QStringList(2, m->acts().first())); // both refusals are in the trail
    QVERIFY(!m->acts().first().endsWith(QLatin1String("success")));
}

void TestServicesImageFetch::emergency()
{
    const auto report = m->images().fetchFromExchange(
        {.patient = m_patient, .studyUid = studyUid, .emergencyReason = QStringLiteral("의식 없음")});
    VERIFY_OK(report);
    QVERIFY(report->complete());
    QCOMPARE(m->acts(QStringLiteral("consent.emergency")).size(), 1);
}

void TestServicesImageFetch::firstImageAtOnceThenNothingTwice()
{
    consent();
    int listedAtFirst = -1;
    QList<int> steps;
    const auto arrived = [&](const ImageFetchReport &soFar) {
        steps.append(soFar.stored);
        if (soFar.stored > 0 && listedAtFirst < 0)
            listedAtFirst = m->study().instances;
    };
    const auto report = fetch(arrived);
    VERIFY_OK(report);
    QVERIFY(report->complete());
    QCOMPARE(report->expected, 5);
    QCOMPARE(report->stored, 5);
    QCOMPARE(listedAtFirst, 1);
    QCOMPARE(steps.first(), 0);
    QCOMPARE(steps.last(), 5);
    QVERIFY(std::is_sorted(steps.begin(), steps.end()));
    QCOMPARE(m_source->requests,
        (QStringList{QStringLiteral("list"), QStringLiteral("series 2.25.100.1"),
            QStringLiteral("series 2.25.100.2")}));
    QCOMPARE(m->study().patientKey, m_patient);
    QCOMPARE(m->study().source, QStringLiteral("exchange:2.25.9"));
    QCOMPARE(m->study().match, ImageMatch::Matched);
    QCOMPARE(report->studyKey, m->study().key);
    const auto again = fetch();
    VERIFY_OK(again);
    QVERIFY(again->complete());
    QCOMPARE(again->known, 5);
    QCOMPARE(again->stored, 0);
    QCOMPARE(m_source->requests.size(), 4); // asked what there is, and for nothing of it
    QVERIFY(m->acts().contains(QStringLiteral("image.fetch success")));
}

void TestServicesImageFetch::aSpoiltImageComesLater()
{
    consent();
    const QByteArray good = m_source->held[1].bytes;
    m_source->held[1].bytes = "this is no image";
    const auto first = fetch();
    VERIFY_OK(first);
    QCOMPARE(first->stored, 4);
    QCOMPARE(first->failed, 1);
    QVERIFY(first->error && first->error->is(services::errors::ImagesIncomplete));
    QCOMPARE(first->faults.size(), std::size_t(1));
    QVERIFY(first->faults[0].code.startsWith(QLatin1String("imaging.")));
    m_source->held[1].bytes = good;
    m_source->requests.clear();
    const auto second = fetch();
    VERIFY_OK(second);
    QVERIFY(second->complete());
    QCOMPARE(second->known, 4);
    QCOMPARE(second->stored, 1);
    QCOMPARE(m_source->requests, (QStringList{QStringLiteral("list"), QStringLiteral("images 1")}));
}

void TestServicesImageFetch::leftOutIsCounted()
{
    consent();
    m_source->held[3].bytes.clear();
    const auto report = fetch();
    VERIFY_OK(report);
    QCOMPARE(report->stored, 4);
    QCOMPARE(report->failed, 1);
    QVERIFY(!report->complete());
    QCOMPARE(report->error->arguments.value(QStringLiteral("missing")), QStringLiteral("1"));
    QVERIFY(!m->acts().contains(QStringLiteral("image.fetch success")));
}

// In the place of an image one of another study, and one of the study that the list does not name.
void TestServicesImageFetch::whatWasNotAskedFor()
{
    consent();
    TestInstance other = m_source->held[0].image;
    other.studyUid = "2.25.666";
    m_source->held[0].bytes = other.file();
    TestInstance unnamed = m_source->held[1].image;
    unnamed.sopUid = "2.25.100.1.77";
    m_source->held[1].bytes = unnamed.file();
    const auto report = fetch();
    VERIFY_OK(report);
    QCOMPARE(report->stored, 3);
    QCOMPARE(report->failed, 2);
    QCOMPARE(report->faults.size(), std::size_t(1));
    QCOMPARE(report->faults[0].code, QStringLiteral("services.ImageNotAsked"));
    QCOMPARE(report->faults[0].count, 2);
    QCOMPARE(m->study().instances, 3); // and no second study
}

void TestServicesImageFetch::anotherPersons()
{
    consent();
    m_source->held = studyOf({.patientName = "PARK^HANEUL==박^하늘", .birthDate = "19800101", .sex = "F"});
    const auto report = fetch();
    VERIFY_OK(report);
    QVERIFY(report->error && report->error->is(services::errors::ImagesOfAnother));
    QCOMPARE(report->stored, 0);
    QCOMPARE(report->failed, 5);
    QVERIFY(m->images().studies().empty());
    QCOMPARE(m_source->requests.size(), 2); // and the second series was not asked for
}

void TestServicesImageFetch::oneByOneWhereWholeSeriesAreUnknown()
{
    consent();
    m_source->web = false;
    const auto report = fetch();
    VERIFY_OK(report);
    QVERIFY(report->complete());
    QCOMPARE(m_source->requests,
        (QStringList{QStringLiteral("list"), QStringLiteral("series 2.25.100.1"), QStringLiteral("images 2"),
            QStringLiteral("images 1"), QStringLiteral("series 2.25.100.2"), QStringLiteral("images 2")}));
}

void TestServicesImageFetch::manifestInsteadOfList()
{
    m->profile.reset();
    m = std::make_unique<test::ImageClinic>();
    open("dicomweb");
    consent();
    const auto blind = fetch();
    QVERIFY(!blind && blind.error().is(services::errors::ImagesUnlisted));
    ImageFetchRequest request{.patient = m_patient, .studyUid = studyUid};
    for (const Held &one : m_source->held)
        request.manifest.push_back(
            {QString::fromLatin1(one.image.seriesUid), QString::fromLatin1(one.image.sopUid)});
    request.sourceId = QStringLiteral("2.25.8");
    const auto elsewhere = m->images().fetchFromExchange(request);
    QVERIFY(!elsewhere && elsewhere.error().is(services::errors::ImageLocation));
    request.sourceId = QStringLiteral("2.25.9");
    const auto report = m->images().fetchFromExchange(request);
    VERIFY_OK(report);
    QVERIFY(report->complete());
    QCOMPARE(m_source->requests,
        (QStringList{QStringLiteral("images 2"), QStringLiteral("images 1"), QStringLiteral("images 2")}));
}

// A source that has WADO-URI alone: each image by itself, and one that is not there keeps no other away.
void TestServicesImageFetch::oneByOneByAddress()
{
    m->profile.reset();
    m = std::make_unique<test::ImageClinic>();
    m_wadoOnly = true;
    open();
    consent();
    ImageFetchRequest request{.patient = m_patient, .studyUid = studyUid};
    for (const Held &one : m_source->held)
        request.manifest.push_back({QString::fromLatin1(one.image.seriesUid),
            QString::fromLatin1(one.image.sopUid), QStringLiteral("2.25.9")});
    m_source->held[1].bytes.clear();
    const auto some = m->images().fetchFromExchange(request);
    VERIFY_OK(some);
    QCOMPARE(some->stored, 4);
    QVERIFY(some->error && some->failed == 1);
    QCOMPARE(some->faults.size(), std::size_t(1));
    QCOMPARE(m_source->requests.size(), 5);
    m_source->held[1].bytes = m_source->held[1].image.file();
    m_source->requests.clear();
    const auto rest = m->images().fetchFromExchange(request);
    VERIFY_OK(rest);
    QVERIFY(rest->complete());
    QCOMPARE(m_source->requests, QStringList{QStringLiteral("uri 2.25.100.1.2")});
}

// From a disc, in nobody's chart: what is known is not fetched, and the study comes into the chart.
void TestServicesImageFetch::importedBefore()
{
    consent();
    TestInstance like;
    like.patientId = "H-1"; // the hospital's number: no chart is found by it
    m_source->held = studyOf(like);
    like.seriesUid = "2.25.100.1";
    m->import({m->series(QStringLiteral("cd"), 3, like)});
    QVERIFY(m->study().patientKey.isEmpty());
    const auto report = fetch();
    VERIFY_OK(report);
    QVERIFY(report->complete());
    QCOMPARE(report->known, 3);
    QCOMPARE(report->stored, 2);
    QCOMPARE(m->images().studies().size(), std::size_t(1));
    QCOMPARE(m->study().patientKey, m_patient);
}

void TestServicesImageFetch::stoppedMidway()
{
    consent();
    std::stop_source stop;
    const auto report = m->images().fetchFromExchange({.patient = m_patient, .studyUid = studyUid},
        base::WorkContext(stop.get_token()), [&stop](const ImageFetchReport &soFar) {
            if (soFar.stored > 0)
                stop.request_stop();
        });
    VERIFY_OK(report);
    QVERIFY(report->stored >= 1 && report->failed >= 1);
    QCOMPARE(report->stored, m->study().instances);
    QVERIFY(report->error);
    const auto rest = fetch();
    VERIFY_OK(rest);
    QVERIFY(rest->complete());
    QCOMPARE(rest->known, report->stored);
}

QTEST_GUILESS_MAIN(TestServicesImageFetch)
#include "tst_services_image_fetch.moc"
