// One narrow column in the middle of an otherwise empty page: never wider than the window, as high as its
// words need at that width, scrolling where the window is lower. Its height follows what is shown in it.
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace naru::ui {

class Theme;

class MiddleColumn : public QScrollArea {
    Q_OBJECT
public:
    MiddleColumn(Theme &theme, const QString &name, QWidget *page);
    QWidget *box() const { return m_box; } // parent of what stands in the column
    QVBoxLayout *column() const { return m_column; }
    // `message` is scrolled into view whenever it is shown or says something longer.
    void keepInView(QWidget *message);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void bringIntoView();
    void showWhole(const QWidget *part);

    QWidget *m_box = nullptr, *m_message = nullptr;
    QVBoxLayout *m_column = nullptr;
};

} // namespace naru::ui
