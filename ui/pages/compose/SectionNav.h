// The sections of the form with number, name, count and state; it is also the list of what is missing.
#pragma once

#include <QTreeWidget>

namespace naru::ui {

class FormView;
class Theme;

class SectionNav : public QTreeWidget {
    Q_OBJECT
public:
    SectionNav(Theme &theme, QWidget *parent = nullptr);
    void show(const FormView &form);
    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(int index);
    void widthChanged();

private:
    Theme &m_theme;
    int m_wanted = 0;
};

} // namespace naru::ui
