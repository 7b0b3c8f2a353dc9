#include "app/workstation/Instance.h"

#include "core/base/Digest.h"

#include <QDataStream>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

namespace naru::workstation {

namespace {

constexpr int AnswerMs = 5000;
constexpr quint32 MostBytes = 64 * 1024;

} // namespace

Instance::Instance(const QString &dataDir, QObject *parent)
    : QObject(parent)
{
    const QString folder = QDir(dataDir).absolutePath();
    QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (runtime.isEmpty())
        runtime = folder;
    m_name = QDir(runtime).filePath(QStringLiteral("naru-") + base::sha256Hex(folder.toUtf8()).left(16));
    m_lockPath = m_name + QStringLiteral(".lock");
}

bool Instance::claim()
{
    QDir().mkpath(QFileInfo(m_lockPath).path());
    m_lock = std::make_unique<QLockFile>(m_lockPath);
    m_lock->setStaleLockTime(0); // a lock of a dead process is recognised by its number, never by its age
    if (!m_lock->tryLock(0))
        return false;
    QLocalServer::removeServer(m_name);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &Instance::accept);
    m_server.listen(m_name);
    return true;
}

bool Instance::forward(const QStringList &arguments)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(AnswerMs))
        return false;
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << quint32(0) << arguments;
    out.device()->seek(0);
    out << quint32(bytes.size() - int(sizeof(quint32)));
    socket.write(bytes);
    return socket.waitForBytesWritten(AnswerMs) && socket.waitForReadyRead(AnswerMs)
        && socket.readAll() == "ok";
}

void Instance::accept()
{
    QLocalSocket *socket = m_server.nextPendingConnection();
    if (!socket)
        return;
    QTimer::singleShot(AnswerMs, socket, [socket] { socket->abort(); });
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        const QByteArray peeked = socket->peek(sizeof(quint32));
        if (peeked.size() < int(sizeof(quint32)))
            return;
        quint32 size = 0;
        QDataStream(peeked) >> size;
        if (size > MostBytes) {
            socket->abort();
            return;
        }
        if (socket->bytesAvailable() < qint64(sizeof(quint32)) + size)
            return;
        QDataStream in(socket);
        in.setVersion(QDataStream::Qt_6_4);
        QStringList arguments;
        in >> size >> arguments;
        socket->write("ok");
        socket->flush();
        socket->disconnectFromServer();
        if (in.status() == QDataStream::Ok)
            Q_EMIT arrived(arguments);
    });
}

} // namespace naru::workstation
