#include "app/practice/seed/SeedWorld.h"

#include "app/practice/seed/SeedDocuments.h"
#include "core/base/Errors.h"

#include <algorithm>

namespace naru::practice {

using clinical::Form;

namespace {
constexpr int spanDays = 4 * 365;
constexpr int longCourseDocuments = 50;
constexpr Form longCourse[] = {Form::Summary, Form::Summary, Form::ImagingReport, Form::Summary,
    Form::Referral, Form::Reply, Form::Summary, Form::Return};

std::vector<const SeedCase *> casesFor(
    const SeedTables &tables, const clinical::Patient &patient, const QDate &today)
{
    std::vector<const SeedCase *> out;
    const int age = patient.ageOn(today);
    const QString sex = clinical::sexToHl7(patient.sex);
    for (const SeedCase &one : tables.cases) {
        // Four years ago the patient was younger: the youngest age counts then.
        if (age - 4 < one.youngest || age > one.oldest || (one.sex != QLatin1String("*") && one.sex != sex))
            continue;
        for (int weight = 0; weight < one.weight; ++weight)
            out.push_back(&one);
    }
    return out;
}

class WorldMaker {
public:
    WorldMaker(SeedWorld &world, const SeedTables &tables)
        : m_world(world)
        , m_tables(tables)
        , m_random(world.options.seed)
        , m_documents(tables, world.institutions, world.options.clinicOid)
    {
    }

    void run()
    {
        m_world.patients = makePatients(m_world.options, m_tables, m_world.institutions, m_random);
        longPatient();
        int turn = 0;
        while (m_made < m_world.options.documents && turn < m_world.options.documents * 50) {
            const int patient = 1 + turn++ % (m_world.options.patients - 1);
            course(patient);
        }
        consents();
        std::stable_sort(m_world.documents.begin(), m_world.documents.end(),
            [](const SeedDocument &a, const SeedDocument &b) { return a.creationTime < b.creationTime; });
    }

private:
    QDate day(int ago) const { return m_world.options.today.addDays(-ago); }

    // Before the oldest document, different for each patient, the same in all documents of one.
    QDate longAgo(int patient) const { return day(spanDays + 200 + patient * 37 % 1200); }

    void add(SeedDocument document)
    {
        m_world.documents.push_back(std::move(document));
        ++m_made;
    }

    // Twelve cases fit a patient of 61; the long course is diabetes throughout, at one hospital, every month.
    void longPatient()
    {
        const SeedCase &diabetes = m_tables.cases.front();
        const QString hospital = m_world.institutions[1].oid;
        SeedDocument lastReferral;
        for (int i = 0; i < longCourseDocuments; ++i) {
            SeedDocuments::Visit visit;
            visit.course = &diabetes;
            visit.form = longCourse[i % 8];
            visit.day = day(spanDays - 10 - i * (spanDays - 20) / longCourseDocuments);
            visit.longAgo = visit.onset = longAgo(0);
            visit.progress = double(i) / (longCourseDocuments - 1);
            visit.hospitalOid = hospital;
            const bool answer = visit.form == Form::Reply || visit.form == Form::Return;
            visit.answers = answer && !lastReferral.bytes.isEmpty() ? &lastReferral : nullptr;
            SeedDocument made = m_documents.make(m_world.patients[0], 0, visit, m_random);
            if (visit.form == Form::Referral)
                lastReferral = made;
            add(std::move(made));
        }
    }

    // One illness: a clinic refers, the hospital examines and answers; some only have a summary.
    void course(int index)
    {
        SeedPatient &patient = m_world.patients[size_t(index)];
        const auto fit = casesFor(m_tables, patient.patient, m_world.options.today);
        if (fit.empty())
            return;
        const SeedCase &chosen = *fit[size_t(m_random.below(int(fit.size())))];
        const int start = m_random.between(60, spanDays);
        std::vector<Form> forms;
        switch (m_random.below(4)) {
        case 0:
            forms = {Form::Summary};
            break;
        case 1:
            forms = {Form::Referral, m_random.chance(50) ? Form::Return : Form::Reply};
            break;
        case 2:
            forms = {chosen.has("emergency") ? Form::Emergency : Form::Summary};
            break;
        default:
            forms = {chosen.has("img") ? Form::ImagingReport : Form::Summary};
            break;
        }
        SeedDocument referral;
        for (size_t i = 0; i < forms.size() && m_made < m_world.options.documents; ++i) {
            SeedDocuments::Visit visit;
            visit.course = &chosen;
            visit.form = forms[i];
            visit.day = day(start - int(i) * 21);
            visit.longAgo = longAgo(index);
            visit.onset = chosen.chronic ? visit.longAgo : day(start + 3);
            visit.progress = forms.size() == 1 ? m_random.unit() : double(i);
            if (i > 0) {
                visit.answers = &referral;
                visit.hospitalOid = referral.document.recipients.front().institution.oid;
            }
            SeedDocument made = m_documents.make(patient, index, visit, m_random);
            if (i == 0)
                referral = made;
            add(std::move(made));
        }
    }

    void consents()
    {
        static const clinical::Department sensitive[] = {
            {QStringLiteral("0300"), QStringLiteral("정신건강의학과")},
            {QStringLiteral("1000"), QStringLiteral("산부인과")},
            {QStringLiteral("1400"), QStringLiteral("피부과")},
            {QStringLiteral("1500"), QStringLiteral("비뇨의학과")}};
        for (int i = 0; i < int(m_world.patients.size()); ++i) {
            SeedPatient &patient = m_world.patients[size_t(i)];
            if (i > 0 && !m_random.chance(85))
                continue;
            if (i > 0 && m_random.chance(12))
                patient.excludedDepartments.push_back(sensitive[m_random.below(4)]);
            patient.consent = SeedPatient::Consent::Given;
            SeedDocument given =
                m_documents.makeConsent(patient, i, false, day(m_random.between(120, 360)), m_random);
            patient.consentDocumentId = given.uniqueId;
            m_world.documents.push_back(std::move(given));
            if (i == 0 || !m_random.chance(4))
                continue;
            patient.consent = SeedPatient::Consent::Withdrawn;
            m_world.documents.push_back(
                m_documents.makeConsent(patient, i, true, day(m_random.between(2, 100)), m_random));
        }
    }

    SeedWorld &m_world;
    const SeedTables &m_tables;
    SeedRandom m_random;
    SeedDocuments m_documents;
    int m_made = 0;
};
} // namespace

base::Result<SeedWorld> makeWorld(
    const SeedOptions &options, const std::vector<clinical::Institution> &institutions)
{
    if (institutions.size() < 5 || options.patients < 40 || options.documents < 120
        || options.patients > 100000 || options.documents > 100000)
        return base::Error(
            base::errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("seed options")}});
    SeedWorld world;
    world.options = options;
    world.institutions = institutions;
    if (world.options.clinicOid.isEmpty()) {
        for (const auto &one : institutions) {
            if (one.kind == QStringLiteral("의원") && world.options.clinicOid.isEmpty())
                world.options.clinicOid = one.oid;
        }
    }
    const SeedTables tables = SeedTables::load();
    WorldMaker(world, tables).run();
    return world;
}

} // namespace naru::practice
