// Small pieces every page is put together from: headings that follow the theme, rows of buttons, a field with
// its label above.
#pragma once

#include "ui/shell/Theme.h"

class QBoxLayout;
class QVBoxLayout;
class QLabel;
class QPushButton;
class QWidget;

namespace naru::ui {

// A label in a face and colour of the theme; follows its changes.
QLabel *themedLabel(Theme &theme, const QString &text, Theme::Face face, const char *token, QWidget *parent);
QLabel *pageTitle(Theme &theme, const QString &text, QWidget *parent);
QLabel *sectionTitle(Theme &theme, const QString &text, QWidget *parent);
QLabel *secondary(Theme &theme, const QString &text, QWidget *parent);
// A button with object name and accessible name set from its text.
QPushButton *pushButton(
    const QString &text, const QString &objectName, QWidget *parent, const char *look = nullptr);
// Label above field, connected as buddy and as accessible name.
QWidget *labelled(Theme &theme, const QString &label, QWidget *field, QWidget *parent);
// Margins and gaps of a page that follow the zoom: 4u around, 3u between.
void followSpacing(Theme &theme, QBoxLayout *layout, double margin, double gap);
// Puts a widget into a scroll area without frame that never scrolls sideways.
QWidget *scrolled(QWidget *inside, const QString &name, QWidget *parent);

// The column of a page that scrolls when large type on a low screen leaves too little for its lists.
QVBoxLayout *scrollingColumn(QWidget *page, const QString &name);

} // namespace naru::ui
