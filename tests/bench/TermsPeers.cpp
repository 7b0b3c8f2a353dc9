#include "tests/bench/TermsPeers.h"

#include "core/terminology/KeySpelling.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QStringList>

#include <sqlite3.h>

#include <cstring>

namespace naru::bench {

namespace {
using terminology::Concept;

// One FTS5 table of code, Korean and English name.
class Fts5 : public Peer {
public:
    Fts5(const QString &path, const char *tokenizer, const std::vector<Concept> &terms)
        : m_path(path)
    {
        QElapsedTimer timer;
        timer.start();
        sqlite3_open(path.toUtf8().constData(), &m_db);
        run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
        run(QByteArray("CREATE VIRTUAL TABLE t USING fts5(code, ko, en, ") + tokenizer + ")");
        run("BEGIN");
        sqlite3_stmt *insert = nullptr;
        sqlite3_prepare_v2(m_db, "INSERT INTO t VALUES(?,?,?)", -1, &insert, nullptr);
        for (const Concept &term : terms) {
            if (term.axis)
                continue; // ours leaves them out of the default search as well
            const QByteArray code = term.code.toUtf8();
            const QByteArray ko = (term.ko + u' ' + term.synonyms.join(u' ')).toUtf8();
            const QByteArray en = term.en.toUtf8();
            sqlite3_bind_text(insert, 1, code.constData(), int(code.size()), SQLITE_TRANSIENT);
            sqlite3_bind_text(insert, 2, ko.constData(), int(ko.size()), SQLITE_TRANSIENT);
            sqlite3_bind_text(insert, 3, en.constData(), int(en.size()), SQLITE_TRANSIENT);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        run("COMMIT");
        run("INSERT INTO t(t) VALUES('optimize')");
        m_seconds = double(timer.nsecsElapsed()) / 1e9;
    }
    ~Fts5() override { sqlite3_close(m_db); }
    qint64 bytes() const override { return QFileInfo(m_path).size(); }
    double buildSeconds() const override { return m_seconds; }

protected:
    static constexpr const char *ranked = "SELECT code, ko, en FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?";
    static QStringList wordsOf(const QString &query)
    {
        return query.simplified().split(u' ', Qt::SkipEmptyParts);
    }
    static QString quoted(QString text) { return u'"' + text.remove(u'"') + u'"'; }
    int ask(const char *sql, const QStringList &values, int limit)
    {
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr) != SQLITE_OK)
            return 0;
        int place = 0;
        for (const QString &value : values) {
            const QByteArray bytes = value.toUtf8();
            sqlite3_bind_text(statement, ++place, bytes.constData(), int(bytes.size()), SQLITE_TRANSIENT);
        }
        sqlite3_bind_int(statement, ++place, limit);
        int rows = 0;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            m_bytesRead += sqlite3_column_bytes(statement, 0) + sqlite3_column_bytes(statement, 1)
                + sqlite3_column_bytes(statement, 2);
            ++rows;
        }
        sqlite3_finalize(statement);
        return rows;
    }

private:
    void run(const QByteArray &sql) { sqlite3_exec(m_db, sql.constData(), nullptr, nullptr, nullptr); }
    QString m_path{};
    sqlite3 *m_db = nullptr;
    double m_seconds = 0;
    qint64 m_bytesRead = 0;
};

class Prefixes : public Fts5 {
public:
    using Fts5::Fts5;
    const char *name() const override { return "SQLite FTS5 unicode61 prefix, ranked"; }
    int rows(const QString &query, int limit) override
    {
        QStringList words;
        for (const QString &word : wordsOf(query))
            words.append(quoted(word) + u'*');
        return words.isEmpty() ? 0 : ask(ranked, {words.join(u' ')}, limit);
    }
};

class Trigram : public Fts5 {
public:
    using Fts5::Fts5;
    const char *name() const override { return "SQLite FTS5 trigram, LIKE below 3 characters"; }
    int rows(const QString &query, int limit) override
    {
        QStringList words;
        bool shorter = false;
        for (const QString &word : wordsOf(query)) {
            shorter = shorter || word.size() < 3;
            words.append(shorter ? word : quoted(word));
        }
        if (!shorter)
            return ask(ranked, {words.join(u' ')}, limit);
        const QString like = u'%' + query.simplified().split(u' ').join(u'%') + u'%';
        return ask("SELECT code, ko, en FROM t WHERE ko LIKE ? OR en LIKE ? OR code LIKE ? ORDER BY "
                   "length(ko) LIMIT ?",
            {like, like, like}, limit);
    }
};

// The floor of everything without an index: all names as keys in one piece of memory, read once a query.
class Scan : public Peer {
public:
    explicit Scan(const std::vector<Concept> &terms)
    {
        QElapsedTimer timer;
        timer.start();
        for (const Concept &term : terms) {
            if (term.axis)
                continue;
            m_text += terminology::spell(term.code).bytes + '\1' + terminology::spell(term.ko).bytes + '\1'
                + terminology::spell(term.en).bytes + '\0';
        }
        m_seconds = double(timer.nsecsElapsed()) / 1e9;
    }
    const char *name() const override { return "plain scan of key bytes, one word, unranked (floor)"; }
    int rows(const QString &query, int limit) override
    {
        const QByteArray keys = terminology::spell(query).bytes;
        const char *at = m_text.constData(), *end = at + m_text.size();
        int rows = 0;
        while (keys.size() > 0) {
            const auto *hit = static_cast<const char *>(
                memmem(at, size_t(end - at), keys.constData(), size_t(keys.size())));
            if (!hit)
                break;
            ++rows;
            const void *next = std::memchr(hit, 0, size_t(end - hit));
            at = next ? static_cast<const char *>(next) : end;
        }
        return std::min(rows, limit);
    }
    qint64 bytes() const override { return m_text.size(); }
    double buildSeconds() const override { return m_seconds; }

private:
    QByteArray m_text{};
    double m_seconds = 0;
};
} // namespace

std::vector<std::unique_ptr<Peer>> peers(const QString &folder, const std::vector<Concept> &terms)
{
    std::vector<std::unique_ptr<Peer>> out;
    out.push_back(std::make_unique<Prefixes>(folder + QStringLiteral("/prefix.db"), "prefix='1 2 3'", terms));
    out.push_back(
        std::make_unique<Trigram>(folder + QStringLiteral("/trigram.db"), "tokenize='trigram'", terms));
    out.push_back(std::make_unique<Scan>(terms));
    return out;
}

} // namespace naru::bench
