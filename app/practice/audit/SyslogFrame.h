// RFC 5425 octet counting ("MSG-LEN SP SYSLOG-MSG") from pieces of any size, and the RFC 5424 header of one
// message.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace naru::practice {

class FrameParser {
public:
    explicit FrameParser(int maxMessageBytes)
        : m_max(maxMessageBytes)
    {
    }
    void feed(QByteArrayView bytes) { m_buffer.append(bytes); }
    // The next whole message, nothing while more bytes are needed. Errors (base.Invalid, base.TooLarge) are
    // final: without a length nobody knows where the next message starts, so the connection has to end (RFC
    // 5425 4.3).
    base::Result<std::optional<QByteArray>> next();
    // Bytes of an unfinished frame: not empty when a peer closed in mid-message.
    bool unfinished() const { return !m_buffer.isEmpty(); }

private:
    QByteArray m_buffer{};
    int m_max = 0;
};

struct SyslogMessage {
    int priority = 0;
    QString timestamp{}, host{}, app{}, process{}, messageId{}; // "-" comes out empty
    QString structuredData{}; // as written
    QString
        uuid{}; // the first RFC 4122 UUID among the structured data parameters, lower case; empty when none
    QByteArray body{}; // without BOM
};

// Errors: base.Invalid, what = the field.
base::Result<SyslogMessage> parseSyslog(const QByteArray &message);

} // namespace naru::practice
