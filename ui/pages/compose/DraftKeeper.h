// Journals a draft while it is written: at most every two seconds, soon after a pause, one save at a time,
// never on the GUI thread. kill -9 loses two seconds at most.
#pragma once

#include "core/services/Types.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>

namespace naru::ui {

class AppContext;

class DraftKeeper : public QObject {
    Q_OBJECT
public:
    DraftKeeper(AppContext &context, QObject *parent = nullptr);

    void setDraft(const services::Draft &draft);
    const services::Draft &draft() const { return m_draft; }
    void changed(const clinical::Document &document);
    // What the document takes over from the stored draft, or has known: removed here, it stays removed.
    void saw(const clinical::Document &stored);
    // Saves what is pending, then calls `done` on the GUI thread; at once when everything is on disk.
    void flush(std::function<void(const base::Status &)> done);
    // For closing and locking: writes in place (a few milliseconds) because nobody will be here afterwards.
    base::Status flushNow();
    bool isClean() const { return !m_dirty && !m_saving; }
    QDateTime lastSaved() const { return m_lastSaved; }

Q_SIGNALS:
    void saved(const QDateTime &when);
    void failed(const naru::base::Error &error);
    void dirtyChanged();

private:
    struct Order; // of the saves: an older one never comes after a newer one
    void save();

    AppContext &m_context;
    services::Draft m_draft{};
    QTimer m_timer{};
    QElapsedTimer m_since{};
    QDateTime m_lastSaved{};
    bool m_dirty = false, m_saving = false;
    std::shared_ptr<Order> m_order;
    quint64 m_number = 0; // of the last save
    std::vector<std::function<void(const base::Status &)>> m_waiting{};
};

} // namespace naru::ui
