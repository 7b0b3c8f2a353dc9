// The merged record of one patient in six parts, with what is known of the chosen row below them.
#pragma once

#include "ui/pages/patient/PatientRecord.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTabWidget;

namespace naru::ui {

class AppContext;
class DataTable;
class HangulLineEdit;
class Theme;

class RecordView : public QWidget {
    Q_OBJECT
public:
    explicit RecordView(AppContext &context, QWidget *parent = nullptr);

    void setRecord(const PatientRecord &record);
    DataTable *currentTable() const;
    HangulLineEdit *findField() const { return m_find; }
    QPushButton *toTimeline() const { return m_toTimeline; } // only where one of the two is shown
    void showPart(int kind);
    void showItem(int kind, const QString &key);
    // The first document that says the chosen row; empty: only the EMR does.
    QString currentDocument() const;
    struct Place {
        int kind = -1; // -1: nowhere
        QString key{};
    };
    // The next row that needs a human decision, through all parts of the record.
    Place nextDecision() const;
    bool clearFind();

Q_SIGNALS:
    void opened();
    void askWanted(); // nothing is known: ask other institutions
    void timelineWanted();

private:
    QWidget *makeBar(Theme &theme);
    DataTable *makeTable(int kind, const QString &name);
    int currentKind() const;
    void fillTable(int kind);
    void showDetail();
    QString sourceNames(const RecordItem &item) const;

    AppContext &m_context;
    PatientRecord m_record{};
    QPushButton *m_toTimeline = nullptr;
    HangulLineEdit *m_find = nullptr;
    QTabWidget *m_tabs = nullptr;
    std::array<DataTable *, RecordKinds> m_tables{};
    QLabel *m_detail = nullptr;
};

} // namespace naru::ui
