// One workstation per user and data folder. A second start hands its arguments to the first one and ends.
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QStringList>
#include <memory>

namespace naru::workstation {

class Instance : public QObject {
    Q_OBJECT
public:
    explicit Instance(const QString &dataDir, QObject *parent = nullptr);
    // True: this process is the first and listens now.
    bool claim();
    // Sends the arguments to the running one; false when it does not answer within five seconds.
    bool forward(const QStringList &arguments);

Q_SIGNALS:
    void arrived(const QStringList &arguments);

private:
    void accept();

    QString m_name, m_lockPath;
    std::unique_ptr<QLockFile> m_lock{};
    QLocalServer m_server{};
};

} // namespace naru::workstation
