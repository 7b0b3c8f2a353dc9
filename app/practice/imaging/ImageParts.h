// A multipart/related answer whose parts are images that are made while it is sent (RFC 2387, PS3.18 8.7.3).
#pragma once

#include "app/practice/imaging/ImageShelf.h"
#include "app/practice/soap/Soap.h"

namespace naru::practice {

// `root` comes first with its own type when it is not empty (MTOM); content ids are "image1@practice.invalid"
// and on.
struct ImagePartsRoot {
    QByteArray contentType{}, bytes{};
};
HttpAnswer imageParts(std::vector<ImageAddress> images, const ImagePartsRoot &root = {});
QByteArray imageContentId(std::size_t index);

} // namespace naru::practice
