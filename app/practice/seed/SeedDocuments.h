// Documents of one patient's course, and consents.
#pragma once

#include "app/practice/seed/SeedPatients.h"

namespace naru::practice {

class SeedDocuments {
public:
    SeedDocuments(const SeedTables &tables, const std::vector<clinical::Institution> &institutions,
        const QString &clinicOid)
        : m_tables(tables)
        , m_institutions(institutions)
        , m_clinicOid(clinicOid)
    {
    }

    struct Visit {
        const SeedCase *course = nullptr;
        clinical::Form form = clinical::Form::Summary;
        QDate day{};
        QDate onset{}; // of the illness
        QDate longAgo{}; // since when the patient has had chronic illnesses: {years} in texts
        double progress = 0; // 0 start of the course, 1 its end: where the laboratory values stand
        QString hospitalOid{}; // empty: chosen
        const SeedDocument *answers = nullptr; // the referral that a return or reply answers
    };
    SeedDocument make(SeedPatient &patient, int patientIndex, const Visit &visit, SeedRandom &random);
    SeedDocument makeConsent(
        SeedPatient &patient, int patientIndex, bool withdrawal, const QDate &day, SeedRandom &random);

    // Fills id, times, hash and the rest of the metadata from the values and writes the bytes.
    static void seal(SeedDocument &one, const clinical::Institution &author, int serial, SeedRandom &random);

private:
    const clinical::Institution &chooseHospital(const SeedCase &course, SeedRandom &random) const;
    const clinical::Institution &chooseClinic(const SeedCase &course, SeedRandom &random) const;
    const clinical::Institution &byOid(const QString &oid) const;
    std::vector<SeedStudy> makeStudies(clinical::Document &document, const Visit &visit, int serial) const;
    void fill(clinical::Document &document, const Visit &visit, SeedRandom &random) const;

    const SeedTables &m_tables;
    const std::vector<clinical::Institution> &m_institutions;
    QString m_clinicOid;
    int m_serial = 0;
};

clinical::Practitioner makeDoctor(const SeedTables &tables, const clinical::Institution &institution,
    const QString &departmentCode, SeedRandom &random);

} // namespace naru::practice
