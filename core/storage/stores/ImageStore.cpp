#include "core/storage/stores/ImageStore.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"

#include <QDir>
#include <QUuid>

#include <algorithm>

namespace naru::storage {

using security::Purpose;

namespace {
constexpr int mostVersions = 20;
constexpr qint64 FewViews = 5; // fewer are views of an examination, read in their order, and no stack

security::SealPlace place(const char *table, const QString &key, const char *column = "sealed")
{
    return {QLatin1String(table), key, QLatin1String(column)};
}

QString newKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

constexpr const char *studyColumns =
    "SELECT key, patient_key, by_person, version, sealed, series, instances, bytes, stored, updated "
    "FROM image_study ";
constexpr const char *seriesColumns = "SELECT key, study_key, sealed, instances, frames FROM image_series ";
constexpr const char *instanceColumns =
    "SELECT key, series_key, study_key, sealed, digest, bytes FROM image_instance ";

QByteArray sql(const char *columns, const char *rest)
{
    return QByteArray(columns) + rest;
}

template <typename T, typename Read> base::Result<QList<T>> all(Statement &row, const Read &read)
{
    QList<T> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        NARU_ASSIGN(T next, read(row));
        out.push_back(std::move(next));
    }
}
} // namespace

ImageStore::ImageStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
    , m_shelf(quint8(base::randomBytes(1).front()))
{
}

QByteArray ImageStore::studyPlace(const StagedImage &staged, int version) const
{
    const QChar mark(u'\x1f');
    return m_sealer->blindIndex(QStringLiteral("image.study"),
        staged.studyUid + mark + staged.owner + mark + QString::number(version));
}

QByteArray ImageStore::instancePlace(const QString &studyKey, const QString &sopUid) const
{
    return m_sealer->blindIndex(QStringLiteral("image.instance"), studyKey + QChar(u'\x1f') + sopUid);
}

base::Result<std::vector<ImageCommit>> ImageStore::commit(
    const std::vector<StagedImage> &staged, const Within &within)
{
    std::vector<ImageCommit> out(staged.size());
    base::Status status = sync(staged);
    if (status) {
        status = m_database->inTransaction([&]() -> base::Status {
            for (std::size_t i = 0; i < staged.size(); ++i)
                NARU_TRY(insert(staged[i], out[i]));
            return within ? within(out) : base::Status();
        });
    }
    for (std::size_t i = 0; i < staged.size(); ++i) {
        const bool kept = status
            && (out[i].state == ImageCommit::State::Stored || out[i].state == ImageCommit::State::Conflict);
        if (!kept)
            drop(staged[i]);
    }
    m_shelf = quint8(base::randomBytes(1).front());
    if (!status)
        return status.error();
    return out;
}

base::Status ImageStore::insert(const StagedImage &staged, ImageCommit &out)
{
    NARU_ASSIGN(const bool here, findSame(staged, out));
    if (here)
        return {};
    int version = 1;
    NARU_TRY(findStudy(staged, out, version));
    if (version > mostVersions) {
        out.state = ImageCommit::State::Refused;
        return {};
    }
    NARU_ASSIGN(const bool conflict, otherContent(staged));
    out.state = conflict ? ImageCommit::State::Conflict : ImageCommit::State::Stored;
    if (out.studyKey.isEmpty())
        NARU_TRY(addStudy(staged, version, out));
    NARU_TRY(findSeries(staged, out));
    out.instanceKey = staged.key;
    NARU_TRY(addInstance(staged, out));
    NARU_ASSIGN(Statement series,
        m_database->prepare(
            "UPDATE image_series SET instances = instances + 1, frames = frames + ? WHERE key = ?"));
    NARU_TRY(series.bindAll(staged.frames, out.seriesKey).run());
    NARU_ASSIGN(Statement study,
        m_database->prepare("UPDATE image_study SET instances = instances + 1, bytes = bytes + ?, "
                            "series = series + ?, updated = ? WHERE key = ?"));
    study.bind(1, staged.bytes).bind(2, out.newSeries).bindTime(3, QDateTime::currentDateTimeUtc());
    return study.bind(4, out.studyKey).run();
}

