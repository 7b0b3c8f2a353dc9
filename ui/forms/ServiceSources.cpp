#include "ui/forms/ServiceSources.h"

#include "core/services/ComposeService.h"
#include "core/services/Profile.h"
#include "core/services/TermService.h"

#include <QCoreApplication>

namespace naru::ui {

namespace {

// The name of a form's code system -> what the search knows it by. A clinic's drug and test lists come under
// several names.
const QHash<QString, QStringList> &systemNames()
{
    static const QHash<QString, QStringList> names{
        {QStringLiteral("kd"), {QStringLiteral("kd"), QStringLiteral("edi"), QStringLiteral("atc")}},
        {QStringLiteral("edi"), {QStringLiteral("edi"), QStringLiteral("loinc")}},
        {QStringLiteral("kostom"), {QStringLiteral("kostom"), QStringLiteral("allergy")}},
    };
    return names;
}

CodeChoice asChoice(const services::TermHit &hit)
{
    CodeChoice choice;
    choice.key = hit.system + QLatin1Char('|') + hit.code;
    choice.code = hit.code;
    choice.systemName = hit.systemName;
    choice.ko = hit.ko;
    choice.en = hit.en;
    choice.matched = hit.matched;
    choice.recent = hit.recent || hit.favourite;
    choice.coded.code = hit.code;
    choice.coded.system = hit.system;
    choice.coded.display = !hit.ko.isEmpty() ? hit.ko : hit.en;
    choice.coded.displayEn = hit.en;
    return choice;
}

class TermSource final : public CodeSource {
public:
    TermSource(std::shared_ptr<services::Profile> profile, QStringList systems)
        : m_profile(std::move(profile))
        , m_systems(std::move(systems))
    {
    }
    std::vector<CodeChoice> search(const QString &query, int limit) override
    {
        std::vector<CodeChoice> rows;
        for (const services::TermHit &hit : m_profile->terms().search(query, m_systems, limit))
            rows.push_back(asChoice(hit));
        return rows;
    }
    std::vector<CodeChoice> recents(int limit) override
    {
        std::vector<CodeChoice> rows;
        for (const services::TermHit &hit : m_profile->terms().recent(m_systems, limit)) {
            rows.push_back(asChoice(hit));
            rows.back().recent = true;
        }
        return rows;
    }
    void used(const CodeChoice &choice) override
    {
        services::TermHit hit;
        hit.system = choice.coded.system;
        hit.systemName = choice.systemName;
        hit.code = choice.code;
        hit.ko = choice.ko;
        hit.en = choice.en;
        m_profile->terms().used(hit);
    }

private:
    std::shared_ptr<services::Profile> m_profile;
    QStringList m_systems;
};

class InstitutionSource final : public CodeSource {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::InstitutionSource)
public:
    explicit InstitutionSource(std::shared_ptr<services::Profile> profile)
        : m_profile(std::move(profile))
    {
    }
    std::vector<CodeChoice> search(const QString &query, int limit) override
    {
        std::vector<CodeChoice> rows;
        for (const clinical::Institution &institution : m_profile->compose().institutions(query, limit)) {
            CodeChoice row;
            row.key = institution.oid;
            row.code = institution.number;
            row.ko = institution.name;
            row.en = institution.kind;
            row.note = institution.exchanges ? tr("● exchange") : tr("not on the exchange");
            rows.push_back(row);
        }
        return rows;
    }
    std::vector<CodeChoice> recents(int limit) override { return search({}, limit); }
    void used(const CodeChoice &) override { } // remembered when the document is sent
    bool freeTextAllowed() const override { return false; }

private:
    std::shared_ptr<services::Profile> m_profile;
};

} // namespace

std::shared_ptr<CodeSource> termSource(std::shared_ptr<services::Profile> profile, const QString &valueSet)
{
    return std::make_shared<TermSource>(std::move(profile), systemNames().value(valueSet, {valueSet}));
}

std::shared_ptr<CodeSource> institutionSource(std::shared_ptr<services::Profile> profile)
{
    return std::make_shared<InstitutionSource>(std::move(profile));
}

FormContext formContext(
    DocumentModel &model, Theme &theme, bool korean, std::shared_ptr<services::Profile> profile)
{
    FormContext context{model, theme, korean, {}, {}, {}, {}, {}};
    context.institutions = institutionSource(profile);
    context.concepts = [profile](const QString &valueSet) { return termSource(profile, valueSet); };
    context.institution = [profile](const QString &oid) {
        return profile->compose().institution(oid).valueOr(clinical::Institution());
    };
    context.departments = [profile](const clinical::Institution &institution) {
        const auto departments =
            institution.departments.empty() ? profile->terms().departments() : institution.departments;
        std::vector<CodeChoice> rows;
        for (const clinical::Department &department : departments) {
            CodeChoice row;
            row.key = row.code = department.code;
            row.ko = department.name;
            rows.push_back(row);
        }
        return rows;
    };
    return context;
}

} // namespace naru::ui
