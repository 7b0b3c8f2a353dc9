#include "ui/shell/AppContext.h"

#include "core/jobs/JobQueue.h"
#include "core/services/ComposeService.h"
#include "ui/Errors.h"
#include "ui/shell/ImageFetches.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>
#include <QPointer>
#include <mutex>

namespace naru::ui {

// Changes that arrive on any thread wait here for the next turn of the event loop.
struct AppContext::Pending {
    std::mutex mutex{};
    std::vector<services::Change> changes{};
    bool posted = false;
};

AppContext::AppContext(std::shared_ptr<services::Profile> profile, Theme &theme, jobs::JobQueue &queue,
    text::Language language, QObject *parent)
    : QObject(parent)
    , m_profile(std::move(profile))
    , m_theme(theme)
    , m_queue(queue)
    , m_language(language)
    , m_imageFetches(new ImageFetches(queue, m_profile, this))
    , m_pending(std::make_shared<Pending>())
{
    if (!m_profile)
        return;
    m_listener =
        m_profile->listen([pending = m_pending, guard = QPointer<AppContext>(this)](services::Change change) {
            const std::lock_guard lock(pending->mutex);
            if (std::find(pending->changes.begin(), pending->changes.end(), change) == pending->changes.end())
                pending->changes.push_back(change);
            if (pending->posted)
                return;
            pending->posted = true;
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard] {
                    if (guard)
                        guard->deliver();
                },
                Qt::QueuedConnection);
        });
}

AppContext::~AppContext() = default;

void AppContext::deliver()
{
    std::vector<services::Change> changes;
    {
        const std::lock_guard lock(m_pending->mutex);
        changes.swap(m_pending->changes);
        m_pending->posted = false;
    }
    for (const services::Change change : changes)
        Q_EMIT changed(change);
}

void AppContext::registerPage(const QString &kind, const Factory &factory)
{
    m_factories.insert(kind, factory);
}

Page *AppContext::makePage(const PageRequest &request, QWidget *parent)
{
    const Factory factory = m_factories.value(request.kind);
    Page *page = factory ? factory(*this, request, parent) : nullptr;
    if (page)
        page->setRequest(request);
    return page;
}

void AppContext::open(const PageRequest &request)
{
    Q_EMIT openRequested(request);
}

void AppContext::newDocument(clinical::Form form, const services::PatientKey &patient,
    const QString &inReplyTo, const QString &fromDocument)
{
    services::ComposeService::NewOptions options;
    options.inReplyTo = inReplyTo;
    options.fromDocument = fromDocument;
    const base::Result<services::Draft> draft = m_profile->compose().create(form, patient, options);
    if (draft)
        openCompose(patient, draft->id);
    else
        showError(draft.error(), tr("The document could not be begun"));
}

void AppContext::showToast(const QString &text, const std::function<void()> &undo, const QString &undoLabel)
{
    Q_EMIT toastRequested(text, undo, undoLabel);
}

void AppContext::showError(const base::Error &error, const QString &what)
{
    showToast(text::explain(error, m_language, what).text());
}

} // namespace naru::ui