base::Result<bool> ImageStore::findSame(const StagedImage &staged, ImageCommit &out) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "SELECT i.key, i.series_key, i.study_key, s.patient_key FROM image_instance i "
            "JOIN image_study s ON s.key = i.study_key WHERE i.blind_sop = ? AND i.digest = ?"));
    row.bindAll(m_sealer->blindIndex(QStringLiteral("image.sop"), staged.sopUid), staged.digest);
    NARU_ASSIGN(const bool found, row.step());
    if (!found)
        return false;
    out = {ImageCommit::State::Known, row.text(2), row.text(1), row.text(0), row.text(3)};
    return true;
}

// The lowest version of the study that does not know this SOP instance UID; without a key in `out` when it is
// to be made.
base::Status ImageStore::findStudy(const StagedImage &staged, ImageCommit &out, int &version) const
{
    const QByteArray sop = m_sealer->blindIndex(QStringLiteral("image.sop"), staged.sopUid);
    for (version = 1; version <= mostVersions; ++version) {
        NARU_ASSIGN(Statement row,
            m_database->prepare(
                "SELECT s.key, s.patient_key, i.key FROM image_study s LEFT JOIN image_instance i "
                "ON i.study_key = s.key AND i.blind_sop = ? WHERE s.blind_place = ?"));
        NARU_ASSIGN(const bool exists, row.bindAll(sop, studyPlace(staged, version)).step());
        if (!exists)
            return {};
        if (row.isNull(2)) {
            out.studyKey = row.text(0);
            out.patientKey = row.text(1);
            return {};
        }
    }
    return {};
}

base::Result<bool> ImageStore::otherContent(const StagedImage &staged) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare("SELECT 1 FROM image_instance WHERE blind_sop = ? AND digest <> ?"));
    return row.bindAll(m_sealer->blindIndex(QStringLiteral("image.sop"), staged.sopUid), staged.digest)
        .step();
}

base::Status ImageStore::addStudy(const StagedImage &staged, int version, ImageCommit &out)
{
    out.studyKey = newKey();
    out.patientKey = staged.patientKey;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    NARU_ASSIGN(
        Statement row, m_database->prepare("INSERT INTO image_study VALUES (?,?,?,?,?,?,?,0,0,0,?,?)"));
    row.bindAll(out.studyKey, staged.patientKey, staged.byPerson, version,
        m_sealer->blindIndex(QStringLiteral("image.studyUid"), staged.studyUid), studyPlace(staged, version),
        m_sealer->seal(Purpose::Images, place("image_study", out.studyKey), staged.studyDetails));
    return row.bindTime(8, now).bindTime(9, now).run();
}

base::Status ImageStore::findSeries(const StagedImage &staged, ImageCommit &out)
{
    const QByteArray where = m_sealer->blindIndex(
        QStringLiteral("image.series"), out.studyKey + QChar(u'\x1f') + staged.seriesUid);
    {
        NARU_ASSIGN(Statement row, m_database->prepare("SELECT key FROM image_series WHERE blind_place = ?"));
        NARU_ASSIGN(const bool found, row.bindAll(where).step());
        if (found) {
            out.seriesKey = row.text(0);
            return {};
        }
    }
    out.newSeries = true;
    out.seriesKey = newKey();
    NARU_ASSIGN(Statement row, m_database->prepare("INSERT INTO image_series VALUES (?,?,?,?,0,0)"));
    return row
        .bindAll(out.seriesKey, out.studyKey, where,
            m_sealer->seal(Purpose::Images, place("image_series", out.seriesKey), staged.seriesDetails))
        .run();
}

