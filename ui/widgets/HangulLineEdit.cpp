#include "ui/widgets/HangulLineEdit.h"

#include "ui/widgets/HangulTextEdit.h"

#include <QApplication>
#include <QClipboard>
#include <QInputMethod>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QTimer>
#include <QValidator>

namespace naru::ui {

namespace {

constexpr int kPatienceMs = 150;
constexpr const char *kPaste = "&Paste"; // of Qt's own catalogue, not of ours

// Not a rule about content: keeps the text composed (NFC) and within the limit, whatever door it came
// through.
class NormalForm final : public QValidator {
public:
    explicit NormalForm(HangulLineEdit *edit)
        : QValidator(edit)
        , m_edit(edit)
    {
    }
    State validate(QString &input, int &position) const override
    {
        const QString composed = input.normalized(QString::NormalizationForm_C);
        if (composed != input) {
            position = int(input.left(position).normalized(QString::NormalizationForm_C).size());
            input = composed;
        }
        if (m_edit->lengthLimit() > 0 && input.size() > m_edit->lengthLimit()) {
            input.truncate(m_edit->lengthLimit());
            position = qMin(position, int(input.size()));
        }
        return Acceptable;
    }

private:
    HangulLineEdit *m_edit;
};

} // namespace

HangulLineEdit::HangulLineEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_patience(new QTimer(this))
{
    setValidator(new NormalForm(this));
    m_patience->setSingleShot(true);
    m_patience->setInterval(kPatienceMs);
    connect(m_patience, &QTimer::timeout, this, &HangulLineEdit::forceCommit);
    connect(this, &QLineEdit::textChanged, this, [this] { Q_EMIT liveTextChanged(liveText()); });
}

QString HangulLineEdit::liveText() const
{
    QString all = text();
    if (!m_preedit.isEmpty()) {
        int at = cursorPosition();
        if (hasSelectedText()) {
            at = selectionStart();
            all.remove(at, int(selectedText().size()));
        }
        all.insert(qMin(at, int(all.size())), m_preedit);
    }
    return all.normalized(QString::NormalizationForm_C);
}

void HangulLineEdit::commitThen(std::function<void()> action)
{
    if (!composing()) {
        action();
        return;
    }
    m_waiting.push_back(std::move(action));
    m_patience->start();
    QGuiApplication::inputMethod()->commit();
}

void HangulLineEdit::setTextWhenIdle(const QString &text)
{
    if (!composing()) {
        setText(text);
        return;
    }
    m_queuedText = text;
    m_hasQueuedText = true;
}

QVariant HangulLineEdit::inputMethodQuery(Qt::InputMethodQuery query) const
{
    if (query == Qt::ImEnabled && refusesInput())
        return false;
    return QLineEdit::inputMethodQuery(query);
}

void HangulLineEdit::inputMethodEvent(QInputMethodEvent *event)
{
    // Qt 6.4 changes the text of a read-only or disabled editor when an input-method event reaches it.
    if (refusesInput()) {
        event->ignore();
        return;
    }
    const bool was = composing();
    const QString before = liveText();
    m_preedit = event->preeditString().normalized(QString::NormalizationForm_C);
    const QString committed = text();
    { // one liveTextChanged an event, after text and syllable are both in place
        const QSignalBlocker quiet(this);
        QLineEdit::inputMethodEvent(event);
    }
    m_settling = was && m_preedit.isEmpty();
    if (text() != committed) {
        Q_EMIT textEdited(text());
        Q_EMIT textChanged(text());
    } else if (liveText() != before) {
        Q_EMIT liveTextChanged(liveText());
    }
    m_settling = false;
    if (was && m_preedit.isEmpty())
        runWaiting();
}

void HangulLineEdit::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && composing()) {
        // The Enter that closes a syllable must not submit the text without it.
        commitThen([] {});
        event->accept();
        return;
    }
    if (m_documentUndo && (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo))) {
        event->ignore();
        return;
    }
    QLineEdit::keyPressEvent(event);
    if (enter && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)))
        Q_EMIT submitted();
}

void HangulLineEdit::focusOutEvent(QFocusEvent *event)
{
    if (composing())
        forceCommit();
    QLineEdit::focusOutEvent(event);
}

void HangulLineEdit::mouseReleaseEvent(QMouseEvent *event)
{
    const QClipboard *clipboard = QGuiApplication::clipboard();
    if (event->button() == Qt::MiddleButton && clipboard->supportsSelection()
        && takesPaste(clipboard->text(QClipboard::Selection))) {
        event->accept();
        return;
    }
    QLineEdit::mouseReleaseEvent(event);
}

void HangulLineEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu();
    if (!menu)
        return;
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : menu->actions()) {
        // Qt names its actions only in later versions.
        if (action->text().section(QLatin1Char('\t'), 0, 0)
            != QCoreApplication::translate("QLineEdit", kPaste))
            continue;
        action->setObjectName(QStringLiteral("edit-paste"));
        disconnect(action, nullptr, this, nullptr);
        connect(action, &QAction::triggered, this, [this] {
            if (!takesPaste(QGuiApplication::clipboard()->text()))
                paste();
        });
    }
    menu->popup(event->globalPos());
    event->accept();
}

void HangulLineEdit::dropEvent(QDropEvent *event)
{
    if (event->mimeData()->hasText() && takesPaste(event->mimeData()->text())) {
        event->acceptProposedAction();
        return;
    }
    QLineEdit::dropEvent(event);
}

bool HangulLineEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_documentUndo) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return false;
        }
    }
    return QLineEdit::event(event);
}

void HangulLineEdit::forceCommit()
{
    if (composing()) {
        const QString open = m_preedit;
        QGuiApplication::inputMethod()->commit();
        if (composing()) { // the input method did not answer: take the syllable ourselves and make it forget
            QInputMethodEvent commit;
            commit.setCommitString(open);
            inputMethodEvent(&commit);
            QGuiApplication::inputMethod()->reset();
        }
    }
    runWaiting();
}

void HangulLineEdit::runWaiting()
{
    m_patience->stop();
    if (m_hasQueuedText) {
        m_hasQueuedText = false;
        setText(m_queuedText);
    }
    Q_EMIT compositionEnded();
    auto waiting = std::move(m_waiting);
    m_waiting.clear();
    for (auto &action : waiting)
        action();
}

void commitFocusedThen(QWidget *within, std::function<void()> action)
{
    QWidget *focus = QApplication::focusWidget();
    if (focus && (!within || focus == within || within->isAncestorOf(focus))) {
        if (auto *line = qobject_cast<HangulLineEdit *>(focus))
            return line->commitThen(std::move(action));
        if (auto *text = qobject_cast<HangulTextEdit *>(focus))
            return text->commitThen(std::move(action));
    }
    action();
}

} // namespace naru::ui
