#include "ui/pages/imaging/StudyObjects.h"

#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/ReportText.h"
#include "core/imaging/objects/Waveform.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/MeasurementKeeper.h"
#include "ui/pages/imaging/PaperView.h"
#include "ui/pages/imaging/WaveformView.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QFile>
#include <QLabel>
#include <QMap>
#include <QPushButton>
#include <QScrollArea>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace naru::ui {

namespace {
using imaging::Kind;

constexpr int MostButtons = 12;
const auto ImageLink = QLatin1String("image:");

bool isOurs(const imaging::ImageFacts &facts)
{
    return facts.seriesDescription == MeasurementKeeper::seriesDescription()
        || facts.seriesDescription == QLatin1String("Naru key images");
}

bool isOpened(Kind kind)
{
    return kind == Kind::Pdf || kind == Kind::Report || kind == Kind::KeyObjects || kind == Kind::Waveform
        || kind == Kind::Segmentation || kind == Kind::Presentation;
}

// The fact is a code only; the reasons that name something get its name back.
QString reasonOf(const imaging::ImageFacts &facts, text::Language language)
{
    namespace errors = imaging::errors;
    if (facts.whyNot == QLatin1String(errors::PixelsTruncated.id)) // which frame is not kept
        return text::sentence(base::Error(errors::Truncated), language);
    if (facts.whyNot == QLatin1String(errors::UnsupportedColour.id))
        return text::sentence(
            base::Error(errors::UnsupportedColour, {}, {{QStringLiteral("photometric"), facts.photometric}}),
            language);
    if (facts.whyNot != QLatin1String(errors::UnsupportedSyntax.id))
        return text::sentence(facts.whyNot, language);
    const QString title = base::oidTitle(facts.transferSyntax);
    return text::sentence(base::Error(errors::UnsupportedSyntax, {},
                              {{QStringLiteral("syntax"), title.isEmpty() ? facts.transferSyntax : title}}),
        language);
}

// Values that were left in the source, wherever it is.
imaging::BulkReader bulkOf(const imaging::ImageSource &source)
{
    if (source.path.isEmpty())
        return imaging::bulkReader(source.bytes);
    auto file = std::make_shared<QFile>(source.path);
    if (!file->open(QIODevice::ReadOnly))
        return {};
    return [file, read = imaging::bulkReader(file->handle())](
               qint64 offset, qint64 length) { return read(offset, length); };
}

base::Result<imaging::DataSetValue> valuesOf(
    StudySource &source, const imaging::InstanceRef &object, const base::WorkContext &work)
{
    NARU_ASSIGN(imaging::DecoderPool * pool, source.pool());
    NARU_ASSIGN(const imaging::ImageSource bytes, source.bytes(object.handle));
    return pool->dataSet(bytes, {}, work);
}

QString htmlOf(const std::vector<imaging::ReportLine> &lines, const QString &look)
{
    QString out;
    for (const imaging::ReportLine &line : lines) {
        const QString name = base::withVisibleControls(line.name).toHtmlEscaped();
        QString value = base::withVisibleControls(line.value).toHtmlEscaped();
        value.replace(QLatin1Char('\n'), QLatin1String("<br>"));
        if (line.image)
            value += QStringLiteral(" <a href=\"%1%2/%3\">%4</a>")
                         .arg(ImageLink, line.image->sopUid.toHtmlEscaped())
                         .arg(line.image->frames.empty() ? 0 : line.image->frames.front() - 1)
                         .arg(look);
        const QString both =
            name.isEmpty() || value.isEmpty() ? name + value : name + QStringLiteral(": ") + value;
        out += QStringLiteral("<p style=\"margin:2px 0 2px %1px\">%2</p>")
                   .arg(line.depth * 16)
                   .arg(line.heading ? QStringLiteral("<b>%1</b>").arg(both) : both);
    }
    return out;
}
} // namespace

