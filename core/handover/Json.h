// JSON (RFC 8259) as a tree that remembers where each value stood and how each number was written: a dose
// of 7.10 stays "7.10", which QJsonDocument would lose. Depth and number of values are bounded; errors carry
// line and column.
#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QStringView>
#include <vector>

namespace naru::handover {

struct Json {
    enum class Kind { Null, Boolean, Number, String, Array, Object };
    Kind kind = Kind::Null;
    QString text{}; // String: decoded; Number: as written; Boolean: "true" or "false"
    std::vector<QString> keys{}; // Object: one per item, in the order of the file
    std::vector<Json> items{}; // Array, Object
    int line = 0, column = 0;

    bool isObject() const { return kind == Kind::Object; }
    bool isArray() const { return kind == Kind::Array; }
    bool isScalar() const { return kind == Kind::String || kind == Kind::Number || kind == Kind::Boolean; }
    // A shared Null when there is no such member (of two with one name the first) or this is no object.
    const Json &operator[](QLatin1String key) const;
    const Json &at(std::size_t index) const; // shared Null when out of range
    QString string(QLatin1String key) const { return (*this)[key].scalar(); }
    QString scalar() const { return isScalar() ? text : QString(); }
};

struct JsonBudget {
    int depth = 64; // the deepest hand-over shape (a Bundle with contained resources) needs 12
    int values = 2'000'000;
};

base::Result<Json> parseJson(QStringView text, const JsonBudget &budget = {});

} // namespace naru::handover