base::Status ImageStore::addInstance(const StagedImage &staged, const ImageCommit &out)
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "INSERT INTO image_instance (key, series_key, study_key, blind_sop, blind_place, digest, file, "
            "bytes, sealed, ordinal) VALUES (?,?,?,?,?,?,?,?,?,?)"));
    return row
        .bindAll(staged.key, out.seriesKey, out.studyKey,
            m_sealer->blindIndex(QStringLiteral("image.sop"), staged.sopUid),
            instancePlace(out.studyKey, staged.sopUid), staged.digest, staged.file, staged.bytes,
            m_sealer->seal(Purpose::Images, place("image_instance", staged.key), staged.details),
            staged.ordinal)
        .run();
}

base::Result<std::optional<ImageInstance>> ImageStore::known(
    const QString &sopUid, const QByteArray &digest) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(sql(instanceColumns, "WHERE blind_sop = ? AND digest = ?").constData()));
    row.bindAll(m_sealer->blindIndex(QStringLiteral("image.sop"), sopUid), digest);
    NARU_ASSIGN(const bool found, row.step());
    if (!found)
        return std::optional<ImageInstance>();
    ImageInstance out = sealedOf(row);
    NARU_TRY(open(out));
    return std::optional(std::move(out));
}

base::Result<ImageStudy> ImageStore::studyOf(const Statement &row) const
{
    ImageStudy out;
    out.key = row.text(0);
    out.patientKey = row.text(1);
    out.byPerson = row.flag(2);
    out.version = int(row.number(3));
    NARU_ASSIGN(out.details, m_sealer->open(Purpose::Images, place("image_study", out.key), row.blob(4)));
    out.series = int(row.number(5));
    out.instances = int(row.number(6));
    out.bytes = row.number(7);
    out.stored = row.time(8);
    out.updated = row.time(9);
    return out;
}

base::Result<ImageSeries> ImageStore::seriesOf(const Statement &row) const
{
    ImageSeries out;
    out.key = row.text(0);
    out.studyKey = row.text(1);
    NARU_ASSIGN(out.details, m_sealer->open(Purpose::Images, place("image_series", out.key), row.blob(2)));
    out.instances = int(row.number(3));
    out.frames = int(row.number(4));
    return out;
}

ImageInstance ImageStore::sealedOf(const Statement &row)
{
    ImageInstance out;
    out.key = row.text(0);
    out.seriesKey = row.text(1);
    out.studyKey = row.text(2);
    out.details = row.blob(3);
    out.digest = row.blob(4);
    out.bytes = row.number(5);
    return out;
}

base::Result<QList<ImageStudy>> ImageStore::studyList(Statement row) const
{
    return all<ImageStudy>(row, [this](const Statement &each) { return studyOf(each); });
}

base::Result<QList<ImageStudy>> ImageStore::studies() const
{
    NARU_ASSIGN(Statement row, m_database->prepare(studyColumns));
    return studyList(std::move(row));
}

base::Result<QList<ImageStudy>> ImageStore::studiesOf(const QString &patientKey) const
{
    NARU_ASSIGN(Statement row, m_database->prepare(sql(studyColumns, "WHERE patient_key = ?").constData()));
    row.bindAll(patientKey);
    return studyList(std::move(row));
}

base::Result<QList<ImageStudy>> ImageStore::studiesByUid(const QString &studyUid) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(sql(studyColumns, "WHERE blind_uid = ? ORDER BY version").constData()));
    row.bindAll(m_sealer->blindIndex(QStringLiteral("image.studyUid"), studyUid));
    return studyList(std::move(row));
}

base::Result<ImageStudy> ImageStore::study(const QString &key) const
{
    NARU_ASSIGN(Statement row, m_database->prepare(sql(studyColumns, "WHERE key = ?").constData()));
    NARU_ASSIGN(const bool found, row.bindAll(key).step());
    if (!found)
        return base::Error(errors::NotFound);
    return studyOf(row);
}

base::Result<QList<ImageSeries>> ImageStore::series(const QString &studyKey) const
{
    NARU_ASSIGN(Statement row, m_database->prepare(sql(seriesColumns, "WHERE study_key = ?").constData()));
    row.bindAll(studyKey);
    return all<ImageSeries>(row, [this](const Statement &each) { return seriesOf(each); });
}

