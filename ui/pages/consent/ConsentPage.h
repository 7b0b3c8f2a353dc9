// Consent of one patient: what is valid, a signing session for several programmes at once, withdrawal with
// the same effort, history, paper when there is no pad.
#pragma once

#include "ui/pages/consent/PatientWindow.h"
#include "ui/pages/consent/ProgrammeList.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Page.h"

#include <QPointer>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTextEdit;

namespace naru::ui {

class CodePicker;
class ConsentHistory;
class HangulLineEdit;
class MessageStrip;
class ScanPanel;
class SignerForm;
class WordsPane;

class ConsentPage : public Page {
    Q_OBJECT
public:
    ConsentPage(AppContext &context, const services::PatientKey &patient, QWidget *parent = nullptr);
    ~ConsentPage() override;
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override;
    bool otherView() override;
    bool refresh() override;
    bool goToSection(int number) override;
    bool print() override;
    bool stepBack() override;
    QList<QWidget *> panes() const override;
    void focusFirst() override;
    QList<QPair<QString, QString>> keys() const override;
    void lock() override;

    PatientWindow *patientWindow() const { return m_window; }
    QTreeWidget *programmes() const { return m_giveList; }
    QTreeWidget *withdrawals() const { return m_withdrawList; }
    QTextEdit *words() const; // what the patient will be asked, before the patient is
    SignerForm *signer() const { return m_signer; }
    bool readyToRecord() const { return !m_act.signaturePng.isEmpty(); }
    // A scan of the signed paper form; its pixels are written anew, so nothing but the picture remains.
    bool attachScan(const QString &path);

private:
    QWidget *makeGive();
    QWidget *makeWithdraw();
    void load();
    void showWords();
    std::vector<services::ConsentText> textsOf(const std::vector<clinical::Programme> &programmes) const;
    bool withdrawing() const;
    QTreeWidget *currentList() const;
    services::ConsentAct actFromForm() const;
    void hold(bool held);
    void startSession();
    void sessionDone();
    void endSession(const QString &sentence, bool warn);
    void record();
    void showProgress();
    void openScan();

    services::PatientKey m_patientKey;
    clinical::Patient m_patient{};
    MessageStrip *m_strip = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    ProgrammeList *m_giveList = nullptr, *m_withdrawList = nullptr;
    ConsentHistory *m_history = nullptr;
    WordsPane *m_words = nullptr;
    SignerForm *m_signer = nullptr;
    CodePicker *m_excluded = nullptr;
    QLabel *m_effect = nullptr, *m_progress = nullptr, *m_devices = nullptr;
    HangulLineEdit *m_withdrawReason = nullptr;
    QPushButton *m_start = nullptr, *m_paper = nullptr, *m_scan = nullptr, *m_record = nullptr,
                *m_stop = nullptr;
    ScanPanel *m_scanPanel = nullptr;
    QPointer<PatientWindow> m_window{};
    services::ConsentAct m_act{};
    bool m_actWithdraws = false;
    bool m_busy = false;
};

} // namespace naru::ui
