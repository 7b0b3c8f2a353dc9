// Static page of a document: every text escaped, no attribute of the source passes, images only as verified
// data URIs.
#include "core/base/Hangul.h"
#include "core/cda/Words.h"
#include "core/cda/read/CdaReader.h"
#include "core/cda/render/Render.h"

namespace naru::cda {

using namespace clinical;

namespace {
QString escaped(const QString &text)
{
    return base::withVisibleControls(text).toHtmlEscaped();
}

class Page {
public:
    Page(const ReadDocument &document, Language language)
        : m_read(document)
        , m_language(language)
    {
    }

    QString make()
    {
        const QString title = escaped(m_read.document.title);
        m_out = QStringLiteral(
            "<!DOCTYPE html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
            "style-src 'unsafe-inline'\">\n<title>%1</title>\n<style>"
            "body{font-family:'Noto Sans CJK KR','Noto Sans "
            "KR',sans-serif;line-height:1.5;max-width:60em;margin:1em auto}"
            "table{border-collapse:collapse}td,th{border:1px solid #888;padding:.2em .5em;text-align:left;"
            "vertical-align:top}.note{background:#fff3cd;padding:.3em "
            ".6em}.warn{color:#7a4b00}</style></head><body>\n")
                    .arg(title);
        m_out += QStringLiteral("<h1>%1</h1>\n<table>\n").arg(title);
        for (const auto &[name, value] : headerLines(m_read, m_language))
            m_out += QStringLiteral("<tr><th>%1</th><td>%2</td></tr>\n").arg(escaped(name), escaped(value));
        m_out += QStringLiteral("</table>\n");
        if (m_read.signaturePresent)
            m_out += QStringLiteral("<p class=\"note\">%1</p>\n").arg(escaped(label("signature")));
        for (const Section &each : m_read.sections)
            section(each, 2);
        nonXmlBody();
        warnings();
        return m_out + QStringLiteral("</body></html>\n");
    }

private:
    QString label(const char *key) const
    {
        const QString name = QLatin1String(key);
        return m_language == Language::Korean ? wordKo("label", name) : wordEn("label", name);
    }

    void section(const Section &s, int level)
    {
        const QString tag = QStringLiteral("h%1").arg(qMin(level, 6));
        m_out += QStringLiteral("<%1>%2</%1>\n").arg(tag, escaped(sectionTitle(s, m_language)));
        blocks(s.narrative);
        for (const Section &nested : s.sections)
            section(nested, level + 1);
    }

    void blocks(const std::vector<Block> &all)
    {
        for (const Block &block : all) {
            switch (block.kind) {
            case Block::Kind::Paragraph:
            case Block::Kind::Unsupported:
                m_out += QStringLiteral("<p>");
                runs(block.runs);
                m_out += QStringLiteral("</p>\n");
                break;
            case Block::Kind::Caption:
                m_out += QStringLiteral("<p><b>");
                runs(block.runs);
                m_out += QStringLiteral("</b></p>\n");
                break;
            case Block::Kind::List:
                list(block);
                break;
            case Block::Kind::Table:
                table(block);
                break;
            }
        }
    }

    void list(const Block &block)
    {
        const QString tag = block.ordered ? QStringLiteral("ol") : QStringLiteral("ul");
        if (!block.caption.empty()) {
            m_out += QStringLiteral("<p><b>");
            runs(block.caption);
            m_out += QStringLiteral("</b></p>\n");
        }
        m_out += QLatin1Char('<') + tag + QStringLiteral(">\n");
        for (const Cell &item : block.items) {
            m_out += QStringLiteral("<li>");
            blocks(item.blocks);
            m_out += QStringLiteral("</li>\n");
        }
        m_out += QStringLiteral("</") + tag + QStringLiteral(">\n");
    }

