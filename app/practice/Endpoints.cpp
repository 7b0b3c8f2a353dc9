#include "app/practice/Endpoints.h"

#include "app/practice/imaging/DicomReader.h"
#include "app/practice/imaging/ImagingEndpoints.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QXmlStreamWriter>

namespace naru::practice {

namespace {
constexpr auto storedQuery = "urn:ihe:iti:2007:RegistryStoredQuery";
constexpr auto registerSet = "urn:ihe:iti:2007:RegisterDocumentSet-b";
constexpr auto updateSet = "urn:ihe:iti:2010:UpdateDocumentSet";
constexpr auto provideSet = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b";
constexpr auto retrieveSet = "urn:ihe:iti:2007:RetrieveDocumentSet";

// Opened before anything is built on it.
Database &opened(Database &db, const QString &folder)
{
    db.open(folder + QStringLiteral("/practice.db"));
    return db;
}

RegistrarPorts registrarPorts(Endpoints &e)
{
    return {[&e](const QString &cx) { return e.mpi.knowsCx(cx); },
        [&e](const QString &repository, const QString &uniqueId) -> std::optional<QByteArray> {
            const auto blob = e.blobs.find(repository, uniqueId);
            return blob ? e.blobs.read(*blob) : std::nullopt;
        },
        e.site.repositories(), e.site.partialConsent()};
}

void expect(const SoapRequest &request, const char *name, const char *uri)
{
    if (request.body.name != QLatin1String(name) || request.body.namespaceUri != QLatin1String(uri))
        throw SoapFault(
            QStringLiteral("Sender"), QLatin1String(name) + QStringLiteral(" expected in the body"));
}

QByteArray registryResponse(const QString &action, const SoapRequest &request, const RegistryAnswer &answer)
{
    return writeEnvelope(action + QStringLiteral("Response"), request.messageId, [&](QXmlStreamWriter &xml) {
        xml.writeNamespace(QLatin1String(ns::rs), QStringLiteral("rs"));
        writeRegistryResponse(xml, answer);
    });
}

// Faults carry the request's MessageID as soon as it is known.
template <typename Work> HttpAnswer related(const SoapRequest &request, const Work &work)
{
    try {
        return work();
    } catch (const SoapFault &fault) {
        return faultAnswer(fault, request.messageId);
    }
}

HttpAnswer registry(Endpoints &e, const HttpRequest &http)
{
    const SoapRequest request = readSoap(http.body, http.contentType,
        {QLatin1String(storedQuery), QLatin1String(registerSet), QLatin1String(updateSet)});
    return related(request, [&] {
        if (request.action != QLatin1String(storedQuery)) {
            expect(request, "SubmitObjectsRequest", ns::lcm);
            const bool update = request.action == QLatin1String(updateSet);
            if (!update && !http.viewer.exchange)
                throw SoapFault(
                    QStringLiteral("Sender"), QStringLiteral("Only repositories register documents here"));
            return plainAnswer(registryResponse(request.action, request,
                e.registrar.submit(request.body, http.submitter, {.update = update})));
        }
        expect(request, "AdhocQueryRequest", ns::query);
        QueryResult result;
        const QueryRequest query = readQuery(request.body, result.answer);
        if (result.answer.ok())
            result = e.queries.run(query, http.viewer);
        return plainAnswer(writeEnvelope(
            request.action + QStringLiteral("Response"), request.messageId, [&](QXmlStreamWriter &xml) {
                for (const auto &[uri, prefix] :
                    {std::pair(ns::query, "query"), std::pair(ns::rim, "rim"), std::pair(ns::rs, "rs")})
                    xml.writeNamespace(QLatin1String(uri), QLatin1String(prefix));
                writeQueryResponse(xml, result, query.leafClass);
            }));
    });
}

HttpAnswer repository(Endpoints &e, Repository &repository, const HttpRequest &http)
{
    const SoapRequest request =
        readSoap(http.body, http.contentType, {QLatin1String(provideSet), QLatin1String(retrieveSet)});
    return related(request, [&] {
        if (request.action == QLatin1String(retrieveSet)) {
            expect(request, "RetrieveDocumentSetRequest", ns::xdsb);
            return repository.retrieve(request, [&](const StoredObject &entry) {
                return e.consent.maySee(http.viewer, entry, Purpose::Find);
            });
        }
        expect(request, "ProvideAndRegisterDocumentSetRequest", ns::xdsb);
        const QByteArray envelope =
            registryResponse(request.action, request, repository.provide(request, http.submitter));
        return request.mtom ? multipartAnswer(envelope, {}) : plainAnswer(envelope);
    });
}

HttpAnswer json(const QJsonObject &object)
{
    return {200, "application/json", QJsonDocument(object).toJson()};
}

HttpAnswer adminFaults(Endpoints &e, const HttpRequest &request)
{
    if (request.method == QLatin1String("POST")) {
        const auto status = e.faults.set(QString::fromUtf8(request.body).trimmed());
        if (!status)
            return {400, "text/plain; charset=UTF-8", status.error().detail.toUtf8()};
    }
    return json({{QStringLiteral("spec"), e.faults.spec()}, {QStringLiteral("rules"), e.faults.toJson()}});
}

HttpAnswer adminCounts(Endpoints &e)
{
    const AuditCounts audit = e.audit ? e.audit->count() : AuditCounts{};
    return json({{QStringLiteral("patients"), e.mpi.count()},
        {QStringLiteral("documents"), e.store.count(ObjectKind::Document)},
        {QStringLiteral("submissionSets"), e.store.count(ObjectKind::SubmissionSet)},
        {QStringLiteral("folders"), e.store.count(ObjectKind::Folder)},
        {QStringLiteral("associations"), e.store.count(ObjectKind::Association)},
        {QStringLiteral("duplicates"), e.store.duplicateUniqueIds()},
        {QStringLiteral("imagingStudies"), e.images.count()},
        {QStringLiteral("storedImages"), e.images.storedCount()},
        {QStringLiteral("emergencyImages"), e.images.exceptionCount()},
        {QStringLiteral("pendingReplies"), e.replies.waiting()},
        {QStringLiteral("auditMessages"), audit.stored},
        {QStringLiteral("auditDuplicates"), audit.duplicates},
        {QStringLiteral("auditMalformed"), audit.malformed}});
}

// Invented people only, so that a journey can pick one: substitute key, chart numbers, consent.
HttpAnswer adminSeed(Endpoints &e)
{
    QJsonArray patients;
    for (const Person &person : e.mpi.search({}, 100000)) {
        const ConsentState state = e.consent.of(e.mpi.cxOf(person));
        QJsonArray ids, excluded;
        for (const clinical::Identifier &id : person.ids)
            ids.append(
                QJsonObject{{QStringLiteral("root"), id.root}, {QStringLiteral("extension"), id.extension}});
        for (const QString &department : state.departments)
            excluded.append(department);
        patients.append(QJsonObject{{QStringLiteral("id"), e.mpi.cxOf(person)},
            {QStringLiteral("name"), person.name}, {QStringLiteral("birth"), person.birth},
            {QStringLiteral("sex"), person.sex}, {QStringLiteral("localIds"), ids},
            {QStringLiteral("consent"), state.given}, {QStringLiteral("excludedDepartments"), excluded},
            {QStringLiteral("documents"),
                qint64(e.store.ofPatient(e.mpi.cxOf(person), ObjectKind::Document).size())}});
    }
    return json({{QStringLiteral("patients"), patients}});
}

QString repositoryTarget(const HttpRequest &request)
{
    return request.contentType.contains(retrieveSet) || request.body.left(16384).contains(retrieveSet)
        ? QStringLiteral("retrieve")
        : QStringLiteral("submit");
}

QString registryTarget(const HttpRequest &request)
{
    return request.body.left(16384).contains(updateSet) ? QStringLiteral("submit") : QStringLiteral("query");
}
} // namespace

Endpoints::Endpoints(
    const Site &site_, const QString &folder, const QByteArray &secret, ReplySettings replySettings)
    : site(site_)
    , mpi(opened(db, folder), secret, site_.patientIdAuthority())
    , store(db)
    , consent(db)
    , blobs(db, folder + QStringLiteral("/documents"))
    , images(db, folder + QStringLiteral("/images"))
    , registrar(db, store, consent, registrarPorts(*this))
    , queries(store, consent, [this](const QString &cx) { return mpi.knowsCx(cx); })
    , identity(mpi, consent, {site_.receiverDevice(), site_.patientIdAuthority()})
    , replies(db, blobs, site_, std::move(replySettings))
{
}

void Endpoints::openRepositories(const LoopbackSettings &loopback)
{
    for (const QString &id : site.repositories()) {
        RepositoryPorts ports{id, loopback,
            [this, id](const RegistryObject &entry, const QString &patient, const QByteArray &bytes) {
                replies.consider(id, entry, patient, bytes);
            },
            [this](const RegistryObject &entry, const QByteArray &bytes) {
                if (entry.mimeType == QLatin1String("application/dicom"))
                    images.refer(entry.uniqueId(), studiesOfManifest(bytes));
            }};
        repositories.push_back(std::make_unique<Repository>(blobs, store, std::move(ports)));
    }
}

void addEndpoints(Server &server, Endpoints &e)
{
    server.route(
        QStringLiteral("/registry"), registryTarget, [&e](const HttpRequest &r) { return registry(e, r); });
    for (std::size_t i = 0; i < e.repositories.size(); ++i) {
        Repository &one = *e.repositories[i];
        server.route(QStringLiteral("/repository/%1").arg(i + 1), repositoryTarget,
            [&e, &one](const HttpRequest &r) { return repository(e, one, r); });
    }
    const auto identityTarget = [](const HttpRequest &) { return QStringLiteral("identity"); };
    const QString v3 = QStringLiteral("urn:hl7-org:v3:");
    const QStringList pix{v3 + QStringLiteral("PRPA_IN201301UV02"), v3 + QStringLiteral("PRPA_IN201302UV02"),
        v3 + QStringLiteral("PRPA_IN201309UV02")};
    const QStringList pdq{v3 + QStringLiteral("PRPA_IN201305UV02"), v3 + QStringLiteral("QUQI_IN000003UV01"),
        v3 + QStringLiteral("QUQI_IN000003UV01_Continue"), v3 + QStringLiteral("QUQI_IN000003UV01_Cancel")};
    server.route(QStringLiteral("/pix"), identityTarget, [&e, pix](const HttpRequest &r) {
        const SoapRequest request = readSoap(r.body, r.contentType, pix);
        return related(request, [&] { return e.identity.pix(request, r.viewer); });
    });
    server.route(QStringLiteral("/pdq"), identityTarget, [&e, pdq](const HttpRequest &r) {
        const SoapRequest request = readSoap(r.body, r.contentType, pdq);
        return related(request, [&] { return e.identity.pdq(request, r.viewer); });
    });
    addImagingEndpoints(server, e);
    server.admin(QStringLiteral("/admin/faults"), [&e](const HttpRequest &r) { return adminFaults(e, r); });
    server.admin(QStringLiteral("/admin/counts"), [&e](const HttpRequest &) { return adminCounts(e); });
    server.admin(QStringLiteral("/admin/seed"), [&e](const HttpRequest &) { return adminSeed(e); });
}

} // namespace naru::practice
