#include "ui/pages/settings/SettingsPage.h"

#include "core/services/SettingsService.h"
#include "core/services/SiteService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/settings/TermsPart.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr const char *Steps[] = {"form", "dns", "tcp", "tls", "serverCertificate", "clientCertificate",
    "http", "soap", "application", "clock"};

RowCell cell(const QString &text, const QString &role = {})
{
    return {text, role, {}, false, false, text};
}

} // namespace

Page *SettingsPage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    auto *page = new SettingsPage(context, parent);
    page->m_categories->setCurrentRow(std::max(0, int(page->m_keys.indexOf(request.extra))));
    return page;
}

SettingsPage::SettingsPage(AppContext &context, QWidget *parent)
    : Page(context, parent)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("settings"));
    auto *row = new QHBoxLayout(this);
    followSpacing(theme, row, 4, 4);
    auto *side = new QVBoxLayout;
    m_search = new HangulLineEdit(this);
    m_search->setObjectName(QStringLiteral("settings.search"));
    m_search->setAccessibleName(tr("Find a setting"));
    m_search->setPlaceholderText(tr("Find (Ctrl+F)"));
    m_categories = new QListWidget(this);
    m_categories->setObjectName(QStringLiteral("settings.categories"));
    m_categories->setAccessibleName(tr("Categories"));
    m_categories->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    side->addWidget(m_search);
    side->addWidget(m_categories, 1);
    row->addLayout(side);
    auto *main = new QVBoxLayout;
    m_strip = new MessageStrip(theme, this);
    main->addWidget(m_strip);
    m_stack = new QStackedWidget(this);
    main->addWidget(m_stack, 1);
    row->addLayout(main, 1);
    makeClinic();
    makeConnection();
    makeTerms();
    makeAppearance();
    makeSecurity();
    makeProgram();
    const auto widths = [this, &theme] {
        m_categories->setFixedWidth(theme.unit(44));
        m_search->setFixedWidth(theme.unit(44));
        for (int i = 0; i < m_categories->count(); ++i)
            m_categories->item(i)->setSizeHint(QSize(0, theme.unit(7)));
    };
    widths();
    connect(&theme, &Theme::changed, this, widths);
    connect(m_categories, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_search, &HangulLineEdit::liveTextChanged, this, &SettingsPage::filterCategories);
    connect(m_search, &HangulLineEdit::submitted, this, [this] { m_categories->setFocus(); });
    m_categories->setCurrentRow(0);
}

QVBoxLayout *SettingsPage::addCategory(const QString &key, const QString &name)
{
    Theme &theme = context().theme();
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    followSpacing(theme, column, 0, 3);
    column->addWidget(pageTitle(theme, name, inside));
    m_stack->addWidget(scrolled(inside, QStringLiteral("settings.page.") + key, m_stack));
    m_categories->addItem(QStringLiteral("%1  %2").arg(m_categories->count() + 1).arg(name));
    m_keys.append(key);
    return column;
}

void SettingsPage::makeClinic()
{
    Theme &theme = context().theme();
    QVBoxLayout *column = addCategory(QStringLiteral("clinic"), tr("Clinic and doctor"));
    QWidget *page = column->parentWidget();
    const clinical::Institution clinic = context().profile().site().clinic();
    const clinical::Practitioner doctor = context().profile().site().doctor();
    struct Row {
        const char *key;
        QString label, value;
    };
    const QList<Row> rows = {{"clinic.name", tr("Name of the clinic *"), clinic.name},
        {"clinic.number", tr("Institution number (8 digits) *"), clinic.number},
        {"clinic.phone", tr("Phone *"), clinic.phone},
        {"clinic.postal", tr("Postal code"), clinic.address.postalCode},
        {"clinic.address", tr("Address"), clinic.address.basic},
        {"clinic.address2", tr("Address, details"), clinic.address.detail},
        {"doctor.name", tr("Name of the doctor *"), doctor.name},
        {"doctor.licence", tr("Licence number *"), doctor.licence},
        {"doctor.phone", tr("Phone of the doctor"), doctor.phone}};
    for (const Row &row : rows) {
        auto *edit = new HangulLineEdit;
        edit->setObjectName(QStringLiteral("settings.") + QString::fromLatin1(row.key));
        edit->setText(row.value);
        QWidget *box = labelled(theme, row.label, edit, page);
        box->setMaximumWidth(theme.unit(120));
        column->addWidget(box);
        m_clinic.insert(QString::fromLatin1(row.key), edit);
        connect(edit, &HangulLineEdit::submitted, this, &SettingsPage::saveClinic);
    }
    auto *save = pushButton(tr("Save"), QStringLiteral("settings.clinic.save"), page, "primary");
    connect(save, &QPushButton::clicked, this, &SettingsPage::saveClinic);
    column->addWidget(save, 0, Qt::AlignLeft);
    column->addStretch();
}

