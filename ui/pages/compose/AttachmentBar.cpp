#include "ui/pages/compose/AttachmentBar.h"

#include "core/base/Hangul.h"
#include "core/services/ImageService.h"
#include "core/services/ImageSharing.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/compose/ImageChoice.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

namespace {
QString dayOf(const QString &date) // YYYYMMDD
{
    return date.size() == 8
        ? date.left(4) + QLatin1Char('-') + date.mid(4, 2) + QLatin1Char('-') + date.mid(6)
        : date;
}

QString nameOf(const QString &modalities, const QString &description)
{
    return base::withVisibleControls(
        description.startsWith(modalities) ? description : modalities + QLatin1Char(' ') + description);
}
} // namespace

AttachmentBar::AttachmentBar(AppContext &context, DocumentModel &model, MessageStrip *strip, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_strip(strip)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("compose.attachments"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 1, 1);
    m_bar = new QWidget(this);
    m_row = new FlowRow(m_bar);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_open = pushButton(tr("Attach images (Alt+I)"), QStringLiteral("compose.attach"), m_bar);
    m_open->setShortcut(QKeySequence(Qt::ALT | Qt::Key_I));
    m_row->addWidget(m_open);
    m_openSingle = pushButton(tr("Single images (→)"), QStringLiteral("compose.attach.single"), m_bar);
    m_row->addWidget(m_openSingle);
    m_openSingle->hide();
    column->addWidget(m_bar);
    m_list = new DataTable(theme,
        new RowModel(theme, {tr("Date"), tr("Kind"), tr("Study"), tr("Images"), tr("Size")}), {0, 0, 4, 0, 0},
        tr("Studies of this patient that are stored here"), this);
    m_list->setObjectName(QStringLiteral("compose.studies"));
    m_list->setEmptyState(tr("No images of this patient are stored here"));
    m_list->setMaximumHeight(theme.rowHeight() * 6);
    m_list->hide();
    m_list->installEventFilter(this);
    column->addWidget(m_list);
    m_single = new ImageChoice(context, this);
    m_single->hide();
    column->addWidget(m_single);
    connect(m_openSingle, &QPushButton::clicked, this, &AttachmentBar::chooseSingle);
    connect(m_single, &ImageChoice::accepted, this, &AttachmentBar::attach);
    connect(m_single, &ImageChoice::closed, this, [this] { listShown(true); });
    connect(m_open, &QPushButton::clicked, this, &AttachmentBar::choose);
    connect(m_list, &DataTable::opened, this, [this](const QString &study) { attach(study); });
    connect(&m_model, &DocumentModel::edited, this, &AttachmentBar::showAttached);
    connect(&m_model, &DocumentModel::reverted, this, &AttachmentBar::showAttached);
    connect(&m_model, &DocumentModel::loaded, this, &AttachmentBar::showAttached);
    connect(&m_model, &DocumentModel::readOnlyChanged, this, &AttachmentBar::showAttached);
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Images && !m_patient.isEmpty())
            load(m_patient);
    });
    hide();
}

void AttachmentBar::load(const services::PatientKey &patient)
{
    m_patient = patient;
    const auto profile = m_context.sharedProfile();
    UiJob::start<std::vector<services::StudyRow>>(
        m_context.queue(), this,
        [profile, patient](const base::WorkContext &) -> base::Result<std::vector<services::StudyRow>> {
            services::StudyFilter filter;
            filter.patientKey = patient;
            return profile->images().studies(filter);
        },
        [this](const base::Result<std::vector<services::StudyRow>> &result) {
            showStudies(result ? *result : std::vector<services::StudyRow>());
        },
        tr("Looking for images"));
}

void AttachmentBar::showStudies(const std::vector<services::StudyRow> &studies)
{
    m_studies = studies;
    std::vector<ModelRow> rows;
    for (const services::StudyRow &study : m_studies) {
        ModelRow row{study.key, {}, {}, false, false};
        row.cells = {tippedCell(dayOf(study.date)), tippedCell(study.modalities),
            tippedCell(base::withVisibleControls(study.description)),
            {QString::number(study.instances), {}, study.instances, true, false, {}},
            {text::byteCount(study.bytes), QStringLiteral("textSecondary"), study.bytes, true, false, {}}};
        rows.push_back(std::move(row));
    }
    m_list->setRows(std::move(rows));
    showAttached();
}

