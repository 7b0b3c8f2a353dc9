#include "ui/pages/settings/ConnectionPart.h"

#include "core/services/SiteService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr const char *Steps[] = {"form", "dns", "tcp", "tls", "serverCertificate", "clientCertificate",
    "http", "soap", "application", "clock"};
} // namespace

ConnectionPart::ConnectionPart(AppContext &context, MessageStrip *strip, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_strip(strip)
{
    Theme &theme = context.theme();
    const services::SiteService &site = m_context.profile().site();
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 3);
    column->addWidget(secondary(theme,
        tr("Exchange: %1").arg(site.title(m_context.korean() ? QStringLiteral("ko") : QStringLiteral("en"))),
        this));
    addCertificate(column);
    addChoice(column);
    addResult(column);
}

void ConnectionPart::addCertificate(QVBoxLayout *column)
{
    Theme &theme = m_context.theme();
    if (const auto certificate = m_context.profile().site().certificate()) {
        const qint64 days = QDateTime::currentDateTimeUtc().daysTo(certificate->notAfter);
        auto *line = new QHBoxLayout;
        line->addWidget(themedLabel(theme,
            tr("Clinic certificate: %1, valid until %2 (%3 days)")
                .arg(certificate->subject, text::date(certificate->notAfter))
                .arg(days),
            Theme::Face::Body, days < 30 ? "warn" : "text", this));
        auto *copy =
            pushButton(tr("Copy the fingerprint"), QStringLiteral("settings.certificate.copy"), this);
        connect(copy, &QPushButton::clicked, this, [this, print = certificate->fingerprint] {
            QGuiApplication::clipboard()->setText(print);
            m_context.showToast(tr("The fingerprint was copied"));
        });
        line->addWidget(copy);
        line->addStretch();
        column->addLayout(line);
    } else {
        column->addWidget(secondary(theme, text::sentence(certificate.error(), m_context.language()), this));
    }
}

void ConnectionPart::addChoice(QVBoxLayout *column)
{
    auto *holder = new QWidget(this);
    auto *bar = new FlowRow(holder);
    bar->setContentsMargins(0, 0, 0, 0);
    m_endpoint = new QComboBox(this);
    m_endpoint->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_endpoint->setMinimumContentsLength(36);
    m_endpoint->setObjectName(QStringLiteral("settings.endpoint"));
    m_endpoint->setAccessibleName(tr("Endpoint"));
    for (const services::EndpointRow &endpoint : m_context.profile().site().endpoints())
        m_endpoint->addItem(endpoint.title + QStringLiteral("   ") + endpoint.address, endpoint.key);
    auto *run = pushButton(tr("Test (F5)"), QStringLiteral("settings.endpoint.test"), this, "primary");
    auto *copy = pushButton(tr("Copy diagnostics"), QStringLiteral("settings.endpoint.copy"), this);
    bar->addWidget(m_endpoint);
    bar->addWidget(run);
    bar->addWidget(copy);
    column->addWidget(holder);
    connect(run, &QPushButton::clicked, this, &ConnectionPart::testWanted);
    connect(copy, &QPushButton::clicked, this, &ConnectionPart::copyDiagnostics);
}

void ConnectionPart::copyDiagnostics()
{
    QStringList lines{m_last.title, m_last.address};
    for (const services::ProbeStep &step : m_last.steps)
        lines.append(step.key + QLatin1Char('\t') + step.detail + QLatin1Char('\t')
            + QString::fromLatin1(
                step.state == services::ProbeStep::State::Failed ? step.error.code.id : ""));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    m_context.showToast(tr("The diagnostics were copied; they hold no patient data"));
}

