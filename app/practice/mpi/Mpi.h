// Master patient index: persons, their chart numbers at each institution, and one opaque substitute key each.
// A resident number that arrives is turned into an HMAC at the door (it may find the same person again) and
// is kept nowhere else.
#pragma once

#include "app/practice/db/Database.h"
#include "core/clinical/Parties.h"

#include <optional>
#include <vector>

namespace naru::practice {

struct Person {
    qint64 row = 0;
    QString key{}; // substitute key, extension below patientIdAuthority
    QString name{}, family{}, given{};
    QString sex{}; // M F UN or empty
    QString birth{}; // yyyyMMdd as precise as known
    QString phone{};
    clinical::Address address{};
    std::vector<clinical::Identifier> ids{}; // chart numbers
};

// What arrives in ITI-44.
struct PersonFeed {
    Person person{}; // key and row are ignored
    QStringList residentNumbers{}; // thirteen digits; used for the HMAC and dropped
};

// What PDQ asks; empty fields do not restrict.
struct PersonQuery {
    QString name{};
    bool namePrefix = false;
    QString family{}; // when only the family name is given
    QString birthFrom{}, birthTo{}; // yyyy[MM[dd]]; equal for one day
    QString sex{};
    std::vector<clinical::Identifier> ids{}; // all must belong to the person
    QString phone{}; // digits
    QString resident{}; // residentToken(), never the number
};

class Mpi {
public:
    // `secret` makes keys and HMACs; losing it changes no key already given.
    Mpi(Database &db, QByteArray secret, QString authority);

    const QString &authority() const { return m_authority; }
    // Adds or finds the person and links the chart numbers. Empty: an id belongs to another person than the
    // rest says.
    std::optional<Person> add(const PersonFeed &feed);
    // Changes the person who owns one of the ids; empty when nobody does.
    std::optional<Person> revise(const PersonFeed &feed);
    std::optional<Person> byId(const clinical::Identifier &id) const; // chart number or substitute key
    std::optional<Person> byCx(const QString &cx) const;
    std::vector<Person> search(const PersonQuery &query, int limit) const;
    bool knowsCx(const QString &cx) const { return byCx(cx).has_value(); }
    bool knowsAuthority(const QString &root) const;
    QString cxOf(const Person &person) const;
    static bool registeredBy(const Person &person, const QString &institution);
    // The HMAC under which a resident number is known.
    QString residentToken(const QString &number) const;
    qint64 count() const;

private:
    Person read(Statement &statement) const;
    std::optional<Person> byRow(qint64 row) const;
    std::optional<Person> findSame(const PersonFeed &feed) const;
    void link(qint64 row, const std::vector<clinical::Identifier> &ids);
    void write(qint64 row, const PersonFeed &feed);
    QString newKey(const PersonFeed &feed) const;
    Database &m_db;
    QByteArray m_secret;
    QString m_authority;
};

// "6103021234567" or "610302-1234567" with a possible date: a resident number, whatever root it came under.
bool looksLikeResidentNumber(const QString &text);

} // namespace naru::practice
