#include "ui/forms/ServiceSources.h"

#include "core/services/ComposeService.h"
#include "core/services/Profile.h"
#include "core/services/TermDesk.h"
#include "core/services/TermService.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/TermRefiner.h"
#include "ui/forms/TermRows.h"

#include <QCoreApplication>

#include <algorithm>

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

class TermSource final : public CodeSource {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::TermSource)
public:
    TermSource(std::shared_ptr<services::Profile> profile, QStringList systems, TermVisit visit)
        : m_profile(std::move(profile))
        , m_systems(std::move(systems))
        , m_visit(std::move(visit))
    {
    }

    CodeAnswer ask(const QString &query, int limit) override
    {
        const services::TermAnswer found = terms().search(query, m_systems, visit(), limit);
        return {TermRows::choices(found.hits), TermRows::choices(found.similar), found.side, false, {}};
    }
    std::vector<CodeChoice> search(const QString &query, int limit) override
    {
        return ask(query, limit).rows;
    }
    std::vector<CodeChoice> recents(int limit) override
    {
        const services::TermStart start = terms().start(m_systems, visit(), kGroup);
        std::vector<CodeChoice> rows;
        const std::pair<const std::vector<services::TermHit> &, QString> groups[]{
            {start.patient, tr("This patient's codes")}, {start.favourites, tr("Favourites")},
            {start.recent, tr("Used lately")}, {start.clinic, tr("Frequent in this clinic")}};
        for (const auto &[hits, heading] : groups) {
            for (size_t i = 0; i < hits.size() && int(rows.size()) < limit; ++i) {
                rows.push_back(TermRows::choice(hits[i]));
                rows.back().markedIn = CodeChoice::Marked::Nothing;
                rows.back().marks.clear();
                if (i == 0)
                    rows.back().heading = heading;
            }
        }
        return rows;
    }
    bool firstBeforeTyping() const override { return false; }
    int total() const override
    {
        const auto now = terms().snapshot();
        if (now != m_counted) {
            m_counted = now;
            m_total = 0;
            const QHash<QString, int> counts = now->counts();
            const QStringList oids = services::termSystemOids(m_systems);
            for (auto it = counts.cbegin(); it != counts.cend(); ++it)
                m_total += oids.isEmpty() || oids.contains(it.key()) ? it.value() : 0;
        }
        return m_total;
    }
    void used(const CodeChoice &choice) override { terms().used(TermRows::hit(choice), visit()); }
    bool hasFavourites() const override { return true; }
    bool toggleFavourite(const CodeChoice &choice) override
    {
        return terms().toggleFavourite(TermRows::hit(choice)).valueOr(choice.favourite);
    }
    bool hasHierarchy() const override { return true; }
    std::vector<CodeChoice> children(const CodeChoice &of) override
    {
        return TermRows::choices(terms().children(of.coded.code, of.coded.system, visit()));
    }
    std::vector<CodeChoice> path(const CodeChoice &of) override
    {
        return TermRows::choices(terms().path(of.coded.code, of.coded.system, visit()));
    }
    // Of one parent; where a master names none, the codes that share its first characters.
    std::vector<CodeChoice> siblings(const CodeChoice &of) override
    {
        const QString code = of.coded.code, system = of.coded.system;
        const auto shown = terms().show(code, system, visit());
        if (shown && !shown->parent.isEmpty())
            return TermRows::choices(terms().children(shown->parent, system, visit()));
        const QString head = code.left(code.size() > kCategory ? kCategory : kCategory - 1);
        std::vector<services::TermHit> near = terms().search(head, {system}, visit(), kNeighbours).hits;
        std::erase_if(near, [&](const services::TermHit &hit) {
            return !hit.code.startsWith(head) || (hit.code.size() > kCategory) != (code.size() > kCategory);
        });
        std::sort(near.begin(), near.end(), [](const auto &a, const auto &b) { return a.code < b.code; });
        std::vector<CodeChoice> rows = TermRows::choices(near);
        for (CodeChoice &row : rows)
            row.marks.clear();
        return rows;
    }
    std::vector<CodeRefinement> refinements(const CodeChoice &of) override
    {
        const QString code = of.coded.code, system = of.coded.system;
        const auto chosen = terms().show(code, system, visit());
        if (!chosen)
            return {};
        if (chosen->children > 0)
            return TermRefiner::below(*chosen, terms().children(code, system, visit()));
        // A chapter or a block above it is no code of its family.
        if (chosen->parent.isEmpty() || !code.startsWith(chosen->parent))
            return {};
        const auto parent = terms().show(chosen->parent, system, visit());
        return parent
            ? TermRefiner::beside(*chosen, *parent, terms().children(chosen->parent, system, visit()))
            : std::vector<CodeRefinement>();
    }
    std::optional<CodeChoice> judged(const clinical::CodedValue &value) override
    {
        if (value.code.isEmpty() || value.system.isEmpty())
            return {};
        if (const auto hit = terms().show(value.code, value.system, visit()))
            return TermRows::choice(*hit);
        // Only an official list can say that there is no such code: the starter terms are a part of one.
        const auto now = terms().snapshot();
        const auto &files = now->files();
        if (std::none_of(files.begin(), files.end(), [&](const auto &file) {
                return !terminology::isStarter(*file) && file->systems().contains(value.system);
            }))
            return {};
        CodeChoice unknown;
        unknown.code = value.code;
        unknown.known = false;
        return unknown;
    }
    CodePasted pasted(const QString &text) override
    {
        const services::TermPasted found = terms().pasted(text, m_systems, visit());
        return {TermRows::choices(found.hits), found.unknown};
    }
    std::vector<CodeDetail> details(const CodeChoice &choice) override
    {
        const auto hit = terms().show(choice.coded.code, choice.coded.system, visit());
        return hit ? TermRows::details(*hit, *terms().snapshot()) : std::vector<CodeDetail>();
    }

private:
    static constexpr int kGroup = 6; // rows of each group before the first key
    static constexpr int kCategory = 3;
    static constexpr int kNeighbours = 200;
    services::TermService &terms() const { return m_profile->terms(); }
    services::TermContext visit() const { return m_visit ? m_visit() : services::TermContext(); }

    std::shared_ptr<services::Profile> m_profile;
    QStringList m_systems;
    TermVisit m_visit;
    mutable std::shared_ptr<const terminology::Terminology> m_counted{};
    mutable int m_total = 0;
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

std::shared_ptr<CodeSource> termSource(
    std::shared_ptr<services::Profile> profile, const QString &valueSet, TermVisit visit)
{
    return std::make_shared<TermSource>(
        std::move(profile), systemNames().value(valueSet, {valueSet}), std::move(visit));
}

std::shared_ptr<CodeSource> institutionSource(std::shared_ptr<services::Profile> profile)
{
    return std::make_shared<InstitutionSource>(std::move(profile));
}

FormContext formContext(DocumentModel &model, Theme &theme, bool korean,
    const std::shared_ptr<services::Profile> &profile, const std::function<services::PatientKey()> &patient)
{
    FormContext context{model, theme, korean, {}, {}, {}, {}, {}};
    context.institutions = institutionSource(profile);
    const TermVisit visit = [&model, patient] {
        const clinical::Document &document = model.document();
        services::TermContext at;
        at.patient = patient ? patient() : services::PatientKey();
        at.sex = document.patient.sex;
        at.birthDate = document.patient.birthDate.date();
        at.day = document.encounter.start.date();
        at.department = document.author.department.code;
        return at;
    };
    context.concepts = [profile, visit](
                           const QString &valueSet) { return termSource(profile, valueSet, visit); };
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
