// One ebRIM object as it stands in the XML, before it gets its XDS meaning. Internal to core/ihe.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace naru::ihe {

struct RimSlot {
    QString name{};
    QStringList values{};
};

struct RimClassification {
    QString scheme{};
    QString node{};
    QString representation{};
    QString name{};
    std::vector<RimSlot> slots{};
};

struct RimExternal {
    QString scheme{};
    QString value{};
    QString name{};
};

struct RimObject {
    QString element{}; // ExtrinsicObject RegistryPackage Association
    QString id{}, lid{}, home{}, status{}, objectType{}, mimeType{};
    QString associationType{}, source{}, target{};
    QString name{}, description{}, versionName{};
    std::vector<RimSlot> slots{};
    std::vector<RimClassification> classifications{};
    std::vector<RimExternal> externals{};
};

} // namespace naru::ihe
