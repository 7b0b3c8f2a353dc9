// Items of a structured report's content tree (PS3.3 C.17.3), made and read. Of this folder.
#pragma once

#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/References.h"

namespace naru::imaging::content {

enum class Relation : char {
    Contains,
    HasObservation,
    HasConcept,
    HasProperties,
    InferredFrom,
    SelectedFrom
};

DataSetValue item(Relation relation, const char *type, const Code &name);
DataSetValue textItem(Relation relation, const Code &name, const QString &text);
DataSetValue codeItem(Relation relation, const Code &name, const Code &value);
DataSetValue personItem(Relation relation, const Code &name, const QString &person);
DataSetValue uidItem(Relation relation, const Code &name, const QString &uid);
// IMAGE, WAVEFORM or COMPOSITE after the SOP class; without a concept name when `name` is empty.
DataSetValue referenceItem(Relation relation, const Code &name, const ReferencedInstance &instance);
// CONTAINER with children, continuity SEPARATE.
DataSetValue container(Relation relation, const Code &name, std::vector<DataSetValue> children);
// Root attributes of an SR document: the container without a relationship, its template.
void putRoot(
    DataSetValue &set, const Code &title, const QString &templateId, std::vector<DataSetValue> children);

QString typeOf(const DataSetValue &item); // "TEXT", "NUM" ...
Code nameOf(const DataSetValue &item);
bool isNamed(const DataSetValue &item, const char *name); // by its concept
// The first child of that name, null without one.
const DataSetValue *child(const DataSetValue &item, const char *name);

bool isImageClass(const QString &sopClass); // one that an IMAGE item refers to
bool isWaveformClass(const QString &sopClass);

} // namespace naru::imaging::content
