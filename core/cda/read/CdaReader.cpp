#include "core/cda/read/CdaReader.h"

#include "core/base/Errors.h"
#include "core/base/Hangul.h"
#include "core/base/Tsv.h"
#include "core/cda/Errors.h"
#include "core/cda/read/Consistency.h"
#include "core/cda/read/ContentReader.h"
#include "core/cda/read/EntryReader.h"
#include "core/cda/read/HeaderReader.h"
#include "core/cda/tables/warningsTable.h"

#include <QStringDecoder>

namespace naru::cda {

using base::XmlElement;
using clinical::Media;
using clinical::ReadDocument;
using clinical::ReadWarning;
using clinical::Section;

namespace {
bool isWide(const QByteArray &bytes)
{
    return bytes.size() >= 2
        && (bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF") || bytes[0] == 0 || bytes[1] == 0);
}

// Encoding of the XML declaration, upper case; empty when none.
QByteArray declaredEncoding(const QByteArray &bytes)
{
    const qsizetype end = bytes.startsWith("<?xml") ? bytes.indexOf("?>") : -1;
    if (end < 0 || end > 200)
        return {};
    const qsizetype at = bytes.indexOf("encoding=");
    if (at < 0 || at > end || at + 10 > bytes.size())
        return {};
    const qsizetype close = bytes.indexOf(bytes[at + 9], at + 10);
    return close < 0 ? QByteArray() : bytes.mid(at + 10, close - at - 10).toUpper();
}

base::Error encodingError(const QByteArray &encoding)
{
    return base::Error(
        errors::Encoding, {}, {{QStringLiteral("encoding"), QString::fromLatin1(encoding.left(32))}});
}

// UTF-8 without declaration, so that every budget check sees the same bytes as the parser.
base::Result<QByteArray> asUtf8(const QByteArray &bytes)
{
    const QByteArray declared = declaredEncoding(bytes);
    const bool wide = isWide(bytes);
    if (!wide && (declared.isEmpty() || declared == "UTF-8" || declared == "US-ASCII"))
        return bytes;
    QStringDecoder decoder =
        wide ? QStringDecoder(QStringDecoder::Utf16) : QStringDecoder(declared.constData());
    if (wide) {
        const bool big = bytes.startsWith("\xFE\xFF") || bytes[0] == 0;
        decoder = QStringDecoder(big ? QStringDecoder::Utf16BE : QStringDecoder::Utf16LE);
    }
    if (!decoder.isValid())
        return encodingError(declared);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return encodingError(wide ? QByteArray("UTF-16") : declared);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (text[i].isSurrogate())
            return encodingError("UTF-16");
    }
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    if (text.startsWith(QLatin1String("<?xml")))
        text.remove(0, text.indexOf(QLatin1String("?>")) + 2);
    return text.toUtf8();
}

QString warningSentence(const ReadWarning &warning)
{
    static const base::TsvTable table = base::TsvTable::parse(tables::warnings);
    for (int row = 0; row < table.rowCount(); ++row) {
        if (table.at(row, "code") != warning.code)
            continue;
        QString text = table.at(row, "en");
        for (auto it = warning.arguments.cbegin(); it != warning.arguments.cend(); ++it)
            text.replace(QStringLiteral("%{") + it.key() + QLatin1Char('}'), it.value());
        return text;
    }
    return warning.code;
}

class Reader {
public:
    Reader(const ReadBudget &budget, const WriteProfile &profile)
        : m_budget(budget)
        , m_profile(profile)
        , m_entriesLeft(budget.entries)
    {
    }

