// Whom and which study a new object belongs to. Taken from an image of the study, so that the object is filed
// where its images are: the same Patient and General Study modules (PS3.3 C.7.1.1, C.7.2.1).
#pragma once

#include "core/imaging/ImageFacts.h"
#include "core/imaging/objects/DataSetValue.h"

#include <QDateTime>

namespace naru::imaging {

struct Subject {
    QString patientName{}, patientId{}, issuerOfPatientId{}, birthDate{}, sex{}; // as in ImageFacts
    QString studyUid{}, studyDate{}, studyTime{}, studyId{}, studyDescription{}, accession{},
        referringPhysician{};
    friend bool operator==(const Subject &, const Subject &) = default;
};

Subject subjectOf(const ImageFacts &facts);
Subject subjectOf(const DataSetValue &set);

// The new object itself: its series and when, by whom and with what it was made.
struct ObjectHeader {
    Subject subject{};
    QString sopUid{}, seriesUid{}; // empty: new ones are made
    int seriesNumber = 0, instanceNumber = 1;
    QString seriesDescription{};
    QDateTime made{}; // local time; invalid: now
    QString institution{}, manufacturer{}, model{}, version{}; // empty manufacturer: this program
    friend bool operator==(const ObjectHeader &, const ObjectHeader &) = default;
};

// Patient, study, series, equipment and SOP common attributes of `header` into `set`.
void putHeader(
    const ObjectHeader &header, const QString &sopClass, const QString &modality, DataSetValue &set);
ObjectHeader headerOf(const DataSetValue &set);

QString newUid(); // 2.25.<UUID>
QString dicomDate(const QDateTime &time); // YYYYMMDD
QString dicomTime(const QDateTime &time); // HHMMSS
QDateTime fromDicom(const QString &date, const QString &time); // invalid when the date is none

} // namespace naru::imaging
