#include "core/services/pacs/PacsNodes.h"

#include "core/imaging/dimse/Errors.h"
#include "core/imaging/dimse/NodeAddress.h"
#include "core/services/Errors.h"
#include "core/services/pacs/WebLink.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace naru::services {

namespace {
constexpr int MostAssociations = 8;
const QLatin1String nodesKey("pacs.nodes"), listenKey("pacs.listen");

// The members once for both directions.
template <typename N, typename V> void visitNode(N &n, V &&v)
{
    v("name", n.name), v("host", n.host), v("port", n.port), v("aeTitle", n.aeTitle);
    v("ourAeTitle", n.ourAeTitle), v("model", n.model), v("retrieve", n.retrieve);
    v("characterSet", n.characterSet), v("commitment", n.commitment), v("maySend", n.maySend);
    v("tls", n.tls), v("certificate", n.certificate), v("key", n.key), v("authorities", n.authorities);
    v("tlsName", n.tlsName), v("web", n.web), v("associations", n.associations);
}

template <typename L, typename V> void visitListen(L &l, V &&v)
{
    v("aeTitle", l.aeTitle), v("port", l.port), v("address", l.address), v("tls", l.tls);
    v("certificate", l.certificate), v("key", l.key), v("authorities", l.authorities);
    v("automatic", l.automatic), v("folders", l.folders);
}

struct Writer {
    QJsonObject out{};
    void operator()(const char *name, const QString &value) { out.insert(QLatin1String(name), value); }
    void operator()(const char *name, int value) { out.insert(QLatin1String(name), value); }
    void operator()(const char *name, bool value) { out.insert(QLatin1String(name), value); }
    void operator()(const char *name, const QStringList &value)
    {
        out.insert(QLatin1String(name), QJsonArray::fromStringList(value));
    }
};

struct Reader {
    QJsonObject in;
    QJsonValue at(const char *name) const { return in.value(QLatin1String(name)); }
    void operator()(const char *name, QString &value) const { value = at(name).toString(value); }
    void operator()(const char *name, int &value) const { value = at(name).toInt(value); }
    void operator()(const char *name, bool &value) const { value = at(name).toBool(value); }
    void operator()(const char *name, QStringList &value) const
    {
        for (const QJsonValue &one : at(name).toArray())
            value.append(one.toString());
    }
};

QByteArray setting(const Profile::Internals &in, QLatin1String key)
{
    return in.stores.settings->get(key).valueOr({}).toUtf8();
}

base::Error invalid(const char *what)
{
    return base::Error(
        imaging::dimse::errors::Invalid, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
}
} // namespace

std::vector<PacsNode> readNodes(const Profile::Internals &in)
{
    std::vector<PacsNode> out;
    for (const QJsonValue &one : QJsonDocument::fromJson(setting(in, nodesKey)).array()) {
        PacsNode &node = out.emplace_back();
        visitNode(node, Reader{one.toObject()});
        // Spaces around a title mean nothing (PS3.5 6.2, AE), and what a caller says comes without them.
        node.aeTitle = node.aeTitle.trimmed();
        node.ourAeTitle = node.ourAeTitle.trimmed();
    }
    return out;
}

base::Result<PacsNode> readNode(const Profile::Internals &in, const QString &name)
{
    QStringList known;
    for (const PacsNode &node : readNodes(in)) {
        if (node.name == name)
            return node;
        known.append(node.name);
    }
    return base::Error(errors::NoNode, {},
        {{QStringLiteral("what"), name}, {QStringLiteral("known"), known.join(QStringLiteral(", "))}});
}

base::Status writeNodes(Profile::Internals &in, const std::vector<PacsNode> &nodes)
{
    QJsonArray all;
    for (const PacsNode &node : nodes) {
        Writer writer;
        visitNode(node, writer);
        all.append(writer.out);
    }
    return in.stores.settings->set(
        nodesKey, QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact)));
}

PacsListen readListen(const Profile::Internals &in)
{
    PacsListen out;
    visitListen(out, Reader{QJsonDocument::fromJson(setting(in, listenKey)).object()});
    out.aeTitle = out.aeTitle.trimmed();
    return out;
}

base::Status writeListen(Profile::Internals &in, const PacsListen &settings)
{
    if (!imaging::dimse::validAeTitle(settings.aeTitle))
        return invalid("our AE title");
    if (settings.port < 0 || settings.port > 65535)
        return invalid("port");
    Writer writer;
    visitListen(settings, writer);
    return in.stores.settings->set(
        listenKey, QString::fromUtf8(QJsonDocument(writer.out).toJson(QJsonDocument::Compact)));
}

imaging::dimse::Node dimseNode(const PacsNode &node)
{
    return {node.name, node.host, node.port, node.aeTitle, node.ourAeTitle, node.tls,
        {node.certificate, node.key, node.authorities}, node.tlsName};
}

imaging::dimse::Model modelOf(const PacsNode &node)
{
    return node.model == QLatin1String("patient") ? imaging::dimse::Model::Patient
                                                  : imaging::dimse::Model::Study;
}

base::Status checkNode(const PacsNode &node)
{
    static const QStringList sets{QString(), QStringLiteral("ISO_IR 192"), QStringLiteral("ISO_IR 100"),
        QStringLiteral("ISO 2022 IR 149")};
    if (node.name.trimmed().isEmpty() || node.name.size() > 64)
        return invalid("name");
    if (node.model != QLatin1String("study") && node.model != QLatin1String("patient"))
        return invalid("model");
    if (node.retrieve != QLatin1String("get") && node.retrieve != QLatin1String("move"))
        return invalid("retrieve");
    if (!sets.contains(node.characterSet))
        return invalid("character set");
    if (node.associations < 1 || node.associations > MostAssociations)
        return invalid("associations");
    if (!node.web.isEmpty())
        return checkWebNode(node);
    if (node.tls && (node.certificate.isEmpty() || node.key.isEmpty() || node.authorities.isEmpty()))
        return invalid("TLS needs certificate, key and authorities");
    return imaging::dimse::checkNode(dimseNode(node));
}

} // namespace naru::services
