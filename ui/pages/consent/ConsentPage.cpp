#include "ui/pages/consent/ConsentPage.h"

#include "core/services/AuditService.h"
#include "core/services/ConsentService.h"
#include "core/services/PatientService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/consent/ConsentHistory.h"
#include "ui/pages/consent/PaperForm.h"
#include "ui/pages/consent/ScanPanel.h"
#include "ui/pages/consent/SignerForm.h"
#include "ui/pages/consent/WordsPane.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace naru::ui {

namespace {

using clinical::Programme;

bool isEffective(services::Light light)
{
    return light == services::Light::Valid || light == services::Light::ExpiringSoon
        || light == services::Light::PendingRegistration;
}

} // namespace

ConsentPage::ConsentPage(AppContext &context, const services::PatientKey &patient, QWidget *parent)
    : Page(context, parent)
    , m_patientKey(patient)
    , m_strip(new MessageStrip(context.theme(), this))
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_signer(new SignerForm(context, this))
    , m_progress(new QLabel(this))
    , m_devices(new QLabel(this))
    , m_start(new QPushButton(tr("To the patient's window (Enter)"), this))
    , m_paper(new QPushButton(tr("Paper form (Ctrl+P)"), this))
    , m_scan(new QPushButton(tr("Attach a scan"), this))
    , m_record(new QPushButton(tr("Record and register (Enter)"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
{
    Theme &theme = context.theme();
    const int unit = theme.unit();
    setObjectName(QStringLiteral("consent"));
    auto *layout = scrollingColumn(this, QStringLiteral("consent.scroll")); // large type: nothing is squeezed
    layout->setContentsMargins(4 * unit, 3 * unit, 4 * unit, 3 * unit);
    layout->setSpacing(3 * unit);
    m_tabs->setObjectName(QStringLiteral("consent.tabs"));
    m_tabs->setAccessibleName(tr("Consent, withdrawal, history"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("1 Consent"));
    m_tabs->addTab(tr("2 Withdrawal"));
    m_tabs->addTab(tr("3 History"));
    layout->addWidget(m_tabs);
    layout->addWidget(m_strip);
    m_stack->addWidget(makeGive());
    m_stack->addWidget(makeWithdraw());
    m_history = new ConsentHistory(context, patient, this);
    m_stack->addWidget(m_history);
    m_stack->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    layout->addWidget(m_stack);
    layout->addWidget(m_signer);

    m_scanPanel = new ScanPanel(theme, this);
    m_scanPanel->hide();
    layout->addWidget(m_scanPanel);

    m_devices->setTextFormat(Qt::PlainText);
    m_devices->setForegroundRole(QPalette::PlaceholderText);
    auto *acts = new QWidget(this);
    auto *flow = new FlowLayout(acts);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(3 * unit);
    m_start->setObjectName(QStringLiteral("consent.start"));
    m_paper->setObjectName(QStringLiteral("consent.paper"));
    m_scan->setObjectName(QStringLiteral("consent.scan"));
    m_record->setObjectName(QStringLiteral("consent.record"));
    m_stop->setObjectName(QStringLiteral("consent.stop"));
    m_start->setDefault(true);
    setLook(m_start, "primary");
    setLook(m_record, "primary");
    for (QPushButton *button : {m_start, m_record, m_paper, m_scan, m_stop}) {
        button->setAutoDefault(true);
        flow->addWidget(button);
    }
    layout->addWidget(acts);
    layout->addWidget(m_devices);
    m_progress->setTextFormat(Qt::PlainText);
    m_progress->setWordWrap(true);
    m_progress->setFont(theme.font(Theme::Face::BodyBold));
    layout->addWidget(m_progress);
    m_words = new WordsPane(theme, context.korean(), this);
    layout->addWidget(m_words, 1);
    layout->addStretch(0);
    m_record->hide();
    m_stop->hide();

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_stack->setCurrentIndex(tab);
        for (int i = 0; i < m_stack->count(); ++i) // only the shown page decides the height
            m_stack->widget(i)->setSizePolicy(
                QSizePolicy::Preferred, i == tab ? QSizePolicy::Preferred : QSizePolicy::Ignored);
        m_stack->setSizePolicy(
            QSizePolicy::Preferred, tab == 2 ? QSizePolicy::Expanding : QSizePolicy::Maximum);
        const bool acting = tab < 2;
        m_strip->clear(); // what was said of the other tab is over
        for (QWidget *w : {static_cast<QWidget *>(m_signer), static_cast<QWidget *>(m_start),
                 static_cast<QWidget *>(m_paper), static_cast<QWidget *>(m_scan),
                 static_cast<QWidget *>(m_devices)})
            w->setVisible(acting);
        showWords();
        if (tab == 2)
            m_history->reload();
        focusFirst();
    });
    for (ProgrammeList *list : {m_giveList, m_withdrawList}) {
        connect(list, &QTreeWidget::itemChanged, this, &ConsentPage::showWords);
        connect(list, &ProgrammeList::enterPressed, this, &ConsentPage::mainAct);
    }
    connect(m_start, &QPushButton::clicked, this, &ConsentPage::startSession);
    connect(m_record, &QPushButton::clicked, this, &ConsentPage::record);
    connect(m_paper, &QPushButton::clicked, this, &ConsentPage::print);
    connect(m_scan, &QPushButton::clicked, this, &ConsentPage::openScan);
    connect(m_stop, &QPushButton::clicked, this,
        [this] { endSession(tr("Stopped. Nothing was signed."), true); });
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Consents && !m_window)
            load();
    });
    for (int i = 1; i < 3; ++i)
        m_stack->widget(i)->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    if (auto found = context.profile().patients().get(patient))
        m_patient = *found;
    m_signer->setPatient(m_patient);
    load();
}

