// A state as symbol + word + colour from the words table (ui/text/tables/words.tsv), optionally with a date.
#pragma once

#include "ui/text/Words.h"

#include <QWidget>

namespace naru::ui {

class Theme;

class StateLight : public QWidget {
    Q_OBJECT
public:
    explicit StateLight(Theme &theme, text::Language language, QWidget *parent = nullptr);
    // `group` and `key` of the words table, e.g. ("light", "valid"), ("outbox", "unknown").
    void setState(const QString &group, const QString &key, const QString &suffix = {});
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    text::Language m_language;
    text::Word m_word{};
    QString m_suffix{};
};

} // namespace naru::ui
