#include "app/practice/mpi/Mpi.h"

#include "app/practice/registry/Store.h"
#include "core/base/Digest.h"
#include "core/base/Hangul.h"

#include <QDate>
#include <QRegularExpression>

namespace naru::practice {

namespace {
constexpr const char *columns =
    "SELECT id, key, name, family, given, sex, birth, phone, address, address_detail, postal FROM person ";

QByteArray select(const char *rest)
{
    return QByteArray(columns) + rest;
}

QString digits(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c.isDigit())
            out += c;
    }
    return out;
}
} // namespace

bool looksLikeResidentNumber(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^(\\d{2})(\\d{2})(\\d{2})-?[0-9]\\d{6}$"));
    const auto match = shape.match(text.trimmed());
    return match.hasMatch() && QDate(2000, match.captured(2).toInt(), match.captured(3).toInt()).isValid();
}

Mpi::Mpi(Database &db, QByteArray secret, QString authority)
    : m_db(db)
    , m_secret(std::move(secret))
    , m_authority(std::move(authority))
{
}

QString Mpi::residentToken(const QString &number) const
{
    return QString::fromLatin1(base::hmacSha256(m_secret, "resident|" + digits(number).toLatin1()).toHex());
}

// Twenty hexadecimal digits; nothing of the person can be computed back without the secret.
QString Mpi::newKey(const PersonFeed &feed) const
{
    QByteArray material = "key|";
    if (!feed.residentNumbers.isEmpty())
        material += residentToken(feed.residentNumbers.first()).toLatin1();
    else if (!feed.person.ids.empty())
        material += feed.person.ids.front().toCx().toUtf8();
    else
        material += base::randomBytes(16);
    for (int i = 0;; ++i) {
        const QString key = QString::fromLatin1(
            base::hmacSha256(m_secret, material + '|' + QByteArray::number(i)).toHex().left(20).toUpper());
        Statement statement(m_db.handle(), "SELECT 1 FROM person WHERE key = ?");
        if (!statement.bind(1, key).step())
            return key;
    }
}

Person Mpi::read(Statement &s) const
{
    Person person{s.integer(0), s.text(1), s.text(2), s.text(3), s.text(4), s.text(5), s.text(6), s.text(7),
        {s.text(8), s.text(9), s.text(10)}, {}};
    Statement ids(
        m_db.handle(), "SELECT root, extension FROM person_id WHERE person = ? ORDER BY root, extension");
    ids.bind(1, person.row);
    while (ids.step())
        person.ids.push_back({ids.text(0), ids.text(1)});
    return person;
}

std::optional<Person> Mpi::byRow(qint64 row) const
{
    Statement statement(m_db.handle(), select("WHERE id = ?").constData());
    statement.bind(1, row);
    return statement.step() ? std::optional(read(statement)) : std::nullopt;
}

std::optional<Person> Mpi::byId(const clinical::Identifier &id) const
{
    auto lock = m_db.lock();
    if (id.root == m_authority) {
        Statement statement(m_db.handle(), select("WHERE key = ?").constData());
        statement.bind(1, id.extension);
        return statement.step() ? std::optional(read(statement)) : std::nullopt;
    }
    Statement statement(m_db.handle(), "SELECT person FROM person_id WHERE root = ? AND extension = ?");
    statement.bind(1, id.root).bind(2, id.extension);
    return statement.step() ? byRow(statement.integer(0)) : std::nullopt;
}

std::optional<Person> Mpi::byCx(const QString &cx) const
{
    const QString canonical = canonicalCx(cx);
    const QStringList fields = canonical.split(QLatin1Char('^'));
    const QString root = fields.value(3).section(QLatin1Char('&'), 1, 1);
    return root == m_authority ? byId({root, fields.value(0)}) : std::nullopt;
}

bool Mpi::knowsAuthority(const QString &root) const
{
    if (root == m_authority)
        return true;
    auto lock = m_db.lock();
    Statement statement(m_db.handle(), "SELECT 1 FROM person_id WHERE root = ? LIMIT 1");
    return statement.bind(1, root).step();
}

QString Mpi::cxOf(const Person &person) const
{
    return clinical::Identifier{m_authority, person.key}.toCx();
}

bool Mpi::registeredBy(const Person &person, const QString &institution)
{
    for (const clinical::Identifier &id : person.ids) {
        if (id.root == institution)
            return true;
    }
    return false;
}

// The same person: an id already known, the same resident number, or name, birth date, sex and phone all
// equal.
std::optional<Person> Mpi::findSame(const PersonFeed &feed) const
{
    for (const clinical::Identifier &id : feed.person.ids) {
        if (auto known = byId(id))
            return known;
    }
    for (const QString &number : feed.residentNumbers) {
        Statement statement(m_db.handle(), select("WHERE resident = ?").constData());
        if (statement.bind(1, residentToken(number)).step())
            return read(statement);
    }
    const Person &p = feed.person;
    if (p.name.isEmpty() || p.birth.size() < 8 || p.sex.isEmpty() || digits(p.phone).size() < 8)
        return std::nullopt;
    Statement statement(m_db.handle(), select("WHERE folded = ? AND birth = ? AND sex = ?").constData());
    statement.bind(1, base::folded(p.name)).bind(2, p.birth).bind(3, p.sex);
    while (statement.step()) {
        Person candidate = read(statement);
        if (digits(candidate.phone) == digits(p.phone))
            return candidate;
    }
    return std::nullopt;
}

