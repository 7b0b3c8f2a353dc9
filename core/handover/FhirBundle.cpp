#include "core/handover/FhirBundle.h"

namespace naru::handover {

namespace {
// "Patient/1/_history/2" -> "Patient/1"
QString withoutVersion(const QString &reference)
{
    const auto at = reference.indexOf(QLatin1String("/_history/"));
    return at < 0 ? reference : reference.left(at);
}

QString typeAndId(const Json &resource)
{
    const QString id = resource.string(QLatin1String("id"));
    return id.isEmpty() ? QString() : resource.string(QLatin1String("resourceType")) + QLatin1Char('/') + id;
}
} // namespace

FhirBundle::FhirBundle(const Json &root)
{
    if (root.string(QLatin1String("resourceType")) != QLatin1String("Bundle")) {
        const QString type = root.string(QLatin1String("resourceType"));
        m_resources.push_back({&root, type, {}, type});
    } else {
        const Json &entries = root[QLatin1String("entry")];
        for (std::size_t i = 0; entries.isArray() && i < entries.items.size(); ++i) {
            const Json &resource = entries.items[i][QLatin1String("resource")];
            if (resource.isObject())
                m_resources.push_back({&resource, resource.string(QLatin1String("resourceType")),
                    entries.items[i].string(QLatin1String("fullUrl")),
                    QStringLiteral("Bundle.entry[%1].resource").arg(i)});
        }
    }
    for (const FhirResource &resource : m_resources) {
        for (const QString &key : {resource.fullUrl, typeAndId(*resource.json)}) {
            if (!key.isEmpty() && !m_byReference.contains(key))
                m_byReference.insert(key, resource.json);
        }
    }
}

const Json *FhirBundle::resolve(const Json &reference, const FhirResource &from) const
{
    const QString text = withoutVersion(reference.string(QLatin1String("reference")));
    if (text.isEmpty())
        return nullptr;
    if (text.startsWith(QLatin1Char('#'))) {
        for (const Json &contained : (*from.json)[QLatin1String("contained")].items) {
            if (contained.string(QLatin1String("id")) == text.mid(1))
                return &contained;
        }
        return nullptr;
    }
    if (const Json *exact = m_byReference.value(text))
        return exact;
    // An absolute URL may name a resource that is here under Type/id, and the other way round.
    return m_byReference.value(text.section(QLatin1Char('/'), -2));
}

} // namespace naru::handover
