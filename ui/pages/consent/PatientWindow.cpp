#include "ui/pages/consent/PatientWindow.h"

#include "ui/pages/consent/ConsentWords.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/SignaturePad.h"

#include <QButtonGroup>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTextBlock>
#include <QTextEdit>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

void insertText(QTextEdit *edit, const services::ConsentText &text, bool korean)
{
    QTextCursor cursor(edit->document());
    insertConsentWords(cursor, text, korean, edit->fontMetrics().height() / 2.0, 150);
    edit->moveCursor(QTextCursor::Start);
}

// The buttons must stay on the screen: type grows only as far as so many lines of it fit, never below 18 pt.
constexpr double kLinesAtFirst = 20, kLinesAtLeast = 14.5;

QFont fitting(QFont font, double lines)
{
    int room = QGuiApplication::primaryScreen()->availableGeometry().height();
    for (const QScreen *screen : QGuiApplication::screens())
        room = qMin(room, screen->availableGeometry().height());
    while (font.pointSizeF() > 18 && QFontMetricsF(font).height() * lines > room)
        font.setPointSizeF(qMax(18.0, font.pointSizeF() - 1));
    return font;
}

} // namespace

PatientWindow::PatientWindow(Theme &theme, const Session &session, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_theme(theme)
    , m_session(session)
    , m_stack(new QStackedWidget(this))
    , m_step(new QLabel(this))
    , m_clear(new QPushButton(tr("Clear"), this))
    , m_refuse(new QPushButton(this))
    , m_next(new QPushButton(this))
{
    setObjectName(QStringLiteral("consent.patientWindow"));
    setWindowTitle(tr("Consent")); // no name: titles reach taskbars and thumbnails
    setAccessibleName(tr("Window for the patient"));
    setFont(fitting(theme.font(Theme::Face::Patient), kLinesAtFirst));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    const int unit = fontMetrics().height() / 4;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * unit, 3 * unit, 4 * unit, 3 * unit);
    layout->setSpacing(3 * unit);
    auto *head = new QHBoxLayout;
    auto *who = new QLabel(
        session.greeting + (session.birth.isEmpty() ? QString() : QStringLiteral("   ") + session.birth),
        this);
    who->setTextFormat(Qt::PlainText);
    who->setWordWrap(true);
    QFont bold = font();
    bold.setBold(true);
    who->setFont(bold);
    head->addWidget(who, 1);
    auto *larger = new QPushButton(tr("Larger text"), this),
         *largest = new QPushButton(tr("Much larger"), this);
    larger->setObjectName(QStringLiteral("consent.larger"));
    largest->setObjectName(QStringLiteral("consent.largest"));
    connect(larger, &QPushButton::clicked, this, [this] { grow(1.25); });
    connect(largest, &QPushButton::clicked, this, [this] { grow(1.5); });
    head->addWidget(larger);
    head->addWidget(largest);
    layout->addLayout(head);
    m_step->setTextFormat(Qt::PlainText);
    m_step->setWordWrap(true);
    m_step->setFont(bold);
    layout->addWidget(m_step);
    layout->addWidget(m_stack, 1);
    for (size_t i = 0; i < m_session.texts.size(); ++i) {
        m_answers.push_back({m_session.texts[i].programme, m_session.withdrawal, m_session.withdrawal});
        buildText(i);
    }
    buildSignature();
    auto *foot = new QHBoxLayout;
    foot->setSpacing(3 * unit);
    foot->addWidget(m_clear);
    foot->addStretch(1);
    // The same size and the same look for both: neither is the recommended one.
    m_refuse->setText(m_session.withdrawal ? tr("Do not withdraw") : tr("I do not agree"));
    for (QPushButton *button : {m_clear, m_refuse, m_next})
        button->setMinimumHeight(6 * unit);
    m_refuse->setMinimumWidth(unit * 36);
    m_next->setMinimumWidth(unit * 36);
    m_refuse->setObjectName(QStringLiteral("consent.refuse"));
    m_next->setObjectName(QStringLiteral("consent.next"));
    m_clear->setObjectName(QStringLiteral("consent.clear"));
    foot->addWidget(m_refuse);
    foot->addWidget(m_next);
    layout->addLayout(foot);
    connect(m_clear, &QPushButton::clicked, m_pad, &SignaturePad::clear);
    connect(m_refuse, &QPushButton::clicked, this, &PatientWindow::refuse);
    connect(m_next, &QPushButton::clicked, this, &PatientWindow::next);
    QWidget *last = m_pad; // reading order: text, choices, signature, buttons; the sizes of type come last
    for (QWidget *button : {m_clear, m_refuse, m_next, larger, largest}) {
        setTabOrder(last, button);
        last = button;
    }
    refresh();
}

