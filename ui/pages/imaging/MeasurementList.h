// The measurements as a table: what, value, image, calibration. A row leads to its image.
#pragma once

#include "ui/pages/imaging/MeasurementBook.h"

#include <QWidget>

class QLabel;

namespace naru::ui {

class DataTable;
class Theme;

class MeasurementList : public QWidget {
    Q_OBJECT
public:
    MeasurementList(Theme &theme, MeasurementBook &book, QWidget *parent = nullptr);
    DataTable &table() const { return *m_table; }

Q_SIGNALS:
    void opened(const QString &id);
    void removeWanted(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void showDetail();

    Theme &m_theme;
    MeasurementBook &m_book;
    DataTable *m_table = nullptr;
    QLabel *m_detail = nullptr;
};

} // namespace naru::ui