    base::Result<ReadDocument> read(const XmlElement &root)
    {
        if (root.name != QLatin1String("ClinicalDocument"))
            return base::Error(errors::NotCda, {}, {{QStringLiteral("root"), root.name.left(64)}});
        readHeader(root, m_out.document);
        m_out.typeCode = readCoded(root.child(QLatin1String("code")));
        for (const XmlElement *id : root.all(QLatin1String("templateId")))
            m_out.templateIds.append(id->attribute(QLatin1String("root")));
        m_out.languageCode = attributeOf(root.child(QLatin1String("languageCode")), "code");
        m_out.document.form = m_profile.formFor(m_out.templateIds);
        checkHidden(m_out.document.title + m_out.document.patient.name + m_out.document.custodian.name
                + m_out.document.author.name,
            QStringLiteral("header"));
        collectMedia(root);
        if (const XmlElement *body = pathOf(&root, {"component", "structuredBody"})) {
            // Narratives first: an entry may point into another section.
            for (const XmlElement *component : body->all(QLatin1String("component")))
                collectNarratives(*component);
            for (const XmlElement *component : body->all(QLatin1String("component")))
                NARU_TRY(sections(*component, m_out.sections));
            checkAll(m_out.sections);
        }
        if (const XmlElement *body = pathOf(&root, {"component", "nonXMLBody"}))
            nonXmlBody(*body);
        if (m_consentSeen)
            consent(root);
        m_out.signaturePresent = root.child(QLatin1String("Signature"))
            || attributeOf(pathOf(&root, {"legalAuthenticator", "signatureCode"}), "code")
                == QLatin1String("S")
            || attributeOf(pathOf(&root, {"authenticator", "signatureCode"}), "code") == QLatin1String("S");
        if (m_entriesLeft <= 0)
            warn("entry.limit", {}, {{QStringLiteral("limit"), QString::number(m_budget.entries)}});
        finishWarnings();
        return std::move(m_out);
    }

private:
    void warn(const char *code, const QString &path, const QMap<QString, QString> &arguments)
    {
        if (int(m_out.warnings.size()) < m_budget.warnings)
            m_out.warnings.push_back({QLatin1String(code), path, {}, arguments});
    }

    void checkHidden(const QString &text, const QString &path)
    {
        const QString visible = base::withVisibleControls(text);
        if (visible == text)
            return;
        QStringList marks;
        for (qsizetype at = visible.indexOf(QChar(0x27E6)); at >= 0;
             at = visible.indexOf(QChar(0x27E6), at + 1)) {
            const QString mark = visible.mid(at + 1, visible.indexOf(QChar(0x27E7), at) - at - 1);
            if (!marks.contains(mark) && marks.size() < 8)
                marks.append(mark);
        }
        warn("text.hidden", path, {{QStringLiteral("characters"), marks.join(QLatin1Char(' '))}});
    }

    void collectMedia(const XmlElement &element)
    {
        for (const XmlElement &child : element.children) {
            if (child.name == QLatin1String("observationMedia"))
                media(child);
            else
                collectMedia(child);
        }
    }

    void media(const XmlElement &element)
    {
        const QString id = element.attribute(QLatin1String("ID"));
        const XmlElement *value = element.child(QLatin1String("value"));
        if (!value)
            return;
        if (value->child(QLatin1String("reference")))
            warn("external.reference", QStringLiteral("observationMedia"),
                {{QStringLiteral("kind"), QStringLiteral("media")}});
        Media found;
        found.mediaType = value->attribute(QLatin1String("mediaType")).left(128);
        found.bytes = decoded(*value);
        QString real;
        const bool image = sniffImage(found.bytes, &real);
        if (found.mediaType.startsWith(QLatin1String("image/")) && (!image || real != found.mediaType))
            warn("media.unverified", QStringLiteral("observationMedia"),
                {{QStringLiteral("id"), id.left(64)}, {QStringLiteral("type"), found.mediaType}});
        if (!m_out.media.contains(id))
            m_out.media[id] = std::move(found);
    }

    QByteArray decoded(const XmlElement &value)
    {
        const QString text = value.allText();
        const bool base64 = value.attribute(QLatin1String("representation")) == QLatin1String("B64");
        const QByteArray bytes = base64 ? QByteArray::fromBase64(text.toLatin1()) : text.trimmed().toUtf8();
        if (m_mediaBytes + bytes.size() > m_budget.mediaBytes) {
            warn("media.unverified", {},
                {{QStringLiteral("id"), {}}, {QStringLiteral("type"), QStringLiteral("size")}});
            return {};
        }
        m_mediaBytes += bytes.size();
        return bytes;
    }

