// A line editor that knows the syllable being composed. QLineEdit reports only committed text, so a search
// would lag one syllable and "missing" would be shown to somebody who has just typed the answer.
#pragma once

#include <QLineEdit>
#include <functional>
#include <vector>

class QTimer;

namespace naru::ui {

class HangulLineEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit HangulLineEdit(QWidget *parent = nullptr);

    // What the person sees: the text without its selection, with the open syllable at the cursor; NFC.
    QString liveText() const;
    bool composing() const { return !m_preedit.isEmpty(); }
    // During liveTextChanged: this event only closed the open syllable. ibus does that between two syllables
    // and before it commits (당뇨, 당, 당뇨, 당뇨ㅂ within one key press): what follows at once says what the
    // text is.
    bool settling() const { return m_settling; }
    // Longest text in syllables, counted after normalisation (maxLength counts UTF-16 units of decomposed
    // text).
    void setLengthLimit(int characters) { m_limit = characters; }
    int lengthLimit() const { return m_limit; }

    // Commits the open syllable, then calls `action`: at once when nothing is composed, else on the event
    // that ends the composition, at the latest after 150 ms. No event loop is nested.
    void commitThen(std::function<void()> action);
    // Autofill: waits for the end of a composition, because setText() would append the late syllable to the
    // new text.
    void setTextWhenIdle(const QString &text);
    // Undo belongs to the document: Ctrl+Z is left to the page (default). A password field keeps nothing
    // either way.
    void setDocumentUndo(bool on) { m_documentUndo = on; }

    // Sees a text before it is pasted, whichever way it comes (menu, middle button, drop; keys are the
    // owner's own business): true takes it, and nothing is inserted.
    void setPasteTaker(std::function<bool(const QString &text)> taker) { m_pasteTaker = std::move(taker); }

    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void liveTextChanged(const QString &text);
    void compositionEnded();
    // Enter, but never one that only closes a syllable.
    void submitted();

protected:
    void inputMethodEvent(QInputMethodEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool event(QEvent *event) override;

private:
    bool takesPaste(const QString &text) const
    {
        return m_pasteTaker && !refusesInput() && m_pasteTaker(text);
    }
    bool refusesInput() const { return isReadOnly() || !isEnabled(); }
    void forceCommit();
    void runWaiting();

    QString m_preedit{};
    bool m_settling = false;
    int m_limit = 0;
    bool m_documentUndo = true;
    bool m_hasQueuedText = false;
    QString m_queuedText{};
    std::vector<std::function<void()>> m_waiting{};
    std::function<bool(const QString &text)> m_pasteTaker{};
    QTimer *m_patience = nullptr;
};

// Commits whatever the focused editor is composing, then calls `action`. For acts of a page: sending,
// changing a tab, locking.
void commitFocusedThen(QWidget *within, std::function<void()> action);

} // namespace naru::ui
