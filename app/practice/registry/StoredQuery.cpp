#include "app/practice/registry/StoredQuery.h"

#include "app/practice/registry/QueryFilter.h"
#include "app/practice/registry/tables/queriesTable.h"
#include "app/practice/soap/Soap.h"
#include "core/base/Tsv.h"

#include <QSet>
#include <QXmlStreamWriter>

namespace naru::practice {

namespace {
// One Value: 'text', ('a','b'), a number. Quotes are doubled inside; unquoted dates are accepted (CP-1260).
bool readValue(const QString &text, QStringList &out)
{
    QString rest = text.trimmed();
    if (rest.startsWith(QLatin1Char('('))) {
        if (!rest.endsWith(QLatin1Char(')')))
            return false;
        rest = rest.mid(1, rest.size() - 2).trimmed();
    }
    while (!rest.isEmpty()) {
        QString value;
        if (rest.startsWith(QLatin1Char('\''))) {
            qsizetype i = 1;
            for (;; ++i) {
                if (i >= rest.size())
                    return false;
                if (rest[i] != QLatin1Char('\'')) {
                    value += rest[i];
                } else if (i + 1 < rest.size() && rest[i + 1] == QLatin1Char('\'')) {
                    value += rest[i++];
                } else {
                    break;
                }
            }
            rest = rest.mid(i + 1).trimmed();
        } else {
            const qsizetype comma = rest.indexOf(QLatin1Char(','));
            value = (comma < 0 ? rest : rest.left(comma)).trimmed();
            rest = comma < 0 ? QString() : rest.mid(comma);
        }
        out.append(value);
        if (rest.isEmpty())
            break;
        if (!rest.startsWith(QLatin1Char(',')))
            return false;
        rest = rest.mid(1).trimmed();
    }
    return true;
}

// Checks of the parameter table; false when an error was recorded.
bool checkParameters(const QueryRequest &request, RegistryAnswer &answer)
{
    static const base::TsvTable table = base::TsvTable::parse(tables::queries);
    for (int row = 0; row < table.rowCount(); ++row) {
        if (table.at(row, "uuid") != request.query)
            continue;
        for (const QString &need : table.at(row, "required").split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            int found = 0;
            for (const QString &name : need.split(QLatin1Char('|')))
                found += request.has(name) ? 1 : 0;
            if (found == 0)
                answer.fail("XDSStoredQueryMissingParam", need);
            else if (found > 1)
                answer.fail("XDSStoredQueryParamNumber", need + QStringLiteral(": only one of them"));
        }
        for (const QString &name : table.at(row, "single").split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            if (request.values(name).size() > 1)
                answer.fail("XDSStoredQueryParamNumber", name + QStringLiteral(" takes one value"));
        }
        return answer.ok();
    }
    answer.fail("XDSUnknownStoredQuery", request.query);
    return false;
}

QString queryName(const QString &uuid)
{
    static const base::TsvTable table = base::TsvTable::parse(tables::queries);
    for (int row = 0; row < table.rowCount(); ++row) {
        if (table.at(row, "uuid") == uuid)
            return table.at(row, "name");
    }
    return {};
}
} // namespace

bool QueryRequest::has(const QString &name) const
{
    for (const QueryParameter &parameter : parameters) {
        if (parameter.name == name && !parameter.values.isEmpty())
            return true;
    }
    return false;
}

QStringList QueryRequest::values(const QString &name) const
{
    QStringList out;
    for (const QueryParameter &parameter : parameters) {
        if (parameter.name == name)
            out += parameter.values;
    }
    return out;
}

QueryRequest readQuery(const base::XmlElement &body, RegistryAnswer &answer)
{
    QueryRequest request;
    if (const base::XmlElement *option = body.child(QLatin1String("ResponseOption")))
        request.leafClass = option->attribute(QLatin1String("returnType")) != QLatin1String("ObjectRef");
    const base::XmlElement *query = body.child(QLatin1String("AdhocQuery"));
    if (!query) {
        answer.fail("XDSRegistryError", QStringLiteral("AdhocQuery is missing"));
        return request;
    }
    request.query = query->attribute(QLatin1String("id"));
    for (const base::XmlElement *slot : query->all(QLatin1String("Slot"))) {
        QueryParameter parameter{slot->attribute(QLatin1String("name")), {}};
        if (const base::XmlElement *list = slot->child(QLatin1String("ValueList"))) {
            for (const base::XmlElement *value : list->all(QLatin1String("Value"))) {
                if (!readValue(value->allText(), parameter.values))
                    answer.fail("XDSRegistryError", parameter.name + QStringLiteral(": quoting is broken"));
            }
        }
        request.parameters.push_back(std::move(parameter));
    }
    return request;
}

// One execution. Objects are collected once each, in the order found.
struct StoredQuery::Run {
    const StoredQuery &q;
    const QueryRequest &request;
    const Viewer &viewer;
    QueryResult result{};
    QSet<QString> ids{};

