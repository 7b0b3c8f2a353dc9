// "저장소에서 찾기": a doctor asks an image archive (PACS) for the studies of this patient and brings them
// into the chart. What the archive or the images say of the patient is compared with the chart first; a study
// of somebody else is refused aloud.
#pragma once

#include "core/clinical/Parties.h"
#include "core/services/Profile.h"
#include "ui/models/RowModel.h"
#include "ui/pages/archive/FoundStudy.h"
#include "ui/shell/Page.h"

#include <QPointer>

class QLabel;
class QPushButton;

namespace naru::ui {

class DataTable;
class JobLine;
class MessageStrip;
class QueryBar;
class TransferList;
class UiJob;

class ArchivePage : public Page {
    Q_OBJECT
public:
    ArchivePage(AppContext &context, const services::PatientKey &patient, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override; // fetch or open the current study; in the list of jobs: again
    bool refresh() override; // ask
    bool find() override;
    bool nextGap() override; // next study or job that needs something
    bool goToSection(int number) override;
    bool stepBack() override;
    QList<QWidget *> panes() const override;
    QList<QPair<QString, QString>> keys() const override;
    void focusFirst() override;

Q_SIGNALS:
    void answered(bool good); // the archive, or nobody in its time

private:
    struct Local { // what is here, read beside the GUI thread
        std::vector<services::StudyRow> stored{};
        std::vector<services::PacsJob> jobs{};
    };
    struct Answer {
        std::vector<services::PacsStudy> studies{};
        bool more = false;
        Local local{};
    };
    static Local readLocal(services::Profile &profile);
    QWidget *makeFoot();
    void loadNodes();
    void loadLocal();
    void take(Local local);
    void ask();
    void askWider();
    void show(Answer answer, const QString &node);
    void showStudies();
    ModelRow rowOf(const FoundStudy &study) const;
    void showVerbs();
    void emptyVerb();
    void fetch(const FoundStudy &study, const services::PatientKey &into);
    void refuse(const FoundStudy &study);
    void confirm(const FoundStudy &study);
    void followJobs(const std::vector<services::PacsJob> &before);
    void ended(const services::PacsJob &job);
    void warnOfStrangers();
    QString personLine(const services::PacsStudy &study) const;
    const FoundStudy *current() const;
    const services::PacsJob *jobOf(const QString &studyUid) const; // under way

    services::PatientKey m_patient;
    clinical::Patient m_chart{};
    Local m_local{};
    std::vector<services::PacsStudy> m_answer{};
    std::vector<FoundStudy> m_studies{};
    QString m_node{}; // that answered
    QStringList m_strangers{}; // keys of studies that were warned of
    bool m_asked = false, m_dirty = false;
    QueryBar *m_query = nullptr;
    MessageStrip *m_strip = nullptr;
    JobLine *m_line = nullptr;
    QLabel *m_total = nullptr;
    DataTable *m_results = nullptr;
    QPushButton *m_fetch = nullptr, *m_open = nullptr, *m_stop = nullptr;
    TransferList *m_transfers = nullptr;
    QPointer<UiJob> m_asking{}, m_reading{};
};

} // namespace naru::ui
