// Invented imaging studies: which series and images one has, their identifiers, and each image and the
// manifest as bytes, made when somebody asks. A study is a few words; the same words give the same bytes.
#pragma once

#include "app/practice/seed/imaging/DicomObject.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace naru::practice {

// One row of tables/phantom_series.tsv.
struct PhantomSeries {
    QString modality{}, body{}, scene{}, description{}, plane{}, channel{};
    int number = 0, images = 0, rows = 0, columns = 0;
    double spacing = 1, step = 1; // mm
    double centre = 0, width = 0;
    QString laterality{}, view{};
};

struct SeedStudy {
    QString kind{}; // "CT CHEST", of the table
    QString studyUid{}, accession{}, description{};
    QString time{}; // yyyyMMddHHmmss, local
    QString patientName{}; // DICOM person name, all groups
    QString patientId{}, issuer{}, birth{}, sex{};
    QString institution{}, institutionOid{};
    QString reportUniqueId{}; // the document that reports on it

    bool isEmpty() const { return studyUid.isEmpty(); }
    const std::vector<PhantomSeries> &series() const; // empty for an unknown kind
    QString seriesUid(const PhantomSeries &series) const;
    QString sopUid(const PhantomSeries &series, int image) const; // image from 0
    QString manifestUid() const;
    static QString sopClass(const PhantomSeries &series);

    QJsonObject toJson() const;
    static SeedStudy fromJson(const QJsonObject &json);
};

// Everything but the pixels, as lists of images need it.
DicomObject imageHeader(const SeedStudy &study, const PhantomSeries &series, int image);
QByteArray imageFile(const SeedStudy &study, const PhantomSeries &series, int image); // Part 10
// Key object selection document of all images (PS3.16 TID 2010 "Manifest"; IHE RAD TF-3 4.68.4.1.2);
// `retrieveUid` is the Retrieve Location UID of the imaging source, `retrieveUrl` its DICOMweb address.
QByteArray manifestFile(const SeedStudy &study, const QString &retrieveUid, const QString &retrieveUrl);

} // namespace naru::practice
