// Documents of other institutions: criteria, what was found, and for every source why it may not be all. Four
// kinds of empty, never one blank list.
#pragma once

#include "ui/shell/Page.h"

#include <QPointer>

class QComboBox;
class QLabel;
class QPushButton;

namespace naru::ui {

class DataTable;
class HangulLineEdit;
class JobLine;
class MessageStrip;
class UiJob;

class SearchPage : public Page {
    Q_OBJECT
public:
    SearchPage(AppContext &context, const services::PatientKey &patient, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override; // fetch the ticked ones (or the current one) and open the first
    bool refresh() override; // ask
    bool find() override;
    bool nextGap() override; // next source that needs something
    bool goToSection(int number) override;
    QList<QWidget *> panes() const override;
    QList<QPair<QString, QString>> keys() const override;
    void showResult(const services::SearchResult &result, bool finished);
    QString totalLine() const;
    QString emptyText() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void ask();
    void fetch(const std::vector<services::DocumentRow> &rows);
    void showDocuments();
    void showSources();
    void sourceVerb(const QString &key);
    void describeSource();
    QWidget *makeCriteria();
    const services::DocumentRow *document(const QString &id) const;

    services::PatientKey m_patient;
    services::SearchResult m_result{};
    bool m_asked = false;
    QComboBox *m_period = nullptr, *m_kind = nullptr, *m_institution = nullptr;
    HangulLineEdit *m_text = nullptr;
    QPushButton *m_ask = nullptr, *m_cancel = nullptr, *m_fetch = nullptr, *m_sourceButton = nullptr;
    MessageStrip *m_strip = nullptr;
    JobLine *m_jobLine = nullptr;
    DataTable *m_documents = nullptr, *m_sources = nullptr;
    QList<QLabel *> m_captions{};
    QLabel *m_total = nullptr, *m_sourceText = nullptr;
    QPointer<UiJob> m_job{};
};

} // namespace naru::ui
