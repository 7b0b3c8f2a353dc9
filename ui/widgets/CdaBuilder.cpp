#include "ui/widgets/CdaBuilder.h"

#include "core/base/Hangul.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"

#include <QBuffer>
#include <QImageReader>
#include <QTextBlock>
#include <QUrl>
#include <algorithm>

namespace naru::ui {

namespace {

constexpr qint64 kMostPixels = 40'000'000;

text::Language language(bool korean)
{
    return korean ? text::Language::Korean : text::Language::English;
}

} // namespace

CdaTextDocument::CdaTextDocument(QObject *parent)
    : QTextDocument(parent)
{
    setUndoRedoEnabled(false);
}

QUrl CdaTextDocument::pictureUrl(const QString &id)
{
    return QUrl(QStringLiteral("media:") + QString::fromLatin1(QUrl::toPercentEncoding(id)));
}

void CdaTextDocument::setMedia(const QMap<QString, clinical::Media> &media, int maximumWidth)
{
    m_media = media;
    m_pictures.clear();
    for (auto it = media.begin(); it != media.end(); ++it) {
        QByteArray bytes = it->bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::ReadOnly);
        QImageReader reader(&buffer);
        reader.setDecideFormatFromContent(true); // what it claims to be does not count
        static const QList<QByteArray> allowed{"png", "jpeg", "jpg", "gif", "bmp"};
        const QSize size = reader.size();
        if (!allowed.contains(reader.format()) || !size.isValid()
            || qint64(size.width()) * size.height() > kMostPixels)
            continue;
        m_pictures.insert(it.key(),
            size.width() > maximumWidth ? size.scaled(maximumWidth, size.height(), Qt::KeepAspectRatio)
                                        : size);
    }
}

QVariant CdaTextDocument::loadResource(int type, const QUrl &name)
{
    if (type != QTextDocument::ImageResource || name.scheme() != QLatin1String("media"))
        return {};
    const QString id = QUrl::fromPercentEncoding(name.path().toLatin1());
    if (!m_pictures.contains(id))
        return {};
    QByteArray bytes = m_media.value(id).bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setScaledSize(m_pictures.value(id) * 2);
    return reader.read();
}

CdaColours CdaBuilder::colours(const Theme &theme)
{
    CdaColours c;
    c.text = theme.color("text");
    c.secondary = theme.color("textSecondary");
    c.high = theme.color("high");
    c.low = theme.color("low");
    c.warn = theme.color("warn");
    c.warnTint = theme.color("tintWarn");
    c.added = theme.color("diffAdded");
    c.removed = theme.color("diffRemoved");
    c.headTint = theme.color("window");
    c.line = theme.color("divider");
    return c;
}

CdaColours CdaBuilder::printColours()
{
    CdaColours c;
    c.text = Qt::black;
    c.secondary = QColor(QStringLiteral("#404040"));
    c.high = QColor(QStringLiteral("#8B0000"));
    c.low = QColor(QStringLiteral("#00339C"));
    c.warn = QColor(QStringLiteral("#5C3A00"));
    c.warnTint = QColor(QStringLiteral("#FFF3D6"));
    c.added = QColor(QStringLiteral("#DFF3E4"));
    c.removed = QColor(QStringLiteral("#FBE3E1"));
    c.headTint = QColor(QStringLiteral("#EEF1F4"));
    c.line = QColor(QStringLiteral("#B0B8C0"));
    return c;
}

CdaBuilder::CdaBuilder(const clinical::ReadDocument &read, CdaTextDocument &target, const Options &options)
    : m_read(read)
    , m_target(target)
    , m_options(options)
    , m_end(&target)
    , m_face(options.body)
{
    QTextOption wrap;
    wrap.setWrapMode(
        QTextOption::WrapAtWordBoundaryOrAnywhere); // Korean breaks at spaces, a long word stays inside
    m_target.setDefaultTextOption(wrap);
    m_target.setDefaultFont(options.body);
    m_target.setDocumentMargin(options.unit * 3);
}

QString CdaBuilder::visible(const QString &text)
{
    return base::withVisibleControls(text);
}

QTextCharFormat CdaBuilder::plain() const
{
    QTextCharFormat format;
    format.setFont(m_face);
    format.setForeground(m_options.colours.text);
    return format;
}

void CdaBuilder::paragraph(QTextCursor &cursor, double before, double after)
{
    QTextBlockFormat format;
    format.setLineHeight(m_options.reader ? 140 : 120, QTextBlockFormat::ProportionalHeight);
    format.setTopMargin(before * m_options.unit);
    format.setBottomMargin(after * m_options.unit);
    if (cursor.block().length() > 1 || cursor.currentTable() != nullptr)
        cursor.insertBlock(format, plain());
    else {
        cursor.setBlockFormat(format);
        cursor.setBlockCharFormat(plain());
    }
    cursor.setCharFormat(plain());
}

