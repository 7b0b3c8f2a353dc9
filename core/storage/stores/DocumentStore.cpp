#include "core/storage/stores/DocumentStore.h"
#include "core/storage/stores/OrphanFiles.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace naru::storage {

using security::Purpose;

namespace {
constexpr qint64 fileLimit = qint64(2) * 1024 * 1024 * 1024 - 1;
const char *const columns = "SELECT id, patient_key, sealed, stored, seen, file FROM document ";

security::SealPlace place(const QString &id, const char *column)
{
    return {QStringLiteral("document"), id, QLatin1String(column)};
}

QByteArray packed(const StoredDocument &document)
{
    const QJsonObject object{
        {QStringLiteral("direction"), document.direction == StoredDocument::Direction::Sent ? 1 : 0},
        {QStringLiteral("documentUniqueId"), document.documentUniqueId},
        {QStringLiteral("entryUuid"), document.entryUuid},
        {QStringLiteral("repositoryUniqueId"), document.repositoryUniqueId},
        {QStringLiteral("homeCommunityId"), document.homeCommunityId},
        {QStringLiteral("mimeType"), document.mimeType}, {QStringLiteral("sha1"), document.sha1},
        {QStringLiteral("size"), document.size}, {QStringLiteral("status"), document.status},
        {QStringLiteral("metadata"), QString::fromLatin1(document.metadata.toBase64())}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void unpack(const QByteArray &json, StoredDocument &out)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const auto text = [&](const char *key) { return object.value(QLatin1String(key)).toString(); };
    out.direction = object.value(QLatin1String("direction")).toInt() == 1
        ? StoredDocument::Direction::Sent
        : StoredDocument::Direction::Retrieved;
    out.documentUniqueId = text("documentUniqueId");
    out.entryUuid = text("entryUuid");
    out.repositoryUniqueId = text("repositoryUniqueId");
    out.homeCommunityId = text("homeCommunityId");
    out.mimeType = text("mimeType");
    out.sha1 = text("sha1");
    out.size = object.value(QLatin1String("size")).toInteger();
    out.status = text("status");
    out.metadata = QByteArray::fromBase64(text("metadata").toLatin1());
}
} // namespace

DocumentStore::DocumentStore(
    std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
{
}

QString DocumentStore::path(const QString &file) const
{
    return m_database->folder() + QStringLiteral("/documents/") + file;
}

base::Result<QString> DocumentStore::put(StoredDocument document, const QByteArray &bytes)
{
    if (document.documentUniqueId.isEmpty() || bytes.size() > fileLimit)
        return base::Error(base::errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("document")}});
    if (!QDir().mkpath(path({})))
        return base::Error(base::errors::Io, QStringLiteral("mkpath"),
            {{QStringLiteral("what"), QStringLiteral("documents")}});
    document.sha1 = base::sha1Hex(bytes);
    document.size = bytes.size();
    if (!document.stored.isValid())
        document.stored = QDateTime::currentDateTimeUtc();
    const QByteArray unique =
        m_sealer->blindIndex(QStringLiteral("document.unique"), document.documentUniqueId);
    const QByteArray where = m_sealer->blindIndex(QStringLiteral("document.place"),
        document.patientKey + QLatin1Char('|') + document.repositoryUniqueId + QLatin1Char('|')
            + document.documentUniqueId);
    QString previousFile;
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        {
            NARU_ASSIGN(Statement known,
                m_database->prepare("SELECT id, file, seen FROM document WHERE blind_place = ?"));
            NARU_ASSIGN(const bool found, known.bindAll(where).step());
            if (found) {
                document.id = known.text(0);
                previousFile = known.text(1);
                document.seen = document.seen || known.flag(2);
            } else if (document.id.isEmpty()) {
                document.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
            }
        }
        // The file first, durable, then the row that names it: a row never points at nothing.
        NARU_ASSIGN(const QByteArray blob,
            m_sealer->sealChunks(Purpose::Documents, place(document.id, "file"), bytes));
        const QString file = base::sha256Hex(blob);
        NARU_TRY(security::replaceFile(path(file), blob));
        NARU_ASSIGN(Statement row,
            m_database->prepare(
                "INSERT INTO document VALUES (?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET file = "
                "excluded.file, sealed = excluded.sealed, stored = excluded.stored, seen = excluded.seen"));
        row.bindAll(document.id, document.patientKey, unique, where, file,
            m_sealer->seal(Purpose::Records, place(document.id, "sealed"), packed(document)));
        return row.bindTime(7, document.stored).bind(8, document.seen).run();
    });
    if (!status)
        return status.error();
    if (!previousFile.isEmpty())
        m_database->afterCommit([old = path(previousFile)] { QFile::remove(old); });
    return document.id;
}

base::Result<StoredDocument> DocumentStore::record(const Statement &row) const
{
    StoredDocument out;
    out.id = row.text(0);
    out.patientKey = row.text(1);
    NARU_ASSIGN(
        const QByteArray plain, m_sealer->open(Purpose::Records, place(out.id, "sealed"), row.blob(2)));
    unpack(plain, out);
    out.stored = row.time(3);
    out.seen = row.flag(4);
    return out;
}

