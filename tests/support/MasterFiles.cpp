#include "tests/support/MasterFiles.h"

#include "core/base/Oid.h"
#include "tests/support/SyntheticMaster.h"

#include <QFile>
#include <QHash>

#include <cstring>
#include <iconv.h>
#include <zip.h>

namespace naru::testsupport {

using terminology::Concept;

namespace {
QString codesOf(const Concept &term, const char *system)
{
    const QString oid = base::oid(system).text();
    QStringList out;
    for (const auto &link : term.links) {
        if (link.system == oid)
            out.append(link.code);
    }
    return out.join(u'|');
}

QString titleOf(const QString &field)
{
    for (const SyntheticField &known : syntheticFields()) {
        if (field == QLatin1String(known.field) && *known.title)
            return QString::fromUtf8(known.title);
    }
    return {};
}

// The synthetic term codes go up in threes, so that a term has two to spare.
QString nextCode(const QString &code, int step)
{
    return code.left(1) + QStringLiteral("%1").arg(code.mid(1).toInt() + step, 8, 10, QLatin1Char('0'));
}

constexpr const char *LinkCaptions[][2] = {{"KCD", "kcd"}, {"ICD9CM", "icd9cm"}, {"LOINC", "loinc"},
    {"EDI", "edi"}, {"CCC", "ccc"}, {"ICNP", "icnp"}, {"CDT", "cdt"}, {"SNOMED CT", "snomedCt"}};

void appendLong(Rows &rows, const QStringList &names, const Concept &term)
{
    bool any = false;
    for (const auto &link : term.links) {
        for (const auto &caption : LinkCaptions) {
            if (link.system != base::oid(caption[1]).text())
                continue;
            rows.push_back(
                names + QStringList{QString(), QStringLiteral("1.0"), QLatin1String(caption[0]), link.code});
            any = true;
        }
    }
    if (!any)
        rows.push_back(names + QStringList{QString(), QStringLiteral("1.0"), QString(), QString()});
}

QByteArray xmlText(const QString &text)
{
    return text.toHtmlEscaped().toUtf8();
}

QByteArray reference(int column, qint64 row)
{
    QByteArray letters;
    for (int n = column + 1; n > 0; n = (n - 1) / 26)
        letters.prepend(char('A' + (n - 1) % 26));
    return letters + QByteArray::number(row);
}
} // namespace

Rows kostomRows(const std::vector<Concept> &terms, KostomForm form)
{
    QStringList header{QStringLiteral("용어코드"), QStringLiteral("개념코드"), QStringLiteral("영문명"),
        QStringLiteral("한글명")};
    if (form == KostomForm::Long) {
        header = {QStringLiteral("개념코드"), QStringLiteral("용어코드"), QStringLiteral("영문명"),
            QStringLiteral("한글명"), QStringLiteral("UMLS"), QStringLiteral("버전"),
            QStringLiteral("참조분류"), QStringLiteral("참조코드")};
    } else {
        if (form == KostomForm::Text)
            header.append(QStringLiteral("UMLS CUI"));
        for (const auto &caption : LinkCaptions)
            header.append(QLatin1String(caption[0]));
        if (form == KostomForm::WithField)
            header.append(QStringLiteral("분야"));
    }
    Rows rows;
    rows.reserve(terms.size() + 1);
    rows.push_back(header);
    for (const Concept &term : terms) {
        QStringList links;
        if (form == KostomForm::Text)
            links.append(QString());
        for (const auto &caption : LinkCaptions)
            links.append(codesOf(term, caption[1]));
        if (form == KostomForm::WithField)
            links.append(titleOf(term.field));
        for (qsizetype i = -1; i < term.synonyms.size(); ++i) {
            const QString ko = i < 0 ? term.ko : term.synonyms[i];
            const QString code = nextCode(term.code, int(i) + 1);
            if (form == KostomForm::Long)
                appendLong(rows, {term.conceptCode, code, term.en, ko}, term);
            else
                rows.push_back(QStringList{code, term.conceptCode, term.en, ko} + links);
        }
    }
    return rows;
}

Rows hiraRows(const std::vector<Concept> &terms)
{
    Rows rows;
    rows.reserve(terms.size() + 1);
    rows.push_back({QStringLiteral("상병기호"), QStringLiteral("한글명"), QStringLiteral("영문명"),
        QStringLiteral("완전코드구분"), QStringLiteral("주상병사용구분"), QStringLiteral("법정감염병구분"),
        QStringLiteral("성별구분"), QStringLiteral("상한연령"), QStringLiteral("하한연령"),
        QStringLiteral("양•한방구분")});
    for (const Concept &term : terms) {
        const QStringList flags{term.complete ? QStringLiteral("완전코드") : QStringLiteral("불완전코드"),
            term.mainAllowed ? QStringLiteral("가능") : QStringLiteral("불가"),
            term.notifiable ? QStringLiteral("제2급") : QString(),
            term.sex == terminology::Sex::Male         ? QStringLiteral("남")
                : term.sex == terminology::Sex::Female ? QStringLiteral("여")
                                                       : QString(),
            term.ageTo ? QString::number(term.ageTo) : QString(),
            term.ageFrom ? QString::number(term.ageFrom) : QString(),
            term.koreanMedicine ? QStringLiteral("한방") : QStringLiteral("양방")};
        for (qsizetype i = -1; i < term.synonyms.size(); ++i)
            rows.push_back(
                QStringList{term.code, i < 0 ? term.ko : term.synonyms[i], i < 0 ? term.en : QString()}
                + flags);
    }
    return rows;
}

QByteArray toCp949(const QString &text)
{
    QByteArray in = text.toUtf8(), out(in.size() + 1, Qt::Uninitialized);
    const iconv_t converter = iconv_open("CP949", "UTF-8");
    if (converter == iconv_t(-1))
        return {};
    char *from = in.data(), *to = out.data();
    std::size_t left = std::size_t(in.size()), room = std::size_t(out.size());
    while (left > 0 && iconv(converter, &from, &left, &to, &room) == std::size_t(-1)) {
        *to++ = '?';
        --room;
        do { // over one character
            ++from;
            --left;
        } while (left > 0 && (*from & 0xC0) == 0x80);
    }
    iconv_close(converter);
    out.resize(to - out.constData());
    return out;
}

QByteArray separatedText(const Rows &rows, char separator, bool cp949, const char *lineEnd)
{
    QString out;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i > 0)
                out += QLatin1Char(separator);
            const QString &cell = row[i];
            const bool quote = separator != '\t'
                && (cell.contains(QLatin1Char(separator)) || cell.contains(u'"') || cell.contains(u'\n')
                    || cell.contains(u'\r'));
            if (quote)
                out += u'"' + QString(cell).replace(QLatin1String("\""), QLatin1String("\"\"")) + u'"';
            else
                out += cell;
        }
        out += QLatin1String(lineEnd);
    }
    return cp949 ? toCp949(out) : out.toUtf8();
}

