// A DICOM file as the imaging source reads it (PS3.5, PS3.10): little endian, as far as the pixel data, with
// budgets. Shares nothing with core/imaging.
#pragma once

#include "app/practice/seed/imaging/DicomObject.h"

#include <optional>
#include <vector>

namespace naru::practice {

struct ReadSet {
    struct Element {
        QByteArray vr{}; // "UN" where an implicit data set does not tell
        QByteArray value{};
        std::vector<ReadSet> items{};
    };
    std::map<quint32, Element> elements{};

    QString text(quint32 tag) const; // trimmed; empty when absent or when it is no text of a set this reads
    const std::vector<ReadSet> &items(quint32 tag) const;
};

struct ReadFile {
    QString transferSyntax{};
    ReadSet set{}; // without the pixel data
};

// Nothing: not Part 10, big endian, deflated, or against the rules of PS3.5 within the budgets.
std::optional<ReadFile> readPart10(const QByteArray &bytes);
// What lists of images show of it: the attributes of Tags.h, as text.
QJsonObject listedHeader(const ReadSet &set);
// The studies that a key object selection document refers to; empty for any other object.
QStringList studiesOfManifest(const QByteArray &bytes);

} // namespace naru::practice
