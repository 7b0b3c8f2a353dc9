// Takes a WADO-RS answer apart while it arrives: every part one DICOM file, handed over when it ends. Bounded
// in number and size; a part of another type than application/dicom is refused.
#pragma once

#include "core/ihe/web/DicomWeb.h"
#include "core/net/MimeReader.h"

namespace naru::ihe {

class ImageParts {
public:
    ImageParts(QByteArrayView contentType, int most, const WebLimits &limits, ImageArrived arrived);
    // The type of the whole answer: multipart/related of application/dicom, or application/dicom alone.
    // ihe.Answer otherwise.
    static base::Status checkType(QByteArrayView contentType);

    base::Status feed(QByteArrayView bytes) { return m_mime.feed(bytes); }
    base::Status finish() { return m_mime.finish(); } // net.MimeTruncated
    int count() const { return m_count; }

private:
    base::Status begin(const net::MimePart &part);
    base::Status data(QByteArrayView bytes);
    base::Status end();

    qint64 m_partBytes = 0;
    bool m_single = false;
    ImageArrived m_arrived{};
    QByteArray m_image{};
    int m_count = 0;
    net::MimeReader m_mime;
};

} // namespace naru::ihe
