// A profile whose clock stands still until it is moved, its terms, and masters of a few rows for it.
#pragma once

#include "ServiceFixture.h"

#include "core/base/Oid.h"
#include "core/services/TermService.h"

namespace naru::test {

inline const QStringList kcd{QStringLiteral("kcd")};

inline terminology::Concept made(const char *code, const char *ko, const char *system = "kcd")
{
    terminology::Concept term;
    term.system = base::oid(system).text();
    term.code = QString::fromLatin1(code);
    term.ko = QString::fromUtf8(ko);
    return term;
}

// Codes of one name, so that only use can tell them apart.
inline std::vector<terminology::Concept> twins()
{
    return {made("Z901", "나루열"), made("Z902", "나루열"), made("Z903", "나루열"), made("Z904", "나루열")};
}

inline QStringList codesOf(const std::vector<services::TermHit> &hits)
{
    QStringList out;
    for (const services::TermHit &hit : hits)
        out.append(hit.code);
    return out;
}

inline const QByteArray captions =
    "상병기호,한글명,영문명,완전코드구분,주상병사용구분,법정감염병구분,성별구분,상한"
    "연령,하한연령,양·한방구분\n";
inline QByteArray row(const char *code, const char *ko)
{
    return QByteArray(code) + ',' + ko + ",Made up,완전코드,가능,,,,,양방\n";
}

class TermFixture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<test::Clinic>();
        qputenv("XDG_DATA_HOME", m->folder.path().toUtf8());
        m->clock = std::make_shared<base::ManualClock>(QDateTime::currentDateTimeUtc());
        VERIFY_OK(m->openOffline());
    }
    void cleanup() { m.reset(); }

protected:
    services::TermService &terms() { return m->profile->terms(); }
    QString termsFolder() const { return m->folder.filePath(QStringLiteral("data/terms")); }
    // As another program of the same profile would.
    void install(
        std::vector<terminology::Concept> terms, const char *master = "kcd", QDate from = {}, QDate to = {})
    {
        terminology::IndexMeta meta;
        meta.title = QStringLiteral("test");
        meta.validFrom = from;
        meta.validTo = to;
        terminology::TermStore store(termsFolder());
        VERIFY_OK(store.install(QString::fromLatin1(master), meta, std::move(terms)));
        (void)this->terms().refresh(true);
    }
    QStringList found(const char *query, const services::TermContext &context = {})
    {
        return codesOf(terms().search(QString::fromUtf8(query), kcd, context).hits);
    }
    services::TermHit shown(const char *code, const char *system = "kcd")
    {
        const auto hit = terms().show(QString::fromLatin1(code), QLatin1String(system));
        return hit ? *hit : services::TermHit();
    }
    QString write(const char *name, const QByteArray &bytes)
    {
        const QString path = m->folder.filePath(QLatin1String(name));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return path;
    }
    base::Result<services::TermImport> import(const QByteArray &rows, const base::WorkContext &work = {})
    {
        terminology::ImportOptions options;
        options.master = QStringLiteral("kcd");
        return terms().importMaster({write("master.csv", captions + rows)}, options, work);
    }

    std::unique_ptr<Clinic> m{};
};

} // namespace naru::test
