#include "core/ihe/AnswerCollector.h"

#include "core/ihe/Errors.h"
#include "core/ihe/soap/SoapParts.h"
#include "core/net/Errors.h"

namespace naru::ihe {

AnswerCollector::AnswerCollector(
    QByteArrayView contentType, bool documents, BodySink *sink, qint64 memoryBytes)
    : m_documents(documents)
    , m_sink(sink)
    , m_memoryLeft(memoryBytes)
    , m_inline({[this] {
                    m_inlineBodies.push_back(int(m_received.bodies.size()));
                    return beginBody({}, {});
                },
          [this](QByteArrayView bytes) { return bodyData(bytes); },
          [this](bool complete) { return endBody(complete); }})
    , m_mime(contentType,
          {[this](const net::MimePart &part) { return partBegin(part); },
              [this](const net::MimePart &part, QByteArrayView bytes) { return partData(part, bytes); },
              [this](const net::MimePart &part) { return partEnd(part); }})
{
}

base::Status AnswerCollector::partBegin(const net::MimePart &part)
{
    m_hasRoot = m_hasRoot || part.isRoot;
    return part.isRoot || !m_documents ? base::Status{} : beginBody(part.contentId, part.contentType.type);
}

base::Status AnswerCollector::partData(const net::MimePart &part, QByteArrayView bytes)
{
    if (part.isRoot && m_documents)
        return m_inline.feed(bytes);
    if (part.isRoot)
        m_received.root.append(bytes.data(), bytes.size());
    return part.isRoot || !m_documents ? base::Status{} : bodyData(bytes);
}

base::Status AnswerCollector::partEnd(const net::MimePart &part)
{
    if (part.isRoot && m_documents)
        return m_inline.finish();
    return part.isRoot || !m_documents ? base::Status{} : endBody(true);
}

base::Status AnswerCollector::beginBody(const QByteArray &contentId, const QByteArray &contentType)
{
    ReceivedBody &body = m_received.bodies.emplace_back();
    body.contentId = contentId;
    body.contentType = contentType;
    m_hash.reset();
    return m_sink ? m_sink->begin(int(m_received.bodies.size()) - 1) : base::Status{};
}

base::Status AnswerCollector::bodyData(QByteArrayView bytes)
{
    ReceivedBody &body = m_received.bodies.back();
    body.size += bytes.size();
    m_hash.addData(bytes);
    if (m_sink)
        return m_sink->data(int(m_received.bodies.size()) - 1, bytes);
    m_memoryLeft -= bytes.size();
    if (m_memoryLeft < 0)
        return base::Error(net::errors::TooLarge,
            QStringLiteral("documents larger than the memory set aside"),
            {{QStringLiteral("host"), QString()}, {QStringLiteral("limit"), QStringLiteral("memory")}});
    body.bytes.append(bytes.data(), bytes.size());
    return {};
}

base::Status AnswerCollector::endBody(bool complete)
{
    ReceivedBody &body = m_received.bodies.back();
    body.sha1Hex = QString::fromLatin1(m_hash.result().toHex());
    body.complete = complete;
    return m_sink ? m_sink->end(int(m_received.bodies.size()) - 1) : base::Status{};
}

base::Result<Received> AnswerCollector::finish()
{
    NARU_TRY(m_mime.finish());
    if (!m_hasRoot)
        return soapError(QStringLiteral("the start part is missing"));
    if (m_documents) {
        m_received.root = m_inline.takeResidue();
        for (const int number : m_inline.ordinals())
            m_received.inlineBodies.push_back(number < 0 ? -1 : m_inlineBodies[std::size_t(number)]);
    }
    if (m_mime.deviates())
        m_received.deviations += QStringLiteral("Content-Type and body disagree about multipart");
    if (m_received.root.trimmed().isEmpty())
        return base::Error(errors::Empty, QStringLiteral("no bytes"));
    return std::move(m_received);
}

} // namespace naru::ihe
