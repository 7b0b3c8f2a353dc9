#include "ui/pages/compose/ComposePage.h"

#include "core/base/Hangul.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/OutboxService.h"
#include "core/services/RecordService.h"
#include "core/services/SiteService.h"
#include "ui/forms/ContentAccess.h"
#include "ui/forms/FormView.h"
#include "ui/forms/PrintDocument.h"
#include "ui/forms/SectionView.h"
#include "ui/forms/ServiceSources.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/compose/DraftKeeper.h"
#include "ui/pages/compose/PreviewPane.h"
#include "ui/pages/compose/SectionNav.h"
#include "ui/pages/compose/SendSheet.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Words.h"
#include "ui/widgets/CdaView.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr int kLeastPaneCharacters = 34;
}

ComposePage::ComposePage(
    AppContext &context, const services::DraftId &draft, const QString &field, QWidget *parent)
    : Page(context, parent)
    , m_keeper(new DraftKeeper(context, this))
    , m_strip(new MessageStrip(context.theme(), this))
    , m_title(new QLabel(this))
    , m_targets(new QLabel(this))
    , m_author(new QLabel(this))
    , m_nav(new SectionNav(context.theme(), this))
    , m_tabs(new QTabBar(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_form(new FormView(formContext(m_model, context.theme(), context.korean(), context.sharedProfile(),
                              [this] { return m_keeper->draft().patient; }),
          this))
    , m_preview(new PreviewPane(context, this))
    , m_sheet(new SendSheet(context, this))
    , m_footer(new QWidget(this))
    , m_savedLabel(new QLabel(this))
    , m_previewLabel(new QLabel(this))
    , m_missing(new QPushButton(this))
    , m_unreviewed(new QPushButton(this))
    , m_send(new QPushButton(tr("Send (Ctrl+Enter)"), this))
    , m_startField(field)
{
    Theme &theme = context.theme();
    const int unit = theme.unit();
    setObjectName(QStringLiteral("compose"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    m_head = new QWidget(this);
    auto *head = m_head;
    auto *flow = new FlowLayout(head);
    flow->setContentsMargins(4 * unit, 2 * unit, 4 * unit, 2 * unit);
    flow->setSpacing(4 * unit);
    for (QLabel *label : {m_title, m_targets, m_author, m_savedLabel, m_previewLabel})
        label->setTextFormat(Qt::PlainText);
    m_title->setFont(theme.font(Theme::Face::SectionTitle));
    m_author->setForegroundRole(QPalette::PlaceholderText);
    flow->addWidget(m_title);
    flow->addWidget(m_targets);
    flow->addWidget(m_author);
    layout->addWidget(head);
    layout->addWidget(m_strip);

    m_tabs->addTab(tr("Write"));
    m_tabs->addTab(tr("Preview"));
    m_tabs->setAccessibleName(tr("Write or preview"));
    m_tabs->setObjectName(QStringLiteral("compose.tabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->hide();
    connect(m_tabs, &QTabBar::currentChanged, this, [this] { place(); });

    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(qMax(3, unit));
    m_splitter->addWidget(m_nav);
    m_splitter->addWidget(m_form);
    m_splitter->addWidget(m_preview);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setStretchFactor(2, 4);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_sheet);
    m_sheet->hide();

    auto *foot = new FlowRow(m_footer, 3 * unit, unit);
    foot->setContentsMargins(2 * unit, unit, 4 * unit, unit);
    m_missing->setFlat(true);
    m_unreviewed->setFlat(true);
    m_missing->setObjectName(QStringLiteral("compose.footer.missing"));
    m_unreviewed->setObjectName(QStringLiteral("compose.footer.unreviewed"));
    m_send->setObjectName(QStringLiteral("compose.footer.send"));
    m_savedLabel->setForegroundRole(QPalette::PlaceholderText);
    m_previewLabel->setForegroundRole(QPalette::PlaceholderText);
    foot->addWidget(m_tabs); // beside the counts: a row of its own would be taken from the form
    foot->addWidget(m_missing);
    foot->addWidget(m_unreviewed);
    foot->addWidget(m_savedLabel);
    foot->addWidget(m_previewLabel);
    foot->addWidget(m_send);
    foot->setRightFrom(5); // the main act stands at the right end
    setLook(m_send, "primary");
    layout->addWidget(m_footer);

    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(0);
    connect(&m_checkTimer, &QTimer::timeout, this, &ComposePage::check);
    connect(&m_model, &DocumentModel::edited, this, &ComposePage::documentChanged);
    connect(&m_model, &DocumentModel::reverted, this, &ComposePage::documentChanged);
    connect(m_form, &FormView::stateChanged, this, [this] {
        m_nav->show(*m_form);
        showCounts();
        if (m_form->currentIndex() != m_lastSection && m_loaded) {
            m_lastSection = m_form->currentIndex();
            m_preview->showSection(m_form->sections()[size_t(m_lastSection)]->spec().section);
        }
    });
    connect(m_nav, &SectionNav::widthChanged, this, &ComposePage::place, Qt::QueuedConnection);
    connect(m_nav, &SectionNav::chosen, this, [this](int index) { goToSection(index + 1); });
    connect(m_preview, &PreviewPane::stateChanged, this, &ComposePage::showCounts);
    connect(m_preview, &PreviewPane::sectionActivated, this, [this](const QString &code) {
        const QString key = sectionKeyOf(code);
        if (key.isEmpty())
            return;
        if (m_narrow)
            m_tabs->setCurrentIndex(0);
        m_form->goTo(key);
    });
    connect(m_keeper, &DraftKeeper::saved, this, [this](const QDateTime &when) {
        m_savedLabel->setText(tr("saved %1").arg(text::clock(when)));
        Q_EMIT saved(when);
    });
    connect(m_keeper, &DraftKeeper::dirtyChanged, this, &Page::unsavedChanged);
    connect(m_keeper, &DraftKeeper::failed, this, [this](const base::Error &error) {
        m_strip->showError(error, this->context().language(), tr("The draft could not be saved"));
    });
    connect(m_missing, &QPushButton::clicked, this, &ComposePage::nextGap);
    connect(m_unreviewed, &QPushButton::clicked, this, &ComposePage::approveAndGoOn);
    connect(m_send, &QPushButton::clicked, this, &ComposePage::mainAct);
    connect(m_sheet, &SendSheet::sendRequested, this, &ComposePage::send);
    connect(m_sheet, &SendSheet::closed, this, &ComposePage::closeSheet);
    connect(m_sheet, &SendSheet::printRequested, this, &ComposePage::print);
    connect(m_sheet, &SendSheet::consentRequested, this, [this] {
        closeSheet();
        this->context().openConsent(m_keeper->draft().patient);
    });
    connect(m_sheet, &SendSheet::exceptionChosen, this, [this] {
        const clinical::EmergencyException exception = m_sheet->exception();
        m_model.edit(QStringLiteral("exception"),
            [&](DocumentModel::State &state) { state.document.exception = exception; });
        seal();
    });
    connect(&m_recallTimer, &QTimer::timeout, this, [this] {
        if (--m_recallLeft <= 0) {
            m_recallTimer.stop();
            m_strip->show(MessageStrip::Kind::Ok, tr("Sent. Its way is in the outbox."),
                {{tr("Outbox"), [this] { this->context().openOutbox(m_sent); }}});
            return;
        }
        m_strip->show(MessageStrip::Kind::Ok,
            tr("Sent – can be recalled for %n second(s)", nullptr, m_recallLeft),
            {{tr("Recall"), [this] { recall(); }}});
    });
    auto *earlier = new QShortcut(QKeySequence(Qt::Key_F4), this);
    earlier->setContext(Qt::WidgetWithChildrenShortcut);
    connect(earlier, &QShortcut::activated, this, &ComposePage::pullFromEarlier);
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
    m_send->setEnabled(!draft->sealed);
    if (draft->sealed)
        m_strip->show(MessageStrip::Kind::Info, tr("This document was sent; it can be read only."));
    m_savedLabel->setText(
        draft->updated.isValid() ? tr("saved %1").arg(text::clock(draft->updated.toLocalTime())) : QString());
    m_loaded = true;
    m_preview->setDocument(m_model.document());
    showTitle();
    check();
}

QString ComposePage::title() const
{
    return tr("Write: %1").arg(text::formName(m_model.document().form, context().language()));
}

bool ComposePage::hasUnsavedDraft() const
{
    return m_loaded && !m_model.readOnly() && m_sent.isEmpty();
}

void ComposePage::showTitle()
{
    const clinical::Document &d = m_model.document();
    const clinical::Recipient r = d.recipients.empty() ? clinical::Recipient() : d.recipients.front();
    QString words = text::formName(d.form, context().language());
    if (!r.institution.name.isEmpty())
        words += QStringLiteral(" → ") + r.institution.name + QLatin1Char(' ') + r.department.name;
    if (m_title->text() != words)
        m_title->setText(words);
    QStringList targets;
    if (r.institution.name.isEmpty() || r.institution.exchanges)
        targets << tr("✓ Exchange");
    else
        targets << tr("✕ Not on the exchange");
    if (r.institution.relays && (d.form == clinical::Form::Referral || d.form == clinical::Form::Return))
        targets << tr("✓ Insurer's relay");
    m_targets->setText(tr("Goes to: %1").arg(targets.join(QStringLiteral("  "))));
    m_author->setText(tr("Author and signer: %1").arg(d.author.name));
}

void ComposePage::documentChanged()
{
    if (!m_loaded)
        return;
    if (m_sheet->isVisible() && !m_sealing)
        closeSheet(); // any edit unseals
    m_keeper->changed(m_model.document());
    m_preview->setDocument(m_model.document());
    showTitle();
    m_checkTimer.start();
}

void ComposePage::check()
{
    m_form->setProblems(context().profile().compose().check(m_model.document()));
    m_nav->show(*m_form);
    showCounts();
}

void ComposePage::showCounts()
{
    const int missing = m_form->missing(), unreviewed = m_form->unreviewed();
    m_missing->setText(
        missing > 0 ? tr("! %n required left (F8)", nullptr, missing) : tr("✓ nothing missing"));
    m_unreviewed->setText(
        unreviewed > 0 ? tr("? %n not reviewed (F7)", nullptr, unreviewed) : tr("✓ all reviewed"));
    m_missing->setAccessibleName(m_missing->text());
    m_unreviewed->setAccessibleName(m_unreviewed->text());
    m_previewLabel->setText(m_preview->isCurrent() ? tr("preview current") : tr("preview updating"));
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
    if (!m_loaded || m_model.readOnly() || m_sealing)
        return false;
    if (m_sheet->isVisible()) {
        if (m_sheet->mayShare())
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
    m_sealing = true;
    m_sheet->setBusy(true);
    m_keeper->flush([this](const base::Status &status) {
        if (!status) {
            m_sealing = false;
            m_sheet->showError(status.error());
            return;
        }
        auto profile = context().sharedProfile();
        const services::DraftId id = m_keeper->draft().id;
        const services::PatientKey patient = m_keeper->draft().patient;
        struct Sealed {
            services::Preview preview{};
            std::vector<services::ConsentLight> lights{};
            bool online = false;
        };
        UiJob::start<Sealed>(
            context().queue(), this,
            [profile, id, patient](const base::WorkContext &) -> base::Result<Sealed> {
                Sealed sealed;
                NARU_ASSIGN(sealed.preview, profile->compose().sealPreview(id));
                sealed.lights = profile->consents().lights(patient);
                sealed.online = profile->site().online();
                return sealed;
            },
            [this](const base::Result<Sealed> &result) {
                m_sealing = false;
                if (!result) {
                    m_strip->showError(
                        result.error(), context().language(), tr("The document could not be sealed"));
                    return;
                }
                m_preview->showSealed(result->preview);
                m_footer->hide();
                m_sheet->open(m_model.document(), result->preview, result->lights, result->online);
                // Large type on a low screen: the last look needs the room.
                m_splitter->setVisible(height() - m_sheet->sizeHint().height() > fontMetrics().height() * 14);
            });
    });
}

void ComposePage::send()
{
    if (m_sealing)
        return;
    m_sealing = true;
    m_sheet->setBusy(true);
    auto profile = context().sharedProfile();
    const services::DraftId id = m_keeper->draft().id;
    const QString sha = m_sheet->sha256();
    UiJob::start<services::ComposeService::Sealed>(
        context().queue(), this,
        [profile, id, sha](const base::WorkContext &) { return profile->compose().send(id, sha); },
        [this](const base::Result<services::ComposeService::Sealed> &result) {
            m_sealing = false;
            if (!result) {
                m_sheet->showError(result.error());
                return;
            }
            sent(result->outbox);
        });
}

void ComposePage::sent(const services::OutboxId &item)
{
    m_sent = item;
    m_sheet->hide();
    m_splitter->show();
    m_footer->show();
    m_send->setEnabled(false);
    m_model.setReadOnly(true);
    m_form->setReadOnly(true);
    m_recallLeft = qMax(1, context().profile().site().holdSeconds());
    m_strip->show(MessageStrip::Kind::Ok,
        tr("Sent – can be recalled for %n second(s)", nullptr, m_recallLeft),
        {{tr("Recall"), [this] { recall(); }}});
    m_recallTimer.start(1000);
    m_nav->setFocus();
    Q_EMIT unsavedChanged();
}

void ComposePage::recall()
{
    m_recallTimer.stop();
    const base::Status status = context().profile().outbox().recall(m_sent);
    if (!status) {
        m_strip->showError(status.error(), context().language());
        return;
    }
    m_sent.clear();
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
    m_splitter->show();
    m_footer->show();
    m_preview->setDocument(m_model.document());
    if (m_form->currentIndex() < int(m_form->sections().size()))
        m_form->goTo(m_form->sections()[size_t(m_form->currentIndex())]->key());
}

bool ComposePage::nextGap()
{
    if (m_narrow)
        m_tabs->setCurrentIndex(0);
    const auto done = std::make_shared<bool>(false); // the action may run after this function has returned
    commitFocusedThen(this, [this, done] {
        check();
        *done = m_form->goToNextGap();
    });
    return *done || m_form->missing() > 0;
}

bool ComposePage::approveAndGoOn()
{
    if (m_narrow)
        m_tabs->setCurrentIndex(0);
    const auto done = std::make_shared<bool>(false);
    commitFocusedThen(this, [this, done] { *done = m_form->approveAndGoOn(); });
    return *done;
}

bool ComposePage::otherView()
{
    if (m_narrow) {
        m_tabs->setCurrentIndex(1 - m_tabs->currentIndex());
        (m_tabs->currentIndex() == 1 ? static_cast<QWidget *>(m_preview->view()) : m_form)->setFocus();
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
    if (number < 1 || number > int(m_form->sections().size()))
        return false;
    if (m_narrow)
        m_tabs->setCurrentIndex(0);
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

void ComposePage::pullFromEarlier()
{
    if (m_model.readOnly() || m_form->sections().empty())
        return;
    const QString key = m_form->sections()[size_t(m_form->currentIndex())]->key();
    auto profile = context().sharedProfile();
    const services::PatientKey patient = m_keeper->draft().patient;
    const QString own = m_model.document().id.root;
    struct Earlier {
        clinical::Content content{};
        services::DocumentRow row{};
    };
    UiJob::start<Earlier>(
        context().queue(), this,
        [profile, patient, own, key](const base::WorkContext &) -> base::Result<Earlier> {
            Earlier earlier;
            for (const services::DocumentRow &row : profile->records().local(patient)) {
                if (!row.local || row.id == own || !row.problem.isEmpty())
                    continue;
                auto content = profile->compose().contentOf(row.id);
                clinical::Document probe;
                if (content)
                    probe.content = *content;
                if (content && !sectionEmpty(probe, key)) {
                    earlier.content = *content;
                    earlier.row = row;
                    break;
                }
            }
            return earlier;
        },
        [this, key](const base::Result<Earlier> &result) {
            if (!result || result->row.id.isEmpty()) {
                m_strip->show(
                    MessageStrip::Kind::Info, tr("No earlier document says anything for this section."));
                return;
            }
            takeEarlier(key, result->content, result->row);
        });
}

void ComposePage::takeEarlier(const QString &key, clinical::Content earlier, const services::DocumentRow &row)
{
    const QString label = QStringList{row.title, row.institution, row.created.toIso().left(10)}
                              .join(QLatin1Char(' '))
                              .simplified();
    const auto mark = [row](clinical::Source &source) {
        source.kind = clinical::Source::Kind::Document;
        source.documentId = row.id;
        source.asOf = row.created;
        source.label = row.title + QLatin1Char(' ') + row.institution;
        source.reviewed = false;
    };
    const auto shown = [this, key] {
        if (SectionView *view = m_form->section(key)) {
            view->expand();
            view->reload();
            view->focusField();
        }
    };
    if (const clinical::Text *text = textField(earlier, key)) {
        const clinical::Text found = *text;
        const auto put = [this, key, found, mark, shown] {
            m_model.edit(key, [&](DocumentModel::State &state) {
                clinical::Text *mine = textField(state.document.content, key);
                const QString before = mine->text.trimmed();
                *mine = found;
                mark(mine->source);
                if (!before.isEmpty())
                    mine->text = before + QLatin1Char('\n') + found.text;
            });
            m_strip->clear();
            shown();
        };
        DocumentModel::State state = m_model.state();
        const clinical::Text *mine = textField(state.document.content, key);
        if (!mine || mine->text.trimmed().isEmpty())
            put();
        else if (mine->text.contains(found.text.trimmed()))
            m_strip->show(
                MessageStrip::Kind::Info, tr("%1 says nothing that is not here already.").arg(label));
        else // what was written is never replaced
            m_strip->show(MessageStrip::Kind::Info,
                tr("%1 says: “%2”").arg(label, base::withVisibleControls(found.text.simplified().left(160))),
                {{tr("Add it"), put}});
        return;
    }
    int taken = 0;
    m_model.edit(key, [&](DocumentModel::State &state) {
        if (key == QLatin1String("social") && state.document.content.social.isEmpty()) {
            state.document.content.social = earlier.social;
            mark(state.document.content.social.source);
            ++taken;
        }
        for (int i = 0; i < listCount(earlier, key);) {
            if (listHasSame(state.document.content, key, earlier, i)
                || listHasSame(state.leftOut, key, earlier, i)) {
                ++i;
                continue;
            }
            mark(*listSource(earlier, key, i));
            listMove(earlier, state.leftOut, key, i); // the next one moves to this place
            ++taken;
        }
    });
    shown();
    if (taken == 0)
        m_strip->show(MessageStrip::Kind::Info, tr("%1 says nothing that is not here already.").arg(label));
    else
        m_strip->show(MessageStrip::Kind::Info,
            tr("%n found in %1; tick what belongs here.", nullptr, taken).arg(label));
}

void ComposePage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    place();
}

void ComposePage::place()
{
    const int character = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int pane = character * kLeastPaneCharacters;
    // The form is never cut: what its editors need at least counts, beside the 34 characters.
    const int formLeast = qMax(pane, m_form->leastWidth());
    const int nav = m_nav->sizeHint().width();
    const bool narrow = width() < nav + formLeast + pane + character * 4;
    const bool noNav = width() < nav + formLeast + character * 4;
    const bool changed = narrow != m_narrow || !m_placed;
    m_narrow = narrow;
    m_placed = true;
    m_tabs->setVisible(narrow);
    // Large type on a low screen: the lines that say what the banner and the last look say again give their
    // room to the form.
    const bool low = window()->height() < fontMetrics().height() * 30;
    m_head->setVisible(!low);
    for (QLabel *label : {m_savedLabel, m_previewLabel})
        label->setVisible(!low);
    m_form->setVisible(!narrow || m_tabs->currentIndex() == 0);
    m_preview->setVisible(!narrow || m_tabs->currentIndex() == 1);
    m_nav->setVisible(!noNav && (!narrow || m_tabs->currentIndex() == 0));
    m_nav->setFixedWidth(nav); // as wide as its longest name, never wider
    m_form->setMinimumWidth(narrow ? 0 : formLeast);
    m_preview->setMinimumWidth(narrow ? 0 : pane);
    if (changed && !narrow) {
        const int rest = width() - nav;
        m_splitter->setSizes({nav, rest * 11 / 20, rest * 9 / 20});
    }
}

} // namespace naru::ui
