// What stands where images would, while the chart has none: where they can come from, each with its key.
#pragma once

#include "ui/text/Language.h"

#include <QWidget>

namespace naru::ui {

class Theme;

class NoImages : public QWidget {
    Q_OBJECT
public:
    NoImages(Theme &theme, text::Language language, QWidget *parent = nullptr);
    QWidget *first() const { return m_first; } // of the ways

Q_SIGNALS:
    void wanted(const QString &act); // of keys.tsv, or "search"

private:
    QWidget *m_first = nullptr;
};

} // namespace naru::ui
