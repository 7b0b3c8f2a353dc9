#include "ui/widgets/CdaView.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/CdaBuilder.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <QTextBlock>

namespace naru::ui {

namespace {

constexpr int kFirstSliceMs = 60; // of the 150 ms to the first paint; layout and painting need the rest
constexpr int kSliceMs = 12;
constexpr int kResizeMs = 120; // a splitter being dragged

void flatten(const std::vector<clinical::Section> &sections, int depth, const clinical::ReadDocument &read,
    std::vector<CdaView::SectionRow> &rows)
{
    for (const clinical::Section &section : sections) {
        CdaView::SectionRow row;
        row.section = &section;
        row.depth = depth;
        row.title = CdaBuilder::sectionTitle(section, true);
        row.count = CdaBuilder::countOf(section);
        for (const clinical::ReadWarning &warning : read.warnings)
            row.warnings += CdaBuilder::concerns(warning, section) ? 1 : 0;
        rows.push_back(row);
        if (depth < 16)
            flatten(section.sections, depth + 1, read, rows);
    }
}

} // namespace

CdaView::CdaView(Theme &theme, bool korean, QWidget *parent)
    : QTextEdit(parent)
    , m_theme(theme)
    , m_korean(korean)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setAcceptDrops(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(
        Qt::ScrollBarAlwaysOff); // everything wraps; a scroll bar would hide the end of lines
    // Links are text; only selecting and moving is possible.
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setAccessibleName(tr("Document"));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CdaView::work);
    connect(&m_theme, &Theme::changed, this, [this] { rebuild(true); });
    m_resized.setSingleShot(true);
    m_resized.setInterval(kResizeMs);
    connect(&m_resized, &QTimer::timeout, this, [this] {
        const double characters =
            CdaBuilder::charactersIn(viewport()->width(), m_theme.font(Theme::Face::Body), m_theme.unit());
        if (CdaBuilder::fits(m_read.sections, characters) != m_fits)
            rebuild(true);
    });
    connect(this, &QTextEdit::cursorPositionChanged, this, [this] {
        const int now = currentSection();
        if (now != m_lastSection) {
            m_lastSection = now;
            Q_EMIT sectionReached(now);
        }
    });
    setDocument(new CdaTextDocument(this));
}

CdaView::~CdaView() = default;

void CdaView::setStyleOfView(Style style)
{
    if (m_style == style)
        return;
    m_style = style;
    rebuild(false);
}

void CdaView::setDocumentToShow(const clinical::ReadDocument &document, bool keepPosition)
{
    m_steps.clear(); // they point into the old tree
    m_read = document;
    rebuild(keepPosition);
}

void CdaView::clearDocument()
{
    m_steps.clear();
    m_read = {};
    m_sections.clear();
    m_starts.clear();
    m_mismatches.clear();
    m_builder.reset();
    setDocument(new CdaTextDocument(this));
}

void CdaView::rebuild(bool keepPosition)
{
    m_timer.stop();
    m_resized.stop();
    m_steps.clear();
    m_wantedScroll = keepPosition ? verticalScrollBar()->value() : -1;
    m_sections.clear();
    flatten(m_read.sections, 0, m_read, m_sections);
    m_starts.assign(m_sections.size(), -1);
    m_mismatches.clear();
    m_mismatchAt = -1;
    m_lastSection = -1;

    auto *target = new CdaTextDocument(this);
    QTextDocument *old = document();
    CdaBuilder::Options options;
    options.korean = m_korean;
    options.reader = m_style == Style::Reader;
    options.headerCard = m_headerCard;
    options.body = m_theme.font(Theme::Face::Body);
    options.unit = m_theme.unit();
    options.colours = CdaBuilder::colours(m_theme);
    target->setMedia(m_read.media, qMax(200, viewport()->width() - m_theme.unit(8)));
    // A pane that was never laid out has no width to decide by; the first resize decides then.
    options.characters =
        isVisible() || testAttribute(Qt::WA_Resized) || viewport()->width() > m_theme.unit(40)
        ? CdaBuilder::charactersIn(viewport()->width(), options.body, options.unit)
        : 0;
    m_fits = CdaBuilder::fits(m_read.sections, options.characters);
    m_builder = std::make_unique<CdaBuilder>(m_read, *target, options);
    setDocument(target);
    old->deleteLater();

    m_steps.emplace_back([this] { m_builder->header(); });
    for (size_t i = 0; i < m_sections.size(); ++i) {
        m_steps.emplace_back([this, i] { m_starts[i] = m_builder->beginSection(m_sections[i]); });
        const clinical::Section &section = *m_sections[i].section;
        for (auto &step : m_builder->narrativeSteps(section))
            m_steps.push_back(std::move(step));
        if (m_style == Style::Reader) {
            for (const clinical::ReadWarning &warning : m_read.warnings) {
                if (CdaBuilder::isMismatch(warning) && CdaBuilder::concerns(warning, section))
                    m_steps.emplace_back(
                        [this, &warning] { m_mismatches.push_back(m_builder->mismatch(warning)); });
            }
        }
    }
    m_steps.emplace_back([this] { m_builder->closing(); });
    QElapsedTimer clock;
    clock.start();
    while (!m_steps.empty() && clock.elapsed() < kFirstSliceMs) {
        takeStep();
    }
    if (!keepPosition) {
        const QSignalBlocker quiet(this);
        moveCursor(QTextCursor::Start);
    }
    m_lastSection = qMax(0, currentSection());
    if (!m_sections.empty())
        Q_EMIT sectionReached(m_lastSection);
    if (m_steps.empty())
        work();
    else
        m_timer.start(0);
}

