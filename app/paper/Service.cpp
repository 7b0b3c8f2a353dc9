#include "app/paper/Service.h"
#include "core/imaging/paper/PaperProtocol.h"

#include <QCborArray>
#include <QImage>
#include <QPdfDocumentRenderOptions>

#include <algorithm>
#include <cmath>
#include <sys/mman.h>
#include <unistd.h>

namespace naru::paper {

namespace {
namespace words = imaging::paper;
namespace wire = imaging::wire;

constexpr quint32 MaximumQuestion = 4096;

QCborMap done()
{
    return {{qint64(words::Verb), int(words::Done)}, {qint64(words::Ok), true}};
}

QCborMap refused(words::Trouble trouble)
{
    return {{qint64(words::Verb), int(words::Done)}, {qint64(words::Ok), false},
        {qint64(words::Fault), int(trouble)}};
}

QByteArray contentOf(int file)
{
    const qint64 size = ::lseek(file, 0, SEEK_END);
    if (size <= 0 || size > words::MostDocument)
        return {};
    QByteArray out(size, Qt::Uninitialized);
    for (qint64 at = 0; at < size;) {
        const ssize_t got = ::pread(file, out.data() + at, std::size_t(size - at), at);
        if (got <= 0)
            return {};
        at += got;
    }
    return out;
}

// PDFium blends onto nothing, straight alpha; paper is white.
void onWhite(const QImage &from, uchar *to)
{
    const auto mix = [](uint value, uint alpha) { return (value * alpha + 255 * (255 - alpha) + 127) / 255; };
    auto *out = reinterpret_cast<QRgb *>(to);
    for (int row = 0; row < from.height(); ++row) {
        const auto *line = reinterpret_cast<const QRgb *>(from.constScanLine(row));
        for (int column = 0; column < from.width(); ++column) {
            const QRgb pixel = line[column];
            const uint alpha = uint(qAlpha(pixel));
            *out++ = alpha == 0
                ? 0xffffffff
                : qRgb(int(mix(uint(qRed(pixel)), alpha)), int(mix(uint(qGreen(pixel)), alpha)),
                    int(mix(uint(qBlue(pixel)), alpha)));
        }
    }
}
} // namespace

Service::Service(int socket)
    : m_socket(socket)
{
}

int Service::run()
{
    if (!wire::send(m_socket,
            {{qint64(words::Verb), int(words::Ready)}, {qint64(words::Version), words::CurrentVersion}}))
        return 1;
    for (;;) {
        wire::Message question;
        if (wire::receive(m_socket, question, MaximumQuestion) != wire::Got::Message)
            return 0;
        const qint64 verb = question.map.value(qint64(words::Verb)).toInteger();
        if (question.descriptors.size() != 1 || (verb != words::Open && verb != words::Draw))
            return 1;
        if (!wire::send(m_socket, verb == words::Open ? open(question) : draw(question)))
            return 0;
    }
}

QCborMap Service::open(wire::Message &question)
{
    if (m_opened)
        return refused(words::Damaged);
    m_opened = true;
    m_bytes = contentOf(question.descriptors.front().get());
    m_buffer.setData(m_bytes);
    if (m_bytes.isEmpty() || !m_buffer.open(QIODevice::ReadOnly))
        return refused(words::Damaged);
    m_document.load(&m_buffer);
    if (m_document.error() == QPdfDocument::Error::IncorrectPassword)
        return refused(words::Locked);
    if (m_document.status() != QPdfDocument::Status::Ready)
        return refused(words::Damaged);
    QCborArray pages;
    const int count = std::min(m_document.pageCount(), words::MostPages);
    for (int page = 0; page < count; ++page) {
        const QSizeF size = m_document.pagePointSize(page);
        for (const double side : {size.width(), size.height()})
            pages.append(std::isfinite(side) ? std::clamp(side, 1.0, double(words::MostPoints)) : 1.0);
    }
    QCborMap out = done();
    out.insert(qint64(words::Pages), pages);
    return out;
}

QCborMap Service::draw(const wire::Message &question)
{
    const auto number = [&question](words::Key key) { return question.map.value(qint64(key)).toInteger(-1); };
    const qint64 page = number(words::Page), width = number(words::Width), height = number(words::Height);
    if (m_document.status() != QPdfDocument::Status::Ready || page < 0 || page >= m_document.pageCount()
        || width < 1 || height < 1 || width > words::MostPixels / height)
        return refused(words::Damaged);
    QPdfDocumentRenderOptions options;
    options.setRenderFlags(QPdfDocumentRenderOptions::RenderFlag::Annotations); // stamps and signatures
    const QImage picture = m_document.render(int(page), QSize(int(width), int(height)), options)
                               .convertToFormat(QImage::Format_ARGB32);
    if (picture.width() != width || picture.height() != height)
        return refused(words::Memory);
    const auto bytes = std::size_t(width) * std::size_t(height) * 4;
    const int shared = question.descriptors.front().get();
    if (::lseek(shared, 0, SEEK_END) != off_t(bytes))
        return refused(words::Damaged);
    void *memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
    if (memory == MAP_FAILED)
        return refused(words::Memory);
    onWhite(picture, static_cast<uchar *>(memory));
    ::munmap(memory, bytes);
    return done();
}

} // namespace naru::paper
