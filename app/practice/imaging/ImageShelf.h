// The studies of the imaging source: seeded ones are a row of words each, from which the images are made when
// they are asked for; stored ones are files below DATA/images, named by hash, and a row an image.
#pragma once

#include "app/practice/db/Database.h"
#include "app/practice/seed/imaging/SeedStudy.h"

#include <QSet>

#include <mutex>
#include <optional>

namespace naru::practice {

struct ShelvedStudy {
    SeedStudy study{}; // without a kind: only stored images
    QString patient{}; // canonical CX in the affinity domain; of a seeded study
};

// An image that somebody stored.
struct StoredImage {
    QString studyUid{}, seriesUid{}, sopUid{}, syntax{};
    int number = 0; // Instance Number
    QString file{}, hash{}; // absolute; SHA-256, hex
    qint64 size = 0;
    QByteArray header{}; // DICOM JSON of what lists show
};

// One image of a study, made or stored.
struct ImageAddress {
    ShelvedStudy of{};
    PhantomSeries series{};
    int image = 0;
    std::optional<StoredImage> stored{};

    QString seriesUid() const;
    QString sopUid() const;
    QString syntax() const;
    QJsonObject header() const; // DICOM JSON
    QByteArray bytes() const; // empty when the file is damaged: a missing image, never a wrong one
};

// Whose images a viewer may see of a study.
struct Sharing {
    bool seeded = false;
    QSet<QString> institutions{}; // that stored images and shared them in a manifest the viewer may see
    bool any() const { return seeded || !institutions.isEmpty(); }
};

class ImageShelf {
public:
    ImageShelf(Database &db, QString folder);

    void add(const SeedStudy &study, const QString &patient);
    std::optional<ShelvedStudy> find(const QString &studyUid) const;
    std::vector<ShelvedStudy> all() const; // by study UID
    // The images of a study, of one series of it, or the one image; empty when the names do not fit together.
    std::vector<ImageAddress> images(const ShelvedStudy &study, const Sharing &sharing,
        const QString &seriesUid = {}, const QString &sopUid = {}) const;
    qint64 count() const; // seeded studies
    qint64 storedCount() const; // stored images
    qint64 exceptionCount() const; // images that came without consent, each time they came

    enum class Kept : char { New, Same, Different };
    // Durable when it returns. `patient`: canonical CX of whose chart number it carries, or empty. Throws
    // DatabaseFailure when the disk refuses. `purpose`: why it may come without consent, written down with
    // it.
    Kept keep(StoredImage image, const QByteArray &bytes, const QString &institution, const QString &patient,
        const QString &purpose = {});
    // A document (by uniqueId) that names studies.
    void refer(const QString &documentUniqueId, const QStringList &studyUids);
    QStringList documentsNaming(const QString &studyUid) const;
    // For whom the institution stored images of the study: canonical CX, "" for nobody known.
    QSet<QString> patientsOf(const QString &studyUid, const QString &institution) const;

private:
    std::vector<StoredImage> storedImages(const QString &studyUid, const QSet<QString> &institutions) const;
    std::optional<StoredImage> storedImage(const QString &sopUid) const;
    bool isMade(const StoredImage &image, QByteArray &bytes) const;
    Database &m_db;
    QString m_folder;
    std::mutex m_storing{};
};

} // namespace naru::practice
