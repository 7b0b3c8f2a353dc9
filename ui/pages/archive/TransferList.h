// What is being fetched from archives and sent to them, what became of it and why not: again, cancel, off the
// list.
#pragma once

#include "core/services/ImageTypes.h"
#include "core/services/PacsTypes.h"
#include "core/services/Types.h"

#include <QHash>
#include <QWidget>

class QPushButton;

namespace naru::ui {

class AppContext;
class DataTable;
class MessageStrip;

class TransferList : public QWidget {
    Q_OBJECT
public:
    TransferList(AppContext &context, const services::PatientKey &patient, QWidget *parent = nullptr);

    // `titles`: by study UID, for studies of which nothing is here yet.
    void setJobs(std::vector<services::PacsJob> jobs, const std::vector<services::StudyRow> &stored,
        const QHash<QString, QString> &titles);
    const std::vector<services::PacsJob> &jobs() const { return m_jobs; }
    DataTable *table() const { return m_table; }
    bool again(); // the current one
    bool nextTrouble(); // goes to the next that failed

Q_SIGNALS:
    void opened(const QString &studyUid);

private:
    void show();
    void showCurrent();
    void stop();
    void remove();
    bool concerns(const services::PacsJob &job) const;
    QString what(const services::PacsJob &job) const;
    const services::PacsJob *current() const;

    AppContext &m_context;
    services::PatientKey m_patient;
    std::vector<services::PacsJob> m_jobs{};
    std::vector<services::StudyRow> m_stored{};
    QHash<QString, QString> m_titles{};
    DataTable *m_table = nullptr;
    MessageStrip *m_strip = nullptr;
    QPushButton *m_all = nullptr, *m_again = nullptr, *m_stop = nullptr, *m_remove = nullptr,
                *m_open = nullptr;
};

} // namespace naru::ui
