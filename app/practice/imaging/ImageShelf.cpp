#include "app/practice/imaging/ImageShelf.h"

#include "core/base/Digest.h"
#include "core/base/Oid.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace naru::practice {

namespace {
constexpr const char *columns =
    "SELECT study_uid, series_uid, sop_uid, syntax, number, file, hash, size, header FROM image_file ";

ShelvedStudy shelved(const Statement &row)
{
    return {SeedStudy::fromJson(QJsonDocument::fromJson(row.text(0).toUtf8()).object()), row.text(1)};
}

ShelvedStudy onlyStored(const QString &studyUid)
{
    ShelvedStudy out;
    out.study.studyUid = studyUid;
    return out;
}

StoredImage storedFrom(const Statement &row, const QString &folder)
{
    return {row.text(0), row.text(1), row.text(2), row.text(3), int(row.integer(4)),
        folder + QLatin1Char('/') + row.text(5), row.text(6), row.integer(7), row.bytes(8)};
}
} // namespace

QString ImageAddress::seriesUid() const
{
    return stored ? stored->seriesUid : of.study.seriesUid(series);
}

QString ImageAddress::sopUid() const
{
    return stored ? stored->sopUid : of.study.sopUid(series, image);
}

QString ImageAddress::syntax() const
{
    return stored ? stored->syntax : base::oid("tsExplicitLE").text();
}

QJsonObject ImageAddress::header() const
{
    return stored ? QJsonDocument::fromJson(stored->header).object()
                  : imageHeader(of.study, series, image).json();
}

QByteArray ImageAddress::bytes() const
{
    if (!stored)
        return imageFile(of.study, series, image);
    QFile file(stored->file);
    const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return base::sha256Hex(bytes) == stored->hash ? bytes : QByteArray();
}

ImageShelf::ImageShelf(Database &db, QString folder)
    : m_db(db)
    , m_folder(std::move(folder))
{
    QDir().mkpath(m_folder);
}

void ImageShelf::add(const SeedStudy &study, const QString &patient)
{
    auto lock = m_db.lock();
    Statement(
        m_db.handle(), "INSERT OR IGNORE INTO image_study(study_uid, patient, report, words) VALUES(?,?,?,?)")
        .bind(1, study.studyUid)
        .bind(2, patient)
        .bind(3, study.reportUniqueId)
        .bind(4, QString::fromUtf8(QJsonDocument(study.toJson()).toJson(QJsonDocument::Compact)))
        .run();
    refer(study.reportUniqueId, {study.studyUid});
}

std::optional<ShelvedStudy> ImageShelf::find(const QString &studyUid) const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), "SELECT words, patient FROM image_study WHERE study_uid = ?");
    row.bind(1, studyUid);
    if (row.step())
        return shelved(row);
    Statement file(m_db.handle(), "SELECT 1 FROM image_file WHERE study_uid = ? LIMIT 1");
    file.bind(1, studyUid);
    return file.step() ? std::optional(onlyStored(studyUid)) : std::nullopt;
}

std::vector<ShelvedStudy> ImageShelf::all() const
{
    auto lock = m_db.lock();
    std::map<QString, ShelvedStudy> byUid;
    Statement row(m_db.handle(), "SELECT words, patient FROM image_study");
    while (row.step()) {
        ShelvedStudy one = shelved(row);
        byUid.insert_or_assign(one.study.studyUid, one);
    }
    Statement file(m_db.handle(), "SELECT DISTINCT study_uid FROM image_file");
    while (file.step())
        byUid.emplace(file.text(0), onlyStored(file.text(0)));
    std::vector<ShelvedStudy> out;
    out.reserve(byUid.size());
    for (auto &[uid, one] : byUid)
        out.push_back(std::move(one));
    return out;
}

std::vector<StoredImage> ImageShelf::storedImages(
    const QString &studyUid, const QSet<QString> &institutions) const
{
    auto lock = m_db.lock();
    QSet<QString> held;
    Statement holder(m_db.handle(), "SELECT sop_uid, institution FROM image_holder WHERE study_uid = ?");
    holder.bind(1, studyUid);
    while (holder.step()) {
        if (institutions.contains(holder.text(1)))
            held.insert(holder.text(0));
    }
    std::vector<StoredImage> out;
    Statement row(m_db.handle(),
        (QByteArray(columns) + "WHERE study_uid = ? ORDER BY series_uid, number, sop_uid").constData());
    row.bind(1, studyUid);
    while (row.step()) {
        if (held.contains(row.text(2)))
            out.push_back(storedFrom(row, m_folder));
    }
    return out;
}

std::vector<ImageAddress> ImageShelf::images(
    const ShelvedStudy &study, const Sharing &sharing, const QString &seriesUid, const QString &sopUid) const
{
    std::vector<ImageAddress> out;
    for (const PhantomSeries &series : study.study.series()) {
        if (!sharing.seeded || (!seriesUid.isEmpty() && study.study.seriesUid(series) != seriesUid))
            continue;
        for (int image = 0; image < series.images; ++image) {
            if (sopUid.isEmpty() || study.study.sopUid(series, image) == sopUid)
                out.push_back({study, series, image, {}});
        }
    }
    if (sharing.institutions.isEmpty())
        return out;
    for (StoredImage &one : storedImages(study.study.studyUid, sharing.institutions)) {
        if ((seriesUid.isEmpty() || one.seriesUid == seriesUid) && (sopUid.isEmpty() || one.sopUid == sopUid))
            out.push_back({study, {}, 0, std::move(one)});
    }
    return out;
}

