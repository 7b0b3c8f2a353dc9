// The sections of the form with number, name, count and state; it is also the list of what is missing.
#pragma once

#include <QTreeWidget>

namespace naru::ui {

class FormView;
enum class SectionState;
class Theme;

class SectionNav : public QTreeWidget {
    Q_OBJECT
public:
    SectionNav(Theme &theme, QWidget *parent = nullptr);
    // `attached`: what goes along with the document, a row of its own below the sections.
    void show(const FormView &form, int attached);
    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(int index); // one beyond the sections: the attachments
    void widthChanged();

private:
    Theme &m_theme;
    void showRow(int row, const QString &name, int count, SectionState state, bool current);

    int m_wanted = 0;
};

} // namespace naru::ui
