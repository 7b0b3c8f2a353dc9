#include "ui/pages/compose/ComposePage.h"

#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/DraftMerge.h"
#include "ui/forms/ContentAccess.h"
#include "ui/forms/FormView.h"
#include "ui/forms/PrintDocument.h"
#include "ui/forms/SectionView.h"
#include "ui/forms/ServiceSources.h"
#include "ui/pages/compose/AttachmentBar.h"
#include "ui/pages/compose/ComposeFooter.h"
#include "ui/pages/compose/ComposeHead.h"
#include "ui/pages/compose/DraftKeeper.h"
#include "ui/pages/compose/EarlierWords.h"
#include "ui/pages/compose/PreviewPane.h"
#include "ui/pages/compose/SectionNav.h"
#include "ui/pages/compose/SendSheet.h"
#include "ui/pages/compose/WritingPanes.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"
#include "ui/widgets/CdaView.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"

#include <QShortcut>
#include <QTabBar>
#include <QVBoxLayout>

namespace naru::ui {

ComposePage::ComposePage(
    AppContext &context, const services::DraftId &draft, const QString &field, QWidget *parent)
    : Page(context, parent)
    , m_keeper(new DraftKeeper(context, this))
    , m_strip(new MessageStrip(context.theme(), this))
    , m_sending(new Sending(context, m_keeper, this))
    , m_head(new ComposeHead(context.theme(), context.language(), this))
    , m_nav(new SectionNav(context.theme(), this))
    , m_tabs(new QTabBar(this))
    , m_form(new FormView(formContext(m_model, context.theme(), context.korean(), context.sharedProfile(),
                              [this] { return m_keeper->draft().patient; }),
          this))
    , m_preview(new PreviewPane(context, this))
    , m_panes(new WritingPanes(context.theme(), m_tabs, m_nav, m_form, m_preview, this))
    , m_attachments(new AttachmentBar(context, m_model, m_strip, this))
    , m_sheet(new SendSheet(context, this))
    , m_footer(new ComposeFooter(context.theme(), m_tabs, this))
    , m_earlier(new EarlierWords(context, m_model, m_form, m_strip, this))
    , m_startField(field)
{
    setObjectName(QStringLiteral("compose"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    layout->addWidget(m_head);
    layout->addWidget(m_strip);

    layout->addWidget(m_panes, 1);
    layout->addWidget(m_attachments);
    layout->addWidget(m_sheet);
    m_sheet->hide();
    layout->addWidget(m_footer);

    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(0);
    connect(&m_checkTimer, &QTimer::timeout, this, &ComposePage::check);
    connect(&m_model, &DocumentModel::edited, this, &ComposePage::documentChanged);
    connect(&m_model, &DocumentModel::reverted, this, &ComposePage::documentChanged);
    connect(m_form, &FormView::stateChanged, this, [this] {
        showSections();
        showCounts();
        if (m_form->currentIndex() != m_lastSection && m_loaded) {
            m_lastSection = m_form->currentIndex();
            m_preview->showSection(m_form->sections()[size_t(m_lastSection)]->spec().section);
        }
    });
    connect(m_panes, &WritingPanes::chosen, this, &ComposePage::place);
    connect(m_nav, &SectionNav::widthChanged, this, &ComposePage::place, Qt::QueuedConnection);
    connect(m_nav, &SectionNav::chosen, this, [this](int index) { goToSection(index + 1); });
    connect(m_preview, &PreviewPane::stateChanged, this, &ComposePage::showCounts);
    connect(m_preview, &PreviewPane::sectionActivated, this, [this](const QString &code) {
        const QString key = sectionKeyOf(code);
        if (key.isEmpty())
            return;
        m_panes->bringForm();
        m_form->goTo(key);
    });
    connect(m_keeper, &DraftKeeper::saved, this, [this](const QDateTime &when) {
        m_footer->showSaved(when);
        Q_EMIT saved(when);
    });
    connect(m_keeper, &DraftKeeper::dirtyChanged, this, &Page::unsavedChanged);
    connect(m_keeper, &DraftKeeper::failed, this, [this](const base::Error &error) {
        m_strip->showError(error, this->context().language(), tr("The draft could not be saved"));
    });
    connect(m_footer, &ComposeFooter::missingClicked, this, &ComposePage::nextGap);
    connect(m_footer, &ComposeFooter::unreviewedClicked, this, &ComposePage::approveAndGoOn);
    connect(m_footer, &ComposeFooter::sendClicked, this, &ComposePage::mainAct);
    connect(m_sheet, &SendSheet::sendRequested, this, &ComposePage::send);
    connect(m_sheet, &SendSheet::closed, this, &ComposePage::closeSheet);
    connect(m_sheet, &SendSheet::printRequested, this, &ComposePage::print);
    connect(m_sheet, &SendSheet::consentRequested, this, [this] {
        closeSheet();
        this->context().openConsent(m_keeper->draft().patient);
    });
    // Who went for the consent that was missing comes back to a sheet that knows it.
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Consents && !m_sheet->isHidden() && !m_sending->isBusy())
            m_sheet->setConsents(this->context().profile().consents().lights(m_keeper->draft().patient));
    });
    connect(m_sending, &Sending::imagesSeen, m_sheet, &SendSheet::setImages);
    // The viewer attaches images to the draft that is open here.
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Drafts)
            takeOver();
        else if (change == services::Change::Outbox && !m_sending->mayRecall())
            showOutcome();
    });
    connect(m_sheet, &SendSheet::exceptionChosen, this, [this] {
        const clinical::EmergencyException exception = m_sheet->exception();
        m_model.edit(QStringLiteral("exception"),
            [&](DocumentModel::State &state) { state.document.exception = exception; });
        seal();
    });
    connect(m_sending, &Sending::sealed, this, &ComposePage::showSealed);
    connect(m_sending, &Sending::notSaved, m_sheet, &SendSheet::showError);
    connect(m_sending, &Sending::notSealed, this, &ComposePage::notSealed);
    connect(m_sending, &Sending::sent, this, &ComposePage::sent);
    connect(m_sending, &Sending::notSent, m_sheet, &SendSheet::showError);
    connect(m_sending, &Sending::recallLeft, this, &ComposePage::showRecall);
    auto *earlier = new QShortcut(QKeySequence(Qt::Key_F4), this);
    earlier->setContext(Qt::WidgetWithChildrenShortcut);
    connect(earlier, &QShortcut::activated, this, [this] { m_earlier->offer(m_keeper->draft().patient); });
    load(draft);
}