void SettingsPage::saveClinic()
{
    clinical::Institution clinic = context().profile().site().clinic();
    clinical::Practitioner doctor = context().profile().site().doctor();
    const auto value = [this](const char *key) {
        return m_clinic.value(QString::fromLatin1(key))->text().trimmed();
    };
    clinic.name = value("clinic.name");
    if (clinic.number != value("clinic.number")) {
        clinic.number = value("clinic.number");
        const QString root = clinic.oid.section(QLatin1Char('.'), 0, -2);
        if (!root.isEmpty())
            clinic.oid = root + QLatin1Char('.') + clinic.number;
    }
    clinic.phone = value("clinic.phone");
    clinic.address = {value("clinic.address"), value("clinic.address2"), value("clinic.postal")};
    doctor.name = value("doctor.name");
    doctor.licence = value("doctor.licence");
    doctor.phone = value("doctor.phone");
    if (const base::Status status = context().profile().site().setClinic(clinic, doctor); !status)
        m_strip->showError(
            status.error(), context().language(), tr("It could not be saved; the old values stay in force"));
    else
        m_strip->show(MessageStrip::Kind::Ok, tr("Saved"), {});
}

void SettingsPage::makeConnection()
{
    Theme &theme = context().theme();
    QVBoxLayout *column = addCategory(QStringLiteral("connection"), tr("Connection"));
    QWidget *page = column->parentWidget();
    const services::SiteService &site = context().profile().site();
    column->addWidget(secondary(theme,
        tr("Exchange: %1").arg(site.title(context().korean() ? QStringLiteral("ko") : QStringLiteral("en"))),
        page));
    if (const auto certificate = site.certificate()) {
        const qint64 days = QDateTime::currentDateTimeUtc().daysTo(certificate->notAfter);
        auto *line = new QHBoxLayout;
        line->addWidget(themedLabel(theme,
            tr("Clinic certificate: %1, valid until %2 (%3 days)")
                .arg(certificate->subject, text::date(certificate->notAfter))
                .arg(days),
            Theme::Face::Body, days < 30 ? "warn" : "text", page));
        auto *copy =
            pushButton(tr("Copy the fingerprint"), QStringLiteral("settings.certificate.copy"), page);
        connect(copy, &QPushButton::clicked, this, [this, print = certificate->fingerprint] {
            QGuiApplication::clipboard()->setText(print);
            context().showToast(tr("The fingerprint was copied"));
        });
        line->addWidget(copy);
        line->addStretch();
        column->addLayout(line);
    } else {
        column->addWidget(secondary(theme, text::sentence(certificate.error(), context().language()), page));
    }
    auto *holder = new QWidget(page);
    auto *bar = new FlowRow(holder);
    bar->setContentsMargins(0, 0, 0, 0);
    m_endpoint = new QComboBox(page);
    m_endpoint->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_endpoint->setMinimumContentsLength(36);
    m_endpoint->setObjectName(QStringLiteral("settings.endpoint"));
    m_endpoint->setAccessibleName(tr("Endpoint"));
    for (const services::EndpointRow &endpoint : site.endpoints())
        m_endpoint->addItem(endpoint.title + QStringLiteral("   ") + endpoint.address, endpoint.key);
    auto *run = pushButton(tr("Test (F5)"), QStringLiteral("settings.endpoint.test"), page, "primary");
    auto *copy = pushButton(tr("Copy diagnostics"), QStringLiteral("settings.endpoint.copy"), page);
    bar->addWidget(m_endpoint);
    bar->addWidget(run);
    bar->addWidget(copy);
    column->addWidget(holder);
    connect(run, &QPushButton::clicked, this, &SettingsPage::test);
    connect(copy, &QPushButton::clicked, this, [this] {
        QStringList lines{m_last.title, m_last.address};
        for (const services::ProbeStep &step : m_last.steps)
            lines.append(step.key + QLatin1Char('\t') + step.detail + QLatin1Char('\t')
                + QString::fromLatin1(
                    step.state == services::ProbeStep::State::Failed ? step.error.code.id : ""));
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
        context().showToast(tr("The diagnostics were copied; they hold no patient data"));
    });
    m_probeTitle = sectionTitle(theme, tr("Result of the test: not run yet"), page);
    column->addWidget(m_probeTitle);
    m_job = new JobLine(page);
    column->addWidget(m_job);
    m_probe =
        new DataTable(theme, new RowModel(theme, {tr("Step"), tr("State"), tr("What was seen"), tr("Took")}),
            {0, 0, 1, 0}, tr("Steps of the endpoint test"), page);
    m_probe->setObjectName(QStringLiteral("settings.probe"));
    m_probe->setSpareColumns({3});
    m_probe->setSortingEnabled(false);
    column->addWidget(m_probe);
    m_probeAdvice = secondary(theme, {}, page);
    column->addWidget(m_probeAdvice);
    column->addStretch();
    showProbe({}, false);
    connect(m_endpoint, &QComboBox::currentIndexChanged, this, [this] { showProbe({}, false); });
}