    bool visible(const StoredObject &o, Purpose purpose) const
    {
        return q.m_consent.maySee(viewer, o, purpose);
    }
    bool visibleId(const QString &id, Purpose purpose) const
    {
        const auto o = q.m_store.byId(id);
        return o && visible(*o, purpose);
    }
    void take(const StoredObject &o)
    {
        if (!ids.contains(o.object.id)) {
            ids.insert(o.object.id);
            result.objects.push_back(o);
        }
    }
    void takeAssociation(const StoredObject &a, Purpose purpose)
    {
        if (visibleId(a.object.source, purpose) && visibleId(a.object.target, purpose))
            take(a);
    }
    // By entryUUID or uniqueId, whichever parameter is there.
    std::vector<StoredObject> named(const QString &uuid, const QString &unique, ObjectKind kind) const
    {
        std::vector<StoredObject> out;
        for (const QString &id : request.values(uuid)) {
            auto o = q.m_store.byId(id);
            if (o && o->object.kind == kind)
                out.push_back(std::move(*o));
        }
        for (const QString &id : request.values(unique)) {
            for (StoredObject &o : q.m_store.byUniqueId(id, kind))
                out.push_back(std::move(o));
        }
        std::erase_if(out, [this](const StoredObject &o) { return !visible(o, Purpose::Exact); });
        return out;
    }
    std::vector<StoredObject> documents() const
    {
        return named(QStringLiteral("$XDSDocumentEntryEntryUUID"),
            QStringLiteral("$XDSDocumentEntryUniqueId"), ObjectKind::Document);
    }
    std::vector<StoredObject> folders() const
    {
        return named(
            QStringLiteral("$XDSFolderEntryUUID"), QStringLiteral("$XDSFolderUniqueId"), ObjectKind::Folder);
    }
    QString patient(const char *parameter)
    {
        const QString cx = canonicalCx(request.values(QLatin1String(parameter)).value(0));
        if (cx.isEmpty() || !q.m_knows(cx))
            result.answer.fail("XDSUnknownPatientId", QLatin1String(parameter));
        return cx;
    }
    template <typename Filter> void find(const QString &cx, ObjectKind kind, Filter filter)
    {
        for (const StoredObject &o : q.m_store.ofPatient(cx, kind)) {
            if (filter(o.object, request) && visible(o, Purpose::Find))
                take(o);
        }
    }
    void getAll()
    {
        const QString cx = patient("$patientId");
        find(cx, ObjectKind::Document, passesDocumentFilter);
        find(cx, ObjectKind::SubmissionSet, passesSetFilter);
        find(cx, ObjectKind::Folder, passesFolderFilter);
        for (const StoredObject &a : q.m_store.ofPatient(cx, ObjectKind::Association)) {
            if (ids.contains(a.object.source) && ids.contains(a.object.target))
                take(a);
        }
    }
    void getAssociations(const QString &id)
    {
        for (const StoredObject &a : q.m_store.associationsTouching(id))
            takeAssociation(a, Purpose::Exact);
    }
    void getSubmissionSets()
    {
        for (const QString &id : request.values(QStringLiteral("$uuid"))) {
            for (const StoredObject &a : q.m_store.associationsTouching(id)) {
                if (a.object.type != QLatin1String(xds::hasMember) || a.object.target != id)
                    continue;
                const auto set = q.m_store.byId(a.object.source);
                if (set && set->object.kind == ObjectKind::SubmissionSet && visible(*set, Purpose::Exact)
                    && visibleId(id, Purpose::Exact)) {
                    take(*set);
                    take(a);
                }
            }
        }
    }
    // A package, its members that pass, the associations to them, and (for a set) the associations among its
    // members.
    void getContents(const StoredObject &package)
    {
        take(package);
        std::vector<StoredObject> links = q.m_store.associationsTouching(package.object.id);
        for (const StoredObject &a : links) {
            if (a.object.source != package.object.id)
                continue;
            const auto member = q.m_store.byId(a.object.target);
            if (!member
                || (member->object.kind != ObjectKind::Association && !visible(*member, Purpose::Exact)))
                continue;
            if (member->object.kind == ObjectKind::Document && !passesContentFilter(member->object, request))
                continue;
            if (member->object.kind == ObjectKind::Association
                && (!ids.contains(member->object.source) || !ids.contains(member->object.target)))
                continue;
            take(*member);
            take(a);
        }
    }
    void getFoldersForDocument()
    {
        for (const StoredObject &document : documents()) {
            for (const StoredObject &a : q.m_store.associationsTouching(document.object.id)) {
                const auto folder = q.m_store.byId(a.object.source);
                if (a.object.type == QLatin1String(xds::hasMember) && folder
                    && folder->object.kind == ObjectKind::Folder && visible(*folder, Purpose::Exact))
                    take(*folder);
            }
        }
    }
    void getRelated()
    {
        const QStringList types = request.values(QStringLiteral("$AssociationTypes"));
        for (const StoredObject &document : documents()) {
            for (const StoredObject &a : q.m_store.associationsTouching(document.object.id)) {
                if (!types.contains(a.object.type))
                    continue;
                const QString other =
                    a.object.source == document.object.id ? a.object.target : a.object.source;
                const auto related = q.m_store.byId(other);
                if (!related || related->object.kind != ObjectKind::Document
                    || !visible(*related, Purpose::Exact))
                    continue;
                take(document);
                take(*related);
                take(a);
            }
        }
    }
    void execute()
    {
        const QString name = queryName(request.query);
        if (name == QLatin1String("FindDocuments") || name == QLatin1String("FindDocumentsByReferenceId")) {
            find(patient("$XDSDocumentEntryPatientId"), ObjectKind::Document, passesDocumentFilter);
        } else if (name == QLatin1String("FindSubmissionSets")) {
            find(patient("$XDSSubmissionSetPatientId"), ObjectKind::SubmissionSet, passesSetFilter);
        } else if (name == QLatin1String("FindFolders")) {
            find(patient("$XDSFolderPatientId"), ObjectKind::Folder, passesFolderFilter);
        } else if (name == QLatin1String("GetAll")) {
            getAll();
        } else if (name == QLatin1String("GetDocuments")) {
            for (const StoredObject &o : documents())
                take(o);
        } else if (name == QLatin1String("GetFolders")) {
            for (const StoredObject &o : folders())
                take(o);
        } else if (name == QLatin1String("GetAssociations")) {
            for (const QString &id : request.values(QStringLiteral("$uuid")))
                getAssociations(id);
        } else if (name == QLatin1String("GetDocumentsAndAssociations")) {
            for (const StoredObject &o : documents()) {
                take(o);
                getAssociations(o.object.id);
            }
        } else if (name == QLatin1String("GetSubmissionSets")) {
            getSubmissionSets();
        } else if (name == QLatin1String("GetSubmissionSetAndContents")) {
            for (const StoredObject &o : named(QStringLiteral("$XDSSubmissionSetEntryUUID"),
                     QStringLiteral("$XDSSubmissionSetUniqueId"), ObjectKind::SubmissionSet))
                getContents(o);
        } else if (name == QLatin1String("GetFolderAndContents")) {
            for (const StoredObject &o : folders())
                getContents(o);
        } else if (name == QLatin1String("GetFoldersForDocument")) {
            getFoldersForDocument();
        } else if (name == QLatin1String("GetRelatedDocuments")) {
            getRelated();
        }
    }
};

QueryResult StoredQuery::run(const QueryRequest &request, const Viewer &viewer) const
{
    Run run{*this, request, viewer};
    if (!checkParameters(request, run.result.answer))
        return run.result;
    run.execute();
    // One answer holds one patient's objects (TF-2 3.18.4.1.2.3.3).
    for (const StoredObject &o : run.result.objects) {
        if (request.leafClass && o.patient != run.result.objects.front().patient) {
            run.result.answer.fail("XDSResultNotSinglePatient", QStringLiteral("the result spans patients"));
            break;
        }
    }
    if (!run.result.answer.ok())
        run.result.objects.clear();
    return run.result;
}

void writeQueryResponse(QXmlStreamWriter &xml, const QueryResult &result, bool leafClass)
{
    const QString query = QLatin1String(ns::query);
    const QString rim = QLatin1String(ns::rim);
    xml.writeStartElement(query, QStringLiteral("AdhocQueryResponse"));
    xml.writeAttribute(QStringLiteral("status"), result.answer.status());
    writeErrorList(xml, result.answer);
    xml.writeStartElement(rim, QStringLiteral("RegistryObjectList"));
    for (const StoredObject &o : result.objects) {
        if (leafClass) {
            writeObject(xml, o.object);
        } else {
            xml.writeEmptyElement(rim, QStringLiteral("ObjectRef"));
            xml.writeAttribute(QStringLiteral("id"), o.object.id);
        }
    }
    xml.writeEndElement();
    xml.writeEndElement();
}

} // namespace naru::practice
