// Asks how long the line is that was drawn over something of known length, and for which images that holds.
#pragma once

#include <QFrame>

class QComboBox;
class QLabel;

namespace naru::ui {

class HangulLineEdit;
class Theme;

class CalibrationPanel : public QFrame {
    Q_OBJECT
public:
    static constexpr double MostMillimetres = 5000;
    // `images`: how many there are in the series.
    CalibrationPanel(Theme &theme, int images, QWidget *parent);
    // Beside the line, inside the parent.
    void place(const QPointF &near);
    void focusFirst();

Q_SIGNALS:
    void accepted(double millimetres, bool wholeSeries);

private:
    void submit();

    HangulLineEdit *m_length = nullptr;
    QComboBox *m_scope = nullptr;
    QLabel *m_problem = nullptr;
};

} // namespace naru::ui
