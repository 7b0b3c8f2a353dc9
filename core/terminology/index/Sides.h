// 왼쪽, Rt., 양측: the side of the body in a query. Most codes have none, so it must not empty the list.
#pragma once

#include <QString>

namespace naru::terminology {

struct WithoutSide {
    QString query{}; // the other words
    QString side{}; // "left", "right", "both"; empty when the last word only begins one
    bool found = false;
};

WithoutSide withoutSide(QStringView query);

} // namespace naru::terminology