void PatientWindow::buildText(size_t index)
{
    TextPage page;
    const int unit = fontMetrics().height() / 4;
    page.page = new QWidget(m_stack);
    auto *layout = new QVBoxLayout(page.page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * unit);
    page.text = new QTextEdit(page.page);
    page.text->setReadOnly(true);
    // No caret: arrows, Page Down, Space and End move the text itself, to its very end (a caret stops at the
    // last line's top).
    page.text->setTextInteractionFlags(Qt::NoTextInteraction);
    page.text->setFocusPolicy(Qt::StrongFocus);
    page.text->setTabChangesFocus(true);
    page.text->setFont(font());
    page.text->setAccessibleName(m_session.texts[index].title);
    page.text->setObjectName(QStringLiteral("consent.text"));
    insertText(page.text, m_session.texts[index], m_session.korean);
    layout->addWidget(page.text, 1);
    page.lead = new QLabel(tr("Please read to the end; the choices open there."), page.page);
    page.lead->setWordWrap(true);
    layout->addWidget(page.lead);
    const auto choice = [&](const QString &question, const QString &name) {
        auto *line = new QHBoxLayout;
        auto *label = new QLabel(question, page.page);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        line->addWidget(label, 1);
        auto *group = new QButtonGroup(page.page);
        for (int yes : {1, 0}) {
            auto *button = new QRadioButton(yes ? tr("I agree") : tr("I do not agree"), page.page);
            button->setObjectName(name + (yes ? QStringLiteral(".yes") : QStringLiteral(".no")));
            button->setAccessibleName(question + QStringLiteral(": ") + button->text());
            button->setMinimumHeight(6 * unit);
            button->setMinimumWidth(unit * 26);
            button->setEnabled(false);
            group->addButton(button, yes);
            line->addWidget(button);
        }
        connect(group, &QButtonGroup::idClicked, this, &PatientWindow::refresh);
        layout->addLayout(line);
        return group;
    };
    if (!m_session.withdrawal) {
        page.provision = choice(tr("Providing my personal information"), QStringLiteral("consent.provision"));
        page.sensitive = choice(
            tr("Providing my health information (sensitive data)"), QStringLiteral("consent.sensitive"));
    }
    m_stack->addWidget(page.page);
    m_pages.push_back(page);
    QScrollBar *bar = page.text->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, [this, index] { checkEnd(index); });
    connect(bar, &QScrollBar::rangeChanged, this, [this, index] { checkEnd(index); });
    page.text->installEventFilter(this);
}

void PatientWindow::buildSignature()
{
    auto *page = new QWidget(m_stack);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    m_summary = new QLabel(page);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    layout->addWidget(m_summary);
    m_pad = new SignaturePad(m_theme, page);
    m_pad->setObjectName(QStringLiteral("consent.pad"));
    m_pad->setHint(tr("Please sign here"));
    layout->addWidget(m_pad, 1);
    connect(m_pad, &SignaturePad::changed, this, &PatientWindow::refresh);
    m_stack->addWidget(page);
}

