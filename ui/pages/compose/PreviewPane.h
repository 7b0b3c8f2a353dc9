// What the receiver will see: the bytes the writer makes, read back by the reader, shown by the same view.
// Made on a job 300 ms after the last edit; while it is older than the form it says so.
#pragma once

#include "core/services/Types.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QTabBar;

namespace naru::ui {

class AppContext;
class CdaView;

class PreviewPane : public QWidget {
    Q_OBJECT
public:
    PreviewPane(AppContext &context, QWidget *parent = nullptr);

    void setDocument(const clinical::Document &document); // stale until the job has answered
    void showSealed(const services::Preview &preview); // exactly these bytes
    bool isCurrent() const { return m_shownGeneration == m_generation; }
    const services::Preview &preview() const { return m_preview; }
    CdaView *view() const { return m_view; }
    void showSection(const QString &sectionCode);
    void nextView(); // read, as authored, relay

Q_SIGNALS:
    void updated(); // problems of the bytes are known
    void sectionActivated(const QString &sectionCode);
    void stateChanged();

private:
    void start();
    void show();
    clinical::ReadDocument relayForm() const;

    AppContext &m_context;
    CdaView *m_view = nullptr;
    QTabBar *m_tabs = nullptr;
    QLabel *m_title = nullptr, *m_state = nullptr;
    QTimer m_timer{};
    clinical::Document m_document{};
    services::Preview m_preview{};
    quint64 m_generation = 0, m_shownGeneration = 0;
    bool m_running = false;
};

} // namespace naru::ui
