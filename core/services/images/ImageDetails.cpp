#include "core/services/images/ImageDetails.h"

#include "core/imaging/pool/FactsCbor.h"

#include <QCborMap>
#include <QCborValue>

namespace naru::services {

namespace {
// Keys of the stored form: a number is never used for something else again.
template <typename V, typename Row> void visitStudy(V &visit, Row &row)
{
    visit(1, row.studyUid), visit(2, row.patientName), visit(3, row.patientId);
    visit(4, row.issuerOfPatientId), visit(5, row.birthDate), visit(6, row.sex), visit(7, row.date);
    visit(8, row.time), visit(9, row.description), visit(10, row.modalities), visit(11, row.institution);
    visit(12, row.accession), visit(13, row.source);
}

template <typename V, typename Row> void visitSeries(V &visit, Row &row)
{
    visit(1, row.seriesUid), visit(2, row.modality), visit(3, row.bodyPart), visit(4, row.description);
    visit(5, row.laterality), visit(6, row.number);
}

struct Writer {
    QCborMap map{};
    void operator()(int key, const QString &value)
    {
        if (!value.isEmpty())
            map.insert(qint64(key), value);
    }
    void operator()(int key, int value) { map.insert(qint64(key), value); }
    QByteArray bytes() const { return QCborValue(map).toCbor(); }
};

struct Reader {
    QCborMap map{};
    explicit Reader(const QByteArray &bytes)
        : map(QCborValue::fromCbor(bytes).toMap())
    {
    }
    void operator()(int key, QString &value) { value = map.value(qint64(key)).toString(); }
    void operator()(int key, int &value) { value = int(map.value(qint64(key)).toInteger()); }
};

QStringList modalitiesOf(const QString &text)
{
    return text.split(QStringLiteral(", "), Qt::SkipEmptyParts);
}
} // namespace

StudyRow studyFromFacts(const imaging::ImageFacts &facts, const QString &source)
{
    StudyRow row;
    row.studyUid = facts.studyUid;
    row.patientName = facts.patientName.trimmed();
    row.patientId = facts.patientId.trimmed();
    row.issuerOfPatientId = facts.issuerOfPatientId.trimmed();
    row.birthDate = facts.birthDate.trimmed();
    row.sex = facts.sex.trimmed();
    row.date = facts.studyDate;
    row.time = facts.studyTime;
    row.description = facts.studyDescription;
    row.modalities = facts.modality;
    row.institution = facts.institution;
    row.accession = facts.accession;
    row.source = source;
    return row;
}

SeriesRow seriesFromFacts(const imaging::ImageFacts &facts)
{
    SeriesRow row;
    row.seriesUid = facts.seriesUid;
    row.modality = facts.modality;
    row.bodyPart = facts.bodyPart;
    row.description = facts.seriesDescription;
    row.laterality = facts.laterality;
    row.number = facts.seriesNumber;
    return row;
}

QByteArray toDetails(const StudyRow &row)
{
    Writer writer;
    visitStudy(writer, row);
    return writer.bytes();
}

QByteArray toDetails(const SeriesRow &row)
{
    Writer writer;
    visitSeries(writer, row);
    return writer.bytes();
}

QByteArray toDetails(const imaging::ImageFacts &facts)
{
    return imaging::toCbor(facts);
}

namespace {
template <typename Row, typename Stored, typename Visit> Row rowOf(const Stored &stored, Visit visit)
{
    Row row;
    Reader reader(stored.details);
    visit(reader, row);
    row.key = stored.key;
    row.instances = stored.instances;
    return row;
}
} // namespace

StudyRow studyRow(const storage::ImageStudy &stored)
{
    auto row = rowOf<StudyRow>(stored, [](Reader &reader, StudyRow &to) { visitStudy(reader, to); });
    row.patientKey = stored.patientKey;
    row.series = stored.series;
    row.bytes = stored.bytes;
    row.stored = stored.stored;
    row.updated = stored.updated;
    row.version = stored.version;
    return row;
}

SeriesRow seriesRow(const storage::ImageSeries &stored)
{
    auto row = rowOf<SeriesRow>(stored, [](Reader &reader, SeriesRow &to) { visitSeries(reader, to); });
    row.studyKey = stored.studyKey;
    row.frames = stored.frames;
    return row;
}

InstanceRow instanceRow(const storage::ImageInstance &stored)
{
    InstanceRow row;
    row.key = stored.key;
    row.seriesKey = stored.seriesKey;
    row.bytes = stored.bytes;
    auto facts = imaging::factsFromCbor(stored.details);
    if (facts)
        row.facts = std::move(*facts);
    row.sopUid = row.facts.sopUid;
    row.sopClass = row.facts.sopClass;
    row.number = row.facts.instanceNumber;
    return row;
}

StudyRow mergedStudy(StudyRow known, const StudyRow &more)
{
    QStringList modalities = modalitiesOf(known.modalities);
    if (!more.modalities.isEmpty() && !modalities.contains(more.modalities))
        modalities.append(more.modalities);
    known.modalities = modalities.join(QStringLiteral(", "));
    for (QString StudyRow::*member :
        {&StudyRow::patientName, &StudyRow::sex, &StudyRow::issuerOfPatientId, &StudyRow::date,
            &StudyRow::time, &StudyRow::description, &StudyRow::institution, &StudyRow::accession}) {
        if ((known.*member).isEmpty())
            known.*member = more.*member;
    }
    return known;
}

void fillIdentity(storage::StagedImage &staged, const imaging::ImageFacts &facts)
{
    const QString bytes = QString::fromLatin1(staged.digest.toHex());
    const QString who = facts.patientId.trimmed().isEmpty() ? facts.patientName : facts.patientId.trimmed();
    staged.owner = who + QChar(u'\x1e') + facts.birthDate;
    staged.studyUid = facts.studyUid;
    staged.seriesUid = facts.seriesUid;
    staged.sopUid = facts.sopUid.isEmpty() ? bytes : facts.sopUid;
    staged.ordinal = facts.instanceNumber;
    staged.frames = qMax(facts.frames, facts.kind == imaging::Kind::Image ? 1 : 0);
}

} // namespace naru::services
