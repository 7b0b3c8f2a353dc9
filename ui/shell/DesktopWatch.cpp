#include "ui/shell/DesktopWatch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace naru::ui {

namespace {

const QString Portal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString PortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString PortalSettings = QStringLiteral("org.freedesktop.portal.Settings");
const QString Appearance = QStringLiteral("org.freedesktop.appearance");

} // namespace

DesktopWatch::DesktopWatch(QObject *parent)
    : QObject(parent)
{
}

void DesktopWatch::start()
{
    QDBusConnection session = QDBusConnection::sessionBus();
    if (session.isConnected()) {
        session.connect(Portal, PortalPath, PortalSettings, QStringLiteral("SettingChanged"), this,
            SLOT(settingChanged(QString, QString, QDBusVariant)));
        ask(QStringLiteral("color-scheme"));
        ask(QStringLiteral("contrast"));
        struct Saver {
            const char *name;
            const char *path;
        };
        for (const Saver &saver : {Saver{"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"},
                 Saver{"org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"},
                 Saver{"org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"}}) {
            session.connect(QString::fromLatin1(saver.name), QString::fromLatin1(saver.path),
                QString::fromLatin1(saver.name), QStringLiteral("ActiveChanged"), this,
                SLOT(activeChanged(bool)));
        }
    }
    QDBusConnection system = QDBusConnection::systemBus();
    if (system.isConnected()) {
        const QString login = QStringLiteral("org.freedesktop.login1");
        system.connect(login, QStringLiteral("/org/freedesktop/login1"), login + QStringLiteral(".Manager"),
            QStringLiteral("PrepareForSleep"), this, SLOT(prepareForSleep(bool)));
        system.connect(login, QString(), login + QStringLiteral(".Session"), QStringLiteral("Lock"), this,
            SLOT(locked()));
    }
}

void DesktopWatch::ask(const QString &key)
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(Portal, PortalPath, PortalSettings, QStringLiteral("Read"));
    call << Appearance << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher *done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError())
            take(key, reply.value().variant());
        done->deleteLater();
    });
}

void DesktopWatch::take(const QString &key, const QVariant &value)
{
    QVariant inner = value; // the portal wraps the value once or twice, by version
    while (inner.canConvert<QDBusVariant>())
        inner = inner.value<QDBusVariant>().variant();
    if (key == QLatin1String("color-scheme"))
        Q_EMIT darkChanged(inner.toUInt() == 1);
    else if (key == QLatin1String("contrast"))
        Q_EMIT highContrastChanged(inner.toUInt() == 1);
}

void DesktopWatch::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == Appearance)
        take(key, value.variant());
}

void DesktopWatch::activeChanged(bool active)
{
    if (active)
        Q_EMIT screenLocked();
}

void DesktopWatch::locked()
{
    Q_EMIT screenLocked();
}

void DesktopWatch::prepareForSleep(bool before)
{
    if (before)
        Q_EMIT screenLocked();
}

} // namespace naru::ui
