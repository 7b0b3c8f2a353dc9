#include "app/practice/seed/SeedPatients.h"

namespace naru::practice {

namespace {
constexpr int homonymEvery = 12;
constexpr int specialNameEvery = 23;
constexpr int guardianAge = 14; // PIPA 22-2: consent through the legal representative below this age

QString mobile(SeedRandom &random)
{
    // 010-0xxx-xxxx is not given out to subscribers.
    return QStringLiteral("010-0%1-%2").arg(random.digits(3), random.digits(4));
}

void nameAndSex(clinical::Patient &patient, int index, const SeedTables &tables, SeedRandom &random)
{
    if (index > 0 && index % specialNameEvery == 0) {
        const QStringList list = tables.names.value(
            index % (2 * specialNameEvery) == 0 ? QStringLiteral("longko") : QStringLiteral("foreign"));
        const QString chosen = list.value((index / specialNameEvery) % list.size());
        patient.name = chosen.section(QLatin1Char(','), 0, 0);
        patient.sex = chosen.endsWith(QLatin1Char('F')) ? clinical::Sex::Female : clinical::Sex::Male;
        return;
    }
    patient.sex = random.chance(50) ? clinical::Sex::Male : clinical::Sex::Female;
    const bool male = patient.sex == clinical::Sex::Male;
    patient.name = random.pick(tables.names.value(QStringLiteral("surname")))
        + random.pick(tables.names.value(male ? QStringLiteral("male") : QStringLiteral("female")));
}

QDate birthDate(int index, const QDate &today, SeedRandom &random)
{
    if (index == 0)
        return QDate(today.year() - 61, 3, 2);
    const int age = index % 9 == 4 ? random.between(1, 13) : random.between(18, 91);
    return today.addYears(-age).addDays(-random.between(1, 364));
}

void guardianOf(clinical::Patient &patient, const SeedTables &tables, SeedRandom &random)
{
    clinical::Guardian guardian;
    guardian.relation = random.pick(tables.names.value(QStringLiteral("relation")));
    const bool male = guardian.relation == QLatin1String("FTH");
    const bool sharesName = male && patient.name.size() <= 4;
    guardian.name =
        (sharesName ? patient.name.left(1) : random.pick(tables.names.value(QStringLiteral("surname"))))
        + random.pick(tables.names.value(male ? QStringLiteral("male") : QStringLiteral("female")));
    guardian.phone = mobile(random);
    guardian.address = patient.address;
    patient.guardian = guardian;
}
} // namespace

QString makeDoctorName(const SeedTables &tables, SeedRandom &random)
{
    return random.pick(tables.names.value(QStringLiteral("surname")))
        + random.pick(
            tables.names.value(random.chance(50) ? QStringLiteral("male") : QStringLiteral("female")));
}

clinical::Identifier chartNumber(SeedPatient &patient, const QString &institutionOid, SeedRandom &random)
{
    if (patient.homeOid == institutionOid)
        return patient.patient.localId;
    for (const clinical::Identifier &id : patient.otherIds) {
        if (id.root == institutionOid)
            return id;
    }
    patient.otherIds.push_back(
        {institutionOid, QStringLiteral("%1").arg(random.between(10000000, 99999999))});
    return patient.otherIds.back();
}

std::vector<SeedPatient> makePatients(const SeedOptions &options, const SeedTables &tables,
    const std::vector<clinical::Institution> &institutions, SeedRandom &random)
{
    std::vector<SeedPatient> out;
    for (int i = 0; i < options.patients; ++i) {
        SeedPatient one;
        clinical::Patient &patient = one.patient;
        nameAndSex(patient, i, tables, random);
        QDate born = birthDate(i, options.today, random);
        if (i > 0 && i % homonymEvery == 0) {
            const clinical::Patient &twin = out[size_t(i - homonymEvery / 2)].patient;
            patient.name = twin.name;
            patient.sex = twin.sex;
            if (born == twin.birthDate.date())
                born = born.addDays(-1);
        }
        patient.birthDate = base::Timestamp::fromDate(born);
        patient.phone = mobile(random);
        const QString district = random.pick(tables.names.value(QStringLiteral("district")));
        patient.address = {
            QStringLiteral("%1 %2").arg(district.section(QLatin1Char(','), 0, 0)).arg(random.between(1, 180)),
            QStringLiteral("%1동 %2호")
                .arg(random.between(101, 118))
                .arg(random.between(1, 20) * 100 + random.between(1, 4)),
            district.section(QLatin1Char(','), 1, 1)};
        const clinical::Institution &home = institutions[size_t(random.below(int(institutions.size())))];
        one.homeOid = i % 5 == 0 && !options.clinicOid.isEmpty() ? options.clinicOid : home.oid;
        patient.localId = {one.homeOid, QStringLiteral("%1").arg(20000000 + i * 7 + random.below(7))};
        if (patient.ageOn(options.today) < guardianAge)
            guardianOf(patient, tables, random);
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace naru::practice
