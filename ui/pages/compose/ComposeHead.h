// What is being written, to whom it goes and who signs it.
#pragma once

#include "core/clinical/Document.h"
#include "ui/text/Words.h"

#include <QWidget>

class QLabel;

namespace naru::ui {

class Theme;

class ComposeHead : public QWidget {
    Q_OBJECT
public:
    ComposeHead(const Theme &theme, text::Language language, QWidget *parent);
    void show(const clinical::Document &document);
    using QWidget::show;

private:
    text::Language m_language;
    QLabel *m_title, *m_targets, *m_author;
};

} // namespace naru::ui