void ConnectionPart::addResult(QVBoxLayout *column)
{
    Theme &theme = m_context.theme();
    m_probeTitle = sectionTitle(theme, tr("Result of the test: not run yet"), this);
    column->addWidget(m_probeTitle);
    m_job = new JobLine(this);
    column->addWidget(m_job);
    m_probe =
        new DataTable(theme, new RowModel(theme, {tr("Step"), tr("State"), tr("What was seen"), tr("Took")}),
            {0, 0, 1, 0}, tr("Steps of the endpoint test"), this);
    m_probe->setObjectName(QStringLiteral("settings.probe"));
    m_probe->setSpareColumns({3});
    m_probe->setSortingEnabled(false);
    column->addWidget(m_probe);
    m_probeAdvice = secondary(theme, {}, this);
    column->addWidget(m_probeAdvice);
    showProbe({}, false);
    connect(m_endpoint, &QComboBox::currentIndexChanged, this, [this] { showProbe({}, false); });
}

void ConnectionPart::showProbe(const services::ProbeResult &result, bool finished)
{
    m_last = result;
    const text::Language language = m_context.language();
    std::vector<ModelRow> rows;
    int number = 0;
    QString advice;
    for (const char *key : Steps) {
        services::ProbeStep step;
        step.key = QString::fromLatin1(key);
        for (const services::ProbeStep &known : result.steps) {
            if (known.key == step.key)
                step = known;
        }
        const char *stateKey = step.state == services::ProbeStep::State::Ok ? "ok"
            : step.state == services::ProbeStep::State::Failed              ? "failed"
                                                                            : "notDone";
        const text::Word state =
            text::word(QStringLiteral("probeState"), QString::fromLatin1(stateKey), language);
        QString seen = step.detail;
        if (step.state == services::ProbeStep::State::Failed) {
            seen = text::sentence(step.error, language) + QStringLiteral(" (")
                + QString::fromLatin1(step.error.code.id) + QLatin1Char(')');
            advice = tr("Stopped at step %1. To do: %2")
                         .arg(number + 1)
                         .arg(text::explain(step.error, language).now);
        }
        ModelRow row{step.key, {}, {}, false, false};
        row.cells = {
            tippedCell(QStringLiteral("%1  %2").arg(++number).arg(text::probeStep(step.key, language))),
            tippedCell(state.text(), state.role), tippedCell(seen),
            {step.state == services::ProbeStep::State::NotDone
                    ? QString()
                    : QStringLiteral("%1 ms").arg(step.milliseconds),
                QStringLiteral("textSecondary"), {}, true, false, {}}};
        rows.push_back(std::move(row));
    }
    m_probe->setRows(std::move(rows));
    m_probe->setFixedHeight(m_probe->contentHeight() + 2);
    if (finished)
        m_probeTitle->setText(tr("Result of the test, %1: %2")
                                  .arg(text::clock(QDateTime::currentDateTimeUtc()),
                                      result.ok() ? tr("all ten steps passed") : tr("stopped")));
    else if (result.steps.empty())
        m_probeTitle->setText(tr("Result of the test: not run yet"));
    m_probeAdvice->setText(advice);
}

bool ConnectionPart::isTesting() const
{
    return m_running && m_running->isRunning();
}

void ConnectionPart::test()
{
    if (isTesting())
        return;
    const auto profile = m_context.sharedProfile();
    const QString endpoint = m_endpoint->currentData().toString();
    QPointer<ConnectionPart> guard(this);
    m_running = UiJob::start<services::ProbeResult>(
        m_context.queue(), this,
        [profile, endpoint, guard](const base::WorkContext &work) {
            return profile->site().check(endpoint, work, [guard](const services::ProbeResult &soFar) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [guard, soFar] {
                        if (guard)
                            guard->showProbe(soFar, false);
                    },
                    Qt::QueuedConnection);
            });
        },
        [this](const base::Result<services::ProbeResult> &result) {
            if (result)
                showProbe(*result, true);
            else
                m_strip->showError(
                    result.error(), m_context.language(), tr("The endpoint could not be tested"));
        },
        tr("Testing"));
    m_job->follow(m_running);
}

} // namespace naru::ui
