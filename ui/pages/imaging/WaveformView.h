// An electrocardiogram or another recording on millimetre paper: 25 mm a second, 10 mm a millivolt, one
// channel below the other. Other units are stretched to the height of a channel, and say their range.
#pragma once

#include "core/imaging/objects/Waveform.h"

#include <QWidget>

namespace naru::ui {

class Theme;

class WaveformView : public QWidget {
    Q_OBJECT
public:
    WaveformView(Theme &theme, QWidget *parent = nullptr);
    void setGroups(std::vector<imaging::WaveformGroup> groups);
    const std::vector<imaging::WaveformGroup> &groups() const { return m_groups; }
    QSize sizeHint() const override;
    // Where a sample lies, in points of the widget; of tests and the paper.
    QPointF pointOf(int group, int channel, int sample) const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Row {
        const imaging::WaveformGroup *group = nullptr;
        const imaging::WaveformChannel *channel = nullptr;
        double top = 0, millimetresPerUnit = 1, middle = 0;
        QString scale{};
    };
    void arrange();
    double millimetre() const; // in points
    double yOf(const Row &row, double value) const;
    void paintPaper(QPainter &painter, const QRect &part) const;
    void paintRow(QPainter &painter, const Row &row, const QRect &part) const;

    Theme &m_theme;
    std::vector<imaging::WaveformGroup> m_groups{};
    std::vector<Row> m_rows{};
};

} // namespace naru::ui
