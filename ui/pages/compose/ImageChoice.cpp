#include "ui/pages/compose/ImageChoice.h"

#include "core/base/Hangul.h"
#include "core/services/ImageService.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/viewport/Painted.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace naru::ui {

namespace {
constexpr double PictureUnits = 30;

base::Result<QImage> pictureOf(services::Profile &profile, const QString &key, const base::WorkContext &work)
{
    NARU_ASSIGN(imaging::DecoderPool * pool, profile.images().pool());
    NARU_ASSIGN(const imaging::ImageSource source, profile.images().source(key));
    NARU_ASSIGN(imaging::ImageFacts facts, pool->facts(source, work));
    const int frame = facts.frames / 2;
    NARU_ASSIGN(const imaging::Frame pixels, pool->frame(source, frame, work));
    return Painted::whole(
        {ShownImage::State::Ready, key, std::make_shared<const imaging::ImageFacts>(std::move(facts)), frame,
            pixels, {}},
        {});
}

QString seriesName(const services::SeriesRow &series)
{
    const QString number = series.number > 0 ? QString::number(series.number) + QLatin1Char(' ') : QString();
    return number
        + base::withVisibleControls(series.description.isEmpty() ? series.modality : series.description);
}
} // namespace

ImageChoice::ImageChoice(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("compose.images"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_list = new DataTable(theme, new RowModel(theme, {tr("Series"), tr("Image"), tr("Kind")}), {4, 0, 0},
        tr("Images of this study"), this);
    m_list->setObjectName(QStringLiteral("compose.images.list"));
    m_list->setEmptyState(tr("This study holds no image that can be shown"));
    m_list->setSpaceTicks(true);
    m_list->setMaximumHeight(theme.rowHeight() * 6);
    m_list->installEventFilter(this);
    row->addWidget(m_list, 1);
    m_picture = new QLabel(this);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setFixedSize(theme.unit(PictureUnits), theme.unit(PictureUnits));
    m_picture->setAutoFillBackground(true);
    QPalette dark = m_picture->palette();
    dark.setColor(QPalette::Window, theme.color("imageBack"));
    m_picture->setPalette(dark);
    row->addWidget(m_picture, 0, Qt::AlignTop);
    m_take = pushButton(QString(), QStringLiteral("compose.images.take"), this);
    row->addWidget(m_take, 0, Qt::AlignTop);
    connect(m_take, &QPushButton::clicked, this, &ImageChoice::accept);
    connect(m_list, &DataTable::opened, this, &ImageChoice::accept);
    connect(m_list, &DataTable::currentIdChanged, this, &ImageChoice::showPicture);
    connect(&m_list->rows(), &RowModel::checkedChanged, this, &ImageChoice::count);
    count();
}

void ImageChoice::load(const services::StudyRow &study, const QStringList &chosen)
{
    m_study = study;
    m_list->setRows({});
    m_picture->clear();
    const auto profile = m_context.sharedProfile();
    UiJob::start<std::vector<Row>>(
        m_context.queue(), this,
        [profile, key = study.key](const base::WorkContext &) -> base::Result<std::vector<Row>> {
            std::vector<Row> rows;
            for (const services::SeriesRow &series : profile->images().series(key)) {
                for (services::InstanceRow &one : profile->images().instances(series.key)) {
                    if (one.facts.kind == imaging::Kind::Image)
                        rows.push_back({series, std::move(one)});
                }
            }
            return rows;
        },
        [this, chosen, key = study.key](const base::Result<std::vector<Row>> &result) {
            if (key == m_study.key)
                fill(result.valueOr({}), chosen);
        });
}

void ImageChoice::fill(const std::vector<Row> &images, const QStringList &chosen)
{
    std::vector<ModelRow> rows;
    for (const Row &one : images) {
        ModelRow row{one.instance.key, {}, {}, true, chosen.contains(one.instance.key)};
        const int frames = one.instance.facts.frames;
        row.cells = {tippedCell(seriesName(one.series)),
            {QString::number(one.instance.number), {}, one.instance.number, true, false, {}},
            {frames > 1 ? tr("%n frame(s)", nullptr, frames) : one.series.modality,
                QStringLiteral("textSecondary"), {}, false, false, {}}};
        rows.push_back(std::move(row));
    }
    m_list->setRows(std::move(rows));
    m_list->setFocus(Qt::OtherFocusReason);
    showPicture(m_list->currentId());
    count();
}

void ImageChoice::showPicture(const QString &instanceKey)
{
    m_wanted = instanceKey;
    if (instanceKey.isEmpty())
        return;
    UiJob::start<QImage>(
        m_context.queue(), this,
        [profile = m_context.sharedProfile(), instanceKey](
            const base::WorkContext &work) { return pictureOf(*profile, instanceKey, work); },
        [this, instanceKey](const base::Result<QImage> &picture) {
            if (instanceKey != m_wanted)
                return;
            if (!picture) {
                m_picture->clear();
                return;
            }
            const double ratio = devicePixelRatioF();
            QPixmap pixels = QPixmap::fromImage(
                picture->scaled(m_picture->size() * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation));
            pixels.setDevicePixelRatio(ratio);
            m_picture->setPixmap(pixels);
        });
}

QStringList ImageChoice::ticked() const
{
    return m_list->rows().checkedIds();
}

void ImageChoice::count()
{
    const int chosen = int(ticked().size());
    m_take->setText(
        chosen > 0 ? tr("Attach %n image(s) (Enter)", nullptr, chosen) : tr("Attach this image (Enter)"));
    m_take->setEnabled(!m_list->isEmpty());
}

// What is ticked; nothing ticked: the image whose picture is seen.
void ImageChoice::accept()
{
    QStringList chosen = ticked();
    if (chosen.isEmpty() && !m_list->currentId().isEmpty())
        chosen = {m_list->currentId()};
    if (!chosen.isEmpty())
        Q_EMIT accepted(m_study.key, chosen);
}

bool ImageChoice::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Escape) {
            Q_EMIT closed();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace naru::ui