    void collectNarratives(const XmlElement &component)
    {
        for (const XmlElement *section : component.all(QLatin1String("section"))) {
            NarrativeResult narrative;
            if (const XmlElement *text = section->child(QLatin1String("text")))
                narrative = readNarrative(*text);
            for (auto it = narrative.anchors.cbegin(); it != narrative.anchors.cend(); ++it) {
                if (m_anchors.contains(it.key()))
                    narrative.duplicateIds.append(it.key());
                else
                    m_anchors.insert(it.key(), it.value());
            }
            const QString sectionId = section->attribute(QLatin1String("ID"));
            if (!sectionId.isEmpty() && !m_anchors.contains(sectionId))
                m_anchors.insert(sectionId, {clinical::plainText(narrative.blocks), {}});
            m_narratives[section] = std::move(narrative);
            for (const XmlElement *nested : section->all(QLatin1String("component")))
                collectNarratives(*nested);
        }
    }

    base::Status sections(const XmlElement &component, std::vector<Section> &out)
    {
        for (const XmlElement *element : component.all(QLatin1String("section"))) {
            if (++m_sections > m_budget.sections)
                return base::Error(
                    errors::Budget, {}, {{QStringLiteral("what"), QStringLiteral("sections")}});
            Section section;
            readSection(*element, section);
            for (const XmlElement *nested : element->all(QLatin1String("component")))
                NARU_TRY(sections(*nested, section.sections));
            out.push_back(std::move(section));
        }
        return {};
    }

    void readSection(const XmlElement &element, Section &section)
    {
        const NarrativeResult &narrative = m_narratives[&element];
        const clinical::Identifier id = readIdentifier(element.child(QLatin1String("id")));
        section.id = id.extension.isEmpty() ? id.root : id.extension;
        section.code = readCoded(element.child(QLatin1String("code")));
        for (const XmlElement *templateId : element.all(QLatin1String("templateId")))
            section.templateIds.append(templateId->attribute(QLatin1String("root")));
        section.title = readText(element.child(QLatin1String("title")));
        section.nullFlavor = element.attribute(QLatin1String("nullFlavor"));
        section.narrative = narrative.blocks;
        EntryReader entries(m_anchors, m_entriesLeft);
        for (const XmlElement *entry : element.all(QLatin1String("entry")))
            entries.read(*entry, section.entries);
        noteSection(element, section, narrative);
        const SectionTemplate *known = m_profile.sectionFor(section.templateIds, section.code);
        if (!known && narrative.anchors.contains(QStringLiteral("exception.1")))
            known = m_profile.section(QStringLiteral("exception")); // it has no code of its own
        if (!known) {
            warn("section.unknown", pathOfSection(section), {{QStringLiteral("section"), nameOf(section)}});
            return;
        }
        if (known->key == QLatin1String("consent") || known->key == QLatin1String("signature"))
            m_consentSeen = true;
        else if (m_entriesLeft > 0)
            recoverContent({known->key, &element, &narrative}, m_out.document);
    }

    static QString nameOf(const Section &section)
    {
        const QString name = section.title.isEmpty() ? section.code.display : section.title;
        return base::withVisibleControls((name.isEmpty() ? section.code.code : name).left(100));
    }

    static QString pathOfSection(const Section &section)
    {
        return QStringLiteral("section ")
            + base::withVisibleControls(
                (section.code.code.isEmpty() ? section.title : section.code.code).left(64));
    }

    void noteSection(const XmlElement &element, const Section &section, const NarrativeResult &narrative)
    {
        const QString path = pathOfSection(section);
        if (!element.child(QLatin1String("text")) && !section.entries.empty())
            warn("narrative.missing", path, {{QStringLiteral("section"), nameOf(section)}});
        for (const QString &name : narrative.unsupported)
            warn("narrative.unsupported", path,
                {{QStringLiteral("element"), base::withVisibleControls(name)}});
        for (const QString &id : narrative.duplicateIds)
            warn("id.duplicate", path, {{QStringLiteral("id"), base::withVisibleControls(id.left(64))}});
        for (const QString &id : narrative.mediaIds) {
            if (!m_out.media.contains(id))
                warn("media.missing", path, {{QStringLiteral("id"), base::withVisibleControls(id.left(64))}});
        }
        checkHidden(section.title + clinical::plainText(section.narrative), path);
    }

