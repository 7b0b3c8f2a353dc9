#include "ui/pages/consent/ConsentWords.h"

#include <QTextCursor>
#include <QTextDocument>

namespace naru::ui {

void insertConsentWords(
    QTextCursor &cursor, const services::ConsentText &text, bool korean, double gap, int leading)
{
    const auto part = [&](const QString &label, const QString &words) {
        if (words.isEmpty())
            return;
        QTextBlockFormat block;
        block.setBottomMargin(gap);
        block.setLineHeight(leading, QTextBlockFormat::ProportionalHeight);
        if (!cursor.atStart())
            cursor.insertBlock(block);
        else
            cursor.setBlockFormat(block);
        QTextCharFormat strong;
        strong.setFontWeight(QFont::Bold);
        cursor.insertText(label + QStringLiteral("   "), strong);
        cursor.insertText(words, QTextCharFormat());
    };
    part(korean ? QStringLiteral("누구에게") : QStringLiteral("To whom"), text.recipient);
    part(korean ? QStringLiteral("왜") : QStringLiteral("Why"), text.purpose);
    part(korean ? QStringLiteral("무엇을") : QStringLiteral("What"), text.items);
    part(korean ? QStringLiteral("언제까지") : QStringLiteral("Until when"), text.period);
    part(korean ? QStringLiteral("거부할 권리") : QStringLiteral("Right to refuse"), text.refusal);
}

} // namespace naru::ui
