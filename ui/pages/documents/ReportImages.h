// From a report to its images: what is stored is shown at once, what is missing is fetched from the exchange,
// and the first image that arrives opens the viewer while the others follow (ImageFetches).
#pragma once

#include "core/services/ImageTypes.h"
#include "ui/shell/AppContext.h"

namespace naru::ui {

class UiJob;

class ReportImages : public QObject {
    Q_OBJECT
public:
    ReportImages(AppContext &context, const services::PatientKey &patient, QObject *owner);
    // Study instance UIDs, as the readings name them, and document ids of manifests, as results link to them;
    // none of either: the patient's images. All are fetched; the viewer opens with `first`, empty: with
    // whichever is there first.
    void show(const QStringList &studies, const QStringList &manifests = {}, const QString &first = {});

Q_SIGNALS:
    void started(naru::ui::UiJob *job);
    // Nothing could be shown, or not all of it.
    void failed(const naru::base::Error &error);

private:
    static QString keyOf(const services::ImageFetchRequest &request);
    bool isMine(const services::ImageFetchRequest &request) const;
    void fetch(const services::ImageFetchRequest &request);
    void open(const QString &study, const QString &key);

    AppContext &m_context;
    services::PatientKey m_patient{};
    QStringList m_asked{}; // studies and manifests that are on their way for this page
    QStringList m_opened{};
    QString m_first{}; // what the viewer is to open with; empty: the first that is there
    bool m_shown = false;
};

} // namespace naru::ui
