#include "app/practice/imaging/ImageShelf.h"

#include <QJsonDocument>

namespace naru::practice {

namespace {
ShelvedStudy shelved(const Statement &row)
{
    return {SeedStudy::fromJson(QJsonDocument::fromJson(row.text(0).toUtf8()).object()), row.text(1)};
}
} // namespace

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
}

std::optional<ShelvedStudy> ImageShelf::find(const QString &studyUid) const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), "SELECT words, patient FROM image_study WHERE study_uid = ?");
    row.bind(1, studyUid);
    return row.step() ? std::optional(shelved(row)) : std::nullopt;
}

std::vector<ShelvedStudy> ImageShelf::all() const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), "SELECT words, patient FROM image_study ORDER BY study_uid");
    std::vector<ShelvedStudy> out;
    while (row.step())
        out.push_back(shelved(row));
    return out;
}

std::vector<ImageAddress> ImageShelf::images(
    const ShelvedStudy &study, const QString &seriesUid, const QString &sopUid) const
{
    std::vector<ImageAddress> out;
    for (const PhantomSeries &series : study.study.series()) {
        if (!seriesUid.isEmpty() && study.study.seriesUid(series) != seriesUid)
            continue;
        for (int image = 0; image < series.images; ++image) {
            if (sopUid.isEmpty() || study.study.sopUid(series, image) == sopUid)
                out.push_back({study, series, image});
        }
    }
    return out;
}

qint64 ImageShelf::count() const
{
    auto lock = m_db.lock();
    Statement row(m_db.handle(), "SELECT count(*) FROM image_study");
    return row.step() ? row.integer(0) : 0;
}

} // namespace naru::practice
