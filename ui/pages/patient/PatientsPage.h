// Finding a patient: the clinic's own list (name, initial consonants, birth date, chart number), the
// exchange's index (PDQ), registration there, a hand-over file of the EMR, and a patient entered by hand.
#pragma once

#include "ui/shell/Page.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace naru::ui {

class DataTable;
class HangulLineEdit;
class JobLine;
class MessageStrip;

class PatientsPage : public Page {
    Q_OBJECT
public:
    explicit PatientsPage(AppContext &context, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override;
    bool refresh() override;
    bool find() override;
    bool goToSection(int number) override;
    bool stepBack() override;
    QList<QWidget *> panes() const override;
    QList<QPair<QString, QString>> keys() const override;
    void takeFile(const QString &path); // a hand-over of the EMR; its patient is opened
    // What the index answered; public so that tests need no index.
    void showCandidates(const std::vector<services::Candidate> &candidates);

private:
    void chooseFile();
    void load();
    void askExchange();
    void takeCandidate(const QString &id);
    void identify();
    void saveNew();
    void showPanel(QWidget *panel);
    QWidget *makeCandidatePanel();
    QWidget *makeNewPanel();

    HangulLineEdit *m_query = nullptr;
    DataTable *m_list = nullptr;
    MessageStrip *m_strip = nullptr;
    JobLine *m_job = nullptr;
    QWidget *m_candidatePanel = nullptr, *m_newPanel = nullptr;
    DataTable *m_candidates = nullptr;
    QLabel *m_candidateText = nullptr;
    std::vector<services::Candidate> m_found{};
    HangulLineEdit *m_name = nullptr, *m_birth = nullptr, *m_chart = nullptr, *m_phone = nullptr;
    QComboBox *m_sex = nullptr;
};

} // namespace naru::ui
