// Studies on their way from the exchange: one job a study, whichever page asks, that goes on when the page is
// closed. What has arrived and what went wrong is told to all who show the study.
#pragma once

#include "core/services/ImageTypes.h"
#include "core/services/Profile.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace naru::jobs {
class JobQueue;
}

namespace naru::ui {

class UiJob;

class ImageFetches : public QObject {
    Q_OBJECT
public:
    ImageFetches(jobs::JobQueue &queue, std::shared_ptr<services::Profile> profile, QObject *parent);

    // By study instance UID, or by the document id of a manifest. The job that is at it; a running one of the
    // same study is joined.
    UiJob *fetch(const services::ImageFetchRequest &request);
    UiJob *running(const QString &studyUid) const; // null: none
    // As far as it has come in this session; null: was not asked for, or nothing is known yet.
    const services::ImageFetchReport *report(const QString &studyUid) const;

Q_SIGNALS:
    void started(const naru::services::ImageFetchRequest &request, naru::ui::UiJob *job);
    // More is durable and listed, or how many there are has become known.
    void arrived(
        const naru::services::ImageFetchRequest &request, const naru::services::ImageFetchReport &soFar);
    // `error`: nothing could be asked, or some are missing; else null.
    void ended(const naru::services::ImageFetchRequest &request,
        const naru::services::ImageFetchReport &report, const naru::base::Error *error);

private:
    struct One {
        QPointer<UiJob> job{};
        services::ImageFetchReport report{};
    };
    void take(const QString &key, const services::ImageFetchRequest &request,
        const services::ImageFetchReport &soFar);

    jobs::JobQueue &m_queue;
    std::shared_ptr<services::Profile> m_profile;
    QHash<QString, One> m_all{}; // by what was asked for: study or manifest
};

} // namespace naru::ui