ConsentPage::~ConsentPage()
{
    if (m_window)
        m_window->blank();
}

QTextEdit *ConsentPage::words() const
{
    return m_words->text();
}

Page *ConsentPage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    auto *page = new ConsentPage(context, request.patient, parent);
    page->setRequest(request);
    return page;
}

QWidget *ConsentPage::makeGive()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    m_giveList = new ProgrammeList(
        context().theme(), QStringLiteral("consent.give"), tr("Programmes to consent to"), page);
    layout->addWidget(m_giveList);
    if (context().profile().consents().partialAllowed()) {
        m_excluded = new CodePicker(CodePicker::Mode::Chips, page);
        m_excluded->setLabel(tr("Departments left out (optional)"));
        m_excluded->setPlaceholderText(tr("Departments left out (optional)"));
        std::vector<CodeChoice> rows;
        for (const clinical::Department &department : context().profile().consents().sensitiveDepartments()) {
            CodeChoice row;
            row.key = row.code = department.code;
            row.ko = department.name;
            rows.push_back(row);
        }
        m_excluded->setSource(std::make_shared<ListSource>(rows));
        layout->addWidget(m_excluded);
    }
    return page;
}

QWidget *ConsentPage::makeWithdraw()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(context().theme().unit(2));
    m_withdrawList = new ProgrammeList(
        context().theme(), QStringLiteral("consent.withdraw"), tr("Programmes to withdraw from"), page);
    layout->addWidget(m_withdrawList);
    m_effect = new QLabel(page);
    m_effect->setTextFormat(Qt::PlainText);
    m_effect->setWordWrap(true);
    layout->addWidget(m_effect);
    m_withdrawReason = new HangulLineEdit(page);
    m_withdrawReason->setAccessibleName(tr("Reason for withdrawing (optional)"));
    m_withdrawReason->setPlaceholderText(tr("Reason for withdrawing (optional)"));
    m_withdrawReason->setObjectName(QStringLiteral("consent.withdraw.reason"));
    layout->addWidget(m_withdrawReason);
    return page;
}

bool ConsentPage::withdrawing() const
{
    return m_tabs->currentIndex() == 1;
}

void ConsentPage::load()
{
    const auto lang = context().language();
    const auto lights = context().profile().consents().lights(m_patientKey);
    m_giveList->clear();
    m_withdrawList->clear();
    for (const services::ConsentLight &light : lights) {
        const text::Word word = text::light(light.light, lang);
        const QString until = light.until.isNull() ? QString() : QLatin1Char(' ') + light.until.toDisplay();
        const bool valid = isEffective(light.light);
        // Needed ones are ticked: what is missing, and what ends soon.
        const bool needed = !valid || light.light == services::Light::ExpiringSoon;
        const QString name = text::programmeName(light.programme, lang);
        m_giveList->add(light.programme, name,
            word.text() + until + (needed ? QStringLiteral("  → ") + tr("new consent") : QString()), word,
            needed && light.programme != Programme::Imaging);
        if (valid)
            m_withdrawList->add(light.programme, name, word.text() + until, word, false);
    }
    for (QTreeWidget *list : {m_giveList, m_withdrawList}) {
        if (list->topLevelItemCount() > 0)
            list->setCurrentItem(list->topLevelItem(0));
    }
    const auto effect = context().profile().consents().withdrawalEffect(m_patientKey);
    m_effect->setText(m_withdrawList->topLevelItemCount() == 0
            ? tr("There is no valid consent to withdraw.")
            : tr("Stops: sharing new documents, new look-ups by other institutions.") + QLatin1Char('\n')
                + (effect.copiesFetched == 0
                        ? tr("No institution has fetched a copy so far.")
                        : tr("Cannot be undone: copies already fetched – %1 in %2 institution(s).")
                              .arg(effect.copiesFetched)
                              .arg(effect.institutions)));
    const bool second = QGuiApplication::screens().size() > 1;
    m_devices->setText(second ? tr("Patient's window: second screen ✓")
                              : tr("Patient's window: this screen (no second one found)"));
    if (m_tabs->currentIndex() == 2)
        m_history->reload();
    showWords();
}

