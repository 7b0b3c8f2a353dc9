#include "PracticeProcess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QThread>
#include <csignal>
#include <curl/curl.h>
#include <sys/prctl.h>

namespace {
QString program()
{
    return QStringLiteral(NARU_BINARY_DIR "/bin/naru-practice");
}

std::size_t collect(char *data, std::size_t size, std::size_t count, void *target)
{
    static_cast<QByteArray *>(target)->append(data, qsizetype(size * count));
    return size * count;
}
} // namespace

QStringList Reply::errors() const
{
    static const QRegularExpression code(QStringLiteral("errorCode=\"([^\"]*)\""));
    QStringList out;
    const QString text = QString::fromUtf8(body);
    for (auto it = code.globalMatch(text); it.hasNext();)
        out.append(it.next().captured(1));
    return out;
}

QString Reply::attribute(const char *name) const
{
    return QRegularExpression(QLatin1String(name) + QStringLiteral("=\"([^\"]*)\""))
        .match(QString::fromUtf8(body))
        .captured(1);
}

bool PracticeProcess::start(const QStringList &arguments)
{
    const QString ready = m_folder.path() + QStringLiteral("/ready.json");
    QFile::remove(ready);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // A test that crashes must not leave an exchange behind.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_process.start(program(),
        QStringList{QStringLiteral("--data"), folder(), QStringLiteral("--port"), QStringLiteral("0"),
            QStringLiteral("--ready-file"), ready}
            + arguments);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 60000) {
        QFile file(ready);
        if (file.open(QIODevice::ReadOnly)) {
            m_ready = QJsonDocument::fromJson(file.readAll()).object();
            return port() > 0;
        }
        if (m_process.waitForFinished(20))
            return false;
    }
    return false;
}

void PracticeProcess::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    m_process.waitForFinished(20000);
}

void PracticeProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(20000);
}

Reply PracticeProcess::perform(const char *path, const QByteArray *body, const QByteArray &type,
    const QString &certificate, long timeout)
{
    Reply reply;
    CURL *curl = curl_easy_init();
    const QByteArray url = "https://127.0.0.1:" + QByteArray::number(port()) + path;
    const QByteArray base = folder().toUtf8() + '/';
    const QByteArray ca = base + "ca.pem", pem = base + certificate.toUtf8() + ".pem",
                     key = base + certificate.toUtf8() + ".key";
    curl_slist *headers = curl_slist_append(nullptr, ("Content-Type: " + type).constData());
    headers = curl_slist_append(headers, "Expect:");
    curl_easy_setopt(curl, CURLOPT_URL, url.constData());
    curl_easy_setopt(curl, CURLOPT_CAINFO, ca.constData());
    if (!certificate.isEmpty()) {
        curl_easy_setopt(curl, CURLOPT_SSLCERT, pem.constData());
        curl_easy_setopt(curl, CURLOPT_SSLKEY, key.constData());
    }
    if (body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body->size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->constData());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, timeout);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    const CURLcode code = curl_easy_perform(curl);
    reply.curl = int(code);
    reply.curlText = QString::fromUtf8(curl_easy_strerror(code));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    char *contentType = nullptr;
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &contentType);
    reply.type = contentType;
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return reply;
}

Reply PracticeProcess::post(const char *path, const QByteArray &type, const QByteArray &body,
    const QString &certificate, long timeoutSeconds)
{
    return perform(path, &body, type, certificate, timeoutSeconds);
}

Reply PracticeProcess::soap(const char *path, const char *action, const QByteArray &body,
    const QString &certificate, long timeoutSeconds)
{
    const QByteArray envelope =
        QByteArray(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope "
            "xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
            "xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header><a:Action s:mustUnderstand=\"1\">")
        + action
        + "</a:Action><a:MessageID>urn:uuid:5f3b0b7e-1111-4222-8333-000000000001</a:MessageID></"
          "s:Header><s:Body>"
        + body + "</s:Body></s:Envelope>";
    return post(path, QByteArray("application/soap+xml; charset=UTF-8; action=\"") + action + '"', envelope,
        certificate, timeoutSeconds);
}

Reply PracticeProcess::fetch(const char *path, const QString &certificate)
{
    return perform(path, nullptr, {}, certificate, 60);
}

QJsonObject PracticeProcess::get(const char *path)
{
    return QJsonDocument::fromJson(perform(path, nullptr, {}, QStringLiteral("clinic"), 30).body).object();
}

bool PracticeProcess::faults(const QByteArray &spec)
{
    return post("/admin/faults", "text/plain", spec).status == 200;
}

int PracticeProcess::run(const QStringList &arguments, QByteArray *out)
{
    QProcess process;
    process.start(program(), arguments + QStringList{QStringLiteral("--data"), folder()});
    process.waitForFinished(30000);
    if (out)
        *out = process.readAllStandardOutput();
    return process.exitCode();
}

QString PracticeProcess::institution(const QString &oid, const QString &name)
{
    run({QStringLiteral("certificate"), QStringLiteral("--institution"), oid, QStringLiteral("--name"),
        name});
    return name;
}
