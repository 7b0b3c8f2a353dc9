// Imports: reading the files of a master, putting them in service, and what that does to favourites.
#include "core/services/AccountService.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/TermDesk.h"
#include "core/services/TermService.h"
#include "core/services/TermUsageBook.h"
#include "core/terminology/Frequency.h"

#include <QSet>

#include <algorithm>

namespace naru::services {

QString termMaster(const QString &name)
{
    for (const QString &row : terminology::masterNames()) {
        const QString key = row.section(QLatin1Char('\t'), 0, 0);
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return key;
    }
    return termSystemMaster(name);
}

base::Result<TermImport> TermDesk::importMaster(const QStringList &files, terminology::ImportOptions options,
    const base::WorkContext &work, const Look &look) const
{
    if (!options.master.isEmpty()) {
        const QString master = termMaster(options.master);
        if (master.isEmpty()) {
            QStringList known;
            for (const QString &row : terminology::masterNames())
                known.append(row.section(QLatin1Char('\t'), 0, 0));
            return base::Error(errors::NoTermSystem, {},
                {{QStringLiteral("what"), options.master},
                    {QStringLiteral("known"), known.join(QStringLiteral(", "))}});
        }
        options.master = master;
    }
    const QString about = options.forSystem.isEmpty() ? QStringLiteral("kcd") : options.forSystem;
    NARU_ASSIGN(const QStringList system, knownTermSystems({about}));
    options.forSystem = system.first();
    NARU_ASSIGN(terminology::ImportedMaster read, terminology::importMaster(files, options, work));
    if (options.master == QLatin1String("frequency"))
        read.master = terminology::frequencyMaster(termSystemName(options.forSystem));
    else if (look)
        look(read.terms);
    TermImport out;
    out.master = read.master;
    out.meta = read.meta;
    out.terms = int(read.terms.size());
    out.report = std::move(read.report);
    NARU_ASSIGN(out.change, install(out.master, out.meta, std::move(read.terms), work));
    return out;
}

base::Result<TermImport> TermService::importMaster(
    const QStringList &files, const terminology::ImportOptions &options, const base::WorkContext &work)
{
    // Concepts that somebody here has chosen before: a release may give them another code.
    QHash<QString, QString> codes;
    QStringList users;
    for (const Account &account : m.accounts->list())
        users.append(account.user);
    for (const QString &user : std::as_const(users)) {
        for (const TermMemory &memory : m_book->doctor(user)) {
            if (!memory.hit.conceptCode.isEmpty())
                codes.insert(memory.hit.conceptCode, {});
        }
    }
    QSet<QString> systems;
    auto imported = m.terms->importMaster(
        files, options, work, [&codes, &systems](const std::vector<terminology::Concept> &terms) {
            for (const terminology::Concept &term : terms) {
                systems.insert(term.system);
                if (const auto found = codes.find(term.conceptCode); found != codes.end())
                    *found = term.code;
            }
        });
    const QString what = imported ? QStringLiteral("terms: %1 %2, %3")
                                        .arg(imported->master, imported->meta.version)
                                        .arg(imported->terms)
                                  : QStringLiteral("terms: %1").arg(options.master);
    m.record(m.events().act(QStringLiteral("settings.change"), {}, what,
        imported ? audit::Outcome::Success : audit::Outcome::MinorFailure,
        imported ? QString() : QString::fromLatin1(imported.error().code.id)));
    NARU_TRY(imported);
    imported->affected = followUp(users, codes, QStringList(systems.cbegin(), systems.cend()));
    m.changed(Change::Terms);
    return imported;
}

std::vector<TermAffected> TermService::followUp(
    const QStringList &users, const QHash<QString, QString> &codes, const QStringList &systems)
{
    std::vector<TermAffected> out;
    const auto terms = m.terms->snapshot();
    const TermContext context = today({});
    for (const QString &user : users) {
        for (const TermMemory &memory : m_book->doctor(user)) {
            const TermHit &before = memory.hit;
            if (!systems.contains(before.system))
                continue;
            const auto term = terms->show(before.system, before.code);
            if (term && term->validOn(context.day))
                continue;
            TermAffected row;
            row.user = user;
            row.before = before;
            row.favourite = memory.favourite;
            const QString moved = codes.value(before.conceptCode);
            const QString next = !term && !moved.isEmpty() ? moved : term ? term->replacedBy : QString();
            if (const auto instead = terms->show(before.system, next); !next.isEmpty() && instead)
                row.instead = termRow(*terms, *instead, context);
            row.renamedCode =
                !term && !row.instead.code.isEmpty() && m_book->move(user, memory, row.instead).ok();
            out.push_back(row);
        }
    }
    // What a doctor would miss comes first.
    std::stable_sort(out.begin(), out.end(),
        [](const TermAffected &a, const TermAffected &b) { return a.favourite && !b.favourite; });
    return out;
}

} // namespace naru::services