void CdaBuilder::pair(const QString &label, const QString &value)
{
    if (value.trimmed().isEmpty())
        return;
    paragraph(m_end, 0, 0);
    QTextCharFormat weak = plain();
    weak.setForeground(m_options.colours.secondary);
    m_end.insertText(label + QStringLiteral("  "), weak);
    m_end.insertText(visible(value), plain());
}

void CdaBuilder::header()
{
    const clinical::Document &d = m_read.document;
    const auto lang = language(m_options.korean);
    m_end.movePosition(QTextCursor::End);
    QTextCharFormat title = plain();
    QFont font = m_options.body;
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setBold(true);
    title.setFont(font);
    paragraph(m_end, 0, 1);
    QString name = d.title;
    if (name.isEmpty())
        name = d.form != clinical::Form::Unknown ? text::formName(d.form, lang) : m_read.typeCode.text();
    m_end.insertText(visible(name.isEmpty() ? tr("Untitled document") : name), title);
    if (!m_options.headerCard)
        return;
    QStringList who{d.patient.name, text::sexName(d.patient.sex, lang), d.patient.birthDate.toDisplay()};
    who.removeAll(QString());
    if (!d.patient.localId.extension.isEmpty())
        who << tr("chart %1").arg(d.patient.localId.extension);
    pair(tr("Patient"), who.join(QStringLiteral("  ")));
    const auto party = [](const clinical::Institution &i, const clinical::Department &dep,
                           const QString &person) {
        QStringList parts{i.name, dep.name, person};
        parts.removeAll(QString());
        return parts.join(QLatin1Char(' '));
    };
    pair(tr("From"), party(d.custodian, d.author.department, d.author.name));
    for (const clinical::Recipient &r : d.recipients)
        pair(tr("To"), party(r.institution, r.department, r.doctor.name));
    pair(tr("Written"), d.effectiveTime.toDisplay());
    if (d.version > 1 || !d.replaces.isEmpty())
        pair(tr("Version"), tr("%1, replaces an earlier one").arg(d.version));
}

QString CdaBuilder::sectionTitle(const clinical::Section &section, bool)
{
    const QString title = section.title.simplified();
    if (!title.isEmpty())
        return visible(title);
    if (!section.code.text().isEmpty())
        return visible(section.code.text());
    return tr("Section without title");
}

int CdaBuilder::countOf(const clinical::Section &section)
{
    int organizers = 0;
    for (const clinical::Entry &entry : section.entries)
        organizers += entry.kind == QLatin1String("organizer") && entry.children.size() > 1
            ? int(entry.children.size())
            : 1;
    if (organizers > 0)
        return organizers;
    int rows = 0;
    for (const clinical::Block &block : section.narrative) {
        if (block.kind == clinical::Block::Kind::Table)
            rows += int(block.rows.size()) - block.headRows;
    }
    return rows;
}

bool CdaBuilder::isMismatch(const clinical::ReadWarning &warning)
{
    return warning.code.startsWith(QLatin1String("narrative."));
}

bool CdaBuilder::concerns(const clinical::ReadWarning &warning, const clinical::Section &section)
{
    return !section.code.code.isEmpty()
        && warning.path.contains(QStringLiteral("section ") + section.code.code);
}

int CdaBuilder::beginSection(const CdaView::SectionRow &row)
{
    m_end.movePosition(QTextCursor::End);
    paragraph(m_end, row.depth == 0 ? 5 : 3, 1);
    const int position = m_end.position();
    QTextCharFormat heading = plain();
    QFont font = m_options.body;
    font.setPointSizeF(font.pointSizeF() * (row.depth == 0 ? 1.15 : 1.05));
    font.setBold(true);
    heading.setFont(font);
    m_end.insertText(row.title, heading);
    if (row.count > 0) {
        QTextCharFormat weak = plain();
        weak.setForeground(m_options.colours.secondary);
        m_end.insertText(QStringLiteral("  (%1)").arg(row.count), weak);
    }
    const clinical::Section &section = *row.section;
    if (!section.nullFlavor.isEmpty()
        || (section.narrative.empty() && section.entries.empty() && section.sections.empty())) {
        paragraph(m_end, 0, 0);
        QTextCharFormat weak = plain();
        weak.setForeground(m_options.colours.secondary);
        const QString why = absenceWords(section.nullFlavor);
        m_end.insertText(
            why.isEmpty() ? tr("Not in the document") : tr("Not in the document: %1").arg(why), weak);
    }
    return position;
}

