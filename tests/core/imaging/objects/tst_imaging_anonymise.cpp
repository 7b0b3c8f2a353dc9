// De-identification: nothing that points at the patient is left in the bytes, and the image still is one.
#include "core/imaging/Errors.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/objects/Anonymise.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/JsonModel.h"
#include "tests/core/imaging/objects/ObjectTools.h"

#include <QRegularExpression>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
const QByteArray EucHong = "\xC8\xAB", EucGildong = "\xB1\xE6\xB5\xBF";

// What must not be found again, in the encodings of the file and of the output.
const QByteArrayList secrets{"Gildong", "GILDONG", "길동", "洪吉洞", EucGildong, "P-0042-7781",
    "900101-1234567", "Jongno", "010-5555", "Uisa", "의사", "ACC-991", "NARUCLINIC", "SN-77031", "STATION-9",
    "PRIVATE SECRET", "20261120", "19600229", "2.25.31337", "guardian", "2026-11-20"};

DicomWriter &identity(DicomWriter &w)
{
    return w.text(0x00100010, "PN",
        "Hong^Gildong=\x1B$)C\xFB\xF3^\x1B$)C\xD1\xCE\xD4\xD7=\x1B$)C" + EucHong + "^\x1B$)C" + EucGildong);
}

// A CT of a patient whose name is in every corner: sequences, private groups, groups of a name, UIDs, free
// text.
QByteArray identified()
{
    const QByteArray referenced = DicomWriter()
                                      .text(0x00081150, "UI", uid("sopCt"))
                                      .text(0x00081155, "UI", "2.25.313371")
                                      .text(0x00091001, "LO", "PRIVATE SECRET")
                                      .dataSet();
    const QByteArray step =
        DicomWriter()
            .text(0x00321060, "LO", "CT of Gildong")
            .text(0x00400007, "LO", "P-0042-7781 chest")
            .sequence(0x00400008, {DicomWriter().text(0x00080104, "LO", "for Hong Gildong").dataSet()})
            .dataSet();
    DicomWriter w;
    w.text(0x00080005, "CS", "\\ISO 2022 IR 149").text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
    w.text(0x00080016, "UI", uid("sopCt")).text(0x00080018, "UI", "2.25.313370");
    w.text(0x00080020, "DA", "20261120")
        .text(0x00080022, "DA", "20261120")
        .text(0x0008002A, "DT", "20261120101112");
    w.text(0x00080030, "TM", "101112").text(0x00080050, "SH", "ACC-991").text(0x00080060, "CS", "CT");
    w.text(0x00080070, "LO", "Maker").text(0x00080080, "LO", "NARUCLINIC").text(0x00080081, "ST", "1 Jongno");
    w.text(0x00080090, "PN", "Kim^Uisa").text(0x00081010, "SH", "STATION-9");
    w.text(0x00081030, "LO", "Gildong follow-up").text(0x0008103E, "LO", "Thorax 5mm");
    w.sequence(0x00081140, {referenced}, false);
    w.text(0x00090010, "LO", "PRIVATE SECRET").put(0x00091001, "UN", "PRIVATE SECRET");
    identity(w)
        .text(0x00100020, "LO", "P-0042-7781")
        .text(0x00100030, "DA", "19600229")
        .text(0x00100040, "CS", "M");
    w.text(0x00101000, "LO", "900101-1234567")
        .text(0x00101001, "PN", "Hong^Gildong")
        .text(0x00101010, "AS", "066Y");
    w.text(0x00101040, "LO", "12 Jongno").text(0x00102154, "SH", "010-5555-1234");
    w.text(0x00104000, "LT", "called guardian on 2026-11-20");
    w.text(0x00181000, "LO", "SN-77031")
        .text(0x00181020, "LO", "v1")
        .text(0x00181030, "LO", "P-0042-7781 protocol");
    w.text(0x00181210, "SH", "GILDONG");
    w.text(0x0020000D, "UI", "2.25.3133700")
        .text(0x0020000E, "UI", "2.25.3133701")
        .text(0x00200010, "SH", "1");
    w.text(0x00200013, "IS", "7")
        .text(0x00200052, "UI", "2.25.3133702")
        .text(0x00204000, "LT", "Hong Gildong again");
    w.us(0x00280002, {1}).text(0x00280004, "CS", "MONOCHROME2").us(0x00280010, {2}).us(0x00280011, {2});
    w.us(0x00280100, {16}).us(0x00280101, {16}).us(0x00280102, {15}).us(0x00280103, {1});
    w.sequence(0x00400275, {step}).text(0x0040A123, "PN", "Hong^Gildong");
    w.text(0x00401400, "LT", "Gildong").text(0x40001000, "LT", "unknown Gildong");
    w.us(0x60000010, {2}).us(0x60000011, {2}).put(0x60003000, "OW", "GILDONG ");
    w.put(0x7FE00010, "OW", QByteArray("\1\2\3\4\5\6\7\10", 8));
    w.put(0xFFFCFFFC, "OB", "GILDONG ");
    QByteArray file = DicomWriter::file(w.dataSet(), uid("tsExplicitLE"), uid("sopCt"), "2.25.313370");
    file.replace(0, 7, "GILDONG"); // the preamble may hold anything
    return file;
}

