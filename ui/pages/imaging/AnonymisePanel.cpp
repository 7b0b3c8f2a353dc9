#include "ui/pages/imaging/AnonymisePanel.h"

#include "core/services/ImageService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace naru::ui {

namespace {
using imaging::AnonymiseOptions;

struct Option {
    const char *key;
    bool AnonymiseOptions::*member;
};
constexpr std::array options_{Option{"dates", &AnonymiseOptions::keepDates},
    Option{"patient", &AnonymiseOptions::keepPatient}, Option{"device", &AnonymiseOptions::keepDevice},
    Option{"institution", &AnonymiseOptions::keepInstitution},
    Option{"descriptors", &AnonymiseOptions::keepDescriptors},
    Option{"graphics", &AnonymiseOptions::keepGraphics}, Option{"uids", &AnonymiseOptions::keepUids}};
} // namespace

AnonymisePanel::AnonymisePanel(
    AppContext &context, const QString &studyKey, MessageStrip *strip, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_study(studyKey)
    , m_strip(strip)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("imaging.anonymise"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 1, 1);
    column->addWidget(sectionTitle(theme, tr("Save without the patient"), this));
    column->addWidget(secondary(theme,
        tr("Names, numbers and everything else that the standard lists is removed or replaced. May stay:"),
        this));
    auto *boxes = new QWidget(this);
    auto *row = new FlowRow(boxes);
    row->setContentsMargins(0, 0, 0, 0);
    const QStringList words = {tr("Dates"), tr("Age, sex, size and weight"), tr("Device"),
        tr("Name of the institution"), tr("Descriptions without names"), tr("Drawings and overlays"),
        tr("Identifiers of the images")};
    for (std::size_t i = 0; i < options_.size(); ++i) {
        auto *box = new QCheckBox(words.at(qsizetype(i)), boxes);
        box->setObjectName(QStringLiteral("imaging.anonymise.") + QLatin1String(options_[i].key));
        box->setAccessibleName(words.at(qsizetype(i)));
        row->addWidget(box);
        m_boxes.append(box);
    }
    column->addWidget(boxes);
    auto *verbs = new QWidget(this);
    auto *verbRow = new FlowRow(verbs);
    verbRow->setContentsMargins(0, 0, 0, 0);
    m_choose =
        pushButton(tr("Choose an empty folder"), QStringLiteral("imaging.anonymise.save"), verbs, "primary");
    auto *leave = pushButton(tr("Do not save (Esc)"), QStringLiteral("imaging.anonymise.cancel"), verbs);
    verbRow->addWidget(m_choose);
    verbRow->addWidget(leave);
    column->addWidget(verbs);
    m_line = new JobLine(this);
    column->addWidget(m_line);
    connect(m_choose, &QPushButton::clicked, this, &AnonymisePanel::chooseFolder);
    connect(leave, &QPushButton::clicked, this, &AnonymisePanel::left);
    m_choose->setFocus(Qt::OtherFocusReason);
}

AnonymiseOptions AnonymisePanel::options() const
{
    AnonymiseOptions out;
    for (std::size_t i = 0; i < options_.size(); ++i)
        out.*options_[i].member = m_boxes.at(qsizetype(i))->isChecked();
    return out;
}

void AnonymisePanel::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Empty folder for the anonymised images"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &AnonymisePanel::saveTo);
    dialog->open();
}

void AnonymisePanel::saveTo(const QString &folder)
{
    if (m_job && m_job->isRunning())
        return;
    m_choose->setEnabled(false);
    m_job = UiJob::start<services::ExportReport>(
        m_context.queue(), this,
        [profile = m_context.sharedProfile(), study = m_study, folder, chosen = options()](
            const base::WorkContext &work) {
            return profile->images().exportAnonymised(study, folder, chosen, work);
        },
        [this](const base::Result<services::ExportReport> &report) { done(report); }, tr("Anonymising"));
    m_line->follow(m_job);
}

void AnonymisePanel::done(const base::Result<services::ExportReport> &report)
{
    m_choose->setEnabled(true);
    if (!report) {
        m_strip->showError(report.error(), m_context.language(), tr("The images were not saved"));
        return;
    }
    QStringList words{tr("%n image(s) saved without the patient", nullptr, report->instances)};
    if (report->leftOut > 0)
        words.append(
            tr("%n document(s) left out, since their inside cannot be cleaned", nullptr, report->leftOut));
    const bool look = !report->warnings.isEmpty();
    if (look)
        words.append(tr("look at the pictures before you give them away: text or a face may be in them"));
    m_strip->show(look || report->leftOut > 0 ? MessageStrip::Kind::Warn : MessageStrip::Kind::Ok,
        words.join(QStringLiteral("; ")));
    Q_EMIT saved(report->instances);
    Q_EMIT left();
}

void AnonymisePanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !(m_job && m_job->isRunning())) {
        Q_EMIT left();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace naru::ui