StudyObjects::StudyObjects(AppContext &context, ViewportGrid &grid, MessageStrip *strip, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_grid(grid)
    , m_strip(strip)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("imaging.objects"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_bar = new QWidget(this);
    m_row = new FlowRow(m_bar);
    m_row->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_bar);
    m_panel = new QWidget(this);
    auto *inside = new QVBoxLayout(m_panel);
    followSpacing(theme, inside, 1, 1);
    auto *head = new QHBoxLayout;
    m_title = sectionTitle(theme, {}, m_panel);
    m_title->setObjectName(QStringLiteral("imaging.objects.title"));
    auto *close =
        pushButton(tr("Back to the images (Esc)"), QStringLiteral("imaging.objects.close"), m_panel);
    m_save = pushButton(tr("Save the document …"), QStringLiteral("imaging.objects.save"), m_panel);
    head->addWidget(m_title, 1);
    head->addWidget(m_save);
    head->addWidget(close);
    inside->addLayout(head);
    m_text = new QTextBrowser(m_panel);
    m_text->setObjectName(QStringLiteral("imaging.objects.text"));
    m_text->setAccessibleName(tr("Report"));
    m_text->setOpenLinks(false);
    inside->addWidget(m_text, 1);
    m_waveform = new WaveformView(theme);
    auto *scroll = new QScrollArea(m_panel); // time is as long as it is: this one scrolls sideways
    scroll->setObjectName(QStringLiteral("imaging.objects.paper"));
    scroll->setAccessibleName(tr("Recording"));
    scroll->setWidget(m_waveform);
    m_paper = scroll;
    inside->addWidget(scroll, 1);
    m_pages = new PaperView(theme, context.queue(), context.language(), m_panel);
    inside->addWidget(m_pages, 1);
    column->addWidget(m_panel, 1);
    m_panel->hide();
    hide();
    connect(close, &QPushButton::clicked, this, [this] { closePanel(); });
    connect(m_save, &QPushButton::clicked, this, &StudyObjects::choosePdf);
    connect(m_pages, &PaperView::pageChanged, this, &StudyObjects::nameDocument);
    connect(m_text, &QTextBrowser::anchorClicked, this, &StudyObjects::follow);
    const auto watch = [this](Viewport *view) {
        view->addLayer(&m_segments);
        view->addLayer(&m_states);
    };
    for (Viewport *view : grid.views())
        watch(view);
    connect(&grid, &ViewportGrid::viewAdded, this, watch);
}

void StudyObjects::clearRow()
{
    for (QWidget *part : std::as_const(m_parts)) {
        m_row->removeWidget(part);
        part->hide();
        part->deleteLater();
    }
    m_parts.clear();
}

void StudyObjects::setStudy(const OpenStudy &study, std::shared_ptr<StudySource> source)
{
    m_source = std::move(source);
    m_images = study.instances;
    m_patient = study.row.patientKey;
    m_studyUid = study.row.studyUid;
    m_providers.clear();
    for (StackProvider *provider : study.providers)
        m_providers.append(provider);
    QStringList listed;
    for (const imaging::InstanceRef &one : study.instances) {
        if (one.facts && (one.facts->kind != Kind::Image || !one.facts->decodable))
            listed.append(one.handle);
    }
    const bool another = std::exchange(m_study, study.row.key) != study.row.key;
    if (!another && listed == m_listed)
        return;
    m_listed = listed;
    if (another) {
        closePanel();
        m_segments.clear();
        m_states.clear();
    }
    clearRow();
    Objects reasons;
    int buttons = 0, more = 0;
    for (const imaging::InstanceRef &one : study.instances) {
        const imaging::ImageFacts *facts = one.facts.get();
        if (!facts || isOurs(*facts) || facts->kind == Kind::Directory)
            continue;
        if (isOpened(facts->kind))
            ++buttons <= MostButtons ? addButton(one) : void(++more);
        else if (!facts->decodable)
            reasons.push_back(one);
    }
    if (more > 0)
        addWords(tr("and %n more", nullptr, more));
    addReasons(reasons);
    setVisible(!m_parts.isEmpty());
}

