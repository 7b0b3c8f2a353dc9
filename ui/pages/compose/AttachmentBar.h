// Images that go along with the document: the patient's studies that are stored here, with number and size
// before they are chosen, whole or single images of one; what is attached, each removable, by keyboard too.
// Every change is one step of the document's undo. Hidden while the patient has no images and nothing is
// attached.
#pragma once

#include "core/services/ImageTypes.h"
#include "ui/forms/DocumentModel.h"
#include "ui/shell/AppContext.h"

#include <QPointer>
#include <QWidget>

class QPushButton;

namespace naru::ui {

class DataTable;
class FlowRow;
class ImageChoice;
class MessageStrip;
class UiJob;

class AttachmentBar : public QWidget {
    Q_OBJECT
public:
    AttachmentBar(AppContext &context, DocumentModel &model, MessageStrip *strip, QWidget *parent = nullptr);

    // Whose studies; asks for them on a job.
    void load(const services::PatientKey &patient);
    void choose(); // opens the list and goes there; closes it when it is open
    bool saysPreparing(); // what was chosen is not in the document yet; says so
    bool closeList(); // false when it was closed
    DataTable *list() const { return m_list; }
    ImageChoice *single() const { return m_single; }

Q_SIGNALS:
    void changed(); // how many are attached

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showStudies(const std::vector<services::StudyRow> &studies);
    void showAttached();
    void attach(const QString &study, const QStringList &instances = {});
    void chooseSingle();
    void listShown(bool on);
    void remove(const QString &kosUid);

    AppContext &m_context;
    DocumentModel &m_model;
    MessageStrip *m_strip;
    services::PatientKey m_patient{};
    QPointer<UiJob> m_preparing{};
    std::vector<services::StudyRow> m_studies{};
    FlowRow *m_row = nullptr;
    QWidget *m_bar = nullptr;
    QPushButton *m_open = nullptr, *m_openSingle = nullptr;
    QList<QPushButton *> m_attached{};
    DataTable *m_list = nullptr;
    ImageChoice *m_single = nullptr;
};

} // namespace naru::ui
