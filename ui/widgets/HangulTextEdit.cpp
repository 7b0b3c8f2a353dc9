#include "ui/widgets/HangulTextEdit.h"

#include <QAbstractTextDocumentLayout>
#include <QGuiApplication>
#include <QInputMethod>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextLayout>
#include <QTimer>
#include <cmath>

namespace naru::ui {

namespace {
constexpr int kPatienceMs = 150;
constexpr int kRing = 2; // pixels
} // namespace

HangulTextEdit::HangulTextEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_patience(new QTimer(this))
{
    setTabChangesFocus(true);
    setUndoRedoEnabled(false); // undo is the document's, one step a word or field
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportMargins(
        kRing, kRing, kRing, kRing); // the focus ring is wider than the frame; the viewport must not cover it
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_patience->setSingleShot(true);
    m_patience->setInterval(kPatienceMs);
    connect(m_patience, &QTimer::timeout, this, &HangulTextEdit::forceCommit);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_inInputMethod)
            announce();
    });
}

QString HangulTextEdit::liveText() const
{
    QString all = toPlainText();
    if (!m_preedit.isEmpty()) {
        const QTextCursor cursor = textCursor();
        int at = cursor.selectionStart();
        if (cursor.hasSelection())
            all.remove(at, cursor.selectionEnd() - at);
        all.insert(qMin(at, int(all.size())), m_preedit);
    }
    return all.normalized(QString::NormalizationForm_C);
}

void HangulTextEdit::announce()
{
    const QString live = liveText();
    if (live == m_lastLive) // textChanged fires for steps that change nothing: content is compared, signals
                            // are not counted
        return;
    m_lastLive = live;
    fitHeight();
    Q_EMIT liveTextChanged(live);
}

void HangulTextEdit::commitThen(std::function<void()> action)
{
    if (!composing()) {
        action();
        return;
    }
    m_waiting.push_back(std::move(action));
    m_patience->start();
    QGuiApplication::inputMethod()->commit();
}

void HangulTextEdit::setTextWhenIdle(const QString &text)
{
    const QString composed = text.normalized(QString::NormalizationForm_C);
    if (composing()) {
        m_queuedText = composed;
        m_hasQueuedText = true;
        return;
    }
    if (composed == toPlainText())
        return;
    setPlainText(composed);
    moveCursor(QTextCursor::End);
}

void HangulTextEdit::setVisibleLines(int least, int most)
{
    m_leastLines = least;
    m_mostLines = most;
    fitHeight();
}

int HangulTextEdit::heightForLines(int lines) const
{
    const QMargins margins = contentsMargins() + viewportMargins();
    return int(std::ceil(fontMetrics().lineSpacing() * lines + 2 * document()->documentMargin()
        + margins.top() + margins.bottom() + 2 * frameWidth()));
}

void HangulTextEdit::fitHeight()
{
    // QPlainTextDocumentLayout measures its height in lines.
    const int lines = qMax(document()->lineCount(), int(document()->size().height()));
    const int wanted = heightForLines(qBound(m_leastLines, lines, m_mostLines));
    // Decided here, not by need: a bar that comes and goes changes the wrapping, and that changes the need
    // again.
    setVerticalScrollBarPolicy(lines > m_mostLines ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    if (wanted != height() || minimumHeight() != wanted)
        setFixedHeight(wanted);
}

QSize HangulTextEdit::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(QLatin1Char('0')) * 40, heightForLines(m_leastLines)};
}

QSize HangulTextEdit::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QLatin1Char('0')) * 16, heightForLines(m_leastLines)};
}

QVariant HangulTextEdit::inputMethodQuery(Qt::InputMethodQuery query) const
{
    if (query == Qt::ImEnabled && refusesInput())
        return false;
    return QPlainTextEdit::inputMethodQuery(query);
}

void HangulTextEdit::inputMethodEvent(QInputMethodEvent *event)
{
    if (refusesInput()) {
        event->ignore();
        return;
    }
    const bool was = composing();
    m_preedit = event->preeditString().normalized(QString::NormalizationForm_C);
    m_inInputMethod = true;
    const QString commit = event->commitString();
    const QString composed = commit.normalized(QString::NormalizationForm_C);
    if (composed != commit) {
        QInputMethodEvent normal(event->preeditString(), event->attributes());
        normal.setCommitString(composed, event->replacementStart(), event->replacementLength());
        QPlainTextEdit::inputMethodEvent(&normal);
    } else {
        QPlainTextEdit::inputMethodEvent(event);
    }
    m_inInputMethod = false;
    announce();
    if (was && m_preedit.isEmpty())
        runWaiting();
}

void HangulTextEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo)) {
        event->ignore();
        return;
    }
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (control && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        event->ignore(); // the main act of the page, never a line break
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool HangulTextEdit::focusNextPrevChild(bool next)
{
    if (next && m_expander && !composing() && expandWord())
        return true; // Tab was used up by the expansion
    return QPlainTextEdit::focusNextPrevChild(next);
}

bool HangulTextEdit::expandWord()
{
    if (refusesInput())
        return false;
    QTextCursor cursor = textCursor();
    if (cursor.hasSelection())
        return false;
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    qsizetype start = before.size();
    while (start > 0 && !before.at(start - 1).isSpace())
        --start;
    const QString word = before.mid(start);
    const QString expansion = word.isEmpty() ? QString() : m_expander(word);
    if (expansion.isEmpty())
        return false;
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(word.size()));
    cursor.insertText(expansion.normalized(QString::NormalizationForm_C));
    setTextCursor(cursor);
    return true;
}

void HangulTextEdit::insertFromMimeData(const QMimeData *source)
{
    if (!source->hasText() || refusesInput())
        return;
    textCursor().insertText(source->text().normalized(QString::NormalizationForm_C));
    ensureCursorVisible();
}

void HangulTextEdit::focusOutEvent(QFocusEvent *event)
{
    if (composing())
        forceCommit();
    QPlainTextEdit::focusOutEvent(event);
}

void HangulTextEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        QTimer::singleShot(0, this, &HangulTextEdit::fitHeight);
}

void HangulTextEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

bool HangulTextEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return false;
        }
    }
    return QPlainTextEdit::event(event);
}

void HangulTextEdit::forceCommit()
{
    if (composing()) {
        const QString open = m_preedit;
        QGuiApplication::inputMethod()->commit();
        if (composing()) {
            QInputMethodEvent commit;
            commit.setCommitString(open);
            inputMethodEvent(&commit);
            QGuiApplication::inputMethod()->reset();
        }
    }
    runWaiting();
}

void HangulTextEdit::runWaiting()
{
    m_patience->stop();
    if (m_hasQueuedText) {
        m_hasQueuedText = false;
        setPlainText(m_queuedText);
        moveCursor(QTextCursor::End);
    }
    Q_EMIT compositionEnded();
    auto waiting = std::move(m_waiting);
    m_waiting.clear();
    for (auto &action : waiting)
        action();
}

} // namespace naru::ui
