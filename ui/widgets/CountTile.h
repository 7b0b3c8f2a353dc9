// A number of things to do: title, number, one line of urgency. Pressing it filters the list below.
#pragma once

#include <QAbstractButton>

namespace naru::ui {

class Theme;

class CountTile : public QAbstractButton {
    Q_OBJECT
public:
    CountTile(const Theme &theme, const QString &title, int number, QWidget *parent = nullptr);
    void setCount(
        int count, const QString &urgency, const char *role = "textSecondary", const QString &mark = {});
    int count() const { return m_count; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_title, m_key, m_urgency{}, m_mark{};
    const char *m_role = "textSecondary";
    int m_count = 0;
};

} // namespace naru::ui
