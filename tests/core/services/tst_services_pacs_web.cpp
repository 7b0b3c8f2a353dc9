// An archive that speaks DICOMweb: what it says of studies, what it sends and leaves out, what it takes and
// only claims to have taken, and one that goes away in the middle.
#include "ImageFixture.h"
#include "core/imaging/dimse/Errors.h"
#include "core/services/Errors.h"
#include "core/services/PacsService.h"
#include "tests/core/net/TestTlsServer.h"

using namespace naru;
using namespace naru::services;
using naru::test::Peer;
using naru::test::TestCertificates;
using naru::testsupport::TestInstance;

namespace {
const QString studyUid = QStringLiteral("2.25.100"), name = QStringLiteral("web");

std::vector<TestInstance> studyOf(int count)
{
    std::vector<TestInstance> out;
    TestInstance like;
    like.seriesUid = "2.25.100.1";
    for (int i = 0; i < count; ++i)
        out.push_back(testsupport::slice(i, like));
    return out;
}

QByteArray attribute(const char *tag, const char *vr, const QByteArray &value)
{
    return QByteArray("\"") + tag + R"(":{"vr":")" + vr + R"(","Value":[)" + value + "]}";
}

QByteArray quoted(const QByteArray &text)
{
    return '"' + text + '"';
}

QByteArray named(const char *uid, const char *patient)
{
    return "{" + attribute("0020000D", "UI", quoted(uid)) + ","
        + attribute("00100010", "PN", "{" + quoted("Alphabetic") + ":" + quoted(patient) + "}") + "}";
}

struct Archive {
    std::vector<TestInstance> held = studyOf(5);
    QByteArrayList studies{"{" + attribute("0020000D", "UI", quoted("2.25.100")) + "}"};
    QByteArrayList requests{}; // first lines
    bool literal = false; // does not decode addresses
    bool nobody = false; // has no patient of any name
    bool missing = false; // nothing is at that address
    QByteArrayList taken{}; // bodies of STOW-RS
    std::function<QByteArray(const QByteArray &body)> stored{}; // answer of STOW-RS; empty: says nothing
    std::function<void(Peer &)> series{}; // instead of the honest answer
    test::TestTlsServer server{[this](Peer &peer) { answer(peer); }};

    void answer(Peer &peer)
    {
        const QByteArray request = peer.readRequest();
        const QByteArray line = request.left(request.indexOf("\r\n"));
        requests.append(line);
        if (missing)
            return void(peer.respond("text/plain", "not here", "404 Not Found"));
        if (line.startsWith("POST")) {
            taken.append(request);
            const QByteArray said = stored ? stored(request) : QByteArray();
            if (said.isEmpty())
                peer.reset();
            else
                peer.respond("application/dicom+json", said);
            return;
        }
        if (line.contains("/studies?") && literal && line.contains('%'))
            return void(peer.respond("application/dicom+json", "[]"));
        if (line.contains("/studies?") && nobody && line.contains("00100010="))
            return void(peer.respond("application/dicom+json", "[]"));
        if (line.contains("/studies?"))
            return void(peer.respond("application/dicom+json", "[" + studies.join(",") + "]"));
        if (line.contains("/instances "))
            return list(peer);
        if (series && line.contains("/series/") && !line.contains("/instances/"))
            return series(peer);
        if (series && line.contains("/studies/2.25.100 "))
            return series(peer);
        parts(peer, line);
    }
    void list(Peer &peer)
    {
        QByteArrayList rows;
        for (const TestInstance &one : held)
            rows.append("{" + attribute("0020000D", "UI", quoted("2.25.100")) + ","
                + attribute("0020000E", "UI", quoted(one.seriesUid)) + ","
                + attribute("00080018", "UI", quoted(one.sopUid)) + "}");
        peer.respond("application/dicom+json", "[" + rows.join(",") + "]");
    }
    void parts(Peer &peer, const QByteArray &line)
    {
        QByteArray body;
        for (const TestInstance &one : held) {
            if (!line.contains("/instances/") || line.contains(one.sopUid + " "))
                body += "--b\r\nContent-Type: application/dicom\r\n\r\n" + one.file() + "\r\n";
        }
        peer.respond("multipart/related; type=\"application/dicom\"; boundary=b", body + "--b--");
    }
};

