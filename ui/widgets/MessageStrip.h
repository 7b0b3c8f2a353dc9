// A message inside the pane it concerns, instead of a box over it: one symbol, one sentence, at most two
// verbs. Takes no space when empty. Screen readers hear it when it appears.
#pragma once

#include "core/base/Error.h"
#include "ui/text/Language.h"

#include <QWidget>
#include <functional>

class QLabel;
class QPushButton;

namespace naru::ui {

class Theme;

struct StripVerb {
    QString label{};
    std::function<void()> act{};
};

class MessageStrip : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Info, Ok, Warn, Error };
    using Verb = StripVerb;

    explicit MessageStrip(Theme &theme, QWidget *parent = nullptr);

    void show(Kind kind, const QString &sentence, const QList<Verb> &verbs = {});
    // "what – why – what to do now (code)"; [자세히] unfolds the engineers' line, [진단 복사] copies it (no
    // patient data). One verb of the caller's may stand before them.
    void showError(const base::Error &error, text::Language language, const QString &what = {},
        const Verb &verb = Verb());
    void clear();
    bool isShowing() const { return !isHidden(); }
    QSize sizeHint() const override;
    Kind kind() const { return m_kind; }
    QString sentence() const;

Q_SIGNALS:
    void cleared();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void place();

    Theme &m_theme;
    Kind m_kind = Kind::Info;
    QLabel *m_symbol = nullptr, *m_sentence = nullptr, *m_detail = nullptr;
    QPushButton *m_buttons[3] = {};
    std::function<void()> m_acts[3] = {};
};

} // namespace naru::ui