void SettingsPage::showProbe(const services::ProbeResult &result, bool finished)
{
    m_last = result;
    const text::Language language = context().language();
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
        row.cells = {cell(QStringLiteral("%1  %2").arg(++number).arg(text::probeStep(step.key, language))),
            cell(state.text(), state.role), cell(seen),
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

void SettingsPage::test()
{
    if (m_running && m_running->isRunning())
        return;
    goToSection(2);
    const auto profile = context().sharedProfile();
    const QString endpoint = m_endpoint->currentData().toString();
    QPointer<SettingsPage> guard(this);
    m_running = UiJob::start<services::ProbeResult>(
        context().queue(), this,
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
                    result.error(), context().language(), tr("The endpoint could not be tested"));
        },
        tr("Testing"));
    m_job->follow(m_running);
}

QWidget *SettingsPage::settingEditor(const QString &key)
{
    struct Words {
        const char *key;
        QString label;
    };
    const QList<Words> names = {{"ui.theme", tr("Colours")}, {"ui.zoom", tr("Zoom")},
        {"ui.language", tr("Language (from the next start)")},
        {"lock.idleMinutes", tr("Lock after minutes without use (1-10)")},
        {"outbox.notify", tr("Notify when an answer arrives")},
        {"compose.previewBeside", tr("Preview beside the form")},
        {"documents.searchYears", tr("Years asked for in a search")},
        {"consent.patientScreen", tr("Screen of the patient window")},
        {"consent.penWidth", tr("Pen width of the signature")}};
    QString label = key;
    for (const Words &words : names) {
        if (key == QLatin1String(words.key))
            label = words.label;
    }
    Theme &theme = context().theme();
    const services::SettingsService &settings = context().profile().settings();
    for (const services::SettingRow &row : settings.rows()) {
        if (row.key != key)
            continue;
        const QVariant value = settings.value(key);
        QWidget *editor = nullptr;
        if (row.kind == QLatin1String("choice")) {
            auto *combo = new QComboBox;
            const QHash<QString, QString> words = {{QStringLiteral("system"), tr("As the desktop")},
                {QStringLiteral("light"), tr("Light")}, {QStringLiteral("dark"), tr("Dark")},
                {QStringLiteral("highContrastDark"), tr("High contrast, dark")},
                {QStringLiteral("highContrastLight"), tr("High contrast, light")},
                {QStringLiteral("ko"), QStringLiteral("한국어")},
                {QStringLiteral("en"), QStringLiteral("English")}};
            for (const QString &choice : row.choices)
                combo->addItem(words.value(choice, choice), choice);
            combo->setCurrentIndex(std::max(0, combo->findData(value)));
            connect(
                combo, &QComboBox::activated, this, [this, combo, key] { set(key, combo->currentData()); });
            editor = combo;
        } else if (row.kind == QLatin1String("flag")) {
            auto *box = new QCheckBox(tr("on"));
            box->setChecked(value.toBool());
            connect(box, &QCheckBox::toggled, this, [this, key](bool on) { set(key, on); });
            editor = box;
        } else if (row.kind == QLatin1String("number")) {
            auto *spin = new QDoubleSpinBox;
            const bool zoom = key == QLatin1String("ui.zoom"),
                       idle = key == QLatin1String("lock.idleMinutes");
            spin->setRange(zoom ? 0.8 : 1, zoom ? 2.4 : idle ? 10 : 20);
            spin->setDecimals(zoom ? 1 : 0);
            spin->setSingleStep(zoom ? 0.1 : 1);
            spin->setValue(value.toDouble());
            spin->setKeyboardTracking(false);
            connect(
                spin, &QDoubleSpinBox::valueChanged, this, [this, key](double number) { set(key, number); });
            editor = spin;
        } else {
            auto *edit = new HangulLineEdit;
            edit->setText(value.toString());
            connect(edit, &QLineEdit::editingFinished, this, [this, edit, key] { set(key, edit->text()); });
            editor = edit;
        }
        editor->setObjectName(QStringLiteral("settings.") + key);
        editor->setAccessibleName(label);
        m_editors.insert(key, editor);
        QWidget *box = labelled(theme, label, editor, this);
        box->setMaximumWidth(theme.unit(100));
        return box;
    }
    return nullptr;
}

