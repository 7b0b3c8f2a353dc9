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

// The syllables that make the name: clinics append marks to tell namesakes apart (홍길동A).
QString syllables(const QString &name, Script script)
{
    const QString plain = base::normalized(name);
    QString out;
    std::copy_if(plain.cbegin(), plain.cend(), std::back_inserter(out), [script](QChar c) {
        return c.script() == (script == Script::Hangul ? QChar::Script_Hangul : QChar::Script_Han);
    });
    return out;
}

QStringList wordsOf(const QString &name)
{
    QString plain = base::normalized(name).toLower();
    plain.replace(QLatin1Char('^'), QLatin1Char(' ')).replace(QLatin1Char('-'), QLatin1Char(' '));
    QStringList words = plain.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    words.sort();
    return words;
}

QStringList without(QStringList words, qsizetype at)
{
    words.removeAt(at);
    return words;
}

// Whether one side's words, put one behind the other in some order, are the other side's: "gil dong" and
// "gildong". `rest` is what of a word of `mine` has no partner yet.
bool fits(const QString &rest, const QStringList &mine, const QStringList &theirs)
{
    if (rest.isEmpty()) {
        for (qsizetype i = 0; i < mine.size(); ++i) {
            if (fits(mine[i], without(mine, i), theirs))
                return true;
        }
        return mine.isEmpty() && theirs.isEmpty();
    }
    for (qsizetype i = 0; i < theirs.size(); ++i) {
        const QString &word = theirs[i];
        if (rest.startsWith(word)
                ? fits(rest.mid(word.size()), mine, without(theirs, i))
                : word.startsWith(rest) && fits(word.mid(rest.size()), without(theirs, i), mine))
            return true;
    }
    return false;
}

// Order does not count for Latin names, nor where they are parted: HONG^GILDONG, "Gil-Dong Hong". The letters
// do: Mina is not Nami.
bool sameWords(const QStringList &a, const QStringList &b)
{
    constexpr qsizetype Most = 12; // of both, to be tried in every order
    return a == b || (a.size() + b.size() <= Most && fits({}, a, b));
}

bool sameName(const QString &a, const QString &b, Script script)
{
    return script == Script::Latin ? sameWords(wordsOf(a), wordsOf(b))
                                   : syllables(a, script) == syllables(b, script);
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
        if (sameName(name, chart, script))
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
