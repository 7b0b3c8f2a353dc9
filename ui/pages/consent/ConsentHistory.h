// What a patient gave and withdrew so far: as a table, and as a few lines of text where nothing is ticked
// yet.
#pragma once

#include "core/services/Types.h"

#include <QTreeWidget>

class QTextCursor;

namespace naru::ui {

class AppContext;

class ConsentHistory : public QTreeWidget {
    Q_OBJECT
public:
    ConsentHistory(AppContext &context, const services::PatientKey &patient, QWidget *parent);
    void reload();
    // The last ones as lines.
    void insertInto(QTextCursor &cursor) const;

private:
    AppContext &m_context;
    services::PatientKey m_patient;
};

} // namespace naru::ui
