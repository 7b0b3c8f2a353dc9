// The real program as a child process on free ports, and libcurl to talk to it.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

struct Reply {
    int curl = -1; // CURLcode; 0 = an answer arrived whole
    QString curlText{};
    long status = 0;
    QByteArray type{};
    QByteArray body{};
    bool has(const char *text) const { return body.contains(text); }
    QStringList errors() const; // errorCode attributes
    QString attribute(const char *name) const; // first one of that name
    int count(const char *text) const { return int(body.count(text)); }
    bool success() const { return curl == 0 && has("ResponseStatusType:Success"); }
};

class PracticeProcess {
public:
    ~PracticeProcess() { stop(); }
    // Waits for the ready file. False: did not start.
    bool start(const QStringList &arguments = {QStringLiteral("--empty")});
    void stop(); // SIGTERM, waits
    void kill(); // SIGKILL
    int port() const { return m_ready.value(QStringLiteral("port")).toInt(); }
    int auditPort() const { return m_ready.value(QStringLiteral("auditPort")).toInt(); }
    QString folder() const { return m_folder.path() + QStringLiteral("/data"); }
    int exitCode() const { return m_process.exitCode(); }
    // `certificate`: name of <folder>/<name>.pem, or empty for none.
    Reply post(const char *path, const QByteArray &type, const QByteArray &body,
        const QString &certificate = QStringLiteral("clinic"), long timeoutSeconds = 30);
    Reply soap(const char *path, const char *action, const QByteArray &body,
        const QString &certificate = QStringLiteral("clinic"), long timeoutSeconds = 30);
    QJsonObject get(const char *path);
    Reply fetch(const char *path, const QString &certificate = QStringLiteral("clinic")); // GET
    bool faults(const QByteArray &spec);
    // A second institution with a certificate of its own.
    QString institution(const QString &oid, const QString &name);
    // Runs the program with a verb; exit status.
    int run(const QStringList &arguments, QByteArray *out = nullptr);

private:
    Reply perform(const char *path, const QByteArray *body, const QByteArray &type,
        const QString &certificate, long timeout);
    QTemporaryDir m_folder{};
    QProcess m_process{};
    QJsonObject m_ready{};
};
