#include "app/practice/imaging/ImageParts.h"

#include "core/base/Digest.h"

#include <memory>

namespace naru::practice {

QByteArray imageContentId(std::size_t index)
{
    return "image" + QByteArray::number(qulonglong(index) + 1) + "@practice.invalid";
}

HttpAnswer imageParts(std::vector<ImageAddress> images, const ImagePartsRoot &root)
{
    const QByteArray boundary = "MIMEBoundary_" + base::randomBytes(16).toHex();
    HttpAnswer answer;
    if (root.bytes.isEmpty()) {
        answer.contentType = "multipart/related; type=\"application/dicom\"; boundary=" + boundary;
    } else {
        answer.contentType = "multipart/related; type=\"application/xop+xml\"; boundary=\"" + boundary
            + "\"; start=\"<root@practice.invalid>\"; start-info=\"application/soap+xml\"";
        answer.body = "--" + boundary + "\r\nContent-Type: " + root.contentType
            + "\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <root@practice.invalid>\r\n\r\n"
            + root.bytes + "\r\n";
    }
    const auto all = std::make_shared<const std::vector<ImageAddress>>(std::move(images));
    const auto at = std::make_shared<std::size_t>(0);
    answer.next = [all, at, boundary]() -> QByteArray {
        const std::size_t index = (*at)++;
        if (index > all->size())
            return {};
        if (index == all->size())
            return "--" + boundary + "--\r\n";
        const QByteArray image = (*all)[index].bytes();
        if (image.isEmpty()) // damaged on disk: the answer ends early, and whoever asked sees that it does
            return {};
        return "--" + boundary
            + "\r\nContent-Type: application/dicom\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <"
            + imageContentId(index) + ">\r\n\r\n" + image + "\r\n";
    };
    return answer;
}

} // namespace naru::practice
