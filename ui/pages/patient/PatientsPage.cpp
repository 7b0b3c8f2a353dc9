#include "ui/pages/patient/PatientsPage.h"

#include "core/base/Hangul.h"
#include "core/services/PatientService.h"
#include "core/services/SiteService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr int MostRows = 500;

RowCell plain(const QString &text, const QString &role = {})
{
    return {text, role, {}, false, false, {}};
}

} // namespace

Page *PatientsPage::make(AppContext &context, const PageRequest &, QWidget *parent)
{
    return new PatientsPage(context, parent);
}

PatientsPage::PatientsPage(AppContext &context, QWidget *parent)
    : Page(context, parent)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("patients"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 4, 3);
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_query = new HangulLineEdit(bar);
    m_query->setObjectName(QStringLiteral("patients.query"));
    m_query->setAccessibleName(tr("Name, initial consonants, birth date or chart number"));
    m_query->setPlaceholderText(tr("Name, initial consonants, birth date or chart number"));
    m_query->setMinimumWidth(theme.unit(80));
    auto *open = pushButton(tr("Open (Enter)"), QStringLiteral("patients.open"), bar, "primary");
    auto *ask = pushButton(tr("Find on the exchange (Alt+2)"), QStringLiteral("patients.ask"), bar);
    auto *fresh = pushButton(tr("New patient (Alt+3)"), QStringLiteral("patients.new"), bar);
    auto *register_ = pushButton(tr("Identify on the exchange"), QStringLiteral("patients.identify"), bar);
    auto *file = pushButton(tr("File of the EMR… (Alt+4)"), QStringLiteral("patients.file"), bar);
    for (QWidget *widget : QList<QWidget *>{m_query, open, ask, fresh, file, register_})
        row->addWidget(widget);
    column->addWidget(bar);
    m_strip = new MessageStrip(theme, this);
    m_job = new JobLine(this);
    column->addWidget(m_strip);
    column->addWidget(m_job);
    m_candidatePanel = makeCandidatePanel();
    m_newPanel = makeNewPanel();
    column->addWidget(m_candidatePanel);
    column->addWidget(m_newPanel);
    m_list = new DataTable(theme,
        new RowModel(
            theme, {tr("Name"), tr("Sex"), tr("Born"), tr("Chart number"), tr("Exchange"), tr("Last seen")}),
        {3, 0, 0, 0, 0, 0}, tr("Patients"), this);
    m_list->setObjectName(QStringLiteral("patients.list"));
    m_list->setSpareColumns({5});
    m_list->setEmptyState(tr("No patient of this clinic matches"), tr("Find on the exchange (Alt+2)"));
    column->addWidget(m_list, 1);
    connect(m_query, &HangulLineEdit::liveTextChanged, this, &PatientsPage::load);
    connect(m_query, &HangulLineEdit::submitted, this, &PatientsPage::mainAct);
    connect(m_list, &DataTable::opened, this, &PatientsPage::mainAct);
    connect(m_list, &DataTable::emptyVerb, this, &PatientsPage::askExchange);
    connect(m_list, &DataTable::typed, this, [this](const QString &text) {
        m_query->setFocus(Qt::OtherFocusReason);
        m_query->insert(text);
    });
    connect(open, &QPushButton::clicked, this, &PatientsPage::mainAct);
    connect(ask, &QPushButton::clicked, this, &PatientsPage::askExchange);
    connect(fresh, &QPushButton::clicked, this, [this] { showPanel(m_newPanel); });
    connect(file, &QPushButton::clicked, this, &PatientsPage::chooseFile);
    connect(register_, &QPushButton::clicked, this, &PatientsPage::identify);
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Patients)
            load();
    });
    load();
}

