// Several lines of text with the open syllable known; see HangulLineEdit. QPlainTextEdit tells of every
// composition step but not of the text with it.
#pragma once

#include <QPlainTextEdit>
#include <functional>
#include <vector>

class QTimer;

namespace naru::ui {

class HangulTextEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit HangulTextEdit(QWidget *parent = nullptr);

    QString liveText() const; // NFC, with the open syllable
    bool composing() const { return !m_preedit.isEmpty(); }
    void commitThen(std::function<void()> action);
    void setTextWhenIdle(const QString &text);
    // Height follows the text between these two, in lines.
    void setVisibleLines(int least, int most);
    // Abbreviations: word before the cursor -> its expansion, empty when there is none. Tab expands or moves
    // on.
    void setExpander(std::function<QString(const QString &word)> expander)
    {
        m_expander = std::move(expander);
    }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void liveTextChanged(const QString &text);
    void compositionEnded();

protected:
    void inputMethodEvent(QInputMethodEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    bool focusNextPrevChild(bool next) override;

private:
    bool refusesInput() const { return isReadOnly() || !isEnabled(); }
    bool expandWord();
    void announce();
    void forceCommit();
    void runWaiting();
    int heightForLines(int lines) const;
    void fitHeight();

    QString m_preedit{};
    QString m_lastLive{};
    int m_leastLines = 3, m_mostLines = 12;
    bool m_hasQueuedText = false;
    bool m_inInputMethod = false;
    QString m_queuedText{};
    std::function<QString(const QString &)> m_expander{};
    std::vector<std::function<void()>> m_waiting{};
    QTimer *m_patience = nullptr;
};

} // namespace naru::ui
