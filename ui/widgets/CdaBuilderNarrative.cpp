// The narrative of a section as its author wrote it: paragraphs, lists, pictures, what is marked.
#include "ui/widgets/CdaBuilder.h"

#include <QTextList>
#include <algorithm>

namespace naru::ui {

namespace {

constexpr int kDeepest = 24; // nested lists and tables; deeper ones show their text only
constexpr size_t kRowsAStep = 40;

} // namespace

std::vector<std::function<void()>> CdaBuilder::narrativeSteps(const clinical::Section &section)
{
    std::vector<std::function<void()>> steps;
    for (const clinical::Block &b : section.narrative) {
        if (b.kind == clinical::Block::Kind::Table && b.rows.size() > kRowsAStep + size_t(b.headRows)) {
            for (size_t from = 0; from < b.rows.size(); from += kRowsAStep) {
                steps.emplace_back([this, &b, from] {
                    m_end.movePosition(QTextCursor::End);
                    table(m_end, b, from, std::min(from + kRowsAStep, b.rows.size()), 0);
                    m_end.movePosition(QTextCursor::End);
                });
            }
            continue;
        }
        steps.emplace_back([this, &b] {
            m_end.movePosition(QTextCursor::End);
            block(m_end, b, 0);
            m_end.movePosition(QTextCursor::End);
        });
    }
    return steps;
}

void CdaBuilder::blocks(QTextCursor &cursor, const std::vector<clinical::Block> &all, int depth)
{
    for (const clinical::Block &b : all)
        block(cursor, b, depth);
}

void CdaBuilder::block(QTextCursor &cursor, const clinical::Block &b, int depth)
{
    if (depth > kDeepest) {
        paragraph(cursor, 0, 0);
        cursor.insertText(visible(clinical::plainText(std::vector<clinical::Block>{b}).left(20000)), plain());
        return;
    }
    switch (b.kind) {
    case clinical::Block::Kind::Paragraph:
        paragraph(cursor, 0, 1);
        runs(cursor, b.runs, plain());
        break;
    case clinical::Block::Kind::Caption: {
        paragraph(cursor, 1, 1);
        QTextCharFormat format = plain();
        format.setFontWeight(QFont::Bold);
        runs(cursor, b.runs, format);
        break;
    }
    case clinical::Block::Kind::List:
        list(cursor, b, depth);
        break;
    case clinical::Block::Kind::Table:
        table(cursor, b, 0, b.rows.size(), depth);
        break;
    case clinical::Block::Kind::Unsupported: {
        paragraph(cursor, 0, 1);
        QTextCharFormat weak = plain();
        weak.setForeground(m_options.colours.secondary);
        cursor.insertText(tr("[%1, not shown as authored] ").arg(visible(b.elementName)), weak);
        runs(cursor, b.runs, plain());
        break;
    }
    }
}

void CdaBuilder::runs(QTextCursor &cursor, const std::vector<clinical::Run> &all, const QTextCharFormat &base)
{
    for (const clinical::Run &run : all) {
        if (run.lineBreak) {
            cursor.insertText(QString(QChar::LineSeparator), base);
            continue;
        }
        QTextCharFormat format = base;
        if (run.bold || run.emphasis) // no italics in Korean: emphasis by weight
            format.setFontWeight(QFont::Bold);
        if (run.underline && !m_options.reader)
            format.setFontUnderline(true);
        if (run.strike)
            format.setFontStrikeOut(true);
        if (run.superscript)
            format.setVerticalAlignment(QTextCharFormat::AlignSuperScript);
        if (run.subscript)
            format.setVerticalAlignment(QTextCharFormat::AlignSubScript);
        QString before, after;
        if (run.highlight == QLatin1String("high")) {
            format.setForeground(m_options.colours.high);
            before = QStringLiteral("▲ ");
        } else if (run.highlight == QLatin1String("low")) {
            format.setForeground(m_options.colours.low);
            before = QStringLiteral("▼ ");
        } else if (run.highlight == QLatin1String("added")) {
            format.setBackground(m_options.colours.added);
            before = QStringLiteral("[+");
            after = QStringLiteral("+]");
        } else if (run.highlight == QLatin1String("removed")) {
            format.setBackground(m_options.colours.removed);
            before = QStringLiteral("[−");
            after = QStringLiteral("−]");
        }
        if (!run.text.isEmpty())
            cursor.insertText(before + visible(run.text) + after, format);
        QTextCharFormat weak = base;
        weak.setForeground(m_options.colours.secondary);
        if (!run.link.isEmpty() && run.link != run.text)
            cursor.insertText(QStringLiteral(" ⟨") + visible(run.link.left(300)) + QStringLiteral("⟩"), weak);
        if (!run.mediaId.isEmpty()) {
            if (m_target.hasPicture(run.mediaId)) {
                QTextImageFormat image;
                const QSize size = m_target.pictureSize(run.mediaId);
                image.setName(CdaTextDocument::pictureUrl(run.mediaId).toString());
                image.setWidth(size.width());
                image.setHeight(size.height());
                cursor.insertImage(image);
            } else {
                cursor.insertText(tr("[attachment %1 cannot be shown here]").arg(visible(run.mediaId)), weak);
            }
        }
        if (!run.footnote.isEmpty())
            cursor.insertText(QStringLiteral(" (") + visible(run.footnote) + QLatin1Char(')'), weak);
    }
}

void CdaBuilder::list(QTextCursor &cursor, const clinical::Block &b, int depth)
{
    if (!b.caption.empty()) {
        paragraph(cursor, 1, 0);
        QTextCharFormat format = plain();
        format.setFontWeight(QFont::Bold);
        runs(cursor, b.caption, format);
    }
    int number = 0;
    for (const clinical::Cell &item : b.items) {
        ++number;
        bool first = true;
        for (const clinical::Block &inner : item.blocks) {
            if (inner.kind == clinical::Block::Kind::Paragraph) {
                paragraph(cursor, 0, 0.5);
                QTextBlockFormat format = cursor.blockFormat();
                format.setLeftMargin(m_options.unit * 4.0 * (depth + 1));
                format.setTextIndent(first ? -m_options.unit * 3.0 : 0);
                cursor.setBlockFormat(format);
                if (first)
                    cursor.insertText(
                        b.ordered ? QStringLiteral("%1. ").arg(number) : QStringLiteral("•  "), plain());
                runs(cursor, inner.runs, plain());
            } else {
                block(cursor, inner, depth + 1);
            }
            first = false;
        }
    }
}

} // namespace naru::ui
