// From a draft to the outbox: sealed, sent as it was sealed, and for a while taken back. Its jobs and its
// clock; the page shows what comes of them.
#pragma once

#include "core/services/ImageSharing.h"
#include "core/services/Types.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace naru::ui {

class AppContext;
class DraftKeeper;
class UiJob;

class Sending : public QObject {
    Q_OBJECT
public:
    // What the last look before sending shows.
    struct Sealed {
        services::Preview preview{};
        std::vector<services::ConsentLight> lights{};
        std::vector<services::GoingImages> images{}; // told by imagesSeen(), again while more arrive
        bool online = false;
    };

    Sending(AppContext &context, DraftKeeper *keeper, QObject *parent);
    bool isBusy() const { return m_busy; }
    void seal(); // after what is still to be saved
    void send(const QString &sha256);
    // The item in the outbox; empty before sending and after a recall.
    const services::OutboxId &item() const { return m_item; }
    void startRecallTime();
    bool mayRecall() const { return m_recallTimer.isActive(); }
    base::Status recall();

Q_SIGNALS:
    void sealed(const naru::ui::Sending::Sealed &sealed);
    void notSaved(const naru::base::Error &error);
    void notSealed(const naru::base::Error &error);
    void sent();
    void notSent(const naru::base::Error &error);
    void imagesSeen(const std::vector<naru::services::GoingImages> &images);
    void recallLeft(int seconds); // 0: no longer

private:
    void sealNow();
    void lookAtImages();

    AppContext &m_context;
    DraftKeeper *m_keeper;
    QTimer m_recallTimer{};
    services::OutboxId m_item{};
    int m_recallLeft = 0;
    bool m_busy = false, m_withImages = false;
    QPointer<UiJob> m_looking{};
};

} // namespace naru::ui
