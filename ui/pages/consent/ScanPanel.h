// What is ticked on a signed paper: asked when its scan takes the place of the pad.
#pragma once

#include <QSize>
#include <QWidget>
#include <optional>

class QCheckBox;

namespace naru::ui {

class Theme;

class ScanPanel : public QWidget {
    Q_OBJECT
public:
    ScanPanel(const Theme &theme, QWidget *parent);
    bool provision() const;
    bool sensitive() const;
    QWidget *first() const;

private:
    QCheckBox *m_provision, *m_sensitive;
};

struct Scan {
    QByteArray png{};
    QSize size{};
};
// The pixels of a picture written anew, at most as large as a page has to be. Nothing when it is no picture.
std::optional<Scan> readScan(const QString &path);

} // namespace naru::ui
