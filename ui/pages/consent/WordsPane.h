// What the patient will be asked, for staff before the patient reads it; while nothing is ticked, what was
// given and withdrawn so far.
#pragma once

#include "core/services/Types.h"

#include <QWidget>

class QLabel;
class QTextEdit;

namespace naru::ui {

class ConsentHistory;
class Theme;

class WordsPane : public QWidget {
    Q_OBJECT
public:
    WordsPane(Theme &theme, bool korean, QWidget *parent);
    void setTexts(const std::vector<services::ConsentText> &texts, const ConsentHistory &history);
    QTextEdit *text() const { return m_text; }

private:
    Theme &m_theme;
    bool m_korean;
    QLabel *m_title;
    QTextEdit *m_text;
};

} // namespace naru::ui