ComposePage::~ComposePage() = default;

Page *ComposePage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    auto *page = new ComposePage(context, request.object, request.extra, parent);
    page->setRequest(request);
    return page;
}

void ComposePage::load(const services::DraftId &id)
{
    const auto draft = context().profile().compose().open(id);
    if (!draft) {
        m_strip->showError(draft.error(), context().language(), tr("The draft could not be opened"));
        m_footer->setEnabled(false);
        return;
    }
    m_keeper->setDraft(*draft);
    m_model.load(draft->document);
    m_model.setReadOnly(draft->sealed);
    m_form->build();
    m_form->setReadOnly(draft->sealed);
    m_footer->setSendEnabled(!draft->sealed);
    if (draft->sealed)
        m_strip->show(MessageStrip::Kind::Info, tr("This document was sent; it can be read only."));
    m_footer->showSaved(draft->updated.toLocalTime());
    m_loaded = true;
    m_preview->setDocument(m_model.document());
    m_head->show(m_model.document());
    m_attachments->load(draft->patient);
    check();
}

QString ComposePage::title() const
{
    return tr("Write: %1").arg(text::formName(m_model.document().form, context().language()));
}

bool ComposePage::hasUnsavedDraft() const
{
    return m_loaded && !m_model.readOnly() && m_sending->item().isEmpty();
}

void ComposePage::documentChanged()
{
    if (!m_loaded)
        return;
    if (m_sheet->isVisible() && !m_sending->isBusy())
        closeSheet(); // any edit unseals
    m_keeper->changed(m_model.document());
    m_preview->setDocument(m_model.document());
    m_head->show(m_model.document());
    m_checkTimer.start();
}

