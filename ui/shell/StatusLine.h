// The last line of the window: connection and since when, outbox, saved time, keys, zoom. Only local facts.
#pragma once

#include <QDateTime>
#include <QWidget>

class QLabel;
class QPushButton;

namespace naru::ui {

class AppContext;

class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(AppContext &context, QWidget *parent = nullptr);
    void refresh();
    void setSaved(const QDateTime &when);
    void setLocked(bool locked);
    QString text() const; // for tests

private:
    AppContext &m_context;
    QLabel *m_online = nullptr, *m_saved = nullptr, *m_zoom = nullptr;
    QPushButton *m_outbox = nullptr, *m_keys = nullptr;

Q_SIGNALS:
    void outboxPressed();
    void keysPressed();
};

} // namespace naru::ui
