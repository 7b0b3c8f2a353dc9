#include "ui/pages/consent/WordsPane.h"

#include "ui/pages/consent/ConsentHistory.h"
#include "ui/pages/consent/ConsentWords.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QTextCursor>
#include <QTextEdit>
#include <QVBoxLayout>

namespace naru::ui {

WordsPane::WordsPane(Theme &theme, bool korean, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_korean(korean)
    , m_title(sectionTitle(theme, tr("What the patient will read"), this))
    , m_text(new QTextEdit(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * theme.unit());
    m_text->setObjectName(QStringLiteral("consent.words"));
    m_text->setAccessibleName(m_title->text());
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setMinimumHeight(theme.rowHeight() * 5);
    column->addWidget(m_title);
    column->addWidget(m_text, 1);
}

void WordsPane::setTexts(const std::vector<services::ConsentText> &texts, const ConsentHistory &history)
{
    const double gap = m_theme.unit(1.5);
    m_text->clear();
    QTextCursor cursor(m_text->document());
    for (const services::ConsentText &text : texts) {
        QTextBlockFormat block;
        block.setTopMargin(cursor.atStart() ? 0 : 2 * gap);
        block.setBottomMargin(gap);
        if (cursor.atStart())
            cursor.setBlockFormat(block);
        else
            cursor.insertBlock(block);
        QTextCharFormat title;
        title.setFont(m_theme.font(Theme::Face::SectionTitle));
        cursor.insertText(text.title, title);
        insertConsentWords(cursor, text, m_korean, gap, 130);
    }
    m_title->setText(
        texts.empty() ? tr("What was given and withdrawn so far") : tr("What the patient will read"));
    m_text->setAccessibleName(m_title->text());
    if (texts.empty())
        history.insertInto(cursor);
    m_text->moveCursor(QTextCursor::Start);
}

} // namespace naru::ui