base::Result<DataSetValue> valuesOf(const QByteArray &file)
{
    auto instance = openBytes(file);
    if (!instance)
        return instance.error();
    return (*instance)->dataSet({});
}

// The file without its patient; empty with a message when something fails.
QByteArray anonymous(const AnonymiseOptions &options, const QByteArray &file, QStringList *warnings = nullptr)
{
    const auto set = valuesOf(file);
    const auto anonymiser = Anonymiser::make(options);
    if (!set || !anonymiser)
        return {};
    const auto done = anonymiser->apply(*set);
    if (!done)
        return {};
    if (warnings)
        *warnings = done->warnings;
    return writePart10(done->set, {.bulk = bulkReader(file)}).valueOr({});
}

QByteArrayList found(const QByteArray &bytes, const QByteArrayList &except = {})
{
    QByteArrayList out;
    for (const QByteArray &secret : secrets) {
        if (!except.contains(secret) && bytes.contains(secret))
            out.append(secret);
    }
    return out;
}
} // namespace

class TestImagingAnonymise : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { CharacterSet::warmUp(); }

    void nothingIsLeft()
    {
        const QByteArray file = identified();
        for (const QByteArray &secret : secrets) // the test can fail: all of them are there
            QVERIFY2(
                file.contains(secret) || secret == "길동" || secret == "의사" || secret == "洪吉洞", secret);
        QStringList warnings;
        const QByteArray out = anonymous({}, file, &warnings);
        QVERIFY(!out.isEmpty());
        QVERIFY2(found(out).isEmpty(), found(out).join(", "));
        QVERIFY(warnings.isEmpty());
        auto instance = openBytes(out);
        QVERIFY(instance && (*instance)->facts().decodable);
        QCOMPARE(samplesOf<qint16>(**instance), (QList<qint16>{0x0201, 0x0403, 0x0605, 0x0807}));
        const ImageFacts &facts = (*instance)->facts();
        QVERIFY(facts.patientName.startsWith(QStringLiteral("ANON")) && facts.patientName == facts.patientId);
        QCOMPARE(facts.modality, QStringLiteral("CT"));
        QCOMPARE(facts.instanceNumber, 7);
        QCOMPARE(facts.imageType.join(QLatin1Char('/')), QStringLiteral("ORIGINAL/PRIMARY/AXIAL"));
        QVERIFY(facts.overlays.empty());
        const auto set = valuesOf(out);
        QVERIFY(set);
        QCOMPARE(set->text(attr::IdentityRemoved), QStringLiteral("YES"));
        for (const DataElement &element : set->elements())
            QVERIFY2(
                element.tag >> 24 != 0x60, "half an overlay"); // without its bits the rest describes nothing
        QCOMPARE(codeIn(*set, attr::MethodCodes).value, QStringLiteral("113100"));
        QCOMPARE(set->text(attr::LongitudinalModified), QStringLiteral("REMOVED"));
    }

    // Every attribute that exists, each with the patient in it, at the top, in a sequence and in a report's
    // tree.
    void everyAttribute()
    {
        QFile file(QStringLiteral(NARU_SOURCE_DIR "/core/imaging/objects/tables/dictionary.tsv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        DataSetValue all;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> cells = line.split('\t');
            bool good = false;
            const quint32 tag = cells.value(0).toUInt(&good, 16);
            if (!good || cells.size() != 3 || (tag >> 16) <= 2 || tag == attr::Document
                || tag == attr::SopClass)
                continue;
            DataElement element;
            element.tag = tag;
            element.vr = dictionaryVr(tag);
            if (vrRow(element.vr).form != ValueForm::Text)
                continue;
            if (element.vr == vrOf("DA"))
                element.texts = {QStringLiteral("20261120")};
            else if (element.vr == vrOf("DT"))
                element.texts = {QStringLiteral("20261120101500")};
            else if (element.vr == vrOf("UI"))
                element.texts = {QStringLiteral("2.25.313379")};
            else if (element.vr == vrOf("PN"))
                element.texts = {QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동")};
            else if (element.vr != vrOf("TM") && element.vr != vrOf("DS") && element.vr != vrOf("IS")
                && element.vr != vrOf("SV") && element.vr != vrOf("UV") && element.vr != vrOf("AS"))
                element.texts = {QStringLiteral("of Gildong, 홍 길동 (P-0042-7781)")};
            all.put(element);
        }
        all.setText(attr::PatientId, QStringLiteral("P-0042-7781"));
        all.setText(attr::SopUid, QStringLiteral("2.25.313379"));
        DataSetValue set = all;
        set.setItem(0x00081140, all);
        set.setItem(0x00400555, all);
        set.setItem(attr::ContentSequence, all);
        set.setItem(0x0040A073, all);
        set.setItem(0x00189506, all); // contributing to nothing that the profile lists
        set.setText(attr::SopClass, base::oid("sopCt").text());
        set.setText(attr::BurnedIn, QStringLiteral("NO"));
        QVERIFY(all.elements().size() > 2000);
        const auto anonymiser = Anonymiser::make({});
        const auto done = anonymiser->apply(set);
        QVERIFY(done);
        const auto bytes = writePart10(done->set);
        QVERIFY(bytes);
        QVERIFY2(found(*bytes).isEmpty(), found(*bytes).join(", "));
        QVERIFY(done->counts.removed > 1000 && done->counts.uids > 100);
    }

    void options()
    {
        const QByteArray file = identified();
        const auto left = [&file](
                              const AnonymiseOptions &options) { return found(anonymous(options, file)); };
        QCOMPARE(left({.keepDates = true}), QByteArrayList{"20261120"});
        QCOMPARE(left({.keepDevice = true}), (QByteArrayList{"SN-77031", "STATION-9"}));
        QCOMPARE(left({.keepInstitution = true}), (QByteArrayList{"Jongno", "NARUCLINIC"}));
        QCOMPARE(left({.keepUids = true}), QByteArrayList{"2.25.31337"});
        QCOMPARE(
            left({.keepDescriptors = true}), QByteArrayList{}); // those that name the patient go all the same
        const auto descriptors = valuesOf(anonymous({.keepDescriptors = true}, file));
        QVERIFY(descriptors);
        QCOMPARE(descriptors->text(attr::SeriesDescription), QStringLiteral("Thorax 5mm"));
        QVERIFY(descriptors->text(attr::StudyDescription).isEmpty());
        const auto patient = valuesOf(anonymous({.keepPatient = true}, file));
        QVERIFY(patient);
        QCOMPARE(patient->text(0x00101010), QStringLiteral("066Y"));
        QCOMPARE(patient->text(attr::Sex), QStringLiteral("M"));
        const auto shifted = valuesOf(anonymous({.shiftDays = -10}, file));
        QVERIFY(shifted);
        QCOMPARE(shifted->text(attr::StudyDate), QStringLiteral("20261110"));
        QCOMPARE(shifted->text(0x0008002A), QStringLiteral("20261110101112"));
        QCOMPARE(shifted->text(attr::LongitudinalModified), QStringLiteral("MODIFIED"));
        QCOMPARE(shifted->items(attr::MethodCodes).size(), std::size_t(2));
        const auto named = valuesOf(
            anonymous({.patientName = QStringLiteral("가명^일"), .patientId = QStringLiteral("T1")}, file));
        QVERIFY(named);
        QCOMPARE(named->text(attr::PatientName), QStringLiteral("가명^일"));
        QStringList warnings;
        anonymous({.keepGraphics = true}, file, &warnings);
        QVERIFY(warnings.contains(QStringLiteral("graphics")));
        for (const AnonymiseOptions &wrong :
            {AnonymiseOptions{.keepDates = true, .shiftDays = 3}, AnonymiseOptions{.shiftDays = 0}}) {
            const auto refused = Anonymiser::make(wrong);
            QVERIFY(!refused && refused.error().is(errors::BadOption));
        }
    }

    void sameThingsStayTheSame()
    {
        const auto set = valuesOf(identified());
        QVERIFY(set);
        DataSetValue second = *set;
        second.setText(attr::SopUid, QStringLiteral("2.25.313371")); // to which the first refers
        const QByteArray secret(32, 's');
        const auto one = Anonymiser::make({}, secret);
        const auto a = one->apply(*set), b = one->apply(second);
        QVERIFY(a && b);
        QCOMPARE(a->set.text(attr::StudyUid), b->set.text(attr::StudyUid));
        QCOMPARE(a->set.text(attr::PatientId), b->set.text(attr::PatientId));
        QCOMPARE(a->set.item(attr::ReferencedImage)->text(attr::ReferencedUid), b->set.text(attr::SopUid));
        QCOMPARE(a->set.item(attr::ReferencedImage)->text(attr::ReferencedClass), base::oid("sopCt").text());
        QVERIFY(a->set.text(attr::SopUid) != b->set.text(attr::SopUid));
        QVERIFY(base::Oid::parse(a->set.text(attr::SopUid)));
        const auto again = Anonymiser::make({}, secret)->apply(*set);
        QVERIFY(again && again->set == a->set);
        const auto other = Anonymiser::make({})->apply(*set);
        QVERIFY(other && other->set.text(attr::StudyUid) != a->set.text(attr::StudyUid));
        QVERIFY(other->set.text(attr::PatientId) != a->set.text(attr::PatientId));
        const auto weak = Anonymiser::make({}, "short");
        QVERIFY(!weak);
    }

    void warnings()
    {
        const auto set = valuesOf(identified());
        QVERIFY(set);
        const auto anonymiser = Anonymiser::make({});
        const auto of = [&](const char *modality, const char *burned) {
            DataSetValue image = *set;
            image.setText(attr::Modality, QLatin1String(modality));
            image.setText(attr::BurnedIn, QLatin1String(burned));
            return anonymiser->apply(image)->warnings;
        };
        QCOMPARE(of("CT", ""), QStringList());
        QCOMPARE(of("CT", "YES"), QStringList{QStringLiteral("burnedIn")});
        QCOMPARE(of("US", ""), QStringList{QStringLiteral("burnedInLikely")});
        QCOMPARE(of("US", "NO"), QStringList());
        // Screens that were photographed: dose pages and reformats of a CT have its modality and the name on
        // top.
        DataSetValue capture = *set;
        capture.setText(attr::SopClass, base::oid("sopSc").text());
        QCOMPARE(anonymiser->apply(capture)->warnings, QStringList{QStringLiteral("burnedInLikely")});
        capture = *set;
        capture.setText(attr::SopClass, base::oid("sopScColour").text());
        QCOMPARE(anonymiser->apply(capture)->warnings, QStringList{QStringLiteral("burnedInLikely")});
        capture = *set;
        capture.setTexts(attr::ImageType,
            {QStringLiteral("DERIVED"), QStringLiteral("SECONDARY"), QStringLiteral("SCREEN SAVE")});
        QCOMPARE(anonymiser->apply(capture)->warnings, QStringList{QStringLiteral("burnedInLikely")});
        DataSetValue pdf = *set;
        pdf.setBytes(attr::Document, "%PDF of Gildong");
        const auto refused = anonymiser->apply(pdf);
        QVERIFY(!refused && refused.error().is(errors::EmbeddedDocument));
    }

    void compressedPixelsStayAsTheyAre()
    {
        TestImage image{.syntax = "tsJpegBaseline"};
        DicomWriter w;
        w.text(0x00080016, "UI", uid("sopCt"))
            .text(0x00080018, "UI", "2.25.313370")
            .text(0x00080060, "CS", "CT");
        identity(w);
        image.before = w.dataSet();
        image.fragments = {QByteArray("\xFF\xD8\xFF one", 7), "two!"};
        const QByteArray file = image.file();
        const auto set = valuesOf(file);
        QVERIFY(set);
        const auto done = Anonymiser::make({})->apply(*set);
        const auto out = writePart10(
            done->set, {.transferSyntax = base::oid("tsJpegBaseline").text(), .bulk = bulkReader(file)});
        QVERIFY(out && found(*out).isEmpty());
        QVERIFY(out->endsWith(file.mid(file.indexOf(QByteArray("\xE0\x7F\x10\x00", 4)))));
    }

    void others() { NARU_VALIDATE("dcmdump", QStringList{}, Anonymiser::make({})->apply(textual())->set); }

private:
    static DataSetValue textual()
    {
        DataSetValue set = valuesOf(identified()).valueOr({});
        set.remove(attr::PixelData);
        return set;
    }
};

QTEST_GUILESS_MAIN(TestImagingAnonymise)
#include "tst_imaging_anonymise.moc"
