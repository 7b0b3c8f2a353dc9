// F4: what the patient's earlier documents say for a section, offered unticked and never put in the place of
// what was written.
#pragma once

#include "core/services/Types.h"

#include <QObject>

namespace naru::ui {

class AppContext;
class DocumentModel;
class FormView;
class MessageStrip;

class EarlierWords : public QObject {
    Q_OBJECT
public:
    EarlierWords(
        AppContext &context, DocumentModel &model, FormView *form, MessageStrip *strip, QObject *parent);
    // Looks for the current section of the form.
    void offer(const services::PatientKey &patient);

private:
    void take(const QString &key, clinical::Content earlier, const services::DocumentRow &row);
    void takeText(const QString &key, const clinical::Text &found, const services::DocumentRow &row);
    void takeRows(const QString &key, clinical::Content &earlier, const services::DocumentRow &row);
    void showSection(const QString &key);

    AppContext &m_context;
    DocumentModel &m_model;
    FormView *m_form;
    MessageStrip *m_strip;
};

} // namespace naru::ui
