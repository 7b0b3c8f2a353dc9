#include "ui/forms/FormView.h"

#include "ui/forms/ContentAccess.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/SectionView.h"
#include "ui/shell/Theme.h"

#include <QApplication>
#include <QPointer>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

// "relay.clinical" and "problems[0].code" belong to "relay" and "problems".
QString sectionOf(const QString &field)
{
    qsizetype end = field.size();
    for (qsizetype i = 0; i < field.size(); ++i) {
        if (field.at(i) == QLatin1Char('.') || field.at(i) == QLatin1Char('[')) {
            end = i;
            break;
        }
    }
    return field.left(end);
}

bool blocks(const clinical::RuleProblem &problem)
{
    return problem.severity == clinical::RuleProblem::Severity::Error;
}

} // namespace

FormView::FormView(FormContext context, QWidget *parent)
    : QScrollArea(parent)
    , m_context(std::move(context))
    , m_content(new QWidget(this))
    , m_layout(new QVBoxLayout(m_content))
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(
        Qt::ScrollBarAlwaysOn); // a bar that comes and goes would wrap the texts anew each time
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_content->setAutoFillBackground(true);
    m_content->setBackgroundRole(QPalette::Base);
    setWidget(m_content);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { focusMoved(now); });
    connect(&m_context.model, &DocumentModel::edited, this, [this](const QString &field) {
        if (SectionView *view = section(sectionOf(field)))
            view->reload();
    });
    connect(&m_context.model, &DocumentModel::reverted, this, [this](const QString &field) {
        for (SectionView *view : m_sections)
            view->reload();
        goTo(sectionOf(field), field);
    });
}

// While the children go, focus moves on and would be reported to a view that is no FormView any more.
FormView::~FormView()
{
    disconnect(qApp, nullptr, this, nullptr);
}

int FormView::leastWidth() const
{
    return m_content->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
}

void FormView::build()
{
    for (SectionView *view : m_sections)
        delete view;
    m_sections.clear();
    while (QLayoutItem *item = m_layout->takeAt(0))
        delete item;
    for (const clinical::FieldSpec &spec : clinical::formSections(m_context.model.document().form)) {
        auto *view = new SectionView(m_context, spec, m_content);
        connect(view, &SectionView::goOn, this, [this, view] {
            const auto at = std::find(m_sections.begin(), m_sections.end(), view);
            for (auto next = at + 1; next != m_sections.end(); ++next) {
                if (!(*next)->isCollapsed()) {
                    goTo((*next)->key());
                    return;
                }
            }
        });
        view->setReadOnly(m_readOnly);
        m_layout->addWidget(view);
        m_sections.push_back(view);
    }
    m_layout->addStretch(1);
    m_current = 0;
}

void FormView::setReadOnly(bool on)
{
    m_readOnly = on;
    for (SectionView *view : m_sections)
        view->setReadOnly(on);
}

SectionView *FormView::section(const QString &key) const
{
    for (SectionView *view : m_sections) {
        if (view->key() == key)
            return view;
    }
    return nullptr;
}

void FormView::setProblems(const std::vector<clinical::RuleProblem> &problems)
{
    m_problems = problems;
    for (SectionView *view : m_sections) {
        std::vector<clinical::RuleProblem> own;
        for (const clinical::RuleProblem &problem : problems) {
            if (sectionOf(problem.field) == view->key())
                own.push_back(problem);
        }
        view->setProblems(own);
    }
    Q_EMIT stateChanged();
}

int FormView::currentIndex() const
{
    return m_current;
}

void FormView::focusMoved(QWidget *now)
{
    if (!now || !m_content->isAncestorOf(now))
        return;
    for (size_t i = 0; i < m_sections.size(); ++i) {
        if (m_sections[i]->isAncestorOf(now) && m_current != int(i)) {
            m_current = int(i);
            Q_EMIT stateChanged();
        }
    }
    QTimer::singleShot(0, this, [this, guard = QPointer<QWidget>(now)] {
        if (guard)
            ensureWidgetVisible(guard, 0, m_context.theme.unit(8));
    });
}

