#include "core/clinical/forms/FormSpec.h"

#include "core/base/Tsv.h"
#include "core/clinical/forms/formsTable.h"
#include "core/clinical/forms/valuesetsTable.h"

#include <algorithm>
#include <map>

namespace naru::clinical {

namespace {
FieldKind kindFrom(const QString &word)
{
    static const QMap<QString, FieldKind> kinds{{QStringLiteral("text"), FieldKind::Text},
        {QStringLiteral("multiline"), FieldKind::Multiline}, {QStringLiteral("date"), FieldKind::Date},
        {QStringLiteral("datetime"), FieldKind::DateTime}, {QStringLiteral("code"), FieldKind::Code},
        {QStringLiteral("concept"), FieldKind::Concept}, {QStringLiteral("list"), FieldKind::List},
        {QStringLiteral("group"), FieldKind::Group}, {QStringLiteral("institution"), FieldKind::Institution},
        {QStringLiteral("flag"), FieldKind::Flag}, {QStringLiteral("image"), FieldKind::Image}};
    return kinds.value(word, FieldKind::Text);
}

Requirement requirementFrom(const QString &word)
{
    if (word == QLatin1String("required"))
        return Requirement::Required;
    return word == QLatin1String("relay") ? Requirement::Relay : Requirement::Optional;
}

FieldSpec specFrom(const base::TsvTable &table, int row)
{
    FieldSpec spec;
    spec.form = formFromKey(table.at(row, "form"));
    spec.key = table.at(row, "key");
    spec.section = table.at(row, "section");
    spec.labelKo = table.at(row, "ko");
    spec.labelEn = table.at(row, "en");
    spec.kind = kindFrom(table.at(row, "kind"));
    spec.requirement = requirementFrom(table.at(row, "requirement"));
    spec.valueSet = table.at(row, "valueSet");
    spec.hintKo = table.at(row, "hintKo");
    spec.hintEn = table.at(row, "hintEn");
    spec.order = table.at(row, "order").toInt();
    return spec;
}

QString parentOf(const QString &key)
{
    return key.left(key.indexOf(QLatin1Char('.')));
}

using FormMap = std::map<Form, std::vector<FieldSpec>>;

// Top-level rows in order, each followed by its members.
FormMap loadForms()
{
    const base::TsvTable table = base::TsvTable::parse(tables::forms);
    std::vector<FieldSpec> all;
    all.reserve(std::size_t(table.rowCount()));
    for (int row = 0; row < table.rowCount(); ++row)
        all.push_back(specFrom(table, row));
    FormMap forms;
    for (const FieldSpec &spec : all) {
        if (spec.form != Form::Unknown && !spec.isMember())
            forms[spec.form].push_back(spec);
    }
    for (auto &[form, specs] : forms) {
        std::stable_sort(specs.begin(), specs.end(), [](auto &a, auto &b) { return a.order < b.order; });
        std::vector<FieldSpec> full;
        for (const FieldSpec &top : specs) {
            full.push_back(top);
            for (FieldSpec member : all) {
                const bool ours = member.form == form || member.form == Form::Unknown;
                if (!ours || !member.isMember() || parentOf(member.key) != top.key)
                    continue;
                member.form = form;
                full.push_back(std::move(member));
            }
        }
        specs = std::move(full);
    }
    return forms;
}

const FormMap &allForms()
{
    static const FormMap forms = loadForms();
    return forms;
}

using ChoiceMap = std::map<QString, std::vector<Choice>>;
const ChoiceMap &allChoices()
{
    static const ChoiceMap choices = [] {
        ChoiceMap out;
        const base::TsvTable table = base::TsvTable::parse(tables::valuesets);
        for (int row = 0; row < table.rowCount(); ++row)
            out[table.at(row, "set")].push_back(
                {table.at(row, "code"), table.at(row, "ko"), table.at(row, "en")});
        return out;
    }();
    return choices;
}
} // namespace

const std::vector<FieldSpec> &formFields(Form form)
{
    static const std::vector<FieldSpec> none;
    const auto it = allForms().find(form);
    return it == allForms().end() ? none : it->second;
}

const FieldSpec *fieldSpec(Form form, const QString &key)
{
    for (const FieldSpec &spec : formFields(form)) {
        if (spec.key == key)
            return &spec;
    }
    return nullptr;
}

std::vector<FieldSpec> formSections(Form form)
{
    std::vector<FieldSpec> out;
    for (const FieldSpec &spec : formFields(form)) {
        if (!spec.isMember())
            out.push_back(spec);
    }
    return out;
}

std::vector<Choice> valueSetChoices(const QString &valueSet)
{
    const auto it = allChoices().find(valueSet);
    return it == allChoices().end() ? std::vector<Choice>() : it->second;
}

QString choiceKo(const QString &valueSet, const QString &code)
{
    for (const Choice &choice : valueSetChoices(valueSet)) {
        if (choice.code == code)
            return choice.ko;
    }
    return code;
}

QString choiceCode(const QString &valueSet, const QString &ko)
{
    for (const Choice &choice : valueSetChoices(valueSet)) {
        if (choice.ko == ko)
            return choice.code;
    }
    return ko;
}

} // namespace naru::clinical