void Mpi::link(qint64 row, const std::vector<clinical::Identifier> &ids)
{
    for (const clinical::Identifier &id : ids) {
        if (id.root == m_authority || id.isEmpty())
            continue;
        Statement(m_db.handle(), "INSERT OR IGNORE INTO person_id(root, extension, person) VALUES(?,?,?)")
            .bind(1, id.root)
            .bind(2, id.extension)
            .bind(3, row)
            .run();
    }
}

void Mpi::write(qint64 row, const PersonFeed &feed)
{
    const Person &p = feed.person;
    Statement(m_db.handle(),
        "UPDATE person SET name = ?, folded = ?, family = ?, given = ?, sex = ?, birth = ?, phone = ?, "
        "address = ?, "
        "address_detail = ?, postal = ? WHERE id = ?")
        .bind(1, p.name)
        .bind(2, base::folded(p.name))
        .bind(3, p.family)
        .bind(4, p.given)
        .bind(5, p.sex)
        .bind(6, p.birth)
        .bind(7, p.phone)
        .bind(8, p.address.basic)
        .bind(9, p.address.detail)
        .bind(10, p.address.postalCode)
        .bind(11, row)
        .run();
    if (!feed.residentNumbers.isEmpty())
        Statement(m_db.handle(), "UPDATE person SET resident = ? WHERE id = ?")
            .bind(1, residentToken(feed.residentNumbers.first()))
            .bind(2, row)
            .run();
    link(row, p.ids);
}

std::optional<Person> Mpi::add(const PersonFeed &feed)
{
    Transaction transaction(m_db);
    auto same = findSame(feed);
    for (const clinical::Identifier &id : feed.person.ids) {
        const auto owner = byId(id);
        if (owner && owner->row != same->row)
            return std::nullopt;
        if (!owner && id.root == m_authority)
            return std::nullopt; // only the index gives substitute keys
    }
    qint64 row = same ? same->row : 0;
    if (!same) {
        Statement(m_db.handle(),
            "INSERT INTO person(key, name, folded, family, given, sex, birth, phone, address, "
            "address_detail, postal, resident) "
            "VALUES(?, '', '', '', '', '', '', '', '', '', '', '')")
            .bind(1, newKey(feed))
            .run();
        row = m_db.lastRow();
        write(row, feed);
    } else {
        link(row, feed.person.ids);
    }
    transaction.commit();
    return byRow(row);
}

std::optional<Person> Mpi::revise(const PersonFeed &feed)
{
    Transaction transaction(m_db);
    std::optional<Person> owner;
    for (const clinical::Identifier &id : feed.person.ids) {
        const auto found = byId(id);
        if (found && owner && found->row != owner->row)
            return std::nullopt;
        if (found)
            owner = found;
    }
    if (!owner)
        return std::nullopt;
    write(owner->row, feed);
    transaction.commit();
    return byRow(owner->row);
}

std::vector<Person> Mpi::search(const PersonQuery &query, int limit) const
{
    auto lock = m_db.lock();
    std::vector<Person> out;
    const QString folded = base::folded(query.name);
    // The prefix is compared as text, not as a pattern: % and _ of a name mean themselves.
    Statement statement(m_db.handle(),
        select("WHERE (?1 = '' OR folded = ?1 OR (?2 = 1 AND substr(folded, 1, length(?1)) = ?1)) AND (?3 = "
               "'' OR sex = ?3) "
               "AND (?4 = '' OR family = ?4) AND (?5 = '' OR resident = ?5) ORDER BY name, id")
            .constData());
    statement.bind(1, folded)
        .bind(2, qint64(query.namePrefix ? 1 : 0))
        .bind(3, query.sex)
        .bind(4, query.family)
        .bind(5, query.resident);
    while (statement.step() && int(out.size()) < limit) {
        const QString birth = statement.text(6);
        if (!query.birthFrom.isEmpty() && birth.left(query.birthFrom.size()) < query.birthFrom)
            continue;
        if (!query.birthTo.isEmpty() && birth.left(query.birthTo.size()) > query.birthTo)
            continue;
        Person person = read(statement);
        bool all = true;
        for (const clinical::Identifier &id : query.ids) {
            const auto owner = byId(id);
            all = all && owner && owner->row == person.row;
        }
        if (all && (query.phone.isEmpty() || digits(person.phone) == query.phone))
            out.push_back(std::move(person));
    }
    return out;
}

qint64 Mpi::count() const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(), "SELECT count(*) FROM person");
    statement.step();
    return statement.integer(0);
}

} // namespace naru::practice
