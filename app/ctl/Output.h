// What a command prints: one JSON document with --json, else lines for people. Never both.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace naru::ctl {

class Output {
public:
    explicit Output(bool json)
        : m_json(json)
    {
    }

    bool isJson() const { return m_json; }
    // Either is ignored in the other mode.
    void setJson(const QJsonObject &object) { m_document = object; }
    void setJson(const QJsonArray &array) { m_document = array; }
    void line(const QString &text) { m_lines.append(text); }
    // What a command that fails has found out until then: beside the error in the JSON document, and lines
    // behind the message.
    void setFailure(const QJsonObject &object, const QStringList &lines)
    {
        m_failure = object;
        m_failureLines = lines;
    }
    const QJsonObject &failure() const { return m_failure; }
    const QStringList &failureLines() const { return m_failureLines; }
    // Rows with columns padded to equal width (Hangul counts two cells).
    void table(const QStringList &header, const QList<QStringList> &rows);
    // Bytes for standard output as they are (document show), in either mode.
    void raw(const QByteArray &bytes) { m_raw += bytes; }
    void print() const;

private:
    bool m_json;
    QJsonValue m_document{};
    QStringList m_lines{};
    QByteArray m_raw{};
    QJsonObject m_failure{};
    QStringList m_failureLines{};
};

} // namespace naru::ctl