void StudyObjects::addButton(const imaging::InstanceRef &object)
{
    const imaging::ImageFacts &facts = *object.facts;
    const QString kind = facts.kind == Kind::Pdf ? tr("Document (PDF)")
        : facts.kind == Kind::Waveform           ? tr("Recording")
        : facts.kind == Kind::Segmentation       ? tr("Marked areas")
        : facts.kind == Kind::KeyObjects         ? tr("Key objects")
        : facts.kind == Kind::Presentation       ? tr("Presentation")
                                                 : tr("Report");
    const QString what = base::withVisibleControls(facts.seriesDescription);
    auto *button = pushButton(what.isEmpty() ? kind : kind + QStringLiteral(" · ") + what,
        QStringLiteral("imaging.objects.%1").arg(m_parts.size() + 1), m_bar);
    if (facts.kind == Kind::Presentation) {
        button->setCheckable(true);
        button->setChecked(m_states.isShown(object.handle));
        connect(button, &QPushButton::clicked, this,
            [this, object, button] { togglePresentation(object, button); });
    } else if (facts.kind == Kind::Segmentation) {
        button->setCheckable(true);
        button->setChecked(m_segments.isShown(object.handle));
        connect(
            button, &QPushButton::clicked, this, [this, object, button] { toggleSegments(object, button); });
    } else {
        connect(button, &QPushButton::clicked, this, [this, object] { open(object); });
    }
    m_row->addWidget(button);
    button->show();
    m_parts.append(button);
}

void StudyObjects::addWords(const QString &words)
{
    QLabel *label = secondary(m_context.theme(), words, m_bar);
    label->setObjectName(QStringLiteral("imaging.objects.why.%1").arg(m_parts.size() + 1));
    label->setAccessibleName(words);
    // A sentence that may wrap asks for a narrow block; here it has the page's width.
    label->setMinimumWidth(
        std::min(label->fontMetrics().horizontalAdvance(words) + 2, m_context.theme().unit(120)));
    m_row->addWidget(label);
    label->show();
    m_parts.append(label);
}

// Each reason once, with how many it holds for.
void StudyObjects::addReasons(const Objects &objects)
{
    QMap<QString, int> counts;
    for (const imaging::InstanceRef &one : objects)
        ++counts[reasonOf(*one.facts, m_context.language())];
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        addWords(tr("Not shown: %1 (%2)").arg(it.value()).arg(it.key()));
}

void StudyObjects::open(const imaging::InstanceRef &object)
{
    if (object.facts->kind == Kind::Pdf)
        openDocument(object);
    else if (object.facts->kind == Kind::Waveform)
        openWaveform(object);
    else
        openReport(object);
}

void StudyObjects::failed(const base::Error &error, const QString &what)
{
    m_strip->showError(error, m_context.language(), what);
}

void StudyObjects::showPanel(const QString &title, QWidget *content, const imaging::InstanceRef &document)
{
    m_document = document;
    if (content != m_pages)
        m_pages->setPaper({}); // its process ends
    m_title->setText(title);
    m_text->setVisible(content == m_text);
    m_paper->setVisible(content == m_paper);
    m_pages->setVisible(content == m_pages);
    m_save->setVisible(m_document.facts != nullptr);
    m_panel->show();
    Q_EMIT opened(true);
    content->setFocus(Qt::OtherFocusReason);
}

bool StudyObjects::closePanel()
{
    if (m_panel->isHidden())
        return false;
    m_panel->hide();
    m_document = {};
    m_pages->setPaper({}); // its process ends
    Q_EMIT opened(false);
    return true;
}

void StudyObjects::openReport(const imaging::InstanceRef &object)
{
    using Lines = std::vector<imaging::ReportLine>;
    UiJob::start<Lines>(
        m_context.queue(), this,
        [source = m_source, object](const base::WorkContext &work) -> base::Result<Lines> {
            NARU_ASSIGN(const imaging::DataSetValue set, valuesOf(*source, object, work));
            return imaging::reportLines(set);
        },
        [this, object](const base::Result<Lines> &lines) {
            if (!lines) {
                failed(lines.error(), tr("The report cannot be shown"));
                return;
            }
            m_text->setHtml(htmlOf(*lines, tr("look at the image")));
            showPanel(base::withVisibleControls(object.facts->seriesDescription), m_text);
        });
}

void StudyObjects::openWaveform(const imaging::InstanceRef &object)
{
    using Groups = std::vector<imaging::WaveformGroup>;
    UiJob::start<Groups>(
        m_context.queue(), this,
        [source = m_source, object](const base::WorkContext &work) -> base::Result<Groups> {
            NARU_ASSIGN(const imaging::DataSetValue set, valuesOf(*source, object, work));
            NARU_ASSIGN(const imaging::ImageSource bytes, source->bytes(object.handle));
            return imaging::waveformsOf(set, bulkOf(bytes));
        },
        [this, object](const base::Result<Groups> &groups) {
            if (!groups) {
                failed(groups.error(), tr("The recording cannot be shown"));
                return;
            }
            m_waveform->setGroups(*groups);
            showPanel(base::withVisibleControls(object.facts->seriesDescription), m_paper);
        });
}

