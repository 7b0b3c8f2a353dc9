// Takes an HTTP answer apart while it arrives: the SOAP root, the attached documents, the inline ones.
// Internal to core/ihe.
#pragma once

#include "core/ihe/Exchange.h"
#include "core/ihe/InlineDocuments.h"
#include "core/net/MimeReader.h"

#include <QCryptographicHash>

namespace naru::ihe {

class AnswerCollector {
public:
    AnswerCollector(QByteArrayView contentType, bool documents, BodySink *sink, qint64 memoryBytes);

    base::Status feed(QByteArrayView bytes) { return m_mime.feed(bytes); }
    base::Result<Received> finish();

private:
    base::Status partBegin(const net::MimePart &part);
    base::Status partData(const net::MimePart &part, QByteArrayView bytes);
    base::Status partEnd(const net::MimePart &part);
    base::Status beginBody(const QByteArray &contentId, const QByteArray &contentType);
    base::Status bodyData(QByteArrayView bytes);
    base::Status endBody(bool complete);

    bool m_documents = false;
    BodySink *m_sink = nullptr;
    qint64 m_memoryLeft = 0;
    Received m_received{};
    QCryptographicHash m_hash{QCryptographicHash::Sha1};
    std::vector<int> m_inlineBodies{}; // body index by number of the inline body
    InlineDocuments m_inline;
    net::MimeReader m_mime;
    bool m_hasRoot = false;
};

} // namespace naru::ihe
