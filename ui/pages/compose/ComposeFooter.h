// Below the form: what is missing or not reviewed, what is saved, whether the preview is current, and the
// main act.
#pragma once

#include <QWidget>

class QDateTime;
class QLabel;
class QPushButton;
class QTabBar;

namespace naru::ui {

class Theme;

class ComposeFooter : public QWidget {
    Q_OBJECT
public:
    // `tabs` stand beside the counts: a row of their own would be taken from the form.
    ComposeFooter(const Theme &theme, QTabBar *tabs, QWidget *parent);
    void showCounts(int missing, int unreviewed, bool previewCurrent);
    void showSaved(const QDateTime &when); // invalid: never
    void setSendEnabled(bool on);
    void setBrief(bool on); // without what the page says elsewhere as well

Q_SIGNALS:
    void missingClicked();
    void unreviewedClicked();
    void sendClicked();

private:
    QLabel *m_saved, *m_preview;
    QPushButton *m_missing, *m_unreviewed, *m_send;
};

} // namespace naru::ui
