#include "core/services/images/DicomDirectory.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/services/Errors.h"
#include "core/services/tables/directoryrecordsTable.h"

#include <QtEndian>

namespace naru::services {

using imaging::DataSetValue;
namespace attr = imaging::attr;

namespace {
constexpr quint32 FileSetId = 0x00041130, FirstRoot = 0x00041200, LastRoot = 0x00041202,
                  Consistency = 0x00041212, Records = 0x00041220, Next = 0x00041400, InUse = 0x00041410,
                  Lower = 0x00041420, RecordType = 0x00041430, FileId = 0x00041500, FileClass = 0x00041510,
                  FileUid = 0x00041511, FileSyntax = 0x00041512;
// Every record begins with next (UL), in use (US) and lower (UL), so that their values have fixed places.
constexpr qsizetype itemHeader = 8, nextValue = itemHeader + 8, lowerValue = itemHeader + 12 + 10 + 8;

struct Links { // as numbers of records; 0: none. The first record is 1.
    std::size_t next = 0, lower = 0;
};

class Builder {
public:
    std::size_t add(const char *type, DataSetValue keys)
    {
        const std::size_t number = m_records.size() + 1;
        keys.setNumber(Next, 0);
        keys.setNumber(InUse, 0xFFFF);
        keys.setNumber(Lower, 0);
        keys.setText(RecordType, QLatin1String(type));
        m_records.push_back(std::move(keys));
        m_links.emplace_back();
        return number;
    }
    Links &links(std::size_t number) { return m_links[number - 1]; }
    base::Result<QByteArray> bytes();

private:
    std::vector<DataSetValue> m_records{};
    std::vector<Links> m_links{};
};

void put32(QByteArray &bytes, qsizetype at, quint64 value)
{
    qToLittleEndian(quint32(value), bytes.data() + at);
}

QByteArray header(quint32 tag, const char *vr)
{
    QByteArray out(4, '\0');
    qToLittleEndian(quint16(tag >> 16), out.data());
    qToLittleEndian(quint16(tag), out.data() + 2);
    return out + vr;
}

// Meta header and what stands before the records. The character set belongs into the records alone (PS3.3
// F.5: each names its own, and the set has none).
base::Result<QByteArray> headOf()
{
    DataSetValue set;
    set.setText(FileSetId, QStringLiteral("NARU"));
    set.setNumber(FirstRoot, 0);
    set.setNumber(LastRoot, 0);
    set.setNumber(Consistency, 0);
    imaging::WriteOptions options;
    options.sopClass = base::oid("sopDirectory").text();
    options.sopUid = base::Oid::fromNewUuid().text();
    NARU_ASSIGN(QByteArray out, imaging::writePart10(set, options));
    const qsizetype characters = out.lastIndexOf(header(attr::CharacterSet, "CS"));
    return characters > 0 ? out.left(characters) : out;
}

base::Result<QByteArray> Builder::bytes()
{
    NARU_ASSIGN(QByteArray out, headOf());
    const qsizetype firstRoot = out.indexOf(header(FirstRoot, "UL")),
                    lastRoot = out.indexOf(header(LastRoot, "UL"));
    const qsizetype length = out.size() + 8;
    out += header(Records, "SQ") + QByteArray(6, '\0');
    std::vector<qsizetype> starts{0}; // of record 0: there is none
    for (const DataSetValue &record : m_records) {
        NARU_ASSIGN(const QByteArray body, imaging::encodeDataSet(record));
        starts.push_back(out.size());
        out += QByteArray("\xFE\xFF\x00\xE0\0\0\0\0", itemHeader) + body;
        put32(out, starts.back() + 4, quint64(body.size()));
    }
    if (out.size() > std::numeric_limits<qint32>::max() || firstRoot < 0 || lastRoot < 0)
        return base::Error(errors::ExportMismatch, QStringLiteral("directory"));
    put32(out, length, quint64(out.size() - length - 4));
    for (std::size_t number = 1; number < starts.size(); ++number) {
        put32(out, starts[number] + nextValue, quint64(starts[m_links[number - 1].next]));
        put32(out, starts[number] + lowerValue, quint64(starts[m_links[number - 1].lower]));
    }
    put32(out, firstRoot + 8, quint64(starts[1])); // one patient
    put32(out, lastRoot + 8, quint64(starts[1]));
    return out;
}

const base::TsvTable &table()
{
    static const base::TsvTable rows = base::TsvTable::parse(tables::directoryrecords);
    return rows;
}

// Type 1 attributes may not be empty (F.5), whatever the images say.
QString orElse(const QString &text, const char *fallback)
{
    return text.isEmpty() ? QLatin1String(fallback) : text;
}

DataSetValue patientKeys(const StudyRow &study)
{
    DataSetValue keys;
    keys.setText(attr::PatientName, study.patientName);
    keys.setText(attr::PatientId, orElse(study.patientId, "UNKNOWN"));
    keys.setText(attr::BirthDate, study.birthDate);
    keys.setText(attr::Sex, study.sex);
    return keys;
}

DataSetValue studyKeys(const StudyRow &study)
{
    DataSetValue keys;
    keys.setText(attr::StudyDate, orElse(study.date, "19000101"));
    keys.setText(attr::StudyTime, orElse(study.time, "000000"));
    keys.setText(attr::StudyDescription, study.description);
    keys.setText(attr::StudyUid, study.studyUid);
    keys.setText(attr::StudyId, QStringLiteral("1"));
    keys.setText(attr::Accession, study.accession);
    return keys;
}

DataSetValue seriesKeys(const SeriesRow &series)
{
    DataSetValue keys;
    keys.setText(attr::Modality, orElse(series.modality, "OT"));
    keys.setText(attr::SeriesUid, series.seriesUid);
    keys.setNumber(attr::SeriesNumber, series.number);
    keys.setText(attr::SeriesDescription, series.description);
    return keys;
}

DataSetValue fileKeys(const DirectoryFile &file, const QStringList &tags, const WholeObject &whole)
{
    DataSetValue keys;
    if (tags.size() > 1) {
        if (const auto set = whole(file.row)) {
            for (const QString &tag : tags) {
                if (const imaging::DataElement *element = set->find(tag.toUInt(nullptr, 16));
                    element && !element->bulk)
                    keys.put(*element);
            }
        }
    }
    for (const QString &tag : tags) {
        if (!keys.has(tag.toUInt(nullptr, 16)))
            keys.setEmpty(tag.toUInt(nullptr, 16));
    }
    keys.setNumber(attr::InstanceNumber, file.row.number);
    keys.setTexts(FileId, file.path);
    keys.setText(FileClass, file.row.sopClass);
    keys.setText(FileUid, file.row.sopUid);
    keys.setText(FileSyntax, file.row.facts.transferSyntax);
    return keys;
}

// The files of one series as a chain; the first of them, or 0.
std::size_t addFiles(Builder &builder, const DirectorySeries &series, const WholeObject &whole)
{
    std::size_t first = 0, before = 0;
    for (const DirectoryFile &file : series.files) {
        const QString record = table().at(int(file.row.facts.kind), "record");
        if (record.isEmpty() || file.row.sopClass.isEmpty())
            continue;
        const QStringList tags = table().at(int(file.row.facts.kind), "keys").split(QLatin1Char(' '));
        const std::size_t number = builder.add(record.toLatin1().constData(), fileKeys(file, tags, whole));
        if (before)
            builder.links(before).next = number;
        before = number;
        first = first ? first : number;
    }
    return first;
}
} // namespace

base::Result<QByteArray> dicomDirectory(
    const StudyRow &study, const std::vector<DirectorySeries> &series, const WholeObject &whole)
{
    Builder builder;
    const std::size_t patient = builder.add("PATIENT", patientKeys(study));
    const std::size_t top = builder.add("STUDY", studyKeys(study));
    builder.links(patient).lower = top;
    std::size_t before = 0;
    for (const DirectorySeries &each : series) {
        const std::size_t number = builder.add("SERIES", seriesKeys(each.row));
        (before ? builder.links(before).next : builder.links(top).lower) = number;
        before = number;
        const std::size_t first = addFiles(builder, each, whole);
        builder.links(number).lower = first;
    }
    return builder.bytes();
}

} // namespace naru::services