QWidget *PatientsPage::makeCandidatePanel()
{
    Theme &theme = context().theme();
    auto *panel = new QWidget(this);
    auto *column = new QVBoxLayout(panel);
    followSpacing(theme, column, 0, 2);
    m_candidateText = sectionTitle(theme, tr("Patients the exchange knows"), panel);
    m_candidates = new DataTable(theme,
        new RowModel(theme, {tr("Name"), tr("Sex"), tr("Born"), tr("Phone"), tr("Address"), tr("Match")}),
        {2, 0, 0, 2, 3, 0}, tr("Patients the exchange knows"), panel);
    m_candidates->setObjectName(QStringLiteral("patients.candidates"));
    m_candidates->setEmptyState(tr("The exchange knows nobody like this"));
    connect(m_candidates, &DataTable::opened, this, &PatientsPage::takeCandidate);
    column->addWidget(m_candidateText);
    column->addWidget(m_candidates);
    panel->hide();
    return panel;
}

QWidget *PatientsPage::makeNewPanel()
{
    Theme &theme = context().theme();
    auto *panel = new QWidget(this);
    auto *column = new QVBoxLayout(panel);
    followSpacing(theme, column, 0, 2);
    column->addWidget(sectionTitle(theme, tr("New patient"), panel));
    auto *fields = new QWidget(panel);
    auto *row = new FlowRow(fields);
    row->setContentsMargins(0, 0, 0, 0);
    const auto field = [&](HangulLineEdit *&edit, const QString &label, const char *name, const QString &hint,
                           double wide) {
        edit = new HangulLineEdit(fields);
        edit->setObjectName(QString::fromLatin1(name));
        edit->setPlaceholderText(hint);
        edit->setMinimumWidth(theme.unit(wide));
        row->addWidget(labelled(theme, label, edit, fields));
        connect(edit, &HangulLineEdit::submitted, this, &PatientsPage::saveNew);
    };
    field(m_name, tr("Name *"), "patients.new.name", {}, 32);
    m_sex = new QComboBox(fields);
    m_sex->setObjectName(QStringLiteral("patients.new.sex"));
    for (const clinical::Sex sex : {clinical::Sex::Male, clinical::Sex::Female, clinical::Sex::Unknown})
        m_sex->addItem(text::sexName(sex, context().language()), clinical::sexToHl7(sex));
    row->addWidget(labelled(theme, tr("Sex *"), m_sex, fields));
    field(m_birth, tr("Born *"), "patients.new.birth", QStringLiteral("1961-03-02"), 26);
    field(m_chart, tr("Chart number *"), "patients.new.chart", {}, 26);
    field(m_phone, tr("Phone"), "patients.new.phone", {}, 30);
    column->addWidget(fields);
    auto *buttons = new QHBoxLayout;
    auto *save = pushButton(tr("Save and open"), QStringLiteral("patients.new.save"), panel, "primary");
    auto *back = pushButton(tr("Back (Esc)"), QStringLiteral("patients.new.back"), panel);
    buttons->addWidget(save);
    buttons->addWidget(back);
    buttons->addStretch();
    column->addLayout(buttons);
    connect(save, &QPushButton::clicked, this, &PatientsPage::saveNew);
    connect(back, &QPushButton::clicked, this, &PatientsPage::stepBack);
    panel->hide();
    return panel;
}

void PatientsPage::showPanel(QWidget *panel)
{
    m_candidatePanel->setVisible(panel == m_candidatePanel);
    m_newPanel->setVisible(panel == m_newPanel);
    // On a small screen or with large type the list makes room: fields are never squeezed.
    const bool room = !panel || height() > context().theme().unit(110);
    m_list->setVisible(room);
    m_query->parentWidget()->setVisible(room);
    if (panel == m_newPanel) {
        if (m_name->text().isEmpty())
            m_name->setText(m_query->text());
        m_name->setFocus(Qt::OtherFocusReason);
    }
}

void PatientsPage::load()
{
    const text::Language language = context().language();
    std::vector<ModelRow> rows;
    for (const services::PatientRow &who :
        context().profile().patients().list(m_query->liveText(), MostRows)) {
        ModelRow row{who.key, {}, {}, false, false};
        row.cells = {{base::withVisibleControls(who.name), {}, {}, false, true, {}},
            plain(text::sexName(who.sex, language)), plain(who.birthDate.toIso().left(10)),
            plain(who.chartNumber),
            who.identified
                ? plain(QStringLiteral("✓ ") + tr("known"), QStringLiteral("ok"))
                : plain(QStringLiteral("○ ") + tr("not identified yet"), QStringLiteral("textSecondary")),
            {text::date(who.updated), QStringLiteral("textSecondary"), who.updated, false, false, {}}};
        rows.push_back(std::move(row));
    }
    m_list->setRows(std::move(rows));
}

