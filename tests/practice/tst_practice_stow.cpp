// The archive side of the practice exchange: manifests of the seeded studies (XDS-I.b), STOW-RS (PS3.18 10.5)
// and what becomes visible to whom once a manifest names what was stored.
#include "Wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace wire;

namespace {
const QString other = QStringLiteral("1.2.410.100110.10.38990009");

QByteArray multipart(const QList<QByteArray> &images)
{
    QByteArray out;
    for (const QByteArray &image : images)
        out += "--naru-part\r\nContent-Type: application/dicom\r\n\r\n" + image + "\r\n";
    return out + "--naru-part--\r\n";
}

// Failure reasons of a STOW-RS answer, in order; and how many were stored.
QList<int> failures(const Reply &reply)
{
    QList<int> out;
    const QJsonObject answer = QJsonDocument::fromJson(reply.body).object();
    for (const QJsonValue &one :
        answer.value(QLatin1String("00081198")).toObject().value(QLatin1String("Value")).toArray())
        out.append(value(one.toObject(), "00081197").toInt());
    return out;
}

qsizetype stored(const Reply &reply)
{
    return QJsonDocument::fromJson(reply.body)
        .object()
        .value(QLatin1String("00081199"))
        .toObject()
        .value(QLatin1String("Value"))
        .toArray()
        .size();
}
} // namespace

