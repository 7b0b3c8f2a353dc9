// CDA R2 data types -> clinical values. Elements may be nullptr: then the value is empty.
#pragma once

#include "core/base/Xml.h"
#include "core/cda/read/NarrativeReader.h"
#include "core/clinical/Document.h"

namespace naru::cda {

using Anchors = QHash<QString, Anchor>;

clinical::CodedValue readCoded(const base::XmlElement *element, const Anchors *anchors = nullptr);
clinical::Identifier readIdentifier(const base::XmlElement *element);
base::Timestamp readTime(const base::XmlElement *element); // @value, or low, or center
base::Timestamp readHigh(const base::XmlElement *element);
QString readTelecom(const base::XmlElement *parent); // first telecom without "tel:"
clinical::Address readAddress(const base::XmlElement *parent);
QString readPersonName(const base::XmlElement *parent); // of the first name child
QString readText(const base::XmlElement *element); // layout white space removed
QString xsiType(const base::XmlElement &element); // without prefix
// "#id" of a reference child, or of originalText/reference; empty when none.
QString referenceId(const base::XmlElement *element);
// Value of an observation as text and unit; coded values also as code.
struct ReadValue {
    QString text{}, unit{};
    clinical::CodedValue coded{};
    bool isCoded = false;
};
ReadValue readValue(const base::XmlElement *value, const Anchors *anchors = nullptr);

// Shorthand for optional paths.
const base::XmlElement *childOf(const base::XmlElement *element, const char *name);
const base::XmlElement *pathOf(const base::XmlElement *element, std::initializer_list<const char *> names);
QString attributeOf(const base::XmlElement *element, const char *name);

} // namespace naru::cda
