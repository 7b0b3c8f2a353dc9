// Writing a document: sections, form, exact preview, journal, send sheet, recall.
#pragma once

#include "ui/forms/DocumentModel.h"
#include "ui/pages/compose/Sending.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Page.h"

#include <QTimer>

class QTabBar;

namespace naru::ui {

class AttachmentBar;
class ComposeFooter;
class ComposeHead;
class DraftKeeper;
class EarlierWords;
class FormView;
class MessageStrip;
class PreviewPane;
class SectionNav;
class SendSheet;
class WritingPanes;

class ComposePage : public Page {
    Q_OBJECT
public:
    ComposePage(AppContext &context, const services::DraftId &draft, const QString &field = {},
        QWidget *parent = nullptr);
    ~ComposePage() override;
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool hasUnsavedDraft() const override;
    bool mainAct() override;
    bool nextGap() override;
    bool approveAndGoOn() override;
    bool otherView() override;
    bool refresh() override;
    bool goToSection(int number) override;
    bool find() override;
    bool saveNow() override;
    bool print() override;
    bool undo() override;
    bool redo() override;
    bool stepBack() override;
    QList<QWidget *> panes() const override;
    void focusFirst() override;
    QList<QPair<QString, QString>> keys() const override;
    bool settle() override;
    void closing() override;

    FormView *form() const { return m_form; }
    PreviewPane *preview() const { return m_preview; }
    SendSheet *sheet() const { return m_sheet; }
    AttachmentBar *attachments() const { return m_attachments; }
    DocumentModel &model() { return m_model; }
    const services::OutboxId &sentItem() const { return m_sending->item(); }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void load(const services::DraftId &draft);
    void documentChanged();
    void check();
    void showCounts();
    void showSections();
    void seal();
    void send();
    void takeOver(); // what others attached to the stored draft, as a step of undo
    void showSealed(const Sending::Sealed &sealed);
    void sent();
    void showRecall(int seconds);
    void showOutcome();
    void notSealed(const base::Error &error);
    void closeSheet();
    void recall();
    void place();
    QString sectionKeyOf(const QString &sectionCode) const;

    DocumentModel m_model{};
    DraftKeeper *m_keeper = nullptr;
    MessageStrip *m_strip = nullptr;
    Sending *m_sending = nullptr;
    ComposeHead *m_head = nullptr;
    SectionNav *m_nav = nullptr;
    QTabBar *m_tabs = nullptr; // form and preview when there is room for one only
    FormView *m_form = nullptr;
    PreviewPane *m_preview = nullptr;
    WritingPanes *m_panes = nullptr;
    AttachmentBar *m_attachments = nullptr;
    SendSheet *m_sheet = nullptr;
    ComposeFooter *m_footer = nullptr;
    EarlierWords *m_earlier = nullptr;
    QTimer m_checkTimer{};
    QString m_startField{};
    int m_lastSection = -1;
    bool m_loaded = false;
};

} // namespace naru::ui
