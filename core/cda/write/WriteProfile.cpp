#include "core/cda/write/WriteProfile.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/cda/tables/formsTable.h"
#include "core/cda/tables/sectionsTable.h"

namespace naru::cda {

namespace {
// "@name" is a row of the OID table, anything else an OID.
QString resolved(const QString &word)
{
    return word.startsWith(QLatin1Char('@')) ? base::oid(word.mid(1).toLatin1().constData()).text() : word;
}

QStringList resolvedList(const QString &words)
{
    QStringList out;
    for (const QString &word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        out.append(resolved(word));
    return out;
}

clinical::CodedValue codeFrom(const base::TsvTable &table, int row)
{
    clinical::CodedValue code;
    code.display = table.at(row, "display");
    code.displayEn = table.at(row, "displayEn");
    if (table.at(row, "code") == QLatin1String("-")) {
        code.nullFlavor = QStringLiteral("UNK");
        return code;
    }
    code.code = table.at(row, "code");
    code.system = resolved(table.at(row, "system"));
    return code;
}

WriteProfile load()
{
    WriteProfile profile;
    const base::TsvTable forms = base::TsvTable::parse(tables::forms);
    for (int row = 0; row < forms.rowCount(); ++row)
        profile.forms.push_back(
            {clinical::formFromKey(forms.at(row, "form")), resolvedList(forms.at(row, "templates")),
                codeFrom(forms, row), forms.at(row, "sections").split(QLatin1Char(' '), Qt::SkipEmptyParts)});
    const base::TsvTable sections = base::TsvTable::parse(tables::sections);
    for (int row = 0; row < sections.rowCount(); ++row)
        profile.sections.push_back({sections.at(row, "key"), codeFrom(sections, row),
            resolvedList(sections.at(row, "templates")), resolvedList(sections.at(row, "aliases"))});
    return profile;
}

bool sameCode(const clinical::CodedValue &a, const clinical::CodedValue &b)
{
    return !a.code.isEmpty() && a.code == b.code
        && (a.system.isEmpty() || b.system.isEmpty() || a.system == b.system);
}

bool shares(const QStringList &a, const QStringList &b)
{
    for (const QString &item : a) {
        if (b.contains(item))
            return true;
    }
    return false;
}
} // namespace

const WriteProfile &WriteProfile::standard()
{
    static const WriteProfile profile = load();
    return profile;
}

const FormTemplate *WriteProfile::form(clinical::Form form) const
{
    for (const FormTemplate &row : forms) {
        if (row.form == form)
            return &row;
    }
    return nullptr;
}

const SectionTemplate *WriteProfile::section(const QString &key) const
{
    for (const SectionTemplate &row : sections) {
        if (row.key == key)
            return &row;
    }
    return nullptr;
}

const SectionTemplate *WriteProfile::sectionFor(
    const QStringList &templateIds, const clinical::CodedValue &code) const
{
    for (const SectionTemplate &row : sections) {
        if (sameCode(row.code, code) || row.aliasCodes.contains(code.code))
            return &row;
    }
    for (const SectionTemplate &row : sections) {
        if (shares(row.templateIds, templateIds) || shares(row.aliasCodes, templateIds))
            return &row;
    }
    return nullptr;
}

clinical::Form WriteProfile::formFor(const QStringList &templateIds) const
{
    for (const FormTemplate &row : forms) {
        if (!row.templateIds.isEmpty() && templateIds.contains(row.templateIds.first()))
            return row.form;
    }
    return clinical::Form::Unknown;
}

void WriteProfile::setDocumentCode(clinical::Form form, const clinical::CodedValue &code)
{
    for (FormTemplate &row : forms) {
        if (row.form == form)
            row.code = code;
    }
}

} // namespace naru::cda
