#include "ui/jobs/JobLine.h"

#include "ui/jobs/UiJob.h"
#include "ui/shell/NaruStyle.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace naru::ui {

JobLine::JobLine(QWidget *parent)
    : QWidget(parent)
    , m_words(new QLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_words);
    row->addWidget(m_cancel);
    row->addStretch();
    setLook(m_cancel, "quiet");
    m_cancel->setObjectName(QStringLiteral("job.cancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_job)
            m_job->cancel();
    });
    hide();
}

void JobLine::follow(UiJob *job)
{
    if (m_job)
        m_job->disconnect(this);
    m_job = job;
    hide();
    if (!job)
        return;
    connect(job, &UiJob::due, this, [this] { show(); });
    connect(job, &UiJob::wordsChanged, this, &JobLine::update);
    connect(job, &UiJob::finished, this, [this] { hide(); });
    connect(job, &QObject::destroyed, this, [this] { hide(); });
    update();
    if (job->isDue()) // it was begun elsewhere
        show();
}

void JobLine::update()
{
    if (!m_job)
        return;
    m_words->setText(m_job->words());
    m_cancel->setEnabled(!m_job->isCancelling());
}

} // namespace naru::ui