void AttachmentBar::showAttached()
{
    for (QPushButton *button : std::as_const(m_attached)) { // one of them may be what was pressed
        m_row->removeWidget(button);
        button->hide();
        button->deleteLater();
    }
    m_attached.clear();
    const auto &all = m_model.document().images;
    for (const clinical::AttachedImages &one : all) {
        const QString text = tr("%1 · %2 · %3 images · %4  ×")
                                 .arg(nameOf(one.modalities, one.description), dayOf(one.date))
                                 .arg(one.images)
                                 .arg(text::byteCount(one.bytes));
        auto *button =
            pushButton(text, QStringLiteral("compose.attached.%1").arg(m_attached.size() + 1), m_bar);
        button->setAccessibleName(tr("Attached: %1. Press to remove").arg(text));
        button->setEnabled(!m_model.readOnly());
        connect(button, &QPushButton::clicked, this, [this, kos = one.kosUid] { remove(kos); });
        m_row->addWidget(button);
        button->show();
        m_attached.append(button);
    }
    m_open->setEnabled(!m_model.readOnly());
    if (m_model.readOnly())
        listShown(false);
    setVisible(!m_studies.empty() || !all.empty());
    Q_EMIT changed();
}

void AttachmentBar::choose()
{
    if (m_model.readOnly() || closeList())
        return;
    show(); // who asks while there are none is told so
    listShown(true);
}

void AttachmentBar::listShown(bool on)
{
    m_single->hide();
    m_list->setVisible(on);
    m_openSingle->setVisible(on && !m_list->isEmpty());
    if (on)
        m_list->setFocus(Qt::ShortcutFocusReason);
}

void AttachmentBar::chooseSingle()
{
    const QString key = m_list->currentId();
    const auto study = std::find_if(
        m_studies.begin(), m_studies.end(), [&key](const services::StudyRow &row) { return row.key == key; });
    if (study == m_studies.end())
        return;
    QStringList chosen;
    for (const clinical::AttachedImages &one : m_model.document().images) {
        if (one.studyKey == key)
            chosen = one.instances;
    }
    listShown(false);
    m_single->load(*study, chosen);
    m_single->show();
}

bool AttachmentBar::closeList()
{
    if (m_list->isHidden() && m_single->isHidden())
        return false;
    listShown(false);
    m_open->setFocus(Qt::OtherFocusReason);
    return true;
}

void AttachmentBar::attach(const QString &study, const QStringList &instances)
{
    const auto profile = m_context.sharedProfile();
    const services::PatientKey patient = m_patient;
    m_preparing = UiJob::start<clinical::AttachedImages>(
        m_context.queue(), this,
        [profile, patient, study, instances](
            const base::WorkContext &) { return profile->sharing().describe(patient, study, instances); },
        [this](const base::Result<clinical::AttachedImages> &images) {
            if (!images) {
                m_strip->showError(
                    images.error(), m_context.language(), tr("The images could not be attached"));
                return;
            }
            m_model.edit(QStringLiteral("labs"), [&](DocumentModel::State &state) {
                m_context.profile().sharing().put(state.document, *images);
            });
            closeList();
            m_context.showToast(tr("%1 images are attached").arg(images->images));
        },
        tr("Attaching images"));
}

bool AttachmentBar::saysPreparing()
{
    if (!m_preparing || !m_preparing->isRunning())
        return false;
    m_strip->show(MessageStrip::Kind::Warn, tr("Images are still being attached; send when they are."));
    return true;
}

void AttachmentBar::remove(const QString &kosUid)
{
    m_model.edit(QStringLiteral("labs"),
        [&kosUid](DocumentModel::State &state) { services::ImageSharing::take(state.document, kosUid); });
    m_open->setFocus(Qt::OtherFocusReason);
    m_context.showToast(tr("The images are no longer attached"), [this] { m_model.undo(); });
}

bool AttachmentBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Right) {
        chooseSingle();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void AttachmentBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && closeList())
        return;
    if (event->key() == Qt::Key_Delete) {
        for (QPushButton *button : std::as_const(m_attached)) {
            if (button->hasFocus()) {
                button->click();
                return;
            }
        }
    }
    QWidget::keyPressEvent(event);
}

} // namespace naru::ui
