// The part of TermService about what is searched: releases, their removal, the clinic's aliases.
#include "core/base/Oid.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/TermDesk.h"
#include "core/services/TermService.h"
#include "core/services/TermUsageBook.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace naru::services {

std::shared_ptr<const terminology::Terminology> TermService::snapshot() const
{
    return m.terms->snapshot();
}

void TermService::warmUp() const
{
    (void)m.terms->snapshot()->search(u"ㄱ", {});
    (void)m_book->usage(m.userName(), {}, m.clock->nowUtc());
}

bool TermService::refresh(bool atOnce) const
{
    if (!m.terms->refresh(atOnce))
        return false;
    m.changed(Change::Terms);
    return true;
}

std::vector<terminology::Release> TermService::releases() const
{
    return m.terms->shelf().releases();
}

std::vector<base::Error> TermService::problems() const
{
    return m.terms->shelf().problems();
}

base::Status TermService::remove(const QString &releaseId)
{
    const base::Status removed = m.terms->remove(releaseId);
    m.record(m.events().act(QStringLiteral("settings.change"), {},
        QStringLiteral("terms: %1 removed").arg(releaseId),
        removed ? audit::Outcome::Success : audit::Outcome::MinorFailure,
        removed ? QString() : QString::fromLatin1(removed.error().code.id)));
    NARU_TRY(removed);
    m.changed(Change::Terms);
    return {};
}

TermStats TermService::stats() const
{
    return m.terms->stats();
}

QByteArray TermService::statsJson() const
{
    QJsonObject object;
    const auto counts = m.terms->snapshot()->counts();
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        object.insert(base::oidTitle(it.key()).isEmpty() ? it.key() : base::oidTitle(it.key()), it.value());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::vector<terminology::Alias> TermService::aliases() const
{
    return m.terms->shelf().aliases();
}

base::Status TermService::setAliases(const std::vector<terminology::Alias> &aliases, const QString &what)
{
    NARU_TRY(m.terms->setAliases(aliases));
    m.record(
        m.events().act(QStringLiteral("settings.change"), {}, QStringLiteral("terms: alias %1").arg(what)));
    m.changed(Change::Terms);
    return {};
}

base::Status TermService::addAlias(const terminology::Alias &given)
{
    terminology::Alias alias = given;
    alias.text = alias.text.simplified();
    alias.system = termSystemOid(alias.system);
    const auto term = m.terms->snapshot()->show(alias.system, alias.code);
    if (alias.text.isEmpty() || !term)
        return base::Error(errors::NoTerm);
    alias.code = term->code; // in the spelling of the release
    std::vector<terminology::Alias> all = aliases();
    const auto same = [&alias](const terminology::Alias &other) {
        return other.text == alias.text && other.system == alias.system && other.code == alias.code;
    };
    all.erase(std::remove_if(all.begin(), all.end(), same), all.end());
    all.push_back(alias);
    return setAliases(all, alias.code);
}

base::Status TermService::removeAlias(const terminology::Alias &alias)
{
    std::vector<terminology::Alias> all = aliases();
    const QString system = termSystemOid(alias.system);
    const auto gone = std::remove_if(all.begin(), all.end(), [&](const terminology::Alias &other) {
        return other.text == alias.text && other.system == system && other.code == alias.code;
    });
    if (gone == all.end())
        return base::Error(errors::NoTerm);
    all.erase(gone, all.end());
    return setAliases(all, alias.code);
}

} // namespace naru::services
