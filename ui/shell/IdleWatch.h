// Tells when nobody has touched keyboard or mouse for some minutes (PIPA safety measures: automatic cut-off).
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace naru::ui {

class IdleWatch : public QObject {
    Q_OBJECT
public:
    explicit IdleWatch(QObject *parent = nullptr);
    void setMinutes(int minutes); // 1 .. 10
    void setMilliseconds(int milliseconds); // for tests
    void start();
    void stop();

Q_SIGNALS:
    void idle();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QTimer m_timer{};
};

} // namespace naru::ui
