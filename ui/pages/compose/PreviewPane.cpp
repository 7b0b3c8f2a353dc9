#include "ui/pages/compose/PreviewPane.h"

#include "core/clinical/forms/FormSpec.h"
#include "core/services/ComposeService.h"
#include "ui/forms/ContentAccess.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/CdaView.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QTabBar>

namespace naru::ui {

namespace {
constexpr int kSettleMs = 300;
}

PreviewPane::PreviewPane(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_view(new CdaView(context.theme(), context.korean(), this))
    , m_tabs(new QTabBar(this))
    , m_title(new QLabel(tr("As the receiver sees it"), this))
    , m_state(new QLabel(this))
{
    const int unit = context.theme().unit();
    setObjectName(QStringLiteral("compose.preview"));
    m_view->setObjectName(QStringLiteral("compose.preview.view"));
    m_view->setAccessibleName(tr("Preview of the document"));
    m_tabs->addTab(tr("Read"));
    m_tabs->addTab(tr("As authored"));
    m_tabs->addTab(tr("Relay"));
    m_tabs->setAccessibleName(tr("Kind of preview"));
    m_tabs->setObjectName(QStringLiteral("compose.preview.tabs"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_title->setFont(context.theme().font(Theme::Face::BodyBold));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(3 * unit, unit, 2 * unit, unit);
    head->setSpacing(3 * unit);
    head->addWidget(m_title);
    head->addWidget(m_state);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    head->addStretch(1);
    head->addWidget(m_tabs);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kSettleMs);
    connect(&m_timer, &QTimer::timeout, this, &PreviewPane::start);
    connect(m_tabs, &QTabBar::currentChanged, this, &PreviewPane::show);
    connect(m_view, &CdaView::sectionActivated, this, [this](int index) {
        if (index >= 0)
            Q_EMIT sectionActivated(m_view->sections()[size_t(index)].section->code.code);
    });
}

void PreviewPane::setDocument(const clinical::Document &document)
{
    m_document = document;
    ++m_generation;
    m_state->setText(tr("updating"));
    Q_EMIT stateChanged();
    m_timer.start();
}

void PreviewPane::start()
{
    if (m_running)
        return;
    m_running = true;
    const quint64 generation = m_generation;
    auto profile = m_context.sharedProfile();
    const clinical::Document document = m_document;
    UiJob::start<services::Preview>(
        m_context.queue(), this,
        [profile, document](const base::WorkContext &) { return profile->compose().preview(document); },
        [this, generation](const base::Result<services::Preview> &result) {
            m_running = false;
            if (generation != m_generation) { // older than the form: make the next one
                if (!m_timer.isActive())
                    start();
                return;
            }
            m_shownGeneration = generation;
            if (!result) {
                m_state->setText(text::sentence(result.error(), m_context.language()));
                Q_EMIT stateChanged();
                return;
            }
            m_preview = *result;
            m_state->setText(tr("current"));
            show();
            Q_EMIT stateChanged();
            Q_EMIT updated();
        });
}

void PreviewPane::showSealed(const services::Preview &preview)
{
    m_timer.stop();
    m_shownGeneration = ++m_generation;
    m_preview = preview;
    m_state->setText(tr("sealed %1").arg(preview.sha256.left(8)));
    show();
    Q_EMIT stateChanged();
}

clinical::ReadDocument PreviewPane::relayForm() const
{
    // The insurer's relay takes six coded items beside the document; they are shown as they will be sent.
    clinical::ReadDocument out;
    out.document = m_preview.read.document;
    out.document.title = tr("Items for the insurer's relay");
    clinical::Section section;
    section.title = tr("Relay");
    clinical::Block table;
    table.kind = clinical::Block::Kind::Table;
    clinical::Document copy = m_document;
    const auto cell = [](const QString &text, bool header) {
        clinical::Cell c;
        c.header = header;
        clinical::Block paragraph;
        clinical::Run run;
        run.text = text;
        paragraph.runs.push_back(run);
        c.blocks.push_back(paragraph);
        return c;
    };
    for (const clinical::FieldSpec &spec : clinical::formFields(copy.form)) {
        if (!spec.key.startsWith(QLatin1String("relay.")))
            continue;
        const QString code = textOf(groupMember(copy, spec.key));
        const QString word = code.isEmpty() ? tr("(not given)") : clinical::choiceKo(spec.valueSet, code);
        table.rows.push_back({cell(m_context.korean() ? spec.labelKo : spec.labelEn, true), cell(code, false),
            cell(word, false)});
    }
    if (!table.rows.empty())
        section.narrative.push_back(table);
    out.sections.push_back(section);
    return out;
}

void PreviewPane::show()
{
    const int tab = m_tabs->currentIndex();
    m_view->setHeaderCard(true);
    if (tab == 2) {
        m_view->setDocumentToShow(relayForm(), false);
        return;
    }
    m_view->setStyleOfView(tab == 1 ? CdaView::Style::Authored : CdaView::Style::Reader);
    m_view->setDocumentToShow(m_preview.read, true);
}

void PreviewPane::showSection(const QString &code)
{
    if (code.isEmpty() || m_view->hasFocus())
        return;
    for (size_t i = 0; i < m_view->sections().size(); ++i) {
        if (m_view->sections()[i].section->code.code == code) {
            m_view->goToSection(int(i));
            return;
        }
    }
}

void PreviewPane::nextView()
{
    m_tabs->setCurrentIndex((m_tabs->currentIndex() + 1) % m_tabs->count());
}

} // namespace naru::ui
