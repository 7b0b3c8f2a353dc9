// Images kept here: import from folders, discs and archives, instances from the network, the lists the viewer
// shows, the bytes it decodes, and the way out as files. Bytes are sealed unchanged; DICOM is parsed by the
// confined decoder only. Every method may be called from any thread.
#pragma once

#include "core/imaging/objects/Anonymise.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/series/Stack.h"
#include "core/services/ImageTypes.h"
#include "core/services/Profile.h"
#include "core/services/Types.h"

#include <memory>

namespace naru::services {

class ImageDesk;

class ImageService {
public:
    explicit ImageService(Profile::Internals &internals);
    ~ImageService();

    // Files, folders (with all below, symbolic links left out) and ZIP archives. What is complete when `work`
    // is stopped stays (report.stopped). `patient`: all that comes goes into this chart, whatever the images
    // say (a contradiction is ImageMatch::Mismatch); empty: charts are found by id and birth date. Fails only
    // when nothing could be tried: disk full, decoder missing, a path that does not exist. `arrived` is
    // called on a worker thread each time a part of it is durable and listed, so that the first image can be
    // shown before the rest is here.
    using Arrived = std::function<void(const ImportReport &soFar)>;
    base::Result<ImportReport> import(const QStringList &paths, const PatientKey &patient,
        const base::WorkContext &work, const Arrived &arrived = {});

    // One instance from the network. Durable and listed when it returns; with `durable` false it may wait
    // for its neighbours until flush() or for about a third of a second and one more put(). `accept` sees
    // what the instance says of itself before anything of it is kept; its error refuses the instance.
    using Accept = std::function<base::Status(const imaging::ImageFacts &)>;
    base::Result<PutOutcome> put(const QByteArray &bytes, const QString &source, bool durable = true,
        const PatientKey &patient = {}, const Accept &accept = {});
    base::Status flush();

    // A study from an imaging source of the exchange (DICOMweb, RAD-69). What is here already is not fetched
    // again, so that a fetch that was cut goes on. Fails when nothing could be asked (services.NoConsent,
    // BadStudyUid, NoImagingSource, ImagesUnlisted, StudyNotOffered, ImageOtherChart, ImagesOfAnother, net.*,
    // ihe.*); later failures are in the report, beside what came. Images of another study or patient are
    // refused. `arrived` is called on this thread each time more is durable and listed, the first image at
    // once.
    using FetchArrived = std::function<void(const ImageFetchReport &soFar)>;
    base::Result<ImageFetchReport> fetchFromExchange(const ImageFetchRequest &request,
        const base::WorkContext &work = {}, const FetchArrived &arrived = {});

    std::vector<StudyRow> studies(const StudyFilter &filter = {}); // newest study date first
    base::Result<StudyRow> study(const QString &studyKey); // services.NoStudy
    std::vector<SeriesRow> series(const QString &studyKey); // by number, then description
    // By number, then UID; with facts, so that nothing is decoded to lay out a study.
    std::vector<InstanceRow> instances(const QString &seriesKey);
    // The same for a viewer, to which `handle`, the key, and the facts are all.
    std::vector<imaging::InstanceRef> pictures(const QString &seriesKey);
    // The instance that a viewer will probably show first; a guess that costs no facts. Empty: none.
    QString likelyFirst(const QString &studyKey);
    // The bytes, unsealed in memory; the same QByteArray while it is in the cache (64 MiB), so that the pool
    // knows it again. Recorded in the audit trail once an hour per user and study. services.NoImage.
    base::Result<imaging::ImageSource> source(const QString &instanceKey);
    // The decoders of this profile, started at the first call (imaging.DecoderStart); alive as long as the
    // service.
    base::Result<imaging::DecoderPool *> pool();

    // A person says whose images these are; empty: nobody's. The row's match says what the images think.
    base::Status assign(const QString &studyKey, const PatientKey &patient);
    // services.NoStudy; services.ImagesWaiting while images of it are on their way to the exchange.
    base::Status remove(const QString &studyKey);
    void forgetOpened(); // bytes that source() keeps; the lock calls it
    // Into a folder that is empty or not there yet, or into a new file that ends in ".zip": original bytes
    // under DICOM/ with names made here, and a DICOMDIR. Everything is read back and compared before this
    // succeeds; nothing is left behind when it fails.
    base::Result<ExportReport> exportTo(
        const QString &studyKey, const QString &path, const base::WorkContext &work = {});
    // Into a folder that is empty or not there yet, without the patient (PS3.15 annex E): the same
    // identifiers and dates stand for the same ones throughout the study. What cannot be freed of the patient
    // is left out and counted (`leftOut`); `warnings` says what a person has to look at. Nothing stays when
    // it fails.
    base::Result<ExportReport> exportAnonymised(const QString &studyKey, const QString &folder,
        const imaging::AnonymiseOptions &options, const base::WorkContext &work = {});

private:
    Profile::Internals &m;
    std::unique_ptr<ImageDesk> m_desk;
};

// What differs: "birthDate", "sex", "name". What either side does not say differs in nothing, nor do names in
// different scripts.
QStringList differencesFrom(const clinical::Patient &chart, const StudyRow &study);
QString imageMatchKey(ImageMatch match); // "matched" "unmatched" "mismatch"

} // namespace naru::services
