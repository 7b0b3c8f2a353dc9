// One study as an archive names it, beside what is stored here and the chart it is to come into. Whether it
// is the chart's patient is decided here, before anything is fetched.
#pragma once

#include "core/clinical/Parties.h"
#include "core/services/ImageTypes.h"
#include "core/services/PacsTypes.h"
#include "core/services/Types.h"

namespace naru::ui {

struct FoundStudy {
    enum class Place : char {
        Nowhere, // not here
        Partly, // in this chart, some images are missing
        Here, // in this chart
        NoChart, // stored, in nobody's chart
        OtherChart // stored in the chart of somebody else
    };
    services::PacsStudy said{};
    Place place = Place::Nowhere;
    QString studyKey{}; // of the stored one, in this chart or in none
    QStringList differing{}; // "birthDate" "sex" "name": the archive or the stored images say another person
    bool certain = false; // something identifying was there to compare

    bool isOfAnother() const { return !differing.isEmpty() || place == Place::OtherChart; }
    bool isWhole() const { return said.instances < 0 ? said.here > 0 : said.here >= said.instances; }
};

// Without a chart (`patient` empty) nothing differs and nothing is certain.
FoundStudy judged(const services::PacsStudy &said, const clinical::Patient &chart,
    const services::PatientKey &patient, const std::vector<services::StudyRow> &stored);
QString placeKey(const FoundStudy &study); // of the group "archived" in text/tables/words.tsv

// As people read them: "홍길동" of "HONG^GILDONG==홍^길동", "2026-11-20" of "20261120".
QString personName(const QString &dicomName);
QString dayText(const QString &dicomDate);

} // namespace naru::ui
