#include "ui/pages/settings/ReceivePart.h"

#include "core/services/PacsService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/settings/ReceiveWays.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QNetworkInterface>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

namespace {
// What the archive's people have to type: the first address that others can reach.
QString ownAddress()
{
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback()
            && !address.isLinkLocal())
            return address.toString();
    }
    return QStringLiteral("127.0.0.1");
}
} // namespace

ReceivePart::ReceivePart(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("settings.receive"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 2);
    column->addWidget(sectionTitle(theme, tr("Receiving images"), this));
    m_state = themedLabel(theme, {}, Theme::Face::Body, "text", this);
    m_state->setObjectName(QStringLiteral("settings.receive.state"));
    m_state->setWordWrap(true);
    column->addWidget(m_state);
    auto *fields = new QWidget(this);
    auto *row = new FlowRow(fields);
    row->setContentsMargins(0, 0, 0, 0);
    m_ae = new HangulLineEdit;
    m_ae->setObjectName(QStringLiteral("settings.receive.ae"));
    m_ae->setLengthLimit(16); // PS3.5 6.2, value representation AE
    m_port = new QSpinBox;
    m_port->setObjectName(QStringLiteral("settings.receive.port"));
    m_port->setRange(0, 65535);
    m_port->setSpecialValueText(tr("any free one"));
    m_port->setKeyboardTracking(false);
    row->addWidget(labelled(theme, tr("Our AE title"), m_ae, fields));
    row->addWidget(labelled(theme, tr("Port"), m_port, fields));
    column->addWidget(fields);
    m_ways = new ReceiveWays(context, this);
    column->addWidget(m_ways);
    auto *verbs = new QWidget(this);
    auto *verbRow = new FlowRow(verbs);
    verbRow->setContentsMargins(0, 0, 0, 0);
    m_turn = pushButton({}, QStringLiteral("settings.receive.turn"), verbs);
    m_test = pushButton(tr("Test receiving"), QStringLiteral("settings.receive.test"), verbs);
    verbRow->addWidget(m_turn);
    verbRow->addWidget(m_test);
    column->addWidget(verbs);
    m_line = new JobLine(this);
    column->addWidget(m_line);
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_strip);
    const auto size = [this, &theme] {
        m_ae->setMinimumWidth(theme.unit(36));
        m_port->setMinimumWidth(theme.unit(28));
    };
    size();
    connect(&theme, &Theme::changed, this, size);
    const services::PacsListen settings = context.profile().pacs().listenSettings();
    m_ae->setText(settings.aeTitle);
    m_port->setValue(settings.port);
    m_ways->show(settings);
    connect(m_turn, &QPushButton::clicked, this, &ReceivePart::turn);
    connect(m_ae, &QLineEdit::editingFinished, this, &ReceivePart::changed);
    connect(m_port, &QSpinBox::valueChanged, this, &ReceivePart::changed);
    connect(m_ways, &ReceiveWays::changed, this, &ReceivePart::changed);
    connect(m_test, &QPushButton::clicked, this, &ReceivePart::test);
    load();
}

void ReceivePart::load()
{
    services::PacsService &pacs = m_context.profile().pacs();
    const bool on = pacs.isListening();
    const services::PacsListen settings = pacs.listenSettings();
    const services::PacsService::Arrivals arrivals = pacs.arrivals();
    const std::vector<services::PacsNode> nodes = pacs.nodes();
    const bool anybody =
        std::any_of(nodes.begin(), nodes.end(), [](const services::PacsNode &node) { return node.maySend; });
    QString words = tr("○ Off. Nothing can be sent to this computer.");
    if (on) {
        const int port = m_listening > 0 ? m_listening : settings.port;
        words = tr("● On. Archives send to %1, port %2, AE title %3. Received since then: %4")
                    .arg(ownAddress())
                    .arg(port)
                    .arg(settings.aeTitle)
                    .arg(arrivals.kept);
        if (arrivals.failed > 0)
            words += tr(", not stored: %1").arg(arrivals.failed);
        if (arrivals.conflicts > 0)
            words += tr(", kept apart since their identifiers are taken: %1").arg(arrivals.conflicts);
        if (!anybody)
            words += QLatin1Char(' ') + tr("No archive in the list may send yet.");
    } else if (settings.automatic) {
        words = tr("! Should be on, but does not run: the port may be in use.");
    }
    m_state->setText(words);
    const QString verb = on ? tr("Stop receiving") : tr("Receive images");
    m_turn->setText(verb);
    m_turn->setAccessibleName(verb);
}