    void table(const Block &block)
    {
        m_out += QStringLiteral("<table>\n");
        if (!block.caption.empty()) {
            m_out += QStringLiteral("<caption>");
            runs(block.caption);
            m_out += QStringLiteral("</caption>\n");
        }
        for (const auto &row : block.rows) {
            m_out += QStringLiteral("<tr>");
            for (const Cell &cell : row)
                this->cell(cell);
            m_out += QStringLiteral("</tr>\n");
        }
        m_out += QStringLiteral("</table>\n");
    }

    void cell(const Cell &cell)
    {
        const QString tag = cell.header ? QStringLiteral("th") : QStringLiteral("td");
        m_out += QLatin1Char('<') + tag;
        if (cell.rowSpan > 1)
            m_out += QStringLiteral(" rowspan=\"%1\"").arg(cell.rowSpan);
        if (cell.columnSpan > 1)
            m_out += QStringLiteral(" colspan=\"%1\"").arg(cell.columnSpan);
        m_out += QLatin1Char('>');
        // The common cell is one paragraph: no need of a <p>.
        if (cell.blocks.size() == 1 && cell.blocks[0].kind == Block::Kind::Paragraph)
            runs(cell.blocks[0].runs);
        else
            blocks(cell.blocks);
        m_out += QStringLiteral("</") + tag + QLatin1Char('>');
    }

    void runs(const std::vector<Run> &all)
    {
        for (const Run &run : all) {
            if (run.lineBreak) {
                m_out += QStringLiteral("<br>");
                continue;
            }
            if (!run.mediaId.isEmpty())
                image(run.mediaId);
            QString text = escaped(run.text);
            const auto wrap = [&text](bool on, const char *tag) {
                if (on)
                    text = QStringLiteral("<%1>%2</%1>").arg(QLatin1String(tag), text);
            };
            wrap(run.bold, "b"), wrap(run.emphasis, "i"), wrap(run.underline, "u"), wrap(run.strike, "s");
            wrap(run.superscript, "sup"), wrap(run.subscript, "sub");
            m_out += text;
            // An address that the text does not show already stands beside it, as text.
            if (!run.link.isEmpty() && !run.text.contains(run.link))
                m_out += QStringLiteral(" [") + escaped(run.link) + QLatin1Char(']');
        }
    }

    void image(const QString &id)
    {
        const auto media = m_read.media.constFind(id);
        QString type;
        if (media == m_read.media.constEnd() || !sniffImage(media->bytes, &type)) {
            m_out += QStringLiteral("[%1: %2]").arg(escaped(label("image")), escaped(id));
            return;
        }
        m_out += QStringLiteral("<img alt=\"%1\" src=\"data:%2;base64,").arg(escaped(label("image")), type);
        m_out += QString::fromLatin1(media->bytes.toBase64()) + QStringLiteral("\">");
    }

    void nonXmlBody()
    {
        if (!m_read.nonXmlBody)
            return;
        const Media &body = *m_read.nonXmlBody;
        m_out += QStringLiteral("<h2>%1</h2>\n<p>%2, %3 bytes</p>\n")
                     .arg(escaped(label("attachment")), escaped(body.mediaType))
                     .arg(body.bytes.size());
        if (body.mediaType.startsWith(QLatin1String("text/plain")))
            m_out += QStringLiteral("<pre>%1</pre>\n").arg(escaped(QString::fromUtf8(body.bytes)));
    }

    void warnings()
    {
        if (m_read.warnings.empty())
            return;
        m_out += QStringLiteral("<h2>%1</h2>\n<ul class=\"warn\">\n").arg(escaped(label("warnings")));
        for (const ReadWarning &warning : m_read.warnings)
            m_out += QStringLiteral("<li>%1</li>\n").arg(escaped(warningText(warning, m_language)));
        m_out += QStringLiteral("</ul>\n");
    }

    const ReadDocument &m_read;
    Language m_language;
    QString m_out{};
};
} // namespace

QString html(const ReadDocument &document, Language language)
{
    return Page(document, language).make();
}

} // namespace naru::cda
