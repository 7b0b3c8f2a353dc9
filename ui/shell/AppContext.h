// What a page may reach: the opened profile, the theme, the job queue, and where to go. Pages never know the
// window; the window listens to the requests. Lives on the GUI thread.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"
#include "ui/shell/Page.h"
#include "ui/text/Language.h"

#include <QHash>
#include <QObject>
#include <functional>
#include <memory>

namespace naru::jobs {
class JobQueue;
}

namespace naru::ui {

class ImageFetches;
class Theme;

class AppContext : public QObject {
    Q_OBJECT
public:
    using Factory = std::function<Page *(AppContext &, const PageRequest &, QWidget *parent)>;

    AppContext(std::shared_ptr<services::Profile> profile, Theme &theme, jobs::JobQueue &queue,
        text::Language language, QObject *parent = nullptr);
    ~AppContext() override;

    services::Profile &profile() const { return *m_profile; }
    std::shared_ptr<services::Profile> sharedProfile() const
    {
        return m_profile;
    } // for work on other threads
    Theme &theme() const { return m_theme; }
    jobs::JobQueue &queue() const { return m_queue; }
    text::Language language() const { return m_language; }
    ImageFetches &imageFetches() const { return *m_imageFetches; }
    bool korean() const { return m_language == text::Language::Korean; }

    void registerPage(const QString &kind, const Factory &factory);
    bool hasPage(const QString &kind) const { return m_factories.contains(kind); }
    // Null when nobody registered this kind.
    Page *makePage(const PageRequest &request, QWidget *parent);

    // Navigation. Each opens or raises a tab; nothing is ever replaced.
    void open(const PageRequest &request);
    void openHome() { open({QStringLiteral("home"), {}, {}, {}}); }
    void openPatient(const services::PatientKey &patient)
    {
        open({QStringLiteral("patient"), patient, {}, {}});
    }
    void openSearch(const services::PatientKey &patient)
    {
        open({QStringLiteral("search"), patient, {}, {}});
    }
    void openConsent(const services::PatientKey &patient)
    {
        open({QStringLiteral("consent"), patient, {}, {}});
    }
    void openCompose(
        const services::PatientKey &patient, const services::DraftId &draft, const QString &field = {})
    {
        open({QStringLiteral("compose"), patient, draft, field});
    }
    void openDocument(const services::PatientKey &patient, const QString &documentId)
    {
        open({QStringLiteral("document"), patient, documentId, {}});
    }
    // `study`: UID or key of the one to show first; empty: the newest.
    void openImaging(const services::PatientKey &patient, const QString &study = {})
    {
        open({QStringLiteral("imaging"), patient, study, {}});
    }
    void openOutbox(const services::OutboxId &item = {}) { open({QStringLiteral("outbox"), {}, item, {}}); }
    void openSettings(const QString &category = {}) { open({QStringLiteral("settings"), {}, {}, category}); }
    // Creates a draft and opens it; what went wrong appears as a toast. `inReplyTo` or `fromDocument` may be
    // empty.
    void newDocument(clinical::Form form, const services::PatientKey &patient, const QString &inReplyTo = {},
        const QString &fromDocument = {});

    // A line at the foot of the window for some seconds; with an undo, [실행 취소] stands in it for ten.
    void showToast(
        const QString &text, const std::function<void()> &undo = {}, const QString &undoLabel = {});
    void showError(const base::Error &error, const QString &what = {});
    void requestLock(const QString &cause) { Q_EMIT lockRequested(cause); }

Q_SIGNALS:
    // services::Change, hopped to the GUI thread and folded: many changes in one turn arrive once.
    void changed(naru::services::Change change);
    void openRequested(const naru::ui::PageRequest &request);
    void toastRequested(const QString &text, const std::function<void()> &undo, const QString &undoLabel);
    void lockRequested(const QString &cause);

private:
    void deliver();

    std::shared_ptr<services::Profile> m_profile;
    Theme &m_theme;
    jobs::JobQueue &m_queue;
    text::Language m_language;
    ImageFetches *m_imageFetches = nullptr;
    QHash<QString, Factory> m_factories{};
    struct Pending;
    std::shared_ptr<Pending> m_pending;
    std::shared_ptr<void> m_listener{};
};

} // namespace naru::ui