void CdaView::takeStep()
{
    const auto step = std::move(m_steps.front());
    m_steps.pop_front();
    // One change of the document a step: without this a table is laid out again for every word put into it.
    const QSignalBlocker quiet(this); // the reader's cursor does not move because the document grows
    QTextCursor whole(document());
    whole.beginEditBlock();
    step();
    whole.endEditBlock();
}

void CdaView::work()
{
    QElapsedTimer clock;
    clock.start();
    while (!m_steps.empty() && clock.elapsed() < kSliceMs) {
        takeStep();
    }
    if (!m_steps.empty()) {
        m_timer.start(1);
        return;
    }
    if (m_wantedScroll >= 0)
        verticalScrollBar()->setValue(m_wantedScroll);
    m_wantedScroll = -1;
    Q_EMIT built();
}

void CdaView::finishNow()
{
    while (!m_steps.empty()) {
        takeStep();
    }
    m_timer.stop();
    work();
}

void CdaView::goToSection(int index)
{
    if (index < 0 || index >= int(m_starts.size()))
        return;
    if (m_starts[size_t(index)] < 0)
        finishNow();
    QTextCursor cursor(document());
    cursor.setPosition(m_starts[size_t(index)]);
    setTextCursor(cursor);
    const QRect at = cursorRect();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + at.top() - m_theme.unit(3));
}

int CdaView::currentSection() const
{
    const int position = textCursor().position();
    int found = -1;
    for (size_t i = 0; i < m_starts.size(); ++i) {
        if (m_starts[i] >= 0 && m_starts[i] <= position)
            found = int(i);
    }
    return found;
}

bool CdaView::goToNextMismatch()
{
    if (!finished())
        finishNow();
    if (m_mismatches.empty())
        return false;
    m_mismatchAt = (m_mismatchAt + 1) % int(m_mismatches.size());
    QTextCursor cursor(document());
    cursor.setPosition(m_mismatches[size_t(m_mismatchAt)]);
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    ensureCursorVisible();
    return true;
}

bool CdaView::findText(const QString &text, bool backwards)
{
    if (text.isEmpty())
        return false;
    if (!finished())
        finishNow();
    const QTextDocument::FindFlags flags =
        backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    QTextCursor found = document()->find(text, textCursor(), flags);
    if (found.isNull())
        found = document()->find(text, backwards ? document()->characterCount() - 1 : 0, flags);
    if (found.isNull())
        return false;
    setTextCursor(found);
    ensureCursorVisible();
    return true;
}

int CdaView::matchCount(const QString &text) const
{
    if (text.isEmpty())
        return 0;
    int count = 0;
    for (QTextCursor at = document()->find(text, 0); !at.isNull() && count < 1000;
         at = document()->find(text, at))
        ++count;
    return count;
}

QString CdaView::warningWords(const clinical::ReadWarning &warning) const
{
    return CdaBuilder::warningWords(warning, m_korean);
}

std::unique_ptr<QTextDocument> CdaView::forPrint(const QString &title) const
{
    auto target = std::make_unique<CdaTextDocument>();
    CdaBuilder::Options options;
    options.korean = m_korean;
    options.reader = m_style == Style::Reader;
    options.body = m_theme.font(Theme::Face::Body);
    options.body.setPointSizeF(10);
    options.unit = 4;
    options.colours = CdaBuilder::printColours();
    target->setMedia(m_read.media, 460);
    target->setMetaInformation(QTextDocument::DocumentTitle, title);
    CdaBuilder builder(m_read, *target, options);
    builder.header();
    for (const SectionRow &row : m_sections) {
        builder.beginSection(row);
        for (const auto &step : builder.narrativeSteps(*row.section))
            step();
    }
    builder.closing();
    return target;
}

void CdaView::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width() && !m_read.sections.empty())
        m_resized.start();
}

void CdaView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && event->modifiers() == Qt::NoModifier) {
        Q_EMIT sectionActivated(currentSection());
        event->accept();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void CdaView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QTextEdit::mouseDoubleClickEvent(event);
    Q_EMIT sectionActivated(currentSection());
}

} // namespace naru::ui
