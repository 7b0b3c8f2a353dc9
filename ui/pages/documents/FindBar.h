// The line for finding words in the document shown, with how often they are in it.
#pragma once

#include <QWidget>

class QLabel;

namespace naru::ui {

class HangulLineEdit;
class Theme;

class FindBar : public QWidget {
    Q_OBJECT
public:
    FindBar(const Theme &theme, QWidget *parent);
    void open();
    QString text() const;
    void showMatches(int count);

Q_SIGNALS:
    void textChanged(const QString &text);
    void nextWanted();

private:
    HangulLineEdit *m_edit;
    QLabel *m_count;
};

} // namespace naru::ui