qint64 ImageShelf::count() const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), "SELECT count(*) FROM image_study");
    return row.step() ? row.integer(0) : 0;
}

qint64 ImageShelf::storedCount() const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), "SELECT count(*) FROM image_file");
    return row.step() ? row.integer(0) : 0;
}

qint64 ImageShelf::exceptionCount() const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), "SELECT count(*) FROM image_exception");
    return row.step() ? row.integer(0) : 0;
}

std::optional<StoredImage> ImageShelf::storedImage(const QString &sopUid) const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), (QByteArray(columns) + "WHERE sop_uid = ?").constData());
    row.bind(1, sopUid);
    return row.step() ? std::optional(storedFrom(row, m_folder)) : std::nullopt;
}

// A seeded image of that name; then its bytes are the ones that count.
bool ImageShelf::isMade(const StoredImage &image, QByteArray &bytes) const
{
    const auto study = find(image.studyUid);
    if (!study)
        return false;
    Sharing seeded;
    seeded.seeded = true;
    const auto made = images(*study, seeded, image.seriesUid, image.sopUid);
    if (made.size() == 1)
        bytes = made.front().bytes();
    return made.size() == 1;
}

ImageShelf::Kept ImageShelf::keep(StoredImage image, const QByteArray &bytes, const QString &institution,
    const QString &patient, const QString &purpose)
{
    const std::lock_guard turn(m_storing);
    QByteArray made;
    const bool seeded = isMade(image, made);
    image.hash = base::sha256Hex(bytes);
    const auto before = storedImage(image.sopUid);
    if ((seeded && made != bytes)
        || (before
            && (before->hash != image.hash || before->studyUid != image.studyUid
                || before->seriesUid != image.seriesUid)))
        return Kept::Different;
    if (!seeded && !before) {
        image.file =
            base::sha256Hex((image.sopUid + QLatin1Char('|') + image.hash).toUtf8()) + QStringLiteral(".dcm");
        QSaveFile file(m_folder + QLatin1Char('/') + image.file);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
            throw DatabaseFailure("an image could not be written");
    }
    Transaction transaction(m_db);
    if (!seeded && !before)
        Statement(m_db.handle(),
            "INSERT INTO image_file(study_uid, series_uid, sop_uid, syntax, number, file, hash, size, "
            "header) "
            "VALUES(?,?,?,?,?,?,?,?,?)")
            .bind(1, image.studyUid)
            .bind(2, image.seriesUid)
            .bind(3, image.sopUid)
            .bind(4, image.syntax)
            .bind(5, qint64(image.number))
            .bind(6, image.file)
            .bind(7, image.hash)
            .bind(8, qint64(bytes.size()))
            .bindBytes(9, image.header)
            .run();
    if (!purpose.isEmpty())
        Statement(
            m_db.handle(), "INSERT INTO image_exception(sop_uid, institution, purpose, time) VALUES(?,?,?,?)")
            .bind(1, image.sopUid)
            .bind(2, institution)
            .bind(3, purpose)
            .bind(4, QDateTime::currentDateTimeUtc().toString(Qt::ISODate))
            .run();
    Statement(m_db.handle(),
        "INSERT OR REPLACE INTO image_holder(sop_uid, study_uid, institution, patient) VALUES(?,?,?,?)")
        .bind(1, image.sopUid)
        .bind(2, image.studyUid)
        .bind(3, institution)
        .bind(4, patient)
        .run();
    transaction.commit();
    return seeded || before ? Kept::Same : Kept::New;
}

void ImageShelf::refer(const QString &documentUniqueId, const QStringList &studyUids)
{
    auto lock = m_db.lock();
    for (const QString &studyUid : studyUids)
        Statement(m_db.handle(), "INSERT OR IGNORE INTO image_reference(study_uid, document) VALUES(?,?)")
            .bind(1, studyUid)
            .bind(2, documentUniqueId)
            .run();
}

QStringList ImageShelf::documentsNaming(const QString &studyUid) const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), "SELECT document FROM image_reference WHERE study_uid = ?");
    row.bind(1, studyUid);
    QStringList out;
    while (row.step())
        out.append(row.text(0));
    return out;
}

QSet<QString> ImageShelf::patientsOf(const QString &studyUid, const QString &institution) const
{
    auto lock = m_db.lock();
    Statement row(
        m_db.handle(), "SELECT DISTINCT patient FROM image_holder WHERE study_uid = ? AND institution = ?");
    row.bind(1, studyUid).bind(2, institution);
    QSet<QString> out;
    while (row.step())
        out.insert(row.text(0));
    return out;
}

} // namespace naru::practice
