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
// A value that no length or text gives by chance; the places are found by it and then overwritten.
constexpr quint32 mark = 0xA5C30000;
constexpr qsizetype headerSize = 8; // of an item, and of an element with a short length

struct Links { // as numbers of records; 0: none. The first record is 1.
    std::size_t next = 0, lower = 0;
};

class Builder {
public:
    std::size_t add(const char *type, DataSetValue keys)
    {
        const std::size_t number = m_records.size() + 1;
        keys.setNumber(Next, double(mark + number));
        keys.setNumber(InUse, 0xFFFF);
        keys.setNumber(Lower, 0);
        keys.setText(RecordType, QLatin1String(type));
        keys.setText(attr::CharacterSet, QStringLiteral("ISO_IR 192"));
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

QByteArray linkHeader(quint32 tag, quint32 value)
{
    QByteArray out(12, '\0');
    qToLittleEndian(quint16(tag >> 16), out.data());
    qToLittleEndian(quint16(tag), out.data() + 2);
    out.replace(4, 4, QByteArray("UL\x04\0", 4));
    put32(out, 8, value);
    return out;
}

base::Error failed(const char *what)
{
    return base::Error(errors::ExportMismatch, QLatin1String(what));
}

// The set is written once with marks where offsets belong; all have four bytes, so writing them moves
// nothing.
base::Result<QByteArray> Builder::bytes()
{
    DataSetValue set;
    set.setText(FileSetId, QStringLiteral("NARU"));
    set.setNumber(FirstRoot, mark);
    set.setNumber(LastRoot, mark);
    set.setNumber(Consistency, 0);
    set.setItems(Records, m_records);
    imaging::WriteOptions options;
    options.sopClass = base::oid("sopDirectory").text();
    options.sopUid = base::Oid::fromNewUuid().text();
    NARU_ASSIGN(QByteArray out, imaging::writePart10(set, options));
    std::vector<qsizetype> values; // of the "next" of each record
    for (std::size_t number = 1; number <= m_records.size(); ++number) {
        const qsizetype from = values.empty() ? 0 : values.back();
        const qsizetype at = out.indexOf(linkHeader(Next, quint32(mark + number)), from);
        if (at < 0)
            return failed("directory record");
        values.push_back(at + headerSize);
    }
    const auto startOf = [&values](std::size_t number) {
        return number == 0 ? qsizetype(0) : values[number - 1] - 2 * headerSize;
    };
    for (std::size_t number = 1; number <= m_records.size(); ++number) {
        const qsizetype at = values[number - 1];
        put32(out, at, quint64(startOf(m_links[number - 1].next)));
        const qsizetype lower = out.indexOf(linkHeader(Lower, 0), at);
        if (lower < 0)
            return failed("directory record");
        put32(out, lower + headerSize, quint64(startOf(m_links[number - 1].lower)));
    }
    for (const quint32 tag : {FirstRoot, LastRoot}) {
        const qsizetype at = out.indexOf(linkHeader(tag, mark));
        if (at < 0)
            return failed("directory root");
        put32(out, at + headerSize, quint64(startOf(1))); // one patient
    }
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
