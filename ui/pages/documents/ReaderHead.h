// Above a document: what it is, the kinds of view, and what can be done with it.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTabBar;

namespace naru::ui {

class Theme;

class ReaderHead : public QWidget {
    Q_OBJECT
public:
    ReaderHead(const Theme &theme, QWidget *parent);

    QLabel *title() const { return m_title; }
    QTabBar *views() const { return m_views; }
    QPushButton *reply() const { return m_reply; }
    QPushButton *compare() const { return m_compare; }
    QPushButton *images() const { return m_images; } // shown for a document that refers to images

Q_SIGNALS:
    void replyWanted();
    void printWanted();
    void exportWanted();
    void compareWanted(bool on);
    void imagesWanted();

private:
    QLabel *m_title;
    QTabBar *m_views;
    QPushButton *m_reply, *m_print, *m_export, *m_compare, *m_images;
};

} // namespace naru::ui
