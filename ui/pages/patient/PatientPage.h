// A patient's workspace: time line of documents beside one merged record of everything known here.
#pragma once

#include "ui/models/MergedRecord.h"
#include "ui/shell/Page.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QTabWidget;
class QTreeWidget;

namespace naru::ui {

class DataTable;
class HangulLineEdit;
class MessageStrip;

class PatientPage : public Page {
    Q_OBJECT
public:
    PatientPage(AppContext &context, const services::PatientKey &patient, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override;
    bool refresh() override;
    bool goToSection(int number) override;
    bool nextGap() override;
    bool otherView() override;
    bool find() override;
    bool stepBack() override;
    QList<QWidget *> panes() const override;
    void focusFirst() override;
    QList<QPair<QString, QString>> keys() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Snapshot {
        std::vector<services::DocumentRow> documents{};
        std::vector<RecordSource> sources{};
        std::vector<RecordItem> items[6]{};
    };
    void load();
    void take(const Snapshot &snapshot);
    void fillTimeline();
    void fillTable(int kind);
    void showDetail();
    void openCurrentDocument();
    QString sourceNames(const RecordItem &item) const;
    QWidget *makeTimeline();
    QWidget *makeRecord();
    QWidget *makeFoot();
    DataTable *currentTable() const;
    QPushButton *makeSwitch(const QString &name, QWidget *bar);
    void place();

    services::PatientKey m_patient;
    Snapshot m_snapshot{};
    MessageStrip *m_strip = nullptr;
    QSplitter *m_splitter = nullptr;
    QTreeWidget *m_timeline = nullptr;
    QComboBox *m_form = nullptr, *m_institution = nullptr;
    QTabWidget *m_tabs = nullptr;
    DataTable *m_tables[6] = {};
    QLabel *m_detail = nullptr, *m_news = nullptr;
    HangulLineEdit *m_find = nullptr;
    QPushButton *m_toRecord = nullptr, *m_toTimeline = nullptr; // only where one of the two is shown
    bool m_loading = false, m_again = false, m_newOnly = false, m_narrow = false, m_timelineShown = false;
};

} // namespace naru::ui
