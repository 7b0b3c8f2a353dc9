#include "app/practice/world/Site.h"

#include "core/base/Errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace naru::practice {

namespace {
QJsonObject withPort(QJsonObject endpoint, int port)
{
    for (const char *key : {"url", "dicomweb", "wado", "stow"}) {
        const QLatin1String name(key);
        if (!endpoint.contains(name))
            continue;
        QUrl url(endpoint.value(name).toString());
        url.setPort(port);
        endpoint.insert(name, url.toString());
    }
    return endpoint;
}
} // namespace

base::Result<Site> Site::parse(const QByteArray &json)
{
    Site site;
    site.m_root = QJsonDocument::fromJson(json).object();
    if (site.patientIdAuthority().isEmpty() || site.repositories().size() != 2)
        return base::Error(base::errors::Invalid, QStringLiteral("site profile of the practice exchange"),
            {{QStringLiteral("what"), QStringLiteral("site.json")}});
    return site;
}

QJsonValue Site::at(std::initializer_list<const char *> path) const
{
    QJsonValue value = m_root;
    for (const char *name : path)
        value = value.toObject().value(QLatin1String(name));
    return value;
}

QStringList Site::repositories() const
{
    QStringList out;
    for (const QJsonValue &repository : at({"endpoints", "repositories"}).toArray())
        out.append(repository.toObject().value(QStringLiteral("id")).toString());
    return out;
}

QString Site::imagingSource() const
{
    return at({"endpoints", "imaging"}).toArray().at(0).toObject().value(QLatin1String("id")).toString();
}

QByteArray Site::published(int port, int auditPort) const
{
    QJsonObject root = m_root;
    QJsonObject endpoints = root.value(QStringLiteral("endpoints")).toObject();
    for (const char *name : {"registry", "pix", "pdq"})
        endpoints.insert(
            QLatin1String(name), withPort(endpoints.value(QLatin1String(name)).toObject(), port));
    for (const char *list : {"repositories", "imaging"}) {
        QJsonArray items;
        for (const QJsonValue &item : endpoints.value(QLatin1String(list)).toArray())
            items.append(withPort(item.toObject(), port));
        endpoints.insert(QLatin1String(list), items);
    }
    QJsonObject audit = endpoints.value(QStringLiteral("audit")).toObject();
    audit.insert(QStringLiteral("port"), auditPort);
    endpoints.insert(QStringLiteral("audit"), audit);
    root.insert(QStringLiteral("endpoints"), endpoints);
    root.insert(QStringLiteral("tls"),
        QJsonObject{{QStringLiteral("ca"), QStringLiteral("ca.pem")},
            {QStringLiteral("certificate"), QStringLiteral("clinic.pem")},
            {QStringLiteral("key"), QStringLiteral("clinic.key")}});
    return QJsonDocument(root).toJson();
}

} // namespace naru::practice