// While it is being sealed nothing may change; what came in meanwhile is taken over afterwards, which
// unseals.
void ComposePage::takeOver()
{
    if (!m_loaded || m_model.readOnly() || m_sending->isBusy())
        return;
    const auto stored = context().profile().compose().open(m_keeper->draft().id);
    if (!stored)
        return;
    const QStringList seen = m_keeper->draft().seen.value_or(QStringList());
    clinical::Document tried = m_model.document();
    if (services::takeUnseen(tried, stored->document, seen))
        m_model.edit(QStringLiteral("labs"), [&](DocumentModel::State &state) {
            services::takeUnseen(state.document, stored->document, seen);
        });
    m_keeper->saw(stored->document);
}

void ComposePage::check()
{
    m_form->setProblems(context().profile().compose().check(m_model.document()));
    showSections();
    showCounts();
}

void ComposePage::showSections()
{
    m_nav->show(*m_form, int(m_model.document().images.size()));
}

void ComposePage::showCounts()
{
    m_footer->showCounts(m_form->missing(), m_form->unreviewed(), m_preview->isCurrent());
}

QString ComposePage::sectionKeyOf(const QString &code) const
{
    for (const SectionView *view : m_form->sections()) {
        if (view->spec().section == code)
            return view->key();
    }
    return {};
}

bool ComposePage::mainAct()
{
    if (!m_loaded || m_model.readOnly() || m_sending->isBusy())
        return false;
    if (m_sheet->isVisible() || m_attachments->saysPreparing()) {
        if (m_sheet->isVisible() && m_sheet->mayShare())
            send();
        return true;
    }
    commitFocusedThen(this, [this] {
        check();
        if (m_form->missing() > 0) {
            m_strip->show(MessageStrip::Kind::Warn,
                tr("%n item(s) missing; sending waits for them.", nullptr, m_form->missing()));
            m_form->revealAll();
            m_form->goToNextGap();
            return;
        }
        m_strip->clear();
        seal();
    });
    return true;
}

void ComposePage::seal()
{
    m_sheet->setBusy(true);
    m_sending->seal();
}

void ComposePage::showSealed(const Sending::Sealed &sealed)
{
    m_preview->showSealed(sealed.preview);
    m_footer->hide();
    m_sheet->open(m_model.document(), sealed.preview, sealed.lights, sealed.online);
    takeOver();
    if (m_sheet->isHidden())
        return;
    // Large type on a low screen: the last look needs the room.
    m_panes->setVisible(height() - m_sheet->sizeHint().height() > fontMetrics().height() * 14);
}

void ComposePage::send()
{
    if (m_sending->isBusy())
        return;
    m_sheet->setBusy(true);
    m_sending->send(m_sheet->sha256());
}

void ComposePage::sent()
{
    m_sheet->hide();
    m_panes->show();
    m_footer->show();
    m_footer->setSendEnabled(false);
    m_model.setReadOnly(true);
    m_form->setReadOnly(true);
    m_sending->startRecallTime();
    m_nav->setFocus();
    Q_EMIT unsavedChanged();
}

void ComposePage::showRecall(int seconds)
{
    if (seconds == 0)
        showOutcome();
    else
        m_strip->show(MessageStrip::Kind::Ok,
            tr("In the outbox – can be recalled for %n second(s)", nullptr, seconds),
            {{tr("Recall"), [this] { recall(); }}});
}

void ComposePage::recall()
{
    const base::Status status = m_sending->recall();
    if (!status) {
        m_strip->showError(status.error(), context().language());
        return;
    }
    load(m_keeper->draft().id);
    if (!m_model.readOnly())
        m_strip->show(MessageStrip::Kind::Info, tr("Recalled. Nothing was sent; the draft is open again."));
    focusFirst();
}

void ComposePage::closeSheet()
{
    if (!m_sheet->isVisible())
        return;
    m_sheet->hide();
    m_panes->show();
    m_footer->show();
    m_preview->setDocument(m_model.document());
    if (m_form->currentIndex() < int(m_form->sections().size()))
        m_form->goTo(m_form->sections()[size_t(m_form->currentIndex())]->key());
}

bool ComposePage::nextGap()
{
    m_panes->bringForm();
    const auto done = std::make_shared<bool>(false); // the action may run after this function has returned
    commitFocusedThen(this, [this, done] {
        check();
        *done = m_form->goToNextGap();
    });
    return *done || m_form->missing() > 0;
}

