// Who receives the document: institution (participants first), department, doctor, and what the institution
// takes part in.
#pragma once

#include "ui/forms/FormContext.h"

#include <QWidget>

class QLabel;

namespace naru::ui {

class CodePicker;
class HangulLineEdit;

class RecipientEditor : public QWidget {
    Q_OBJECT
public:
    explicit RecipientEditor(FormContext &context, QWidget *parent = nullptr);

    void reload();
    void setReadOnly(bool on);
    CodePicker *institution() const { return m_institution; }
    CodePicker *department() const { return m_department; }

Q_SIGNALS:
    void goOn();
    void left();

private:
    void write(const std::function<void(clinical::Recipient &)> &set);
    void showParticipation(const clinical::Institution &institution);

    FormContext &m_context;
    CodePicker *m_institution = nullptr;
    CodePicker *m_department = nullptr;
    HangulLineEdit *m_doctor = nullptr;
    QLabel *m_participation = nullptr;
    bool m_writing = false;
};

} // namespace naru::ui
