// F1 or Ctrl+/: the keys of the window and of the current page, inside the window.
#pragma once

#include "ui/shell/Command.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QScrollArea;
class QTableWidget;

namespace naru::ui {

class Theme;

class KeySheet : public QFrame {
    Q_OBJECT
public:
    KeySheet(Theme &theme, QWidget *parent);
    void open(const QList<Command> &commands, const QList<QPair<QString, QString>> &pageKeys,
        const QString &pageTitle);
    void place();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void finish();

    Theme &m_theme;
    QLabel *m_title = nullptr;
    QTableWidget *m_table = nullptr;
    QPointer<QWidget> m_before{};
};

} // namespace naru::ui
