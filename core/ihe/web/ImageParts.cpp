#include "core/ihe/web/ImageParts.h"

#include "core/ihe/Errors.h"
#include "core/net/Errors.h"

#include <utility>

namespace naru::ihe {

namespace {
base::Error unusable(const QString &what)
{
    return base::Error(errors::Answer, what, {{QStringLiteral("what"), what}});
}

net::MimeLimits mimeLimits(int most, const WebLimits &limits)
{
    net::MimeLimits out;
    out.parts = most;
    out.totalBytes = limits.seriesBytes;
    return out;
}
} // namespace

ImageParts::ImageParts(QByteArrayView contentType, int most, const WebLimits &limits, ImageArrived arrived)
    : m_partBytes(limits.partBytes)
    , m_single(net::ContentType::parse(contentType).type == "application/dicom")
    , m_arrived(std::move(arrived))
    , m_mime(contentType,
          {[this](const net::MimePart &part) { return begin(part); },
              [this](const net::MimePart &, QByteArrayView bytes) { return data(bytes); },
              [this](const net::MimePart &) { return end(); }},
          mimeLimits(most, limits))
{
}

base::Status ImageParts::checkType(QByteArrayView contentType)
{
    const net::ContentType type = net::ContentType::parse(contentType);
    const QByteArray inner = type.parameter("type").toLower();
    const bool multipart =
        type.type == "multipart/related" && (inner.isEmpty() || inner == "application/dicom");
    return multipart || type.type == "application/dicom"
        ? base::Status()
        : base::Status(
            unusable(QStringLiteral("not images, but ") + QString::fromLatin1(type.type.left(80))));
}

base::Status ImageParts::begin(const net::MimePart &part)
{
    m_image.clear();
    if (!m_mime.isMultipart() && !m_single)
        return unusable(QStringLiteral("announced as multipart, and is not"));
    const QByteArray type = part.contentType.type;
    return type.isEmpty() || type == "application/dicom"
        ? base::Status()
        : base::Status(unusable(QStringLiteral("a part of type ") + QString::fromLatin1(type.left(80))));
}

base::Status ImageParts::data(QByteArrayView bytes)
{
    if (m_image.size() + bytes.size() > m_partBytes)
        return base::Error(net::errors::MimeBudget, QStringLiteral("size of an image"),
            {{QStringLiteral("what"), QStringLiteral("size of an image")}});
    m_image.append(bytes.data(), bytes.size());
    return {};
}

base::Status ImageParts::end()
{
    ++m_count;
    return m_arrived(std::exchange(m_image, {}));
}

} // namespace naru::ihe