base::Result<StoredDocument> DocumentStore::get(const QString &id) const
{
    NARU_ASSIGN(Statement row, m_database->prepare((QByteArray(columns) + "WHERE id = ?").constData()));
    NARU_ASSIGN(const bool found, row.bindAll(id).step());
    if (!found)
        return base::Error(errors::NotFound);
    return record(row);
}

base::Result<QByteArray> DocumentStore::bytes(const QString &id) const
{
    QString file;
    {
        NARU_ASSIGN(Statement row, m_database->prepare("SELECT file FROM document WHERE id = ?"));
        NARU_ASSIGN(const bool found, row.bindAll(id).step());
        if (!found)
            return base::Error(errors::NotFound);
        file = row.text(0);
    }
    NARU_ASSIGN(const QByteArray blob,
        security::readFile(path(QFileInfo(file).fileName()), fileLimit + 64 * 1024 * 1024));
    return m_sealer->openChunks(Purpose::Documents, place(id, "file"), blob);
}

base::Result<QList<StoredDocument>> DocumentStore::byPatient(const QString &patientKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            (QByteArray(columns) + "WHERE patient_key = ? ORDER BY stored DESC, id").constData()));
    row.bindAll(patientKey);
    QList<StoredDocument> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        NARU_ASSIGN(StoredDocument next, record(row));
        out.push_back(std::move(next));
    }
}

base::Result<std::optional<StoredDocument>> DocumentStore::findByUniqueId(
    const QString &documentUniqueId, const QString &repositoryUniqueId, const QString &patientKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            (QByteArray(columns) + "WHERE blind_unique = ? ORDER BY stored DESC").constData()));
    row.bindAll(m_sealer->blindIndex(QStringLiteral("document.unique"), documentUniqueId));
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return std::optional<StoredDocument>();
        NARU_ASSIGN(StoredDocument next, record(row));
        if ((repositoryUniqueId.isEmpty() || next.repositoryUniqueId == repositoryUniqueId)
            && (patientKey.isEmpty() || next.patientKey == patientKey))
            return std::optional<StoredDocument>(std::move(next));
    }
}

base::Status DocumentStore::setSeen(const QString &id, bool seen)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row, m_database->prepare("UPDATE document SET seen = ? WHERE id = ?"));
        NARU_TRY(row.bindAll(seen, id).run());
        return m_database->changes() == 1 ? base::Status() : base::Error(errors::NotFound);
    });
}

base::Status DocumentStore::setStatus(const QString &id, const QString &status)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(StoredDocument document, get(id));
        document.status = status;
        NARU_ASSIGN(Statement row, m_database->prepare("UPDATE document SET sealed = ? WHERE id = ?"));
        return row.bindAll(m_sealer->seal(Purpose::Records, place(id, "sealed"), packed(document)), id).run();
    });
}

base::Result<int> DocumentStore::unseen(const QString &patientKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "SELECT count(*) FROM document WHERE seen = 0 AND (?1 = '' OR patient_key = ?1)"));
    NARU_TRY(row.bindAll(patientKey).step());
    return int(row.number(0));
}

base::Status DocumentStore::remove(const QString &id)
{
    QString file;
    NARU_TRY(m_database->inTransaction([&]() -> base::Status {
        {
            NARU_ASSIGN(Statement row, m_database->prepare("SELECT file FROM document WHERE id = ?"));
            NARU_ASSIGN(const bool found, row.bindAll(id).step());
            if (!found)
                return base::Error(errors::NotFound);
            file = row.text(0);
        }
        NARU_ASSIGN(Statement row, m_database->prepare("DELETE FROM document WHERE id = ?"));
        return row.bindAll(id).run();
    }));
    m_database->afterCommit([old = path(file)] { QFile::remove(old); });
    return {};
}

base::Result<int> DocumentStore::sweepOrphans(int olderThanSeconds)
{
    return removeOrphans(*m_database, "SELECT file FROM document", path({}), olderThanSeconds);
}

base::Status DocumentStore::recordSearch(const SearchOutcome &outcome)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(
            Statement row, m_database->prepare("INSERT OR REPLACE INTO search_outcome VALUES (?,?,?,?,?)"));
        row.bind(1, outcome.patientKey).bind(2, outcome.source);
        return row.bindTime(3, outcome.when).bind(4, outcome.error).bind(5, outcome.found).run();
    });
}

base::Result<QList<SearchOutcome>> DocumentStore::searches(const QString &patientKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "SELECT source, moment, error, found FROM search_outcome WHERE patient_key = ? ORDER BY source"));
    row.bindAll(patientKey);
    QList<SearchOutcome> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        out.push_back({patientKey, row.text(0), row.time(1), row.text(2), int(row.number(3))});
    }
}

} // namespace naru::storage