SectionState FormView::stateOf(int index) const
{
    const SectionView *view = m_sections[size_t(index)];
    for (const clinical::RuleProblem &problem : view->problems()) {
        if (blocks(problem))
            return SectionState::Error;
    }
    if (m_context.model.needsReview(view->key()))
        return SectionState::Unreviewed;
    DocumentModel::State state = m_context.model.state();
    if (index == m_current && view->hasFocusInside() && !m_readOnly)
        return SectionState::Editing;
    if (sectionEmpty(state.document, view->key()))
        return SectionState::Optional;
    return SectionState::Done;
}

int FormView::missing() const
{
    return int(std::count_if(m_problems.begin(), m_problems.end(), blocks));
}

int FormView::unreviewed() const
{
    int count = 0;
    for (const SectionView *view : m_sections)
        count += m_context.model.needsReview(view->key()) ? 1 : 0;
    return count;
}

void FormView::reveal(SectionView *view)
{
    view->expand();
    QTimer::singleShot(0, this, [this, guard = QPointer<SectionView>(view)] {
        if (guard && guard->height() < viewport()->height())
            ensureWidgetVisible(guard, 0, m_context.theme.unit(2));
        else if (guard)
            verticalScrollBar()->setValue(guard->y());
    });
}

void FormView::goTo(const QString &key, const QString &field)
{
    SectionView *view = section(key);
    if (!view)
        return;
    view->focusField(field);
    for (size_t i = 0; i < m_sections.size(); ++i) {
        if (m_sections[i] == view)
            m_current = int(i);
    }
    reveal(view);
    Q_EMIT stateChanged();
}

bool FormView::goToNextGap()
{
    const int count = int(m_sections.size());
    // The section with the focus first, so that its second gap follows its first.
    for (int step = 0; step <= count; ++step) {
        SectionView *view = m_sections[size_t((m_current + step) % count)];
        std::vector<const clinical::RuleProblem *> errors;
        for (const clinical::RuleProblem &problem : view->problems()) {
            if (blocks(problem))
                errors.push_back(&problem);
        }
        if (errors.empty() || (step == 0 && view->hasFocusInside() && errors.size() < 2 && missing() > 1))
            continue;
        view->reveal();
        goTo(view->key(), errors.front()->field);
        return true;
    }
    // Nothing blocks; what the relay asks once is the next gap when the receiver is reached through it.
    DocumentModel::State state = m_context.model.state();
    const auto &recipients = state.document.recipients;
    if (missing() > 0 || recipients.empty() || !recipients.front().institution.relays)
        return false;
    for (const SectionView *view : m_sections) {
        if (view->spec().requirement == clinical::Requirement::Relay
            && sectionEmpty(state.document, view->key())) {
            goTo(view->key());
            return true;
        }
    }
    return false;
}

bool FormView::approveAndGoOn()
{
    const int count = int(m_sections.size());
    if (count == 0 || m_readOnly)
        return false;
    // F7 in a section that needs nothing approves the next one that does: the eye is led there, the key does
    // both.
    int target = m_current;
    for (int step = 0; step < count && !m_context.model.needsReview(m_sections[size_t(target)]->key());
         ++step)
        target = (target + 1) % count;
    SectionView *view = m_sections[size_t(target)];
    if (!m_context.model.needsReview(view->key()))
        return false;
    m_context.model.approve(view->key());
    for (int step = 1; step <= count; ++step) {
        SectionView *next = m_sections[size_t((target + step) % count)];
        if (m_context.model.needsReview(next->key())) {
            goTo(next->key());
            return true;
        }
    }
    m_current = target;
    reveal(view);
    Q_EMIT stateChanged();
    return true;
}

void FormView::revealAll()
{
    for (SectionView *view : m_sections)
        view->reveal();
}

} // namespace naru::ui