void SettingsPage::set(const QString &key, const QVariant &value)
{
    if (m_setting)
        return;
    const QVariant before = context().profile().settings().value(key);
    if (before == value)
        return;
    if (const base::Status status = context().profile().settings().set(key, value); !status) {
        m_strip->showError(
            status.error(), context().language(), tr("It could not be saved; the old values stay in force"));
        return;
    }
    m_strip->clear();
    m_undo.append({key, before});
    apply(key, value);
}

void SettingsPage::apply(const QString &key, const QVariant &value)
{
    m_setting = true;
    if (key == QLatin1String("ui.theme"))
        context().theme().setChoice(value.toString());
    else if (key == QLatin1String("ui.zoom"))
        context().theme().setZoom(value.toDouble());
    QWidget *editor = m_editors.value(key);
    if (auto *combo = qobject_cast<QComboBox *>(editor))
        combo->setCurrentIndex(std::max(0, combo->findData(value)));
    else if (auto *box = qobject_cast<QCheckBox *>(editor))
        box->setChecked(value.toBool());
    else if (auto *spin = qobject_cast<QDoubleSpinBox *>(editor))
        spin->setValue(value.toDouble());
    m_setting = false;
}

void SettingsPage::makeTerms()
{
    QVBoxLayout *column = addCategory(QStringLiteral("terms"), tr("Codes and terms"));
    m_terms = new TermsPart(context(), column->parentWidget());
    column->addWidget(m_terms);
    column->addStretch();
}

