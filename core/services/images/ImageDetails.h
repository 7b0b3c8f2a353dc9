// What the store keeps sealed beside studies, series and instances: CBOR of a few values and of the facts.
#pragma once

#include "core/services/ImageTypes.h"
#include "core/storage/stores/ImageStore.h"

namespace naru::services {

// Of the images' own words; keys, sums and matches are the store's.
StudyRow studyFromFacts(const imaging::ImageFacts &facts, const QString &source);
SeriesRow seriesFromFacts(const imaging::ImageFacts &facts);

QByteArray toDetails(const StudyRow &row);
QByteArray toDetails(const SeriesRow &row);
QByteArray toDetails(const imaging::ImageFacts &facts);

// Unreadable details give rows that have their keys and sums all the same.
StudyRow studyRow(const storage::ImageStudy &stored);
SeriesRow seriesRow(const storage::ImageSeries &stored);
InstanceRow instanceRow(const storage::ImageInstance &stored);

// What a further series adds to a study: its modality, and what the first one did not say.
StudyRow mergedStudy(StudyRow known, const StudyRow &more);

// Identifiers the store tells things apart by. Objects without UIDs (ACR-NEMA) go by their bytes.
void fillIdentity(storage::StagedImage &staged, const imaging::ImageFacts &facts);

} // namespace naru::services