void PatientsPage::askExchange()
{
    services::PatientService::FindRequest request;
    const QString query = m_query->text().trimmed();
    for (const QString &word : query.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (const auto date = base::Timestamp::parseAny(word); date && word.at(0).isDigit())
            request.birthDate = *date;
        else if (clinical::sexFromText(word) != clinical::Sex::Unknown && word.size() == 1)
            request.sex = clinical::sexFromText(word);
        else
            request.name = request.name.isEmpty() ? word : request.name + QLatin1Char(' ') + word;
    }
    if (request.name.isEmpty() && request.birthDate.isNull()) {
        m_strip->show(MessageStrip::Kind::Info,
            tr("Type a name and, if known, the birth date (홍길동 1961-03-02), then ask again"), {});
        m_query->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_strip->clear();
    const auto profile = context().sharedProfile();
    m_job->follow(UiJob::start<std::vector<services::Candidate>>(
        context().queue(), this,
        [profile, request](const base::WorkContext &work) { return profile->patients().find(request, work); },
        [this](const base::Result<std::vector<services::Candidate>> &result) {
            if (result)
                showCandidates(*result);
            else
                m_strip->showError(
                    result.error(), context().language(), tr("The exchange could not be asked"));
        },
        tr("Asking the exchange")));
}

void PatientsPage::showCandidates(const std::vector<services::Candidate> &candidates)
{
    m_found = candidates;
    std::vector<ModelRow> rows;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const clinical::Patient &who = candidates[i].patient;
        ModelRow row{QString::number(i), {}, {}, false, false};
        row.cells = {{base::withVisibleControls(who.name), {}, {}, false, true, {}},
            plain(text::sexName(who.sex, context().language())), plain(who.birthDate.toIso().left(10)),
            plain(who.phone), plain(who.address.basic),
            plain(candidates[i].matchPercent < 0 ? QString()
                                                 : QStringLiteral("%1 %").arg(candidates[i].matchPercent))};
        rows.push_back(std::move(row));
    }
    showPanel(m_candidatePanel);
    m_candidateText->setText(
        tr("Patients the exchange knows (%1): Enter takes one over").arg(candidates.size()));
    m_candidates->setRows(std::move(rows));
    m_candidates->setFixedHeight(
        std::clamp(m_candidates->contentHeight(), context().theme().unit(24), context().theme().unit(60)));
    if (!candidates.empty())
        m_candidates->setFocus(Qt::OtherFocusReason);
}

void PatientsPage::takeCandidate(const QString &id)
{
    bool number = false;
    const std::size_t at = std::size_t(id.toInt(&number));
    if (!number || at >= m_found.size())
        return;
    // The chart number is ours to give: the form asks for it, the rest is filled in.
    const clinical::Patient &who = m_found[at].patient;
    showPanel(m_newPanel);
    m_name->setText(who.name);
    m_birth->setText(who.birthDate.toIso().left(10));
    m_phone->setText(who.phone);
    m_sex->setCurrentIndex(std::max(0, m_sex->findData(clinical::sexToHl7(who.sex))));
    m_chart->setFocus(Qt::OtherFocusReason);
}

void PatientsPage::saveNew()
{
    clinical::Patient patient;
    patient.name = m_name->text().trimmed();
    patient.sex = clinical::sexFromText(m_sex->currentData().toString());
    if (const auto birth = base::Timestamp::parseAny(m_birth->text().trimmed()))
        patient.birthDate = *birth;
    patient.phone = m_phone->text().trimmed();
    patient.localId = {context().profile().site().clinic().oid, m_chart->text().trimmed()};
    QStringList missing;
    if (patient.name.isEmpty())
        missing.append(tr("name"));
    if (patient.birthDate.isNull())
        missing.append(tr("birth date (1961-03-02)"));
    if (patient.localId.extension.isEmpty())
        missing.append(tr("chart number"));
    if (!missing.isEmpty()) {
        m_strip->show(
            MessageStrip::Kind::Error, tr("Still missing: %1").arg(missing.join(QStringLiteral(", "))), {});
        return;
    }
    const auto key = context().profile().patients().save(patient);
    if (!key) {
        m_strip->showError(key.error(), context().language(), tr("The patient could not be saved"));
        return;
    }
    m_strip->clear();
    for (HangulLineEdit *edit : {m_name, m_birth, m_chart, m_phone})
        edit->clear();
    showPanel(nullptr);
    context().openPatient(*key);
}