class TestPracticeStow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(p.start({QStringLiteral("--reply-delay"), QStringLiteral("1")}));
        QVERIFY(!p.institution(other, QStringLiteral("other")).isEmpty());
        QJsonObject chosen;
        for (const QJsonValue &one : list(p.fetch("/dicomweb/studies"))) {
            const QString modality = value(one.toObject(), "00080061");
            if (modality == QLatin1String("MR")
                && (chosen.isEmpty()
                    || value(one.toObject(), "00201208").toInt() < value(chosen, "00201208").toInt()))
                chosen = one.toObject();
        }
        seeded = value(chosen, "0020000D").toLatin1();
        chart = value(chosen, "00100020").toLatin1();
        accession = value(chosen, "00080050").toLatin1();
        QVERIFY(!seeded.isEmpty());
        for (const QJsonValue &one : p.get("/admin/seed").value(QStringLiteral("patients")).toArray()) {
            for (const QJsonValue &id : one.toObject().value(QStringLiteral("localIds")).toArray()) {
                if (id.toObject().value(QStringLiteral("extension")).toString().toLatin1() == chart)
                    owner = one.toObject().value(QStringLiteral("id")).toString().toUtf8();
            }
        }
        // The same images under a study of our own: a prefix of the same length.
        study = seeded;
        study[study.size() - 1] = study.endsWith('7') ? '8' : '7';
        study.replace("1.2.410.100110.10.", "1.2.410.100110.99.");
        for (QByteArray image : files(p.fetch("/dicomweb/studies/" + seeded + "/series/" + seeded + ".1")))
            images.append(image.replace(seeded, study));
        QVERIFY(images.size() > 3);
        patient = newPatient(p, "STOW-1");
        QVERIFY(giveConsent(p, patient));
    }

    // Every seeded study has a manifest in the registry, and the report that describes it links to it.
    void seededStudiesHaveManifests()
    {
        const Reply found = findDocuments(p, owner);
        const QRegularExpression kos(QStringLiteral("1\\.2\\.410\\.100110\\.10\\.\\d{8}\\.\\d{37}"));
        QStringList manifests;
        QRegularExpressionMatchIterator each = kos.globalMatch(QString::fromUtf8(found.body));
        while (each.hasNext())
            manifests.append(each.next().captured());
        manifests.removeDuplicates();
        QVERIFY(!manifests.isEmpty());
        QVERIFY(found.has("mimeType=\"application/dicom\""));
        QVERIFY(found.has("1.2.840.10008.5.1.4.1.1.88.59"));
        QVERIFY(found.has("urn:ihe:iti:xds:2013:accession"));
        QVERIFY(found.has(accession + "^^^&amp;"));
        for (const QString &one : manifests) {
            QCOMPARE(one.size(), 64);
            for (const auto &[id, path] :
                {std::pair(repository1, "/repository/1"), std::pair(repository2, "/repository/2")}) {
                const Retrieved got = retrieve(p, {one.toLatin1()}, id, path);
                if (got.documents.size() == 1 && got.documents.front().contains(seeded))
                    manifest = got.documents.front(), manifestUid = one.toLatin1();
            }
        }
        QVERIFY2(!manifest.isEmpty(), "a manifest names the study");
        QCOMPARE(manifest.mid(128, 4), QByteArray("DICM"));
        bool linked = false;
        const QRegularExpression unique(QStringLiteral("value=\"(1\\.2\\.410\\.100110\\.40[^\"]*)\""));
        each = unique.globalMatch(QString::fromUtf8(found.body));
        while (each.hasNext()) {
            const QByteArray id = each.next().captured(1).toUtf8();
            for (const auto &[repository, path] :
                {std::pair(repository1, "/repository/1"), std::pair(repository2, "/repository/2")}) {
                for (const QByteArray &bytes : retrieve(p, {id}, repository, path).documents)
                    linked = linked
                        || (bytes.contains("rev=\"" + manifestUid + "\"")
                            && bytes.contains("rel=\"" + accession + "\""));
            }
        }
        QVERIFY2(linked, "the report links to the manifest");
    }

    void storedAndNotYetVisible()
    {
        const Reply first = store(images.mid(0, 2));
        QCOMPARE(first.status, 200);
        QCOMPARE(stored(first), 2);
        QVERIFY(failures(first).isEmpty());
        QCOMPARE(count(), 2);
        QCOMPARE(p.fetch("/dicomweb/studies/" + study).status, 404);
        QCOMPARE(p.fetch("/dicomweb/studies?StudyInstanceUID=" + study).status, 204);
    }

    void againIsTheSameAndOtherBytesAreNot()
    {
        const Reply again = store(images.mid(0, 2));
        QCOMPARE(again.status, 200);
        QCOMPARE(count(), 2);
        QByteArray changed = images.front();
        changed[changed.size() - 1] = char(changed.back() ^ 1);
        const Reply conflict = store({changed});
        QCOMPARE(conflict.status, 409);
        QCOMPARE(failures(conflict), QList<int>{0x0111});
        const Reply mixed = store({changed, images.at(2)});
        QCOMPARE(mixed.status, 202);
        QCOMPARE(failures(mixed), QList<int>{0x0111});
        QCOMPARE(stored(mixed), 1);
        QCOMPARE(count(), 3);
        // A seeded image cannot be changed either.
        QByteArray made = changed;
        QCOMPARE(failures(store({made.replace(study, seeded)}, seeded)), QList<int>{0x0111});
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("reason");
        const QByteArray type = "multipart/related; type=\"application/dicom\"; boundary=naru-part";
        const QByteArray good = multipart({images.at(3)});
        const QByteArray own = "/dicomweb/studies/" + study;
        QByteArray cut = images.at(3).left(400), endless = images.at(3);
        endless.replace(QByteArray::fromHex("0800600043530200"), QByteArray::fromHex("080060004353ffff"));
        QTest::newRow("another-study")
            << QByteArray("/dicomweb/studies/1.2.3") << type << good << 409 << 0xA900;
        QTest::newRow("no-dicom") << own << type << multipart({"hello"}) << 409 << 0xC000;
        QTest::newRow("cut-in-the-meta-header") << own << type << multipart({cut.left(150)}) << 409 << 0xC000;
        QTest::newRow("element-longer-than-the-file") << own << type << multipart({endless}) << 409 << 0xC000;
        QTest::newRow("empty-part") << own << type << multipart({QByteArray()}) << 409 << 0xC000;
        QTest::newRow("no-closing-boundary") << own << type << good.chopped(6) << 400 << 0;
        QTest::newRow("no-parts") << own << type << QByteArray("--naru-part--\r\n") << 400 << 0;
        QTest::newRow("json") << own << QByteArray("application/json") << QByteArray("{}") << 415 << 0;
        QTest::newRow("another-source") << own + "?SourceID=1.2.3" << type << good << 403 << 0;
    }
    void refused()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(int, reason);
        const Reply reply = p.post(path.constData(), type, body);
        QCOMPARE(int(reply.status), status);
        QCOMPARE(failures(reply), reason ? QList<int>{reason} : QList<int>{});
        QCOMPARE(count(), 3);
    }

    void withoutCertificate()
    {
        QVERIFY(p.post(("/dicomweb/studies/" + study).constData(), "text/plain", "x", QString()).curl != 0);
    }

    // A manifest opens what its submitter showed to have, nothing else.
    void manifestOfAnotherOpensNothing()
    {
        Doc doc = manifestDoc();
        QVERIFY(submit(p, {{doc}}, QStringLiteral("other")).success());
        QCOMPARE(p.fetch("/dicomweb/studies/" + study).status, 404);
        doc = manifestDoc();
        doc.bytes = manifest; // names the seeded study, of another patient
        QVERIFY(submit(p, {{doc}}).success());
        QVERIFY(submit(p, {{consentDoc(owner, withdrawAll, "20261121")}}).success());
        QCOMPARE(p.fetch("/dicomweb/studies/" + seeded, QStringLiteral("other")).status, 404);
        QVERIFY(submit(p, {{consentDoc(owner, consentAll, "20261122")}}).success());
    }

    void sharedAndFetched()
    {
        QVERIFY(submit(p, {{manifestDoc()}}).success());
        fetchedByTheOther();
        const QJsonArray matches =
            list(p.fetch("/dicomweb/studies?StudyInstanceUID=" + study, QStringLiteral("other")));
        QCOMPARE(matches.size(), 1);
        QCOMPARE(value(matches.at(0).toObject(), "00201208"), QStringLiteral("3"));
        QCOMPARE(value(matches.at(0).toObject(), "00100020").toLatin1(), chart);
        const QByteArray sop = study + ".1.2";
        QCOMPARE(p.fetch("/wado?requestType=WADO&contentType=application/dicom&studyUID=" + study
                          + "&seriesUID=" + study + ".1&objectUID=" + sop,
                      QStringLiteral("other"))
                     .body,
            images.at(1));
        const Reply soap = p.soap("/imaging", "urn:ihe:rad:2009:RetrieveImagingDocumentSet",
            "<i:RetrieveImagingDocumentSetRequest xmlns:i=\"urn:ihe:rad:xdsi-b:2009\" "
            "xmlns:xdsb=\"urn:ihe:iti:xds-b:2007\"><i:StudyRequest studyInstanceUID=\""
                + study + "\"><i:SeriesRequest seriesInstanceUID=\"" + study
                + ".1\"><xdsb:DocumentRequest><xdsb:RepositoryUniqueId>2.25.1</xdsb:RepositoryUniqueId>"
                  "<xdsb:DocumentUniqueId>"
                + sop
                + "</xdsb:DocumentUniqueId></xdsb:DocumentRequest></i:SeriesRequest></i:StudyRequest>"
                  "<i:TransferSyntaxUIDList><i:TransferSyntaxUID>1.2.840.10008.1.2.1</i:TransferSyntaxUID>"
                  "</i:TransferSyntaxUIDList></i:RetrieveImagingDocumentSetRequest>",
            QStringLiteral("other"));
        QVERIFY2(soap.success(), soap.body.left(1000).constData());
        QCOMPARE(files(soap), QList<QByteArray>{images.at(1)});
    }

    void killedAndThereAgain()
    {
        p.kill();
        QVERIFY(p.start({QStringLiteral("--reply-delay"), QStringLiteral("1")}));
        QCOMPARE(count(), 3);
        fetchedByTheOther();
    }

    void faultsOfTheStore()
    {
        QVERIFY(p.faults("store:status=503,times=1"));
        QCOMPARE(store({images.at(3)}).status, 503);
        QCOMPARE(count(), 3);
        QVERIFY(p.faults("store:unknown,times=1"));
        QVERIFY(store({images.at(3)}).curl != 0);
        QCOMPARE(count(), 4); // it happened
        QVERIFY(p.faults(""));
        QCOMPARE(store({images.at(3)}).status, 200);
        QCOMPARE(count(), 4);
    }

    // Last: the patient takes the consent back.
    void consentDecides()
    {
        QVERIFY(submit(p, {{consentDoc(patient, withdrawAll, "20261122")}}).success());
        QCOMPARE(p.fetch("/dicomweb/studies/" + study, QStringLiteral("other")).status, 404);
        QCOMPARE(p.fetch("/dicomweb/studies/" + study).status, 404);
        // Images that carry a chart number of ours are refused as soon as it is known that nobody agreed.
        QVERIFY(!newPatient(p, chart).isEmpty());
        const Reply reply = store({images.at(4 % images.size())});
        QCOMPARE(reply.status, 409);
        QCOMPARE(failures(reply), QList<int>{0x0124});
        emergencyException();
    }

