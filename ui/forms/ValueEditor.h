// The editor of one value, by FieldKind, bound to a place in the document. Composed text reaches the model
// with its open syllable, so that "missing", the preview and the journal see what the person sees.
#pragma once

#include "ui/forms/ContentAccess.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/FormContext.h"

#include <QWidget>

class QLabel;

namespace naru::ui {

class ValueEditor : public QWidget {
    Q_OBJECT
public:
    struct Binding {
        QString path{}; // "problems[0].onset", "reason"
        std::function<FieldRef(DocumentModel::State &)> ref{};
        std::function<void(DocumentModel::State &)> touched{}; // marks the source after a change
    };
    ValueEditor(
        FormContext &context, const clinical::FieldSpec &spec, Binding binding, QWidget *parent = nullptr);

    void reload();
    void setReadOnly(bool on);
    // Empty when the value is fine; otherwise why it cannot be taken ("2026-13-40 is no date").
    QString complaint() const { return m_complaint; }
    const clinical::FieldSpec &spec() const { return m_spec; }

Q_SIGNALS:
    void goOn(); // the value is complete, the focus may move to the next one
    void left(); // the focus went away
    void complaintChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeLine();
    void makeText();
    void makeDate();
    void makeCode();
    void makeConcept();
    void makeFlag();
    void write(bool typing, const QString &text, const std::function<void(const FieldRef &)> &set);
    void setComplaint(const QString &text);
    void adopt(QWidget *editor, QWidget *focus);

    FormContext &m_context;
    clinical::FieldSpec m_spec;
    Binding m_binding;
    QWidget *m_focus = nullptr;
    std::function<void(const FieldRef &)> m_show{};
    std::function<void(bool)> m_lock{};
    QString m_complaint{};
    bool m_writing = false;
};

} // namespace naru::ui
