// The series of the open studies with a small picture each, in the order of the study; decoded off the
// window's thread by the same loader, so that the picture is the first image shown as well.
#pragma once

#include "ui/pages/imaging/StudyDesk.h"

#include <QListWidget>
#include <QPointer>

namespace naru::ui {

class Theme;

class SeriesList : public QListWidget {
    Q_OBJECT
public:
    SeriesList(Theme &theme, QWidget *parent = nullptr);

    void setStudies(const QList<const OpenStudy *> &studies, FrameLoader &loader);
    void setNarrow(bool on); // small pictures with number and count beside them; the rest is in the tip
    void setCurrent(const ImageProvider *provider); // the one of the active view
    StackProvider *at(int row) const { return m_providers.value(row); }

Q_SIGNALS:
    void chosen(naru::ui::StackProvider *provider);

private:
    void refresh(int row);
    void restyle();

    Theme &m_theme;
    bool m_narrow = false;
    QPointer<FrameLoader> m_loader{};
    QList<QPointer<StackProvider>> m_providers{};
};

} // namespace naru::ui
