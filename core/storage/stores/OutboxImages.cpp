// The images that go before an item of the outbox.
#include "core/storage/stores/OutboxStore.h"

namespace naru::storage {

base::Status OutboxStore::addImages(const QString &id, const std::vector<OutboxImage> &images)
{
    int number = 0;
    for (const OutboxImage &image : images) {
        NARU_ASSIGN(Statement row, m_database->prepare("INSERT INTO outbox_image VALUES (?,?,?,?,NULL)"));
        NARU_TRY(row.bind(1, id).bind(2, number++).bind(3, image.instanceKey).bind(4, image.bytes).run());
    }
    return {};
}

base::Result<std::vector<OutboxImage>> OutboxStore::waitingImages(const QString &id) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare("SELECT number, instance, bytes FROM outbox_image WHERE item = ? AND stored IS "
                            "NULL ORDER BY number"));
    row.bindAll(id);
    std::vector<OutboxImage> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        out.push_back({int(row.number(0)), row.text(1), row.number(2)});
    }
}

base::Status OutboxStore::imagesStored(
    const QString &id, const std::vector<int> &numbers, const audit::AuditEvent &event)
{
    return m_database->inTransaction([&]() -> base::Status {
        for (const int number : numbers) {
            NARU_ASSIGN(Statement row,
                m_database->prepare(
                    "UPDATE outbox_image SET stored = ? WHERE item = ? AND number = ? AND stored IS NULL"));
            row.bindTime(1, now());
            NARU_TRY(row.bind(2, id).bind(3, number).run());
        }
        NARU_TRY(m_audit->append(event));
        return {};
    });
}

base::Result<ImageProgress> OutboxStore::imageProgress(const QString &id) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare("SELECT count(*), count(stored), coalesce(sum(bytes), 0), coalesce(sum(CASE WHEN "
                            "stored IS NULL THEN 0 ELSE bytes END), 0) FROM outbox_image WHERE item = ?"));
    row.bindAll(id);
    NARU_TRY(row.step());
    return ImageProgress{int(row.number(0)), int(row.number(1)), row.number(2), row.number(3)};
}

base::Result<bool> OutboxStore::awaitsStudy(const QString &studyKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "SELECT 1 FROM image_instance one JOIN outbox_image wait ON wait.instance = one.key JOIN outbox "
            "item ON item.id = wait.item WHERE one.study_key = ? AND wait.stored IS NULL AND item.state NOT "
            "IN ('done', 'recalled') LIMIT 1"));
    row.bindAll(studyKey);
    return row.step();
}

} // namespace naru::storage
