// Images: rows of study, series and instance, and one sealed file an instance (images/<xx>/<random hex>).
// What DICOM says is opaque here ("details", sealed with the row) but for the number of an instance, by which
// they are listed; lookups go through blind indexes. A file
// gets a random name and is synced before a row names it, so it needs no renaming: what no row names is
// swept. Thread-safe.
#pragma once

#include "core/security/Sealer.h"
#include "core/storage/Database.h"

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

namespace naru::storage {

struct ImageStudy {
    QString key{}; // random UUID
    QString patientKey{}; // chart or empty
    bool byPerson = false; // a person chose the chart (or none)
    int version = 1; // of the instances; see ImageService
    QByteArray details{};
    int series = 0, instances = 0;
    qint64 bytes = 0;
    QDateTime stored{}, updated{};
    friend bool operator==(const ImageStudy &, const ImageStudy &) = default;
};

struct ImageSeries {
    QString key{}, studyKey{};
    QByteArray details{};
    int instances = 0, frames = 0;
    friend bool operator==(const ImageSeries &, const ImageSeries &) = default;
};

struct ImageInstance {
    QString key{}, seriesKey{}, studyKey{};
    QByteArray details{};
    QByteArray digest{}; // blind index of the SHA-256 of the bytes
    qint64 bytes = 0;
    friend bool operator==(const ImageInstance &, const ImageInstance &) = default;
};

// An instance on its way in: its file is written, its row is not.
struct StagedImage {
    // Of the new instance, from stage().
    QString key{}, file{};
    QByteArray digest{};
    qint64 bytes = 0;
    // From the caller. `owner` tells patients of one study UID apart: files that name another patient never
    // join a study.
    QString studyUid{}, owner{}, seriesUid{}, sopUid{};
    QByteArray studyDetails{}, seriesDetails{}, details{};
    QString patientKey{}; // of a study that is new
    bool byPerson = false;
    int frames = 0;
    int ordinal = 0; // its number in the series, kept in the clear
};

struct ImageCommit {
    // Conflict: stored in a version of its own. Refused: that SOP instance UID has twenty contents already.
    enum class State : char { Stored, Known, Conflict, Refused };
    State state = State::Stored;
    QString studyKey{}, seriesKey{}, instanceKey{}; // of the instance that was here already when Known
    QString patientKey{}; // of the study
    bool newSeries = false;
};

class ImageStore {
public:
    ImageStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer);

    // Writes the sealed file, not synced yet.
    base::Result<StagedImage> stage(const QByteArray &bytes);
    void drop(const StagedImage &staged); // the file goes
    // Makes the files durable, then all rows in one transaction. `within` runs inside it (audit records).
    // Known ones keep the earlier row and lose the new file. Nothing is stored when this fails, and the files
    // are gone.
    using Within = std::function<base::Status(const std::vector<ImageCommit> &)>;
    base::Result<std::vector<ImageCommit>> commit(
        const std::vector<StagedImage> &staged, const Within &within = {});
    // The instance with these very bytes, if one is here.
    base::Result<std::optional<ImageInstance>> known(const QString &sopUid, const QByteArray &digest) const;
    // Of the data set and its transfer syntax: the same image is the same whoever wrote its file or sent it.
    QByteArray digestOf(const QByteArray &bytes) const;
    QByteArray digestOfFile(const QByteArray &bytes) const; // of every byte; what rows of 2026-11 hold

    base::Result<QList<ImageStudy>> studies() const;
    base::Result<QList<ImageStudy>> studiesOf(const QString &patientKey) const; // empty: in no chart
    base::Result<QList<ImageStudy>> studiesByUid(const QString &studyUid) const;
    base::Result<ImageStudy> study(const QString &key) const; // NotFound
    base::Result<QList<ImageSeries>> series(const QString &studyKey) const;
    base::Result<ImageSeries> oneSeries(const QString &key) const; // NotFound
    base::Result<QList<ImageInstance>> instances(const QString &seriesKey) const;
    // The same with `details` as they are stored, so that whoever has many opens them on several threads and
    // nobody waits for the database meanwhile.
    base::Result<QList<ImageInstance>> sealedInstances(const QString &seriesKey) const;
    base::Status open(ImageInstance &sealed) const; // SealBroken
    // Key of the one that a reader will probably look at first: in the middle of the largest series, the
    // first where there are only a few. NotFound also where instances hold several frames.
    base::Result<QString> likelyFirst(const QString &studyKey) const;
    base::Result<ImageInstance> instance(const QString &key) const; // NotFound
    base::Result<QString> studyOf(const QString &instanceKey) const; // its key; NotFound
    base::Result<QByteArray> bytes(const QString &instanceKey) const; // SealBroken when touched, NotFound

    base::Status setPatient(const QString &studyKey, const QString &patientKey, bool byPerson);
    base::Status setStudyDetails(const QString &studyKey, const QByteArray &details);
    base::Status removeStudy(const QString &studyKey); // rows first, then the files
    // Files without a row, older than an hour (a write may be under way). How many went.
    base::Result<int> sweepOrphans(int olderThanSeconds = 3600);

private:
    base::Status sync(const std::vector<StagedImage> &staged) const;
    base::Status insert(const StagedImage &staged, ImageCommit &out);
    base::Result<bool> findSame(const StagedImage &staged, ImageCommit &out) const;
    base::Status findStudy(const StagedImage &staged, ImageCommit &out, int &version) const;
    base::Status findSeries(const StagedImage &staged, ImageCommit &out);
    base::Status addStudy(const StagedImage &staged, int version, ImageCommit &out);
    base::Status addInstance(const StagedImage &staged, const ImageCommit &out);
    base::Result<bool> otherContent(const StagedImage &staged) const;
    base::Result<ImageStudy> studyOf(const Statement &row) const;
    base::Result<ImageSeries> seriesOf(const Statement &row) const;
    static ImageInstance sealedOf(const Statement &row);
    base::Result<QList<ImageStudy>> studyList(Statement row) const;
    QByteArray studyPlace(const StagedImage &staged, int version) const;
    QByteArray instancePlace(const QString &studyKey, const QString &sopUid) const;
    QString path(const QString &file) const;
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
    // Files of one commit lie in one folder as a rule, so that it is synced once.
    std::atomic<int> m_shelf{0};
};

} // namespace naru::storage
