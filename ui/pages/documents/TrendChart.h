// One laboratory value over real time: oldest left, distances as long as the time between, the laboratory's
// own reference band, gaps stay gaps. Every point is reachable with the arrow keys and says its value.
#pragma once

#include "core/base/Timestamp.h"

#include <QWidget>
#include <vector>

namespace naru::ui {

class Theme;

struct TrendPoint {
    QDateTime when{};
    double value = 0;
    QString text{}; // as written: "7.1"
    QString source{}; // "진료회송서 세브란스병원"
    QString laboratory{};
};

struct Trend {
    QString name{}, unit{};
    double low = 0, high = 0; // reference band
    bool hasLow = false, hasHigh = false;
    std::vector<TrendPoint> points{}; // oldest first
    int otherUnits = 0; // values in another unit, not drawn
};

// "4.0-6.0", "< 5", "≥ 60": what the laboratory prints.
bool parseRange(const QString &text, double &low, bool &hasLow, double &high, bool &hasHigh);

class TrendChart : public QWidget {
    Q_OBJECT
public:
    TrendChart(Theme &theme, QWidget *parent = nullptr);
    void setTrend(const Trend &trend);
    const Trend &trend() const { return m_trend; }
    int current() const { return m_current; }
    QString currentWords() const;
    // Horizontal place of a point in [0,1], proportional to time.
    double position(int index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void currentChanged(int index);
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QRect plot() const;
    QPointF place(int index) const;
    void select(int index);
    void bounds(double &lowest, double &highest) const;

    Theme &m_theme;
    Trend m_trend{};
    int m_current = -1;
};

} // namespace naru::ui
