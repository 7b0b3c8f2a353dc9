// The studies of the imaging source: a row of words each, from which the images are made when they are asked
// for.
#pragma once

#include "app/practice/db/Database.h"
#include "app/practice/seed/imaging/SeedStudy.h"

#include <optional>

namespace naru::practice {

struct ShelvedStudy {
    SeedStudy study{};
    QString patient{}; // canonical CX in the affinity domain
};

// One image of a study.
struct ImageAddress {
    ShelvedStudy of{};
    PhantomSeries series{};
    int image = 0;
};

class ImageShelf {
public:
    explicit ImageShelf(Database &db)
        : m_db(db)
    {
    }
    void add(const SeedStudy &study, const QString &patient);
    std::optional<ShelvedStudy> find(const QString &studyUid) const;
    std::vector<ShelvedStudy> all() const; // by study UID
    // The images of a study, of one series of it, or the one image; empty when the names do not fit together.
    std::vector<ImageAddress> images(
        const ShelvedStudy &study, const QString &seriesUid = {}, const QString &sopUid = {}) const;
    qint64 count() const;

private:
    Database &m_db;
};

} // namespace naru::practice
