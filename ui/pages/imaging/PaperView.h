// The pages of a document below each other, as wide as the view, drawn by a confined process when they come
// into sight. Ctrl with the wheel or + - 0 change the size; arrows, page keys, Home and End go through it.
#pragma once

#include "core/imaging/paper/Paper.h"
#include "core/jobs/JobQueue.h"
#include "ui/text/Sentences.h"

#include <QAbstractScrollArea>
#include <QImage>
#include <QMap>
#include <QPointer>

namespace naru::ui {

class Theme;
class UiJob;

class PaperView : public QAbstractScrollArea {
    Q_OBJECT
public:
    PaperView(Theme &theme, jobs::JobQueue &queue, text::Language language, QWidget *parent = nullptr);

    void setPaper(std::shared_ptr<imaging::Paper> paper); // none: an empty view
    int pageCount() const;
    int page() const; // the one in the middle of the view, from 0
    void goToPage(int page);
    double magnification() const { return m_magnification; } // 1: as wide as the view
    void setMagnification(double factor);
    bool isDrawn(int page) const; // in the size it is shown in

Q_SIGNALS:
    void pageChanged(int page, int count);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    struct Sheet {
        QImage picture{};
        QString trouble{}; // instead of a picture
        int width = 0; // pixels of the screen that were asked for
    };
    int gap() const;
    int sheetWidth(int page) const; // points of the widget, as below
    QRect sheetRect(int page) const;
    int sheetHeight(int page) const;
    int pageAt(int y) const; // in the whole document
    int pixelsOf(int page) const;
    void arrange();
    void drawNext();
    void dropOutside(int first, int last);
    void told();

    Theme &m_theme;
    jobs::JobQueue &m_queue;
    text::Language m_language;
    std::shared_ptr<imaging::Paper> m_paper{};
    std::vector<int> m_tops{}; // of each page, and one more: where the last ends
    QMap<int, Sheet> m_sheets{};
    QPointer<UiJob> m_job{};
    double m_magnification = 1, m_widest = 1;
    int m_told = -1;
};

} // namespace naru::ui