bool PatientWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Resize) {
        for (size_t i = 0; i < m_pages.size(); ++i) {
            if (m_pages[i].text == watched)
                QMetaObject::invokeMethod(
                    this, [this, i] { checkEnd(i); }, Qt::QueuedConnection);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PatientWindow::checkEnd(size_t index)
{
    TextPage &page = m_pages[index];
    const QScrollBar *bar = page.text->verticalScrollBar();
    // Only what is on the screen can have been read: the page must be shown, and its end must be in sight.
    if (page.readToEnd || !page.text->isVisible() || page.text->document()->size().height() <= 0
        || bar->value() < bar->maximum())
        return;
    page.readToEnd = true;
    page.lead->setText(m_session.withdrawal ? QString() : tr("Please choose for each line."));
    for (QButtonGroup *group : {page.provision, page.sensitive}) {
        if (!group)
            continue;
        for (QAbstractButton *button : group->buttons())
            button->setEnabled(true);
    }
    refresh();
    Q_EMIT progressed();
}

size_t PatientWindow::agreedCount() const
{
    size_t count = 0;
    for (const Answer &answer : m_answers)
        count += answer.agreed() ? 1 : 0;
    return count;
}

void PatientWindow::refresh()
{
    const size_t at = size_t(m_stack->currentIndex());
    const bool signing = at >= m_pages.size();
    m_clear->setVisible(signing);
    if (signing) {
        QStringList titles;
        for (size_t i = 0; i < m_answers.size(); ++i) {
            if (m_answers[i].agreed())
                titles << m_session.texts[i].title;
        }
        m_step->setText(tr("Signature"));
        m_summary->setText((m_session.withdrawal ? tr("I withdraw: %1") : tr("I agree to: %1"))
                               .arg(titles.join(QStringLiteral(", "))));
        m_next->setText(tr("Sign and finish"));
        m_next->setEnabled(m_pad->isSigned());
        return;
    }
    TextPage &page = m_pages[at];
    m_step->setText(QStringLiteral("%1 / %2   ").arg(at + 1).arg(m_pages.size()) + m_session.texts[at].title);
    bool complete = page.readToEnd;
    if (page.provision) {
        complete = complete && page.provision->checkedId() >= 0 && page.sensitive->checkedId() >= 0;
        m_answers[at].provision = page.provision->checkedId() == 1;
        m_answers[at].sensitive = page.sensitive->checkedId() == 1;
    }
    m_next->setText(tr("Next"));
    m_next->setEnabled(complete);
}

void PatientWindow::next()
{
    const size_t at = size_t(m_stack->currentIndex());
    if (at >= m_pages.size()) {
        finish();
        return;
    }
    if (at + 1 == m_pages.size() && agreedCount() == 0) {
        m_done = true;
        Q_EMIT refused();
        return;
    }
    m_stack->setCurrentIndex(int(at) + 1);
    refresh();
    focusContent();
    Q_EMIT progressed();
}

// Never a button: Enter must not answer for the patient.
void PatientWindow::focusContent()
{
    const size_t at = size_t(m_stack->currentIndex());
    if (at < m_pages.size())
        m_pages[at].text->setFocus(Qt::OtherFocusReason);
    else
        m_pad->setFocus(Qt::OtherFocusReason);
}

void PatientWindow::refuse()
{
    const size_t at = size_t(m_stack->currentIndex());
    if (at < m_pages.size()) {
        m_answers[at].provision = m_answers[at].sensitive = false;
        if (m_pages[at].provision) {
            for (QButtonGroup *group : {m_pages[at].provision, m_pages[at].sensitive}) {
                if (QAbstractButton *no = group->button(0); no && no->isEnabled())
                    no->setChecked(true);
            }
        }
        if (at + 1 < m_pages.size()) {
            m_stack->setCurrentIndex(int(at) + 1);
            refresh();
            Q_EMIT progressed();
            return;
        }
        if (agreedCount() > 0) {
            m_stack->setCurrentIndex(int(m_pages.size()));
            refresh();
            return;
        }
    }
    m_pad->clear();
    m_done = true;
    Q_EMIT refused();
}

void PatientWindow::finish()
{
    if (!m_pad->isSigned() || m_done)
        return;
    m_done = true;
    for (QPushButton *button : {m_next, m_refuse, m_clear})
        button->setEnabled(false);
    m_pad->setEnabled(false);
    m_step->setText(tr("Thank you. Please give the pen back."));
    Q_EMIT completed();
}

QByteArray PatientWindow::signaturePng() const
{
    return m_done && m_pad ? m_pad->png() : QByteArray();
}

QString PatientWindow::progress() const
{
    size_t read = 0;
    for (const TextPage &page : m_pages)
        read += page.readToEnd ? 1 : 0;
    const bool signing = m_stack->currentIndex() >= int(m_pages.size());
    return tr("%1 of %2 texts read").arg(read).arg(m_pages.size())
        + (signing && !m_done ? QStringLiteral(" · ") + tr("waiting for the signature") : QString());
}

void PatientWindow::grow(double factor)
{
    QFont font = m_theme.font(Theme::Face::Patient);
    font = fitting(font, kLinesAtFirst);
    font.setPointSizeF(font.pointSizeF() * factor);
    font = fitting(font, kLinesAtLeast);
    setFont(font);
    for (QWidget *child : findChildren<QWidget *>()) {
        QFont own = font;
        own.setBold(child->font().bold());
        child->setFont(own);
    }
}

void PatientWindow::blank()
{
    m_pad->clear();
    m_done = true;
    m_answers.clear();
    hide();
    deleteLater();
}

void PatientWindow::closeEvent(QCloseEvent *event)
{
    if (!m_done) { // closing is an answer too
        m_pad->clear();
        m_done = true;
        Q_EMIT refused();
    }
    QWidget::closeEvent(event);
}

void PatientWindow::present()
{
    const QList<QScreen *> screens = QGuiApplication::screens();
    const QScreen *own = parentWidget() ? parentWidget()->screen() : QGuiApplication::primaryScreen();
    for (QScreen *screen : screens) {
        if (screen != own) {
            setGeometry(screen->availableGeometry());
            showFullScreen();
            focusContent();
            return;
        }
    }
    // One screen for both: it covers the whole of it, so that no other patient's tab is seen over the pad.
    setGeometry(own->geometry());
    showFullScreen();
    raise();
    activateWindow();
    focusContent();
}

} // namespace naru::ui
