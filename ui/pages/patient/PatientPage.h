// A patient's workspace: time line of documents beside one merged record of everything known here.
#pragma once

#include "ui/shell/Page.h"

class QLabel;
class QPushButton;
class QSplitter;

namespace naru::ui {

class DocumentTimeline;
class HandOverNotes;
class MessageStrip;
class RecordView;
struct PatientRecord;

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
    void load();
    void countImages();
    void take(const PatientRecord &record);
    void openCurrentDocument();
    QWidget *makeFoot();
    void bringRecord();
    void place();

    services::PatientKey m_patient;
    MessageStrip *m_strip = nullptr;
    HandOverNotes *m_notes = nullptr;
    QSplitter *m_splitter = nullptr;
    DocumentTimeline *m_timeline = nullptr;
    RecordView *m_record = nullptr;
    QLabel *m_news = nullptr;
    QPushButton *m_images = nullptr; // where there is a viewer
    bool m_counting = false, m_countAgain = false;
    bool m_loading = false, m_again = false, m_narrow = false, m_timelineShown = false;
    bool m_hasDocuments = false;
};

} // namespace naru::ui
