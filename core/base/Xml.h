// Untrusted XML: a streaming reader without DTD, entities, network or unbounded anything, and a small tree on
// top. Budgets follow the threat table of the project (size, depth, attributes, nodes); a breach names line
// and limit.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QXmlStreamReader>
#include <memory>
#include <vector>

class QXmlStreamWriter;

namespace naru::base {

struct XmlBudget {
    qint64 bytes = 64LL * 1024 * 1024;
    int depth = 128;
    int attributesPerElement = 256;
    qint64 elements = 2'000'000;
    qint64 textBytes = 64LL * 1024 * 1024;
};

struct XmlAttribute {
    QString namespaceUri{};
    QString name{}; // local
    QString value{};
    friend bool operator==(const XmlAttribute &, const XmlAttribute &) = default;
};

// One element. `text` is the character data before the first child; `tail` the data after this element's end
// tag, so that mixed content (CDA narrative) can be walked in order.
struct XmlElement {
    QString namespaceUri{};
    QString name{}; // local; prefixes are gone
    std::vector<XmlAttribute> attributes{};
    std::vector<XmlElement> children{};
    QString text{};
    QString tail{};
    qint64 line = 0;

    QString attribute(QLatin1String local, const QString &namespaceUri = {}) const; // empty when absent
    bool hasAttribute(QLatin1String local) const;
    const XmlElement *child(
        QLatin1String local) const; // first child of that name in any namespace, or nullptr
    const XmlElement *path(std::initializer_list<const char *> names) const; // child of child of ...
    std::vector<const XmlElement *> all(QLatin1String local) const;
    QString value(QLatin1String childName) const; // text of the first such child, trimmed
    QString allText() const; // text of this element and everything below, in order
};

// Byte-level checks before any parser sees the input: size, DOCTYPE, attribute count per tag (a start tag
// with 40,000 attributes is quadratic in common parsers). UTF-8, UTF-16 (BOM) and the encodings
// QXmlStreamReader knows pass.
Status xmlPrecheck(QByteArrayView bytes, const XmlBudget &budget = {});
Result<XmlElement> parseXml(const QByteArray &bytes, const XmlBudget &budget = {});

// Serialises with the prefixes of `prefixes` (namespace URI -> prefix, "" is the default namespace); used for
// parts that are passed on, never for bytes that were hashed.
QByteArray writeXml(const XmlElement &element, const QHash<QString, QString> &prefixes);

} // namespace naru::base
