// The settings of the code picker: which releases are in service, importing one, what the last import did,
// the clinic's own aliases. Files may be dropped on it.
#pragma once

#include "core/services/TermTypes.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace naru::ui {

class AliasEditor;
class AppContext;
class DataTable;
class HangulLineEdit;
class ImportReportView;
class JobLine;
class MessageStrip;
class UiJob;

class TermsPart : public QWidget {
    Q_OBJECT
public:
    explicit TermsPart(AppContext &context, QWidget *parent = nullptr);
    void load();
    void chooseFiles();
    void importFiles(const QStringList &files);
    bool isImporting() const;

Q_SIGNALS:
    void importFinished(bool done);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *importBar();
    void fitHeight();
    void showDetail(const QString &id);
    const terminology::Release *release(const QString &id) const;
    void finished(const base::Result<services::TermImport> &result);
    void askRemoval();
    void remove(const QString &id);

    AppContext &m_context;
    MessageStrip *m_strip = nullptr, *m_problems = nullptr;
    QLabel *m_summary = nullptr, *m_detail = nullptr;
    std::vector<terminology::Release> m_list{};
    DataTable *m_releases = nullptr;
    QComboBox *m_master = nullptr;
    HangulLineEdit *m_version = nullptr;
    QPushButton *m_choose = nullptr, *m_remove = nullptr;
    JobLine *m_line = nullptr;
    ImportReportView *m_report = nullptr;
    AliasEditor *m_aliases = nullptr;
    QPointer<UiJob> m_job{};
};

} // namespace naru::ui