private:
    // As a document: stored because the sender says why, written down, and seen by nobody without consent.
    void emergencyException()
    {
        const auto exceptions = [this] {
            return p.get("/admin/counts").value(QStringLiteral("emergencyImages")).toInt();
        };
        const QList<QByteArray> one{images.at(4 % images.size())};
        QCOMPARE(store(one, {}, "&PurposeOfUse=TREAT").status, 400);
        QCOMPARE(exceptions(), 0);
        const Reply taken = store(one, {}, "&PurposeOfUse=ETREAT");
        QCOMPARE(taken.status, 200);
        QCOMPARE(stored(taken), 1);
        QCOMPARE(exceptions(), 1);
        QCOMPARE(p.fetch("/dicomweb/studies/" + study, QStringLiteral("other")).status, 404);
        QCOMPARE(failures(store(one)), QList<int>{0x0124}); // the exception was for that once
        Doc named = manifestDoc();
        QVERIFY(!submit(p, {{named}}).success()); // patient STOW-1 has withdrawn as well
        named.eventCode = "ETREAT";
        QVERIFY(submit(p, {{named}}).success());
    }
    Reply store(const QList<QByteArray> &what, const QByteArray &where = {}, const QByteArray &more = {})
    {
        return p.post(
            ("/dicomweb/studies/" + (where.isEmpty() ? study : where) + "?SourceID=" + clinicOid + more)
                .constData(),
            "multipart/related; type=\"application/dicom\"; boundary=naru-part", multipart(what));
    }
    int count() { return p.get("/admin/counts").value(QStringLiteral("storedImages")).toInt(); }
    Doc manifestDoc()
    {
        Doc doc;
        doc.patient = patient;
        doc.mime = "application/dicom";
        doc.formatCode = "1.2.840.10008.5.1.4.1.1.88.59";
        doc.bytes = manifest;
        doc.bytes.replace(seeded, study);
        return doc;
    }
    void fetchedByTheOther()
    {
        const Reply all = p.fetch("/dicomweb/studies/" + study, QStringLiteral("other"));
        QCOMPARE(all.status, 200);
        QCOMPARE(files(all), images.mid(0, 3));
    }
    PracticeProcess p;
    QByteArray seeded, study, chart, accession, owner, patient, manifest, manifestUid;
    QList<QByteArray> images;
};

QTEST_GUILESS_MAIN(TestPracticeStow)
#include "tst_practice_stow.moc"