// What STOW-RS says of these instances: stored, and refused.
QByteArray saying(const QList<QByteArray> &stored, const QList<QByteArray> &refused)
{
    QByteArrayList good, bad;
    for (const QByteArray &uid : stored)
        good.append("{" + attribute("00081155", "UI", quoted(uid)) + "}");
    for (const QByteArray &uid : refused)
        bad.append("{" + attribute("00081155", "UI", quoted(uid)) + "," + attribute("00081197", "US", "49152")
            + "}");
    return "{" + attribute("00081199", "SQ", good.join(",")) + ","
        + attribute("00081198", "SQ", bad.join(",")) + "}";
}
} // namespace

class TestServicesPacsWeb : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_archive = std::make_unique<Archive>();
        m = std::make_unique<test::ImageClinic>();
        QVERIFY(m->openOffline());
        const TestCertificates &all = TestCertificates::instance();
        const auto keep = [this](const char *file, const QByteArray &pem) {
            test::writeFile(m->path(QLatin1String(file)), pem);
            return m->path(QLatin1String(file));
        };
        PacsNode node;
        node.name = name;
        node.web = m_archive->server.url(QStringLiteral("/dicom-web/"));
        node.authorities = keep("ca.pem", all.authority.certificatePem());
        node.certificate = keep("own.pem", all.client.certificatePem());
        node.key = keep("own.key", all.client.keyPem());
        QVERIFY(pacs().setNode(node).ok());
        m_node = node;
    }
    void cleanup()
    {
        m.reset();
        m_archive.reset();
    }

    void nodesThatCannotBe()
    {
        const auto refused = [this](const std::function<void(PacsNode &)> &change) {
            PacsNode node = m_node;
            change(node);
            const base::Status kept = pacs().setNode(node);
            return !kept && kept.error().is(imaging::dimse::errors::Invalid);
        };
        for (const char *url : {"ftp://127.0.0.1/x", "127.0.0.1:8042", "https://", "https://a:b@127.0.0.1/x",
                 "https://127.0.0.1/x?y=z", "https://127.0.0.1/x#y", "https://127.0.0.1/%%"})
            QVERIFY2(refused([url](PacsNode &node) { node.web = QLatin1String(url); }), url);
        QVERIFY(refused([](PacsNode &node) { node.key.clear(); }));
        QVERIFY(refused([](PacsNode &node) { node.commitment = true; }));
        QVERIFY(refused([](PacsNode &node) { node.web = QStringLiteral("http://127.0.0.1/x"); }));
        QCOMPARE(pacs().nodes(), std::vector<PacsNode>{m_node});
    }

    void testNamesTheStep()
    {
        const auto steps = pacs().test(name);
        QVERIFY(steps.ok() && steps->back().ok);
        QStringList names;
        for (const PacsTestStep &step : *steps)
            names.append(step.step);
        QCOMPARE(names.join(QLatin1Char(' ')),
            QStringLiteral("settings dns tcp tls serverCertificate clientCertificate http query"));
        const auto failsAt = [this](const PacsNode &node) {
            if (!pacs().setNode(node))
                return QStringLiteral("not taken");
            const auto all = pacs().test(name);
            return all && !all->back().ok ? all->back().step : QStringLiteral("none");
        };
        PacsNode bad = m_node;
        bad.authorities = m_node.certificate; // signed by somebody else
        QCOMPARE(failsAt(bad), QStringLiteral("serverCertificate"));
        bad = m_node;
        bad.certificate.clear();
        bad.key.clear();
        QCOMPARE(failsAt(bad), QStringLiteral("clientCertificate"));
        bad = m_node;
        bad.web = QStringLiteral("https://127.0.0.1:1/dicom-web");
        QCOMPARE(failsAt(bad), QStringLiteral("tcp"));
        bad.web = QStringLiteral("http://") + QUrl(m_node.web).authority(); // speaks TLS only
        bad.authorities.clear();
        bad.certificate.clear();
        bad.key.clear();
        QCOMPARE(failsAt(bad), QStringLiteral("http"));
        bad = m_node;
        bad.key = m_node.authorities; // no key
        QCOMPARE(failsAt(bad), QStringLiteral("settings"));
        m_archive->missing = true;
        QCOMPARE(failsAt(m_node), QStringLiteral("http"));
        m_archive->missing = false;
        m_archive->studies = {"]"};
        QCOMPARE(failsAt(m_node), QStringLiteral("query"));
    }

    void findsInKorean()
    {
        m_archive->studies = {"{" + attribute("0020000D", "UI", quoted("2.25.7")) + ","
                + attribute("00100010", "PN",
                    R"({"Alphabetic":"Hong^Gildong","Ideographic":"洪^吉洞","Phonetic":"홍^길동"})")
                + "," + attribute("00080061", "CS", R"("CT","SR")") + "," + attribute("00201208", "IS", "40")
                + "," + attribute("00081030", "LO", quoted("흉부 CT")) + "}",
            "{" + attribute("0020000D", "UI", quoted("../../2.25.8")) + "}", "{}", "17"};
        PacsQuery query;
        query.name = QStringLiteral("홍길동");
        query.from = QStringLiteral("20260301");
        query.to = QStringLiteral("20260303");
        const auto found = pacs().find(name, query);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QCOMPARE(found->studies.size(), std::size_t(1)); // what is no UID is no answer
        const PacsStudy &study = found->studies.front();
        QCOMPARE(study.patientName, QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동"));
        QCOMPARE(study.modalities, QStringLiteral("CT, SR"));
        QCOMPARE(study.description, QStringLiteral("흉부 CT"));
        QCOMPARE(study.instances, 40);
        const QByteArray asked = m_archive->requests.last();
        QVERIFY2(asked.contains("00100010=*" + QByteArray("홍").toPercentEncoding() + "*"), asked);
        QVERIFY2(asked.contains("00080020=20260301-20260303"), asked);
        m_archive->studies = {"]"};
        QVERIFY(!pacs().find(name, query).ok());
    }

    // One that takes the address as it stands finds nobody whose name is encoded in it.
    void findsWhereAddressesAreNotDecoded()
    {
        m_archive->studies = {named("2.25.7", "홍^길동"), named("2.25.8", "김^영희")};
        m_archive->literal = true;
        PacsQuery query;
        query.name = QStringLiteral("홍길동");
        const auto found = pacs().find(name, query);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QCOMPARE(found->studies.size(), std::size_t(1));
        QCOMPARE(found->studies.front().studyUid, QStringLiteral("2.25.7"));
        m_archive->literal = false; // it decodes, and has nobody of this name
        m_archive->nobody = true;
        QVERIFY(pacs().find(name, query)->studies.empty());
    }

    void fetchesAllThenWhatIsMissing()
    {
        QCOMPARE(fetch().state, PacsJob::State::Done);
        QCOMPARE(m->study().instances, 5);
        QVERIFY(m_archive->requests.last().contains("GET /dicom-web/studies/2.25.100 "));
        m_archive->held = studyOf(6);
        QCOMPARE(fetch().state, PacsJob::State::Done);
        QCOMPARE(m->study().instances, 6);
        QVERIFY(m_archive->requests.last().contains("/instances/" + m_archive->held.back().sopUid));
    }

    // The archive dies in the third image: what came whole is kept, the next run asks for the rest.
    void goesOnAfterABreak()
    {
        m_archive->series = [this](Peer &peer) {
            QByteArray body;
            for (const TestInstance &one : m_archive->held)
                body += "--b\r\nContent-Type: application/dicom\r\n\r\n" + one.file() + "\r\n";
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: multipart/related; type=\"application/dicom\"; "
                       "boundary=b\r\nContent-Length: "
                + QByteArray::number(body.size() + 5) + "\r\n\r\n" + body.left(body.size() / 2));
            peer.closeWithoutNotify();
        };
        const PacsJob broken = fetch();
        QCOMPARE(broken.state, PacsJob::State::Queued);
        const int kept = m->study().instances;
        QVERIFY(kept > 0 && kept < 5);
        m_archive->series = {};
        QCOMPARE(fetch().state, PacsJob::State::Done);
        QCOMPARE(m->study().instances, 5);
    }

    // Another study's image, and one that is none, among those that were asked for.
    void whatWasNotAskedForIsNotKept()
    {
        m_archive->series = [this](Peer &peer) {
            TestInstance strange;
            strange.studyUid = "2.25.666";
            QByteArray body =
                "--b\r\n\r\nno image\r\n--b\r\n\r\n" + testsupport::slice(1, strange).file() + "\r\n";
            for (const TestInstance &one : m_archive->held)
                body += "--b\r\nContent-Type: application/dicom\r\n\r\n" + one.file() + "\r\n";
            peer.respond("multipart/related; type=\"application/dicom\"; boundary=b", body + "--b--");
        };
        QCOMPARE(fetch().state, PacsJob::State::Done);
        QCOMPARE(m->images().studies().size(), std::size_t(1));
        QCOMPARE(m->study().instances, 5);
    }

    // Only what the archive names as stored is; the rest goes again, and only the rest.
    void sendsUntilAllAreAcknowledged()
    {
        QCOMPARE(m->import({m->series(QStringLiteral("ct"), 4)}).stored, 4);
        QByteArrayList uids;
        for (const SeriesRow &series : m->images().series(m->study().key)) {
            for (const InstanceRow &one : m->images().instances(series.key))
                uids.append(one.sopUid.toLatin1());
        }
        const auto id = pacs().send(m->study().key, name);
        QVERIFY(id.ok());
        PacsJob job = *pacs().run(*id); // the archive hangs up
        QCOMPARE(job.state, PacsJob::State::Queued);
        QCOMPARE(job.done, 0);
        m_archive->stored = [&](const QByteArray &) { return saying({uids[0], uids[1]}, {uids[2]}); };
        QVERIFY(pacs().retry(*id).ok());
        job = *pacs().run(*id);
        QCOMPARE(job.state, PacsJob::State::Queued);
        QCOMPARE(job.lastError, QStringLiteral("services.PacsNotSent"));
        QCOMPARE(job.done, 2);
        QCOMPARE(job.failed, 2);
        m_archive->stored = [&](const QByteArray &) { return saying({uids[2], uids[3]}, {}); };
        QVERIFY(pacs().retry(*id).ok());
        job = *pacs().run(*id);
        QCOMPARE(job.state, PacsJob::State::Done);
        QCOMPARE(job.done, 4);
        const QByteArray last = m_archive->taken.last();
        QVERIFY(last.contains("POST /dicom-web/studies/"));
        QVERIFY(last.contains(uids[2]) && last.contains(uids[3]) && !last.contains(uids[0] + '\0'));
        QVERIFY(m->acts(QStringLiteral("pacs.")).contains(QStringLiteral("pacs.send success")));
    }

private:
    PacsService &pacs() { return m->profile->pacs(); }
    PacsJob fetch()
    {
        const auto id = pacs().fetch(name, studyUid);
        const auto job = id ? pacs().run(*id) : base::Result<PacsJob>(id.error());
        return job ? *job : PacsJob{};
    }
    std::unique_ptr<Archive> m_archive{};
    std::unique_ptr<test::ImageClinic> m{};
    PacsNode m_node{};
};

QTEST_GUILESS_MAIN(TestServicesPacsWeb)
#include "tst_services_pacs_web.moc"
