#include "core/handover/Coding.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/base/tables/oidsTable.h"
#include "core/handover/Intake.h"
#include "core/handover/tables/frequenciesTable.h"
#include "core/handover/tables/hl7_codesTable.h"
#include "core/handover/tables/systemsTable.h"
#include "core/handover/tables/vitalsTable.h"

#include <QHash>
#include <algorithm>

namespace naru::handover {

namespace {
QHash<QString, QString> readSystems()
{
    QHash<QString, QString> out;
    const auto names = base::TsvTable::parse(base::tables::oids);
    for (int i = 0; i < names.rowCount(); ++i)
        out.insert(names.at(i, "name").toLower(), names.at(i, "oid"));
    const auto rows = base::TsvTable::parse(tables::systems);
    for (int i = 0; i < rows.rowCount(); ++i)
        out.insert(
            rows.at(i, "spelling").toLower(), base::oid(rows.at(i, "oid").toLatin1().constData()).text());
    return out;
}

bool hasHangul(const QString &text)
{
    return std::any_of(
        text.cbegin(), text.cend(), [](QChar c) { return c.script() == QChar::Script_Hangul; });
}
} // namespace

QString systemOid(const QString &spelling)
{
    static const QHash<QString, QString> systems = readSystems();
    const QString key = spelling.trimmed().toLower();
    if (const auto found = systems.constFind(key); found != systems.constEnd())
        return *found;
    const auto parsed = base::Oid::parse(key);
    return parsed && parsed->text().contains(QLatin1Char('.')) ? parsed->text() : QString();
}

clinical::CodedValue makeCoded(const std::vector<ReceivedCode> &codes, const QString &text,
    std::initializer_list<const char *> preferred, QString *unknownSystem)
{
    std::vector<clinical::CodedValue> values;
    for (const ReceivedCode &received : codes) {
        clinical::CodedValue value;
        value.code = Intake::text(received.code);
        value.system = systemOid(received.system);
        value.display = Intake::text(received.display);
        if (!value.display.isEmpty() && !hasHangul(value.display))
            value.displayEn = value.display;
        if (value.system.isEmpty() && !received.system.isEmpty() && unknownSystem)
            *unknownSystem = received.system;
        if (!value.isEmpty())
            values.push_back(std::move(value));
    }
    const auto rank = [&](const clinical::CodedValue &value) {
        int at = 0;
        for (const char *name : preferred) {
            if (value.system == base::oid(name).text())
                return at;
            ++at;
        }
        return value.system.isEmpty() ? at + 1 : at;
    };
    std::stable_sort(
        values.begin(), values.end(), [&](const auto &a, const auto &b) { return rank(a) < rank(b); });
    clinical::CodedValue out;
    if (!values.empty()) {
        out = values.front();
        out.translations.assign(values.begin() + 1, values.end());
    }
    for (const clinical::CodedValue &other : out.translations) {
        if (!hasHangul(out.display) && hasHangul(other.display))
            out.display = other.display;
        if (out.displayEn.isEmpty())
            out.displayEn = other.displayEn;
    }
    const QString words = Intake::text(text);
    if (out.display.isEmpty())
        out.display = words;
    else if (words != out.display)
        out.originalText = words;
    return out;
}

QString drugSystemByShape(const QString &code)
{
    const bool digits =
        std::all_of(code.cbegin(), code.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!digits)
        return {};
    return code.size() == 13 ? base::oid("kd").text()
        : code.size() == 9   ? base::oid("edi").text()
                             : QString();
}

std::optional<clinical::VitalSign> vitalByLoinc(const QString &code)
{
    static const auto rows = base::TsvTable::parse(tables::vitals);
    for (int i = 0; i < rows.rowCount(); ++i) {
        if (rows.at(i, "received") != code)
            continue;
        clinical::VitalSign out;
        out.code.code = rows.at(i, "code");
        out.code.system = base::oid("loinc").text();
        out.code.display = rows.at(i, "ko");
        out.code.displayEn = rows.at(i, "en");
        if (code != out.code.code)
            out.code.translations.push_back(
                {code, out.code.system, out.code.display, out.code.displayEn, {}, {}, {}});
        out.unit = rows.at(i, "unit");
        return out;
    }
    return {};
}

QString timesPerDayOf(const QString &pattern)
{
    static const auto rows = base::TsvTable::parse(tables::frequencies);
    for (int i = 0; i < rows.rowCount(); ++i) {
        if (rows.at(i, "pattern").compare(pattern.trimmed(), Qt::CaseInsensitive) == 0)
            return rows.at(i, "timesPerDay");
    }
    return {};
}

QString hl7Meaning(const char *table, const QString &value)
{
    static const auto rows = base::TsvTable::parse(tables::hl7_codes);
    for (int i = 0; i < rows.rowCount(); ++i) {
        if (rows.at(i, "table") == QLatin1String(table) && rows.at(i, "value") == value)
            return rows.at(i, "meaning");
    }
    return {};
}

clinical::LabResult::Category labCategoryOf(const QString &key)
{
    using Category = clinical::LabResult::Category;
    return key == QLatin1String("pathology") ? Category::Pathology
        : key == QLatin1String("radiology")  ? Category::Radiology
        : key == QLatin1String("functional") ? Category::Functional
                                             : Category::Specimen;
}

} // namespace naru::handover
