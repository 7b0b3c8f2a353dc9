#include "core/cda/Words.h"

#include "core/base/Tsv.h"
#include "core/cda/tables/columnsTable.h"
#include "core/cda/tables/wordsTable.h"

#include <map>

namespace naru::cda {

using clinical::EmergencyException;
using clinical::LabResult;
using Signer = clinical::ConsentStatement::Signer;

namespace {
struct Word {
    QString group, value, ko, en;
};
const std::vector<Word> &words()
{
    static const std::vector<Word> all = [] {
        std::vector<Word> out;
        const base::TsvTable table = base::TsvTable::parse(tables::words);
        out.reserve(std::size_t(table.rowCount()));
        for (int row = 0; row < table.rowCount(); ++row)
            out.push_back(
                {table.at(row, "group"), table.at(row, "value"), table.at(row, "ko"), table.at(row, "en")});
        return out;
    }();
    return all;
}

const Word *find(const char *group, const QString &value, QString Word::*by)
{
    for (const Word &word : words()) {
        if (word.group == QLatin1String(group) && word.*by == value)
            return &word;
    }
    return nullptr;
}
} // namespace

QString wordKo(const char *group, const QString &value)
{
    const Word *word = find(group, value, &Word::value);
    return word ? word->ko : value;
}

QString wordEn(const char *group, const QString &value)
{
    const Word *word = find(group, value, &Word::value);
    return word ? word->en : value;
}

QString wordValue(const char *group, const QString &ko)
{
    const Word *word = find(group, ko, &Word::ko);
    return word ? word->value : QString();
}

const std::vector<Column> &columnsOf(const QString &section)
{
    static const std::map<QString, std::vector<Column>> all = [] {
        std::map<QString, std::vector<Column>> out;
        const base::TsvTable table = base::TsvTable::parse(tables::columns);
        for (int row = 0; row < table.rowCount(); ++row)
            out[table.at(row, "section")].push_back(
                {table.at(row, "field"), table.at(row, "ko"), table.at(row, "en")});
        out[QStringLiteral("dischargeMedications")] = out[QStringLiteral("medications")];
        return out;
    }();
    static const std::vector<Column> none;
    const auto it = all.find(section);
    return it == all.end() ? none : it->second;
}

QString signerKey(Signer signer)
{
    static const char *const keys[] = {"self", "family", "legal", "other"};
    return QLatin1String(keys[int(signer)]);
}

Signer signerFrom(const QString &key)
{
    for (const Signer signer : {Signer::Self, Signer::Family, Signer::LegalRepresentative}) {
        if (signerKey(signer) == key)
            return signer;
    }
    return Signer::Other;
}

QString exceptionKey(EmergencyException::Case which)
{
    static const char *const keys[] = {"", "unconscious", "emergency", "noGuardian"};
    return QLatin1String(keys[int(which)]);
}

EmergencyException::Case exceptionFrom(const QString &key)
{
    for (const auto which : {EmergencyException::Case::Unconscious,
             EmergencyException::Case::EmergencyPatient, EmergencyException::Case::NoGuardian}) {
        if (exceptionKey(which) == key)
            return which;
    }
    return EmergencyException::Case::None;
}

QString categoryKey(LabResult::Category category)
{
    static const char *const keys[] = {"Specimen", "Pathology", "Radiology", "Functional"};
    return QLatin1String(keys[int(category)]);
}

LabResult::Category categoryFrom(const QString &key)
{
    for (const auto category :
        {LabResult::Category::Pathology, LabResult::Category::Radiology, LabResult::Category::Functional}) {
        if (categoryKey(category).compare(key, Qt::CaseInsensitive) == 0)
            return category;
    }
    return LabResult::Category::Specimen;
}

} // namespace naru::cda
