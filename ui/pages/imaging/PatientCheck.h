// Whether images are this patient's, for a warning that nobody can overlook. The store answers for what it
// keeps; for a disc that is only looked at the names and dates are compared here.
#pragma once

#include "core/clinical/Parties.h"
#include "core/services/ImageTypes.h"
#include "ui/text/Language.h"

namespace naru::ui {

struct PatientCheck {
    QStringList differing{}; // "birthDate" "sex" "name" "id"
    bool certain = false; // something identifying was there to compare
    bool isMismatch() const { return !differing.isEmpty(); }
};

PatientCheck checkPatient(const services::StudyRow &study, const clinical::Patient &patient);
// Name as people read it, of a DICOM name of up to three groups: the Hangul one where there is one.
QString readableName(const QString &dicomName);
// Patient's Sex in words; what is neither of the two stays as it was written.
QString readableSex(const QString &dicomSex, text::Language language);

} // namespace naru::ui