void StudyObjects::toggleSegments(const imaging::InstanceRef &object, QPushButton *button)
{
    if (m_segments.isShown(object.handle)) {
        m_segments.hide(object.handle);
        updateViews();
        return;
    }
    button->setEnabled(false);
    UiJob::start<SegmentMarks>(
        m_context.queue(), this,
        [source = m_source, object, images = m_images](
            const base::WorkContext &work) { return SegmentLayer::read(*source, object, images, work); },
        [this, object, button = QPointer<QPushButton>(button)](const base::Result<SegmentMarks> &marks) {
            if (!button)
                return; // another study meanwhile
            button->setEnabled(true);
            button->setChecked(marks && !marks->byPlace.isEmpty());
            if (!marks) {
                failed(marks.error(), tr("The marked areas cannot be shown"));
                return;
            }
            if (marks->byPlace.isEmpty()) {
                m_strip->show(MessageStrip::Kind::Warn, tr("These areas mark no image of this study"));
                return;
            }
            m_segments.show(object.handle, *marks);
            button->setToolTip(marks->labels.join(QStringLiteral(", ")));
            updateViews();
        });
}

void StudyObjects::updateViews()
{
    for (Viewport *view : m_grid.views())
        view->update();
}

void StudyObjects::togglePresentation(const imaging::InstanceRef &object, QPushButton *button)
{
    if (m_states.isShown(object.handle)) {
        m_states.hide(object.handle);
        updateViews();
        return;
    }
    button->setEnabled(false);
    UiJob::start<imaging::PresentationReading>(
        m_context.queue(), this,
        [source = m_source, object](
            const base::WorkContext &work) { return PresentationLayer::read(*source, object, work); },
        [this, object, button = QPointer<QPushButton>(button)](
            const base::Result<imaging::PresentationReading> &reading) {
            if (!button)
                return; // another study meanwhile
            button->setEnabled(true);
            button->setChecked(reading.ok());
            if (reading)
                apply(*reading, object.handle);
            else
                failed(reading.error(), tr("The presentation cannot be applied"));
        });
}

void StudyObjects::apply(const imaging::PresentationReading &reading, const QString &object)
{
    const auto named = [&](const ShownImage &image) {
        return PresentationLayer::names(reading.state, image);
    };
    const QList<Viewport *> views = m_grid.views();
    const bool seen =
        std::any_of(views.begin(), views.end(), [&](Viewport *view) { return named(view->image()); });
    if (!seen && !goToImage(named)) {
        m_strip->show(MessageStrip::Kind::Warn, tr("This presentation is of no image of this study"));
        return;
    }
    m_states.show(object, reading.state);
    for (Viewport *view : m_grid.views())
        PresentationLayer::applyTo(*view, reading.state);
    updateViews();
    if (reading.leftOut > 0)
        m_strip->show(MessageStrip::Kind::Warn,
            tr("%n drawing(s) of it make no sense and are left out", nullptr, reading.leftOut));
}

bool StudyObjects::goToImage(const std::function<bool(const ShownImage &)> &wanted)
{
    Viewport *view = m_grid.active();
    for (const QPointer<StackProvider> &provider : std::as_const(m_providers)) {
        for (int i = 0; provider && view && i < provider->count(); ++i) {
            if (!wanted(provider->known(i)))
                continue;
            if (view->provider() != provider)
                view->setProvider(provider);
            view->setIndex(i);
            return true;
        }
    }
    return false;
}

void StudyObjects::follow(const QUrl &link)
{
    const QString place = link.toString().mid(ImageLink.size());
    const QString sopUid = place.section(QLatin1Char('/'), 0, 0);
    const int frame = place.section(QLatin1Char('/'), 1).toInt();
    const bool there = goToImage([&](const ShownImage &known) {
        return known.facts && known.facts->sopUid == sopUid && known.frame == frame;
    });
    if (!there) {
        m_strip->show(MessageStrip::Kind::Info, tr("That image is not in this study"));
        return;
    }
    closePanel();
    m_grid.active()->setFocus(Qt::OtherFocusReason);
}

} // namespace naru::ui