bool ReceivePart::keep(bool on, bool strict)
{
    services::PacsListen settings = m_context.profile().pacs().listenSettings();
    const services::PacsListen before = settings;
    settings.aeTitle = m_ae->text().trimmed();
    settings.port = m_port->value();
    settings.automatic = on;
    m_ways->take(settings);
    if (settings == before)
        return true;
    const bool letters = std::all_of(settings.aeTitle.begin(), settings.aeTitle.end(),
        [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F && c != QLatin1Char('\\'); });
    if (settings.aeTitle.isEmpty() || settings.aeTitle.size() > 16 || !letters) {
        m_strip->show(
            MessageStrip::Kind::Warn, tr("An AE title has 1 to 16 Latin letters, digits or signs"), {});
        m_ae->setFocus();
        return false;
    }
    QString sentence;
    if (QWidget *wrong = strict ? m_ways->fault(settings, &sentence) : nullptr) {
        m_strip->show(MessageStrip::Kind::Warn, sentence, {});
        wrong->setFocus();
        return false;
    }
    if (const base::Status kept = m_context.profile().pacs().setListenSettings(settings); !kept) {
        m_strip->showError(
            kept.error(), m_context.language(), tr("It could not be saved; the old values stay in force"));
        return false;
    }
    m_strip->clear();
    return true;
}

void ReceivePart::turn()
{
    if (m_job && m_job->isRunning())
        return;
    const bool on = !m_context.profile().pacs().isListening();
    if (!keep(on, on)) // switching off needs nothing to be right
        return;
    if (on)
        start();
    else
        stop();
}

// A program of its own receives: starting it, and waiting for the one before to end, takes its time.
void ReceivePart::start()
{
    m_job = UiJob::start<int>(
        m_context.queue(), this,
        [profile = m_context.sharedProfile()](const base::WorkContext &) {
            profile->pacs().stopListening();
            return profile->pacs().startListening();
        },
        [this](const base::Result<int> &port) {
            m_listening = port.valueOr(0);
            if (!port)
                m_strip->showError(port.error(), m_context.language(), tr("Nothing can be received"));
            load();
            Q_EMIT switched(port.ok());
        },
        tr("Starting"));
    m_line->follow(m_job);
}

void ReceivePart::stop()
{
    m_job = UiJob::start<bool>(
        m_context.queue(), this,
        [profile = m_context.sharedProfile()](const base::WorkContext &) -> base::Result<bool> {
            profile->pacs().stopListening();
            return true;
        },
        [this](const base::Result<bool> &) {
            m_listening = 0;
            load();
            Q_EMIT switched(false);
        },
        tr("Stopping"));
    m_line->follow(m_job);
}

void ReceivePart::test()
{
    if (m_job && m_job->isRunning())
        return;
    services::PacsListen settings = m_context.profile().pacs().listenSettings();
    settings.aeTitle = m_ae->text().trimmed();
    settings.port = m_port->value();
    m_ways->take(settings);
    using Steps = std::vector<services::PacsTestStep>;
    m_job = UiJob::start<Steps>(
        m_context.queue(), this,
        [profile = m_context.sharedProfile(), settings](const base::WorkContext &) -> base::Result<Steps> {
            return profile->pacs().testListening(settings);
        },
        [this](const base::Result<Steps> &steps) {
            const services::PacsTestStep last =
                steps && !steps->empty() ? steps->back() : services::PacsTestStep();
            if (last.ok)
                m_strip->show(MessageStrip::Kind::Ok, tr("Images can be received like this"), {});
            else
                m_strip->showError(
                    last.error, m_context.language(), tr("Nothing could be received like this"));
            Q_EMIT tested(last.ok);
        },
        tr("Testing"));
    m_line->follow(m_job);
}

void ReceivePart::restart()
{
    load();
    if (m_context.profile().pacs().isListening() && !(m_job && m_job->isRunning()))
        start();
}

void ReceivePart::changed()
{
    services::PacsService &pacs = m_context.profile().pacs();
    const services::PacsListen before = pacs.listenSettings();
    if (keep(before.automatic) && !(pacs.listenSettings() == before))
        restart();
}

} // namespace naru::ui