bool ComposePage::approveAndGoOn()
{
    m_panes->bringForm();
    const auto done = std::make_shared<bool>(false);
    commitFocusedThen(this, [this, done] { *done = m_form->approveAndGoOn(); });
    return *done;
}

bool ComposePage::otherView()
{
    if (m_panes->isNarrow()) {
        m_panes->bringOther();
        (m_panes->isPreviewChosen() ? static_cast<QWidget *>(m_preview->view()) : m_form)->setFocus();
        return true;
    }
    if (m_preview->view()->hasFocus())
        focusFirst();
    else
        m_preview->view()->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool ComposePage::refresh()
{
    m_preview->setDocument(m_model.document());
    return true;
}

bool ComposePage::goToSection(int number)
{
    if (number == int(m_form->sections().size()) + 1) { // the row below the sections
        m_attachments->choose();
        return true;
    }
    if (number < 1 || number > int(m_form->sections().size()))
        return false;
    m_panes->bringForm();
    m_form->goTo(m_form->sections()[size_t(number - 1)]->key());
    return true;
}

bool ComposePage::find()
{
    return false;
}

bool ComposePage::saveNow()
{
    commitFocusedThen(this, [this] { m_keeper->flush([](const base::Status &) {}); });
    return true;
}

bool ComposePage::print()
{
    return printDocument(
        context(), this, *m_preview->view(), m_preview->preview().bytes, m_preview->preview().sha256);
}

bool ComposePage::undo()
{
    const auto done = std::make_shared<bool>(false);
    commitFocusedThen(this, [this, done] { *done = !m_model.undo().isEmpty(); });
    return *done;
}

bool ComposePage::redo()
{
    return !m_model.redo().isEmpty();
}

bool ComposePage::stepBack()
{
    if (m_attachments->closeList())
        return true;
    if (m_sheet->isVisible()) {
        closeSheet();
        return true;
    }
    return false;
}

QList<QWidget *> ComposePage::panes() const
{
    if (m_sheet->isVisible())
        return {m_sheet};
    QList<QWidget *> all{m_form, m_preview->view(), m_nav};
    all.removeIf([](QWidget *w) { return w->isHidden(); });
    return all;
}

void ComposePage::focusFirst()
{
    if (!m_loaded || m_form->sections().empty())
        return;
    if (!m_startField.isEmpty()) {
        m_form->goTo(m_startField.section(QLatin1Char('.'), 0, 0), m_startField);
        m_startField.clear();
        return;
    }
    // Where the first thing is missing; a form whose receiver is known starts at its reason.
    for (const SectionView *view : m_form->sections()) {
        DocumentModel::State state = m_model.state();
        if (view->spec().requirement == clinical::Requirement::Required
            && sectionEmpty(state.document, view->key())) {
            m_form->goTo(view->key());
            return;
        }
    }
    m_form->goTo(m_form->sections()[size_t(m_form->currentIndex())]->key());
}

QList<QPair<QString, QString>> ComposePage::keys() const
{
    return {{QStringLiteral("F4"), tr("offer what earlier documents say for this section")},
        {QStringLiteral("Alt+I"), tr("attach images of this patient")},
        {QStringLiteral("F2"), tr("keep the words as free text (in a code field)")},
        {QStringLiteral("1…9"), tr("choose in a relay item")},
        {QStringLiteral("Delete"), tr("remove the row")}};
}

bool ComposePage::settle()
{
    if (!m_loaded || m_model.readOnly())
        return true;
    commitFocusedThen(this, [] {});
    return m_keeper->flushNow().ok();
}

void ComposePage::closing()
{
    if (m_loaded && !m_model.readOnly()) {
        settle();
        if (const auto closed = context().profile().compose().close(m_keeper->draft().id); !closed)
            context().showError(closed.error());
    }
}

void ComposePage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    place();
}

void ComposePage::place()
{
    m_panes->place(width());
    // Large type on a low screen: the lines that say what the banner and the last look say again give their
    // room to the form.
    const bool low = window()->height() < fontMetrics().height() * 30;
    m_head->setVisible(!low);
    m_footer->setBrief(low);
}

} // namespace naru::ui
