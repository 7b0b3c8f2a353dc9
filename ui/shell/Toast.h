// A sentence at the foot of the window after an act that can be taken back: [실행 취소] for ten seconds.
// Never takes focus.
#pragma once

#include <QTimer>
#include <QWidget>
#include <functional>

class QLabel;
class QPushButton;

namespace naru::ui {

class Theme;

class Toast : public QWidget {
    Q_OBJECT
public:
    explicit Toast(Theme &theme, QWidget *parent);
    void say(const QString &text, std::function<void()> undo, const QString &undoLabel);
    bool undo(); // Ctrl+Z while it is shown; false when there is nothing to take back
    QString text() const;
    void place();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    QLabel *m_label = nullptr;
    QPushButton *m_undo = nullptr;
    std::function<void()> m_act{};
    QTimer m_timer{};
};

} // namespace naru::ui
