#include "core/services/images/PatientMatch.h"

#include "core/base/Hangul.h"

#include <algorithm>

namespace naru::services {

namespace {
enum class Script : char { None, Latin, Hangul, Han };

Script scriptOf(const QString &text)
{
    Script found = Script::None;
    for (const QChar c : text) {
        const QChar::Script script = c.script();
        if (script == QChar::Script_Hangul)
            return Script::Hangul;
        if (script == QChar::Script_Han)
            found = Script::Han;
        else if (script == QChar::Script_Latin && found == Script::None)
            found = Script::Latin;
    }
    return found;
}

// The letters that make the name. Order does not count for Latin ones: HONG^GILDONG, "Gildong Hong". Hangul
// names keep their syllables only, since clinics append marks to tell namesakes apart (홍길동A).
QString core(const QString &name, Script script)
{
    QString plain = base::normalized(name);
    if (script != Script::Latin) {
        QString out;
        std::copy_if(plain.cbegin(), plain.cend(), std::back_inserter(out), [script](QChar c) {
            return c.script() == (script == Script::Hangul ? QChar::Script_Hangul : QChar::Script_Han);
        });
        return out;
    }
    plain.replace(QLatin1Char('^'), QLatin1Char(' '));
    QStringList words = plain.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    words.sort();
    QString letters = words.join(QString());
    // "GIL-DONG", "GIL DONG" and "GILDONG": the same letters in some order of words.
    letters.remove(QLatin1Char('-'));
    std::sort(letters.begin(), letters.end());
    return letters;
}

bool nameDiffers(const QString &chart, const QString &image)
{
    const Script script = scriptOf(chart);
    bool compared = false;
    for (const QString &group : image.split(QLatin1Char('='))) {
        if (script == Script::None || scriptOf(group) != script)
            continue;
        compared = true;
        // Family, given and middle name; prefix and suffix are no part of a chart's name.
        const QString name = group.section(QLatin1Char('^'), 0, 2);
        if (core(name, script) == core(chart, script))
            return false;
    }
    return compared;
}

QDate dateOf(const QString &dicom)
{
    return QDate::fromString(dicom.trimmed().left(8), QStringLiteral("yyyyMMdd"));
}

bool sameBirth(const clinical::Patient &chart, const StudyRow &study)
{
    const QDate date = dateOf(study.birthDate);
    return date.isValid() && chart.birthDate.date() == date;
}
} // namespace

QStringList differencesFrom(const clinical::Patient &chart, const StudyRow &study)
{
    QStringList out;
    const QDate birth = dateOf(study.birthDate);
    if (birth.isValid() && chart.birthDate.date().isValid() && birth != chart.birthDate.date())
        out.append(QStringLiteral("birthDate"));
    const QString sex = study.sex.trimmed().toUpper();
    const bool told = sex == QLatin1String("M") || sex == QLatin1String("F");
    const bool known = chart.sex == clinical::Sex::Male || chart.sex == clinical::Sex::Female;
    if (told && known && (sex == QLatin1String("M")) != (chart.sex == clinical::Sex::Male))
        out.append(QStringLiteral("sex"));
    if (nameDiffers(chart.name, study.patientName))
        out.append(QStringLiteral("name"));
    return out;
}

PatientKey chartFor(const Profile::Internals &in, const StudyRow &study)
{
    if (study.patientId.isEmpty())
        return {};
    const QString ours = in.clinic().institution.oid;
    std::optional<storage::PatientRecord> chart;
    // An issuer that is not this clinic numbers other people.
    if (study.issuerOfPatientId.isEmpty() || study.issuerOfPatientId == ours) {
        if (auto found = in.stores.patients->findByLocalId({ours, study.patientId}))
            chart = std::move(*found);
        if (chart && !sameBirth(chart->patient, study))
            chart.reset();
    }
    if (!chart && !study.issuerOfPatientId.isEmpty()) {
        if (auto found = in.stores.patients->findByExchangeId({study.issuerOfPatientId, study.patientId}))
            chart = std::move(*found);
    }
    return chart && differencesFrom(chart->patient, study).isEmpty() ? chart->key : PatientKey();
}

} // namespace naru::services