void PatientsPage::identify()
{
    const QString key = m_list->currentId();
    if (key.isEmpty())
        return;
    m_strip->clear();
    const auto profile = context().sharedProfile();
    m_job->follow(UiJob::start<clinical::Identifier>(
        context().queue(), this,
        [profile, key](const base::WorkContext &work) { return profile->patients().identify(key, work); },
        [this](const base::Result<clinical::Identifier> &result) {
            if (result)
                m_strip->show(MessageStrip::Kind::Ok, tr("The exchange knows this patient"), {});
            else
                m_strip->showError(
                    result.error(), context().language(), tr("The patient could not be identified"));
            load();
        },
        tr("Asking the exchange")));
}

QString PatientsPage::title() const
{
    return tr("Find a patient");
}

bool PatientsPage::mainAct()
{
    if (m_newPanel->isVisible()) {
        saveNew();
        return true;
    }
    // The row of the list below is somebody else.
    if (m_candidates->isVisible() && (m_candidates->hasFocus() || !m_list->isVisible())) {
        takeCandidate(m_candidates->currentId());
        return true;
    }
    if (m_list->currentId().isEmpty())
        return false;
    context().profile().patients().opened(m_list->currentId(), QStringLiteral("search"));
    context().openPatient(m_list->currentId());
    return true;
}

bool PatientsPage::refresh()
{
    load();
    return true;
}

bool PatientsPage::find()
{
    m_query->setFocus(Qt::ShortcutFocusReason);
    m_query->selectAll();
    return true;
}

bool PatientsPage::goToSection(int number)
{
    if (number == 1)
        return find();
    if (number == 2)
        askExchange();
    else if (number == 3)
        showPanel(m_newPanel);
    else if (number == 4)
        chooseFile();
    else
        return false;
    return true;
}

// An EMR hands over by starting this program; where it only writes a file, people bring it themselves.
void PatientsPage::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Hand-over file of the EMR"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Hand-over files (*.json *.hl7 *.csv *.xml *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &PatientsPage::takeFile);
    dialog->open();
}

void PatientsPage::takeFile(const QString &path)
{
    m_strip->clear();
    m_job->follow(UiJob::start<services::ImportedPatient>(
        context().queue(), this,
        [profile = context().sharedProfile(), path](
            const base::WorkContext &) { return profile->patients().importFile(path); },
        [this](const base::Result<services::ImportedPatient> &taken) {
            if (!taken) {
                m_strip->showError(
                    taken.error(), context().language(), tr("The hand-over of the EMR could not be taken"));
                return;
            }
            context().profile().patients().opened(taken->key, QStringLiteral("emr"));
            context().openPatient(taken->key);
        }));
}

bool PatientsPage::stepBack()
{
    if (m_newPanel->isVisible() || m_candidatePanel->isVisible()) {
        showPanel(nullptr);
        m_query->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false; // nothing is discarded: the fields keep what was typed
}

QList<QWidget *> PatientsPage::panes() const
{
    QList<QWidget *> all{m_query};
    if (m_newPanel->isVisible())
        all.append(m_name);
    if (m_candidatePanel->isVisible())
        all.append(m_candidates);
    all.append(m_list);
    return all;
}

QList<QPair<QString, QString>> PatientsPage::keys() const
{
    return {{QStringLiteral("Enter"), tr("Open the patient")},
        {QStringLiteral("Alt+2"), tr("Find on the exchange")}, {QStringLiteral("Alt+3"), tr("New patient")},
        {QStringLiteral("Alt+4"), tr("Hand-over file of the EMR")}};
}

} // namespace naru::ui