void SettingsPage::makeAppearance()
{
    QVBoxLayout *column = addCategory(QStringLiteral("appearance"), tr("Screen and type"));
    for (const char *key : {"ui.theme", "ui.zoom", "ui.language", "compose.previewBeside"}) {
        if (QWidget *row = settingEditor(QString::fromLatin1(key)))
            column->addWidget(row);
    }
    column->addWidget(secondary(context().theme(),
        QStringLiteral("가나다라 힣 한글 漢字 ①②③ ㎎ ㎖ ℃ 0123456789 ABC"), column->parentWidget()));
    column->addStretch();
}

void SettingsPage::makeSecurity()
{
    QVBoxLayout *column = addCategory(QStringLiteral("security"), tr("Security and lock"));
    if (QWidget *row = settingEditor(QStringLiteral("lock.idleMinutes")))
        column->addWidget(row);
    auto *lock = pushButton(tr("Lock now (Ctrl+L)"), QStringLiteral("settings.lock"), column->parentWidget());
    connect(lock, &QPushButton::clicked, this, [this] { context().requestLock(QStringLiteral("user")); });
    column->addWidget(lock, 0, Qt::AlignLeft);
    column->addStretch();
}

void SettingsPage::makeProgram()
{
    Theme &theme = context().theme();
    QVBoxLayout *column = addCategory(QStringLiteral("program"), tr("Program and diagnostics"));
    for (const services::SettingRow &row : context().profile().settings().rows()) {
        if (m_editors.contains(row.key))
            continue;
        if (QWidget *editor = settingEditor(row.key))
            column->addWidget(editor);
    }
    column->addWidget(secondary(theme,
        tr("Naru %1, Qt %2").arg(QStringLiteral(NARU_VERSION), QString::fromLatin1(qVersion())),
        column->parentWidget()));
    column->addWidget(secondary(
        theme, tr("Site profile: %1").arg(context().profile().site().file()), column->parentWidget()));
    column->addStretch();
}

void SettingsPage::filterCategories(const QString &query)
{
    for (int i = 0; i < m_categories->count(); ++i) {
        QString all = m_categories->item(i)->text();
        for (const QLabel *label : m_stack->widget(i)->findChildren<QLabel *>())
            all += QLatin1Char(' ') + label->text();
        m_categories->item(i)->setHidden(!RowFilter::textMatches(all, query));
    }
    for (int i = 0; i < m_categories->count(); ++i) {
        if (!m_categories->item(i)->isHidden()) {
            m_categories->setCurrentRow(i);
            break;
        }
    }
}

QString SettingsPage::title() const
{
    return tr("Settings");
}

bool SettingsPage::mainAct()
{
    if (m_categories->currentRow() == 0)
        saveClinic();
    else if (m_categories->currentRow() == 1)
        test();
    else if (m_categories->currentRow() == 2)
        m_terms->chooseFiles();
    else
        return false;
    return true;
}

bool SettingsPage::refresh()
{
    test();
    return true;
}

bool SettingsPage::goToSection(int number)
{
    if (number < 1 || number > m_categories->count())
        return false;
    m_categories->setCurrentRow(number - 1);
    return true;
}

bool SettingsPage::undo()
{
    if (m_undo.isEmpty())
        return false;
    const Step step = m_undo.takeLast();
    if (!context().profile().settings().set(step.key, step.before))
        return false;
    apply(step.key, step.before);
    return true;
}

bool SettingsPage::find()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    return true;
}

QList<QWidget *> SettingsPage::panes() const
{
    QList<QWidget *> all{m_categories};
    for (QWidget *widget : m_stack->currentWidget()->findChildren<QWidget *>()) {
        if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible()) {
            all.append(widget);
            break;
        }
    }
    all.append(m_search);
    return all;
}

void SettingsPage::focusFirst()
{
    if (!request().extra.isEmpty() && m_keys.contains(request().extra))
        m_categories->setCurrentRow(int(m_keys.indexOf(request().extra)));
    m_categories->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> SettingsPage::keys() const
{
    return {{QStringLiteral("Alt+1..6"), tr("Category")}, {QStringLiteral("F5"), tr("Endpoint test")},
        {QStringLiteral("Ctrl+Z"), tr("Undo the last change")}};
}

} // namespace naru::ui