    void checkAll(const std::vector<Section> &sections)
    {
        for (const Section &section : sections) {
            std::vector<ReadWarning> found;
            checkEntries(section.entries, m_anchors, pathOfSection(section), found);
            for (ReadWarning &warning : found) {
                if (int(m_out.warnings.size()) < m_budget.warnings)
                    m_out.warnings.push_back(std::move(warning));
            }
            checkAll(section.sections);
        }
    }

    void nonXmlBody(const XmlElement &body)
    {
        const XmlElement *text = body.child(QLatin1String("text"));
        if (!text)
            return;
        if (text->child(QLatin1String("reference")))
            warn("external.reference", QStringLiteral("nonXMLBody"),
                {{QStringLiteral("kind"), QStringLiteral("body")}});
        Media found;
        found.mediaType = text->attribute(QLatin1String("mediaType")).left(128);
        found.bytes = decoded(*text);
        warn("body.nonXml", QStringLiteral("nonXMLBody"),
            {{QStringLiteral("type"), base::withVisibleControls(found.mediaType)}});
        m_out.nonXmlBody = std::move(found);
    }

    void consent(const XmlElement &root)
    {
        recoverConsent(root, m_anchors, m_out.document);
        for (auto it = m_out.media.cbegin(); it != m_out.media.cend(); ++it) {
            QString type;
            if (m_out.document.consent->signaturePng.isEmpty() && sniffImage(it->bytes, &type)
                && type == QLatin1String("image/png"))
                m_out.document.consent->signaturePng = it->bytes;
        }
    }

    void finishWarnings()
    {
        for (ReadWarning &warning : m_out.warnings)
            warning.message = warningSentence(warning);
    }

    const ReadBudget &m_budget;
    const WriteProfile &m_profile;
    ReadDocument m_out{};
    Anchors m_anchors{};
    QHash<const XmlElement *, NarrativeResult> m_narratives{};
    int m_entriesLeft = 0;
    int m_sections = 0;
    qint64 m_mediaBytes = 0;
    bool m_consentSeen = false;
};
} // namespace

base::Result<XmlElement> parseCda(const QByteArray &bytes, const ReadBudget &budget)
{
    if (bytes.size() > budget.xml.bytes)
        return base::Error(base::errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("XML")}});
    NARU_ASSIGN(const QByteArray utf8, asUtf8(bytes));
    return base::parseXml(utf8, budget.xml);
}

base::Result<ReadDocument> readTree(
    const XmlElement &root, const ReadBudget &budget, const WriteProfile &profile)
{
    return Reader(budget, profile).read(root);
}

base::Result<ReadDocument> readDocument(
    const QByteArray &bytes, const ReadBudget &budget, const WriteProfile &profile)
{
    NARU_ASSIGN(const XmlElement root, parseCda(bytes, budget));
    NARU_ASSIGN(ReadDocument document, readTree(root, budget, profile));
    if (bytes.contains("<?xml-stylesheet")) {
        ReadWarning warning{QStringLiteral("xml.stylesheet"), {}, {}, {}};
        warning.message = warningSentence(warning);
        document.warnings.insert(document.warnings.begin(), std::move(warning));
    }
    return document;
}

bool sniffImage(const QByteArray &bytes, QString *mediaType)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        *mediaType = QStringLiteral("image/png");
    else if (bytes.startsWith("\xFF\xD8\xFF"))
        *mediaType = QStringLiteral("image/jpeg");
    else
        return false;
    return true;
}

bool hasReusableContent(const ReadDocument &document)
{
    return document.document.content != clinical::Content{};
}

} // namespace naru::cda
