#include "core/imaging/objects/Content.h"
#include "core/base/Oid.h"
#include "core/imaging/objects/Attributes.h"

#include <algorithm>
#include <array>

namespace naru::imaging::content {

namespace {
constexpr std::array relations{
    "CONTAINS", "HAS OBS CONTEXT", "HAS CONCEPT MOD", "HAS PROPERTIES", "INFERRED FROM", "SELECTED FROM"};

bool below(const QString &uid, const char *root)
{
    const QString start = base::oid(root).text();
    return uid == start || uid.startsWith(start + QLatin1Char('.'));
}
} // namespace

bool isWaveformClass(const QString &sopClass)
{
    return below(sopClass, "sopWaveforms");
}

bool isImageClass(const QString &sopClass)
{
    // Reports, presentation states and encapsulated documents share the root of storage classes with the
    // images.
    static constexpr std::array others{"sopReports", "sopPresentations", "sopWaveforms", "sopEncapsulated"};
    return below(sopClass, "sopStorage")
        && std::none_of(
            others.begin(), others.end(), [&sopClass](const char *root) { return below(sopClass, root); });
}

DataSetValue item(Relation relation, const char *type, const Code &name)
{
    DataSetValue out;
    out.setText(attr::RelationshipType, QLatin1String(relations[std::size_t(relation)]));
    out.setText(attr::ValueType, QLatin1String(type));
    if (!name.isEmpty())
        out.setItem(attr::ConceptName, imaging::codeItem(name));
    return out;
}

DataSetValue textItem(Relation relation, const Code &name, const QString &text)
{
    DataSetValue out = item(relation, "TEXT", name);
    out.setText(attr::TextValue, text);
    return out;
}

DataSetValue codeItem(Relation relation, const Code &name, const Code &value)
{
    DataSetValue out = item(relation, "CODE", name);
    out.setItem(attr::ConceptCode, imaging::codeItem(value));
    return out;
}

DataSetValue personItem(Relation relation, const Code &name, const QString &person)
{
    DataSetValue out = item(relation, "PNAME", name);
    out.setText(attr::PersonName, person);
    return out;
}

DataSetValue uidItem(Relation relation, const Code &name, const QString &uid)
{
    DataSetValue out = item(relation, "UIDREF", name);
    out.setText(attr::Uid, uid);
    return out;
}

DataSetValue referenceItem(Relation relation, const Code &name, const ReferencedInstance &instance)
{
    const char *type = isImageClass(instance.sopClass) ? "IMAGE"
        : isWaveformClass(instance.sopClass)           ? "WAVEFORM"
                                                       : "COMPOSITE";
    DataSetValue out = item(relation, type, name);
    out.setItem(attr::ReferencedSop, instanceItem(instance));
    return out;
}

DataSetValue container(Relation relation, const Code &name, std::vector<DataSetValue> children)
{
    DataSetValue out = item(relation, "CONTAINER", name);
    out.setText(attr::Continuity, QStringLiteral("SEPARATE"));
    if (!children.empty())
        out.setItems(attr::ContentSequence, std::move(children));
    return out;
}

void putRoot(
    DataSetValue &set, const Code &title, const QString &templateId, std::vector<DataSetValue> children)
{
    set.setText(attr::ValueType, QStringLiteral("CONTAINER"));
    set.setItem(attr::ConceptName, imaging::codeItem(title));
    set.setText(attr::Continuity, QStringLiteral("SEPARATE"));
    DataSetValue used;
    used.setText(attr::MappingResource, QStringLiteral("DCMR"));
    used.setText(attr::TemplateId, templateId);
    set.setItem(attr::ContentTemplate, std::move(used));
    set.setItems(attr::ContentSequence, std::move(children));
}

QString typeOf(const DataSetValue &item)
{
    return item.text(attr::ValueType);
}

Code nameOf(const DataSetValue &item)
{
    return codeIn(item, attr::ConceptName);
}

bool isNamed(const DataSetValue &item, const char *name)
{
    return nameOf(item).same(code(name));
}

const DataSetValue *child(const DataSetValue &item, const char *name)
{
    for (const DataSetValue &one : item.items(attr::ContentSequence)) {
        if (isNamed(one, name))
            return &one;
    }
    return nullptr;
}

} // namespace naru::imaging::content
