// Steps of one thing in order, each with symbol, word and time: 작성 → 서명 → 저장소 등록 → ... Wraps when
// the line ends.
#pragma once

#include <QList>
#include <QWidget>

namespace naru::ui {

class Theme;

struct LineStep {
    QString symbol{}, word{}, role{}, time{};
};

class StepLine : public QWidget {
    Q_OBJECT
public:
    explicit StepLine(Theme &theme, QWidget *parent = nullptr);
    void setSteps(const QList<LineStep> &steps);
    QString text() const;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(width, nullptr); }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int arrange(int width, QPainter *painter) const;

    Theme &m_theme;
    QList<LineStep> m_steps{};
};

} // namespace naru::ui
