// The imaging source: DICOMweb (PS3.18), WADO-URI and RAD-69 give the same bytes, and consent decides.
#include "Wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace wire;

namespace {
QByteArray rad69(const QByteArray &study, const QByteArray &series, const QList<QByteArray> &images,
    const QByteArray &syntax)
{
    QByteArray documents;
    for (const QByteArray &image : images)
        documents += "<xdsb:DocumentRequest><xdsb:RepositoryUniqueId>2.25.1</xdsb:RepositoryUniqueId>"
                     "<xdsb:DocumentUniqueId>"
            + image + "</xdsb:DocumentUniqueId></xdsb:DocumentRequest>";
    return "<i:RetrieveImagingDocumentSetRequest xmlns:i=\"urn:ihe:rad:xdsi-b:2009\" "
           "xmlns:xdsb=\"urn:ihe:iti:xds-b:2007\"><i:StudyRequest studyInstanceUID=\""
        + study + "\"><i:SeriesRequest seriesInstanceUID=\"" + series + "\">" + documents
        + "</i:SeriesRequest></i:StudyRequest><i:TransferSyntaxUIDList><i:TransferSyntaxUID>" + syntax
        + "</i:TransferSyntaxUID></i:TransferSyntaxUIDList></i:RetrieveImagingDocumentSetRequest>";
}
} // namespace

class TestPracticeImaging : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(p.start({QStringLiteral("--reply-delay"), QStringLiteral("1")}));
        const Reply all = p.fetch("/dicomweb/studies");
        QCOMPARE(all.status, 200);
        studies = list(all);
        QVERIFY(studies.size() >= 20);
        for (const QJsonValue &one : studies) {
            if (value(one.toObject(), "00080061") == QLatin1String("MR"))
                chosen = one.toObject();
        }
        study = value(chosen, "0020000D").toLatin1();
        QVERIFY(!study.isEmpty());
    }

    void kindsOfImagesAreThere()
    {
        QSet<QString> kinds;
        for (const QJsonValue &one : studies)
            kinds.insert(value(one.toObject(), "00080061"));
        for (const char *kind : {"CT", "MR", "CR", "US"})
            QVERIFY2(kinds.contains(QLatin1String(kind)), kind);
    }

    void searchNarrows()
    {
        const QByteArray id = value(chosen, "00100020").toLatin1();
        const QJsonArray his = list(p.fetch("/dicomweb/studies?PatientID=" + id));
        QVERIFY(!his.isEmpty() && his.size() < studies.size());
        for (const QJsonValue &one : his)
            QCOMPARE(value(one.toObject(), "00100020").toLatin1(), id);
        QCOMPARE(list(p.fetch("/dicomweb/studies?limit=3&offset=2")).at(0), studies.at(2));
        QCOMPARE(p.fetch("/dicomweb/studies?StudyInstanceUID=1.2.3").status, 204);
    }

    void everyWayGivesTheSameBytes()
    {
        const QJsonArray series = list(p.fetch("/dicomweb/studies/" + study + "/series"));
        QVERIFY(!series.isEmpty());
        const QByteArray first = value(series.at(0).toObject(), "0020000E").toLatin1();
        const QByteArray base = "/dicomweb/studies/" + study + "/series/" + first;
        const QJsonArray instances = list(p.fetch(base + "/instances"));
        QCOMPARE(QString::number(instances.size()), value(series.at(0).toObject(), "00201209"));
        const QList<QByteArray> whole = files(p.fetch(base));
        QCOMPARE(whole.size(), instances.size());
        QList<QByteArray> uids;
        for (const QJsonValue &one : instances)
            uids.append(value(one.toObject(), "00080018").toLatin1());
        const QByteArray wado = "/wado?requestType=WADO&contentType=application/dicom&studyUID=" + study
            + "&seriesUID=" + first + "&objectUID=" + uids.at(1);
        QCOMPARE(p.fetch(wado).body, whole.at(1));
        QCOMPARE(files(p.fetch(base + "/instances/" + uids.at(1))), QList<QByteArray>{whole.at(1)});
        const Reply soap = p.soap("/imaging", "urn:ihe:rad:2009:RetrieveImagingDocumentSet",
            rad69(study, first, uids.mid(0, 3), "1.2.840.10008.1.2.1"));
        QVERIFY2(soap.success(), soap.body.left(2000).constData());
        QCOMPARE(files(soap), whole.mid(0, 3));
    }

    void whatIsNotThereIsSaid()
    {
        const QByteArray series = study + ".1";
        const Reply some = p.soap("/imaging", "urn:ihe:rad:2009:RetrieveImagingDocumentSet",
            rad69(study, series, {series + ".1", series + ".99999"}, "1.2.840.10008.1.2.1"));
        QVERIFY(some.has("ResponseStatusType:PartialSuccess"));
        QCOMPARE(some.errors(), QStringList{QStringLiteral("XDSDocumentUniqueIdError")});
        QCOMPARE(files(some).size(), 1);
        const Reply syntax = p.soap("/imaging", "urn:ihe:rad:2009:RetrieveImagingDocumentSet",
            rad69(study, series, {series + ".1"}, "1.2.840.10008.1.2.4.90"));
        QCOMPARE(syntax.errors(), QStringList{QStringLiteral("XDSRepositoryError")});
        QCOMPARE(p.fetch("/dicomweb/studies/1.2.3").status, 404);
        QCOMPARE(p.fetch("/dicomweb/studies/" + study + "/series/1.2.3").status, 404);
        QVERIFY(p.fetch("/dicomweb/studies", QString()).curl != 0); // no certificate
    }

    // Last: the patient takes the consent back.
    void consentDecides()
    {
        const qint64 kept = p.get("/admin/counts").value(QStringLiteral("imagingStudies")).toInteger();
        QVERIFY2(kept > studies.size(), "every seeded patient agreed");
        QByteArray patient;
        for (const QJsonValue &one : p.get("/admin/seed").value(QStringLiteral("patients")).toArray()) {
            const QJsonObject person = one.toObject();
            for (const QJsonValue &id : person.value(QStringLiteral("localIds")).toArray()) {
                if (id.toObject().value(QStringLiteral("extension")).toString() == value(chosen, "00100020"))
                    patient = person.value(QStringLiteral("id")).toString().toUtf8();
            }
        }
        QVERIFY(!patient.isEmpty());
        QVERIFY(submit(p, {{consentDoc(patient, withdrawAll, "20261122")}}).success());
        QCOMPARE(p.fetch("/dicomweb/studies/" + study).status, 404);
        QCOMPARE(p.fetch("/dicomweb/studies/" + study + "/metadata").status, 404);
        QCOMPARE(p.fetch("/dicomweb/studies?StudyInstanceUID=" + study).status, 204);
        const Reply soap = p.soap("/imaging", "urn:ihe:rad:2009:RetrieveImagingDocumentSet",
            rad69(study, study + ".1", {study + ".1.1"}, "1.2.840.10008.1.2.1"));
        QCOMPARE(soap.errors(), QStringList{QStringLiteral("XDSDocumentUniqueIdError")});
    }

private:
    PracticeProcess p;
    QJsonArray studies;
    QJsonObject chosen;
    QByteArray study;
};

QTEST_GUILESS_MAIN(TestPracticeImaging)
#include "tst_practice_imaging.moc"