base::Result<ImageSeries> ImageStore::oneSeries(const QString &key) const
{
    NARU_ASSIGN(Statement row, m_database->prepare(sql(seriesColumns, "WHERE key = ?").constData()));
    NARU_ASSIGN(const bool found, row.bindAll(key).step());
    if (!found)
        return base::Error(errors::NotFound);
    return seriesOf(row);
}

base::Status ImageStore::open(ImageInstance &sealed) const
{
    NARU_ASSIGN(
        sealed.details, m_sealer->open(Purpose::Images, place("image_instance", sealed.key), sealed.details));
    return {};
}

base::Result<QList<ImageInstance>> ImageStore::instances(const QString &seriesKey) const
{
    NARU_ASSIGN(QList<ImageInstance> rows, sealedInstances(seriesKey));
    for (ImageInstance &row : rows)
        NARU_TRY(open(row));
    return rows;
}

base::Result<QList<ImageInstance>> ImageStore::sealedInstances(const QString &seriesKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            sql(instanceColumns, "WHERE series_key = ? ORDER BY ordinal, number").constData()));
    row.bindAll(seriesKey);
    QString studyKey; // that of all
    return all<ImageInstance>(row, [&](const Statement &each) {
        if (studyKey.isEmpty())
            studyKey = each.text(2);
        return base::Result<ImageInstance>(
            ImageInstance{each.text(0), seriesKey, studyKey, each.blob(3), each.blob(4), each.number(5)});
    });
}

base::Result<QString> ImageStore::likelyFirst(const QString &studyKey) const
{
    NARU_ASSIGN(Statement series,
        m_database->prepare("SELECT key, instances, frames FROM image_series WHERE study_key = ? "
                            "ORDER BY frames DESC LIMIT 1"));
    NARU_ASSIGN(const bool any, series.bindAll(studyKey).step());
    if (!any || series.number(1) != series.number(2))
        return base::Error(errors::NotFound);
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "SELECT key FROM image_instance WHERE series_key = ? ORDER BY ordinal, number LIMIT 1 OFFSET ?"));
    const qint64 count = series.number(1);
    NARU_ASSIGN(const bool found, row.bindAll(series.text(0), count < FewViews ? 0 : count / 2).step());
    if (!found)
        return base::Error(errors::NotFound);
    return row.text(0);
}

base::Result<ImageInstance> ImageStore::instance(const QString &key) const
{
    NARU_ASSIGN(Statement row, m_database->prepare(sql(instanceColumns, "WHERE key = ?").constData()));
    NARU_ASSIGN(const bool found, row.bindAll(key).step());
    if (!found)
        return base::Error(errors::NotFound);
    ImageInstance out = sealedOf(row);
    NARU_TRY(open(out));
    return out;
}

base::Result<QString> ImageStore::studyOf(const QString &instanceKey) const
{
    NARU_ASSIGN(Statement row, m_database->prepare("SELECT study_key FROM image_instance WHERE key = ?"));
    NARU_ASSIGN(const bool found, row.bindAll(instanceKey).step());
    if (!found)
        return base::Error(errors::NotFound);
    return row.text(0);
}

base::Status ImageStore::setPatient(const QString &studyKey, const QString &patientKey, bool byPerson)
{
    NARU_ASSIGN(Statement row,
        m_database->prepare("UPDATE image_study SET patient_key = ?, by_person = ? WHERE key = ?"));
    return row.bindAll(patientKey, byPerson, studyKey).run();
}

base::Status ImageStore::setStudyDetails(const QString &studyKey, const QByteArray &details)
{
    NARU_ASSIGN(Statement row, m_database->prepare("UPDATE image_study SET sealed = ? WHERE key = ?"));
    return row.bindAll(m_sealer->seal(Purpose::Images, place("image_study", studyKey), details), studyKey)
        .run();
}

} // namespace naru::storage
