#include "core/terminology/importers/Workbook.h"

#include "core/base/Charset.h"
#include "core/base/Xml.h"
#include "core/terminology/Errors.h"
#include "core/terminology/importers/SheetTable.h"
#include "core/terminology/importers/XmlScanner.h"

#include <QFile>

namespace naru::terminology::importing {

namespace {
constexpr qint64 MaxPartBytes = 4 * 1024 * 1024; // workbook.xml and its relations have a few kilobytes
constexpr int MaxSheets = 256;
// The strings are the part that stays in memory: about 60 MB in the largest master.
constexpr qint64 MaxStringBytes = 192LL * 1024 * 1024;
constexpr std::size_t MaxStrings = 4'000'000;

QByteArray firstBytes(const QString &path, qint64 count)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(count) : QByteArray();
}

base::Result<base::XmlElement> smallPart(const ZipArchive &archive, const QString &name)
{
    NARU_ASSIGN(const auto entry, archive.entry(name));
    NARU_ASSIGN(const QByteArray bytes, entry->readAll(MaxPartBytes));
    auto root = base::parseXml(bytes);
    if (!root)
        return workbookError(
            errors::ImportWorkbook, archive.file(), name + QStringLiteral(": ") + root.error().detail)
            .because(root.error());
    return root;
}

// The target of a relation is relative to the folder of the part, or absolute in the package.
QString partName(const QString &target)
{
    return target.startsWith(u'/') ? target.mid(1) : QStringLiteral("xl/") + target;
}
} // namespace

QByteArrayView SharedStrings::at(qsizetype index) const
{
    const qsizetype from = index == 0 ? 0 : m_ends[std::size_t(index) - 1];
    return QByteArrayView(m_text).sliced(from, m_ends[std::size_t(index)] - from);
}

base::Status SharedStrings::read(const ZipArchive &archive, const QString &part)
{
    NARU_ASSIGN(auto entry, archive.entry(part));
    if (entry->size() > MaxStringBytes)
        return workbookError(errors::ImportWorkbookTooLarge, archive.file(), part);
    m_text.reserve(entry->size());
    XmlScanner xml(std::move(entry));
    bool inText = false;
    int phonetic = 0; // readings of the text (rPh) are not part of it
    for (;;) {
        const base::Result<XmlScanner::Kind> token = xml.next();
        if (!token)
            return workbookError(token.error().code, archive.file(),
                token.error().arguments.value(QStringLiteral("what")), size() + 1, QStringLiteral("1"));
        const XmlScanner::Kind kind = *token;
        if (kind == XmlScanner::Kind::Finish)
            break;
        if (kind == XmlScanner::Kind::Text) {
            if (inText && phonetic == 0 && !xml.appendText(m_text))
                return workbookError(errors::ImportWorkbook, archive.file(),
                    part + QStringLiteral(": unknown entity"), size() + 1, QStringLiteral("1"));
            continue;
        }
        const bool start = kind == XmlScanner::Kind::Start;
        if (xml.name() == "t")
            inText = start;
        else if (xml.name() == "rPh")
            phonetic += start ? 1 : -1;
        else if (xml.name() == "si" && !start)
            m_ends.push_back(quint32(m_text.size()));
        if (m_ends.size() > MaxStrings)
            return workbookError(
                errors::ImportWorkbookTooLarge, archive.file(), part, size(), QStringLiteral("1"));
    }
    if (const qsizetype bad = base::firstInvalidUtf8(m_text); bad >= 0) {
        const auto at = std::upper_bound(m_ends.begin(), m_ends.end(), quint32(bad));
        return workbookError(errors::ImportWorkbook, archive.file(), part + QStringLiteral(": not UTF-8"),
            at - m_ends.begin() + 1, QStringLiteral("1"));
    }
    return {};
}

bool Workbook::isWorkbook(const QString &path)
{
    return firstBytes(path, 4).startsWith("PK\x03\x04");
}
bool Workbook::isOldExcel(const QString &path)
{
    return firstBytes(path, 4) == "\xD0\xCF\x11\xE0";
}

base::Result<std::shared_ptr<Workbook>> Workbook::open(const QString &path)
{
    auto book = std::make_shared<Workbook>();
    NARU_ASSIGN(book->m_archive, ZipArchive::open(path));
    NARU_TRY(book->readParts());
    return book;
}

base::Status Workbook::readParts()
{
    NARU_ASSIGN(const base::XmlElement book, smallPart(*m_archive, QStringLiteral("xl/workbook.xml")));
    NARU_ASSIGN(const base::XmlElement relations,
        smallPart(*m_archive, QStringLiteral("xl/_rels/workbook.xml.rels")));
    QHash<QString, QString> targets;
    QString strings;
    for (const base::XmlElement &relation : relations.children) {
        const QString target = partName(relation.attribute(QLatin1String("Target")));
        targets.insert(relation.attribute(QLatin1String("Id")), target);
        if (relation.attribute(QLatin1String("Type")).endsWith(QLatin1String("/sharedStrings")))
            strings = target;
    }
    const base::XmlElement *sheets = book.child(QLatin1String("sheets"));
    for (const base::XmlElement *sheet :
        sheets ? sheets->all(QLatin1String("sheet")) : std::vector<const base::XmlElement *>()) {
        QString part;
        for (const base::XmlAttribute &attribute : sheet->attributes) {
            if (attribute.name == QLatin1String("id"))
                part = targets.value(attribute.value);
        }
        if (part.isEmpty() || m_names.size() >= MaxSheets)
            continue;
        m_names.append(sheet->attribute(QLatin1String("name")));
        m_parts.append(part);
    }
    if (m_names.isEmpty())
        return workbookError(errors::ImportWorkbook, file(), QStringLiteral("no sheet"));
    if (!strings.isEmpty())
        NARU_TRY(m_strings.read(*m_archive, strings));
    return {};
}

base::Result<std::unique_ptr<TableReader>> Workbook::rows(std::shared_ptr<Workbook> book, qsizetype sheet)
{
    NARU_ASSIGN(auto entry, book->m_archive->entry(book->m_parts.value(sheet)));
    const QString name = book->m_names.value(sheet);
    return std::unique_ptr<TableReader>(
        std::make_unique<SheetTable>(std::move(book), std::move(entry), name));
}

} // namespace naru::terminology::importing
