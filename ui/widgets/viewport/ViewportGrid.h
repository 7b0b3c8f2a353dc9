// One to nine viewports in rows and columns; one of them is active and gets the page's acts.
#pragma once

#include "ui/text/Language.h"

#include <QWidget>

class QGridLayout;

namespace naru::ui {

class Theme;
class Viewport;

class ViewportGrid : public QWidget {
    Q_OBJECT
public:
    ViewportGrid(Theme &theme, text::Language language, QWidget *parent = nullptr);

    // Up to 3 rows and 4 columns; viewports that stay keep what they show.
    void setGrid(int rows, int columns);
    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    QList<Viewport *> views() const { return m_views; } // the visible ones, row by row
    Viewport *view(int index) const { return m_views.value(index); }
    Viewport *active() const { return m_views.value(m_active); }
    int activeIndex() const { return m_active; }
    void activate(int index);
    // One view in the room of all; the others keep what they show. -1: all again.
    void setAlone(int index);
    int alone() const { return m_alone; }

Q_SIGNALS:
    void viewAdded(naru::ui::Viewport *view);
    void activeChanged();

private:
    Viewport *make();
    void stretch();

    Theme &m_theme;
    text::Language m_language;
    QGridLayout *m_layout;
    QList<Viewport *> m_views{};
    int m_rows = 0, m_columns = 0, m_active = 0, m_alone = -1;
};

} // namespace naru::ui
