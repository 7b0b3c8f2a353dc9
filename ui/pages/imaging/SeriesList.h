// The series of the open studies with a small picture each, in the order of the study; decoded off the
// window's thread by the same loader, so that the picture is the first image shown as well.
#pragma once

#include "ui/pages/imaging/StudyDesk.h"

#include <QListWidget>
#include <QPointer>

namespace naru::ui {

class SeriesDelegate;
class Theme;

class SeriesList : public QListWidget {
    Q_OBJECT
public:
    SeriesList(Theme &theme, QWidget *parent = nullptr);

    void setStudies(const QList<const OpenStudy *> &studies, FrameLoader &loader);
    void setNarrow(bool on); // small pictures, a line of the name and the count; the rest is in the tip
    void setCurrent(const ImageProvider *provider); // the one of the active view
    StackProvider *at(int row) const { return m_providers.value(row); }

Q_SIGNALS:
    void chosen(naru::ui::StackProvider *provider);
    // The right button on a row, or the key of the context menu (Menu, Shift+F10) on the current one.
    void menuWanted(naru::ui::StackProvider *provider, const QPoint &global);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh(int row);
    bool isBroken(const StackProvider &provider) const; // its first image; the small one is made of it
    void askMenu(const QListWidgetItem *item, const QPoint &at);
    void restyle();

    Theme &m_theme;
    SeriesDelegate *m_delegate = nullptr;
    bool m_narrow = false;
    QPointer<FrameLoader> m_loader{};
    QList<QPointer<StackProvider>> m_providers{};
    QString m_study{}; // the first
    QStringList m_keys{}; // study and series of each row
};

} // namespace naru::ui