services::ConsentAct ConsentPage::actFromForm() const
{
    services::ConsentAct act;
    act.patient = m_patientKey;
    act.programmes = (withdrawing() ? m_withdrawList : m_giveList)->ticked();
    m_signer->fill(act);
    if (withdrawing())
        act.withdrawalReason = m_withdrawReason->liveText().trimmed();
    if (m_excluded && !withdrawing()) {
        for (const CodeChoice &choice : m_excluded->chosen())
            act.excludedDepartments.push_back({choice.code, choice.ko});
    }
    return act;
}

std::vector<services::ConsentText> ConsentPage::textsOf(const std::vector<Programme> &programmes) const
{
    std::vector<services::ConsentText> out;
    const auto texts = context().profile().consents().texts(
        context().korean() ? QStringLiteral("ko") : QStringLiteral("en"));
    for (const Programme programme : programmes) {
        services::ConsentText text;
        text.programme = programme;
        text.title = text::programmeName(programme, context().language());
        if (withdrawing()) {
            text.items = m_effect->text();
        } else {
            const auto found = std::find_if(
                texts.begin(), texts.end(), [&](const auto &t) { return t.programme == programme; });
            if (found == texts.end())
                continue;
            text = *found;
        }
        out.push_back(text);
    }
    return out;
}

void ConsentPage::showWords()
{
    const bool giving = m_tabs->currentIndex() == 0;
    m_words->setVisible(giving);
    if (giving)
        m_words->setTexts(textsOf(m_giveList->ticked()), *m_history);
}

QString ConsentPage::title() const
{
    return tr("Consent");
}

bool ConsentPage::mainAct()
{
    if (readyToRecord())
        record();
    else
        startSession();
    return true;
}

bool ConsentPage::otherView()
{
    if (!m_window)
        return false;
    m_window->raise();
    m_window->activateWindow();
    return true;
}

bool ConsentPage::refresh()
{
    auto profile = context().sharedProfile();
    const services::PatientKey key = m_patientKey;
    UiJob::start<bool>(
        context().queue(), this,
        [profile, key](const base::WorkContext &work) -> base::Result<bool> {
            NARU_TRY(profile->consents().refresh(key, work));
            return true;
        },
        [this](const base::Result<bool> &result) {
            if (!result)
                m_strip->showError(result.error(), context().language(),
                    tr("The registry could not be asked; the state is the local one"));
            load();
        });
    return true;
}

bool ConsentPage::goToSection(int number)
{
    if (number < 1 || number > m_tabs->count())
        return false;
    if (m_window || readyToRecord()) {
        m_strip->show(MessageStrip::Kind::Warn, tr("A signature is under way: record it or stop it first."));
        return true;
    }
    m_tabs->setCurrentIndex(number - 1);
    focusFirst();
    return true;
}

bool ConsentPage::print()
{
    if (m_tabs->currentIndex() > 1)
        return false;
    PaperForm form;
    form.patient = m_patient;
    form.act = actFromForm();
    form.withdrawal = withdrawing();
    form.korean = context().korean();
    form.effect = m_effect->text();
    const auto texts = context().profile().consents().texts(
        context().korean() ? QStringLiteral("ko") : QStringLiteral("en"));
    for (const services::ConsentText &text : texts) {
        if (std::find(form.act.programmes.begin(), form.act.programmes.end(), text.programme)
            != form.act.programmes.end())
            form.texts.push_back(text);
    }
    if (form.texts.empty()) {
        m_strip->show(MessageStrip::Kind::Warn, tr("Tick at least one programme (Space)."));
        return true;
    }
    printPaperForm(context(), this, form);
    return true;
}

bool ConsentPage::stepBack()
{
    if (!m_window && !readyToRecord())
        return false;
    endSession(tr("Stopped. Nothing was signed."), true);
    return true;
}

QTreeWidget *ConsentPage::currentList() const
{
    if (m_tabs->currentIndex() == 2)
        return m_history;
    return withdrawing() ? m_withdrawList : m_giveList;
}

QList<QWidget *> ConsentPage::panes() const
{
    QList<QWidget *> all{currentList()};
    if (m_tabs->currentIndex() < 2)
        all.append(m_signer);
    if (m_words->isVisible())
        all.append(m_words->text());
    return all;
}

void ConsentPage::focusFirst()
{
    QTreeWidget *list = currentList();
    if (list->topLevelItemCount() > 0)
        list->setFocus(Qt::TabFocusReason);
    else
        m_tabs->setFocus(Qt::TabFocusReason);
}

QList<QPair<QString, QString>> ConsentPage::keys() const
{
    return {{QStringLiteral("Space"), tr("tick the programme")},
        {QStringLiteral("Enter"), tr("to the patient's window; then record")}};
}

void ConsentPage::lock()
{
    if (m_window || readyToRecord())
        endSession({}, true);
}

} // namespace naru::ui
