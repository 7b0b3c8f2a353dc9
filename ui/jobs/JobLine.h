// The words of a running job with [취소] beside them; takes no space until 100 ms have passed and none
// afterwards.
#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace naru::ui {

class UiJob;

class JobLine : public QWidget {
    Q_OBJECT
public:
    explicit JobLine(QWidget *parent = nullptr);
    // Follows this job; an earlier one is let go (not cancelled).
    void follow(UiJob *job);

private:
    void update();

    QPointer<UiJob> m_job{};
    QLabel *m_words = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace naru::ui
