// Ctrl+K: patients, documents and commands by a few letters (initial consonants too), inside the window, not
// a window of its own.
#pragma once

#include "ui/shell/Command.h"

#include <QFrame>
#include <QList>
#include <QPointer>

class QLabel;
class QListWidget;

namespace naru::ui {

class AppContext;
class HangulLineEdit;

class CommandPalette : public QFrame {
    Q_OBJECT
public:
    CommandPalette(AppContext &context, QWidget *parent);
    void open(const QList<Command> &commands);
    void place();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Hit {
        QString text{}, kind{};
        std::function<void()> act{};
    };
    void search(const QString &query);
    void choose();
    void finish();
    QList<Hit> commandHits(const QString &query) const;
    QList<Hit> patientHits(const QString &query) const;
    QList<Hit> documentHits(const QString &query) const;

    AppContext &m_context;
    QList<Command> m_commands{};
    QList<Hit> m_hits{};
    HangulLineEdit *m_query = nullptr;
    QListWidget *m_list = nullptr;
    QLabel *m_empty = nullptr;
    QPointer<QWidget> m_before{};
};

} // namespace naru::ui
