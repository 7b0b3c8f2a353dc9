#include "app/practice/registry/Store.h"

namespace naru::practice {

namespace {
constexpr const char *select = "SELECT seq, status, patient, submitter, xml FROM object WHERE ";

QByteArray where(const char *condition)
{
    return QByteArray(select) + condition + " ORDER BY seq";
}
} // namespace

QString canonicalCx(const QString &cx)
{
    const QStringList fields = cx.trimmed().split(QLatin1Char('^'));
    const QStringList authority = fields.value(3).split(QLatin1Char('&'));
    QString root = authority.value(1);
    if (root.startsWith(QLatin1String("urn:oid:")))
        root.remove(0, 8);
    if (fields.value(0).isEmpty() || root.isEmpty())
        return {};
    return fields[0] + QLatin1String("^^^&") + root + QLatin1String("&ISO");
}

void Store::add(
    const RegistryObject &object, const QString &patient, const QString &submitter, const QString &updatedUtc)
{
    auto lock = m_db.lock();
    Statement(m_db.handle(),
        "INSERT INTO object(id, kind, patient, unique_id, status, source, target, submitter, updated, xml) "
        "VALUES(?,?,?,?,?,?,?,?,?,?)")
        .bind(1, object.id)
        .bind(2, qint64(object.kind))
        .bind(3, patient)
        .bind(4, object.uniqueId())
        .bind(5, object.status)
        .bind(6, object.source)
        .bind(7, object.target)
        .bind(8, submitter)
        .bind(9, updatedUtc)
        .bindBytes(10, objectToXml(object))
        .run();
}

void Store::setStatus(const QString &id, const QString &status)
{
    auto lock = m_db.lock();
    Statement(m_db.handle(), "UPDATE object SET status = ? WHERE id = ?").bind(1, status).bind(2, id).run();
}

std::vector<StoredObject> Store::read(Statement &statement) const
{
    std::vector<StoredObject> out;
    while (statement.step()) {
        StoredObject stored{
            statement.integer(0), objectFromXml(statement.bytes(4)), statement.text(2), statement.text(3)};
        stored.object.status = statement.text(1);
        out.push_back(std::move(stored));
    }
    return out;
}

std::optional<StoredObject> Store::byId(const QString &id) const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(), where("id = ?").constData());
    statement.bind(1, id);
    auto found = read(statement);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<StoredObject> Store::byUniqueId(const QString &uniqueId, ObjectKind kind) const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(), where("unique_id = ? AND unique_id <> '' AND kind = ?").constData());
    statement.bind(1, uniqueId).bind(2, qint64(kind));
    return read(statement);
}

std::vector<StoredObject> Store::ofPatient(const QString &patient, ObjectKind kind) const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(), where("patient = ? AND kind = ?").constData());
    statement.bind(1, patient).bind(2, qint64(kind));
    return read(statement);
}

std::vector<StoredObject> Store::associationsTouching(const QString &id) const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(),
        where("seq IN (SELECT seq FROM object WHERE source = ?1 AND source <> '' "
              "UNION SELECT seq FROM object WHERE target = ?1 AND target <> '')")
            .constData());
    statement.bind(1, id);
    return read(statement);
}

qint64 Store::count(ObjectKind kind) const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(), "SELECT count(*) FROM object WHERE kind = ?");
    statement.bind(1, qint64(kind)).step();
    return statement.integer(0);
}

qint64 Store::duplicateUniqueIds() const
{
    auto lock = m_db.lock();
    Statement statement(
        m_db.handle(), "SELECT count(*) - count(DISTINCT unique_id) FROM object WHERE kind = 1");
    statement.step();
    return statement.integer(0);
}

} // namespace naru::practice