QString CdaBuilder::warningWords(const clinical::ReadWarning &warning, bool korean)
{
    const QString narrative = warning.arguments.value(QStringLiteral("narrative"));
    const QString entry = warning.arguments.value(QStringLiteral("entry"));
    if (!narrative.isEmpty() && !entry.isEmpty())
        return tr("! Text says “%1”, coded value says “%2” – they differ")
            .arg(visible(narrative), visible(entry));
    if (!korean && !warning.message.isEmpty())
        return QStringLiteral("? ") + visible(warning.message);
    static const QMap<QString, const char *> words{
        {QStringLiteral("narrative.negation"),
            QT_TR_NOOP("The coded value is negated, the text does not say so")},
        {QStringLiteral("narrative.deadReference"),
            QT_TR_NOOP("A coded value points at text that is not in the document")},
        {QStringLiteral("narrative.missing"), QT_TR_NOOP("A section has coded values but no text")},
        {QStringLiteral("narrative.unsupported"), QT_TR_NOOP("An unknown element is shown as plain text")},
        {QStringLiteral("section.unknown"), QT_TR_NOOP("A section this program does not know is shown raw")},
        {QStringLiteral("text.hidden"),
            QT_TR_NOOP("Hidden or direction-changing characters are shown as marks")},
        {QStringLiteral("xml.stylesheet"), QT_TR_NOOP("The style sheet named by the document is not used")},
        {QStringLiteral("external.reference"), QT_TR_NOOP("Something outside the document is not opened")},
        {QStringLiteral("media.missing"), QT_TR_NOOP("A picture is not in the document")},
        {QStringLiteral("media.unverified"),
            QT_TR_NOOP("An attachment is not the picture it claims to be and is not shown")},
        {QStringLiteral("entry.limit"), QT_TR_NOOP("Too many coded values; only the first were read")},
        {QStringLiteral("id.duplicate"), QT_TR_NOOP("The same identifier is used more than once")},
        {QStringLiteral("body.nonXml"), QT_TR_NOOP("The body is a file")},
    };
    QStringList values = warning.arguments.values();
    values.removeAll(QString());
    const char *word = words.value(warning.code, QT_TR_NOOP("Something in this document is unusual"));
    return QStringLiteral("? ") + tr(word)
        + (values.isEmpty() ? QString()
                            : QStringLiteral(": ") + visible(values.join(QStringLiteral(" / ")).left(200)));
}

QString CdaBuilder::absenceWords(const QString &nullFlavor)
{
    static const QMap<QString, const char *> words{
        {QStringLiteral("NI"), QT_TR_NOOP("no information")},
        {QStringLiteral("UNK"), QT_TR_NOOP("unknown")},
        {QStringLiteral("NA"), QT_TR_NOOP("not applicable")},
        {QStringLiteral("NASK"), QT_TR_NOOP("not asked")},
        {QStringLiteral("ASKU"), QT_TR_NOOP("asked, but not known")},
        {QStringLiteral("NAV"), QT_TR_NOOP("not available just now")},
        {QStringLiteral("MSK"), QT_TR_NOOP("withheld")},
        {QStringLiteral("OTH"), QT_TR_NOOP("something else")},
    };
    const char *word = words.value(nullFlavor, nullptr);
    return word ? tr(word) : nullFlavor;
}

int CdaBuilder::mismatch(const clinical::ReadWarning &warning)
{
    m_end.movePosition(QTextCursor::End);
    paragraph(m_end, 1, 1);
    QTextBlockFormat format = m_end.blockFormat();
    format.setBackground(m_options.colours.warnTint);
    format.setLeftMargin(m_options.unit);
    m_end.setBlockFormat(format);
    const int position = m_end.position();
    QTextCharFormat text = plain();
    text.setForeground(m_options.colours.warn);
    m_end.insertText(warningWords(warning, m_options.korean), text);
    m_end.insertBlock(QTextBlockFormat(), plain());
    return position;
}

void CdaBuilder::closing()
{
    m_end.movePosition(QTextCursor::End);
    paragraph(m_end, 6, 0);
    const clinical::Document &d = m_read.document;
    QTextCharFormat weak = plain();
    QFont small = m_options.body;
    small.setPointSizeF(small.pointSizeF() * 0.9);
    weak.setFont(small);
    weak.setForeground(m_options.colours.secondary);
    QString id = d.id.root;
    if (!d.id.extension.isEmpty())
        id += QStringLiteral(" / ") + d.id.extension;
    m_end.insertText(tr("Document %1").arg(visible(id)), weak);
}

} // namespace naru::ui
