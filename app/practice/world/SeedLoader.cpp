#include "app/practice/world/SeedLoader.h"

#include "app/practice/seed/Institutions.h"
#include "app/practice/seed/SeedWorld.h"
#include "app/practice/world/SeedMetadata.h"
#include "core/base/Digest.h"

namespace naru::practice {

namespace {
PersonFeed feedOf(const SeedPatient &seeded)
{
    PersonFeed feed;
    Person &person = feed.person;
    person.name = seeded.patient.name;
    std::tie(person.family, person.given) = clinical::familyAndGiven(person.name);
    person.sex = clinical::sexToHl7(seeded.patient.sex);
    person.birth = seeded.patient.birthDate.toHl7().left(8);
    person.phone = seeded.patient.phone;
    person.address = seeded.patient.address;
    person.ids.push_back(seeded.patient.localId);
    for (const clinical::Identifier &id : seeded.otherIds)
        person.ids.push_back(id);
    return feed;
}

void submit(const SeedTargets &t, const SeedDocument &document, const clinical::Institution &author,
    const QString &cx, SeedReport &report)
{
    const QString repository = t.site.repositories().value(document.repository);
    std::vector<RegistryObject> objects = seedSubmission(document, author, cx, t.site);
    const QString hash = base::sha1Hex(document.bytes);
    for (RegistryObject &object : objects) {
        if (object.kind != ObjectKind::Document)
            continue;
        object.slots.insert(QStringLiteral("hash"), {hash});
        object.slots.insert(QStringLiteral("size"), {QString::number(document.bytes.size())});
        object.slots.insert(QStringLiteral("repositoryUniqueId"), {repository});
    }
    t.blobs.put(repository, document.uniqueId, document.mimeType, document.bytes, hash, false);
    const RegistryAnswer answer =
        t.registrar.submitObjects(std::move(objects), document.institutionOid, {.consentRequired = false});
    report.documents += answer.ok() ? 1 : 0;
    if (!answer.ok())
        report.refused.append(answer.errors.front().code + QLatin1Char(' ') + answer.errors.front().context);
}

void mark(Database &db)
{
    Statement(db.handle(), "INSERT OR REPLACE INTO setting(name, value) VALUES('seeded', '1')").run();
}
} // namespace

bool isSeeded(Database &db)
{
    auto lock = db.lock();
    return Statement(db.handle(), "SELECT 1 FROM setting WHERE name = 'seeded'").step();
}

base::Result<SeedReport> loadSeed(const SeedTargets &t, quint64 seed, const QByteArray &institutionsText)
{
    NARU_ASSIGN(const std::vector<clinical::Institution> institutions, parseInstitutions(institutionsText));
    SeedOptions options;
    options.seed = seed ? seed : options.seed;
    options.clinicOid = t.site.clinicOid();
    NARU_ASSIGN(const SeedWorld world, makeWorld(options, institutions));
    SeedReport report;
    Transaction transaction(t.db);
    std::vector<QString> keys;
    for (const SeedPatient &patient : world.patients) {
        const auto person = t.mpi.add(feedOf(patient));
        keys.push_back(person ? t.mpi.cxOf(*person) : QString());
        report.patients += person ? 1 : 0;
    }
    QHash<QString, clinical::Institution> byOid;
    for (const clinical::Institution &institution : world.institutions)
        byOid.insert(institution.oid, institution);
    for (const SeedDocument &document : world.documents) {
        const QString cx = keys.at(std::size_t(document.patientIndex));
        const clinical::Institution author = byOid.value(document.institutionOid);
        submit(t, document, author, cx, report);
        for (const SeedStudy &study : document.studies) {
            t.images.add(study, cx);
            const SeedDocument manifest = manifestOf(document, study, t.site.imagingSource());
            submit(t, manifest, author, cx, report);
            t.images.refer(manifest.uniqueId, {study.studyUid});
        }
    }
    mark(t.db);
    transaction.commit();
    return report;
}

} // namespace naru::practice