ZipParts workbookParts(const std::vector<Sheet> &sheets, Strings strings)
{
    const QByteArray declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const QByteArray main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const QByteArray office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const QByteArray package = "http://schemas.openxmlformats.org/package/2006/relationships";
    QByteArray book = declaration + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office + "\"><sheets>";
    QByteArray relations = declaration + "<Relationships xmlns=\"" + package + "\">";
    QByteArray table;
    QHash<QString, int> index;
    ZipParts parts;
    for (std::size_t s = 0; s < sheets.size(); ++s) {
        const QByteArray number = QByteArray::number(qlonglong(s + 1));
        book += "<sheet name=\"" + xmlText(sheets[s].name) + "\" sheetId=\"" + number + "\" r:id=\"rId"
            + number + "\"/>";
        relations += "<Relationship Id=\"rId" + number + "\" Type=\"" + office
            + "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
        QByteArray xml = declaration + "<worksheet xmlns=\"" + main + "\"><sheetData>";
        qint64 at = sheets[s].firstRow;
        for (const QStringList &row : sheets[s].rows) {
            xml += "<row r=\"" + QByteArray::number(at) + "\">";
            for (qsizetype c = 0; c < row.size(); ++c) {
                if (row[c].isEmpty())
                    continue;
                const QByteArray cell = "<c r=\"" + reference(int(c) + sheets[s].firstColumn, at) + "\" t=\"";
                if (strings == Strings::Inline) {
                    xml += cell + "inlineStr\"><is><t>" + xmlText(row[c]) + "</t></is></c>";
                    continue;
                }
                int &id = index[row[c]];
                if (id == 0) {
                    id = int(index.size());
                    table += "<si><t>" + xmlText(row[c]) + "</t></si>";
                }
                xml += cell + "s\"><v>" + QByteArray::number(id - 1) + "</v></c>";
            }
            xml += "</row>";
            ++at;
        }
        parts.emplace_back("xl/worksheets/sheet" + number + ".xml", xml + "</sheetData></worksheet>");
    }
    if (strings == Strings::Shared) {
        relations +=
            "<Relationship Id=\"rIdS\" Type=\"" + office + "/sharedStrings\" Target=\"sharedStrings.xml\"/>";
        parts.emplace_back(
            "xl/sharedStrings.xml", declaration + "<sst xmlns=\"" + main + "\">" + table + "</sst>");
    }
    parts.emplace_back("xl/workbook.xml", book + "</sheets></workbook>");
    parts.emplace_back("xl/_rels/workbook.xml.rels", relations + "</Relationships>");
    return parts;
}

bool writeZip(const QString &path, const ZipParts &parts)
{
    QFile::remove(path);
    zip_t *zip = zip_open(QFile::encodeName(path).constData(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    if (!zip)
        return false;
    for (const auto &[name, bytes] : parts) {
        zip_source_t *source = zip_source_buffer(zip, bytes.constData(), zip_uint64_t(bytes.size()), 0);
        if (zip_file_add(zip, name.constData(), source, ZIP_FL_ENC_UTF_8) < 0) {
            zip_source_free(source);
            zip_discard(zip);
            return false;
        }
    }
    return zip_close(zip) == 0;
}

bool writeBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace naru::testsupport
