// What the desktop says over D-Bus: dark setting (settings portal), screen lock, suspend. Silent where there
// is no bus.
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace naru::ui {

class DesktopWatch : public QObject {
    Q_OBJECT
public:
    explicit DesktopWatch(QObject *parent = nullptr);
    void start();

Q_SIGNALS:
    void darkChanged(bool dark);
    void highContrastChanged(bool high);
    void screenLocked(); // lock, suspend or user switch

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);
    void activeChanged(bool active);
    void locked();
    void prepareForSleep(bool before);

private:
    void ask(const QString &key);
    void take(const QString &key, const QVariant &value);
};

} // namespace naru::ui
