// One tab of the window: the banner of its patient (when it has one), a side navigation of its pages and the
// page itself. A tab belongs to one patient for its whole life, so nothing of another patient can ever appear
// in it.
#pragma once

#include "ui/shell/Page.h"

#include <QWidget>

class QListWidget;
class QPushButton;
class QStackedWidget;
class QBoxLayout;

namespace naru::ui {

class IdentityBanner;
class MessageStrip;

class TabFrame : public QWidget {
    Q_OBJECT
public:
    // `patient` empty: a tab without patient (home, outbox, settings).
    TabFrame(AppContext &context, const services::PatientKey &patient, QWidget *parent = nullptr);

    const services::PatientKey &patient() const { return m_patient; }
    // Shows the page of this request, making it when it is not there yet.
    Page *open(const PageRequest &request);
    Page *current() const;
    QList<Page *> pages() const;
    int pageCount() const;
    void selectPage(int index);
    // Closes the current page when it is one that was opened (a draft, a document); false when it is a fixed
    // one.
    bool closeCurrentPage();
    bool hasUnsavedDraft() const;
    // "홍길동 남 65" for a patient's tab, else the page's title.
    QString tabTitle() const;
    MessageStrip &strip() { return *m_strip; }
    IdentityBanner *banner() const { return m_banner; }
    QList<QWidget *> panes() const; // page's panes, then the navigation
    void setRoomy(bool on); // without the navigation
    void reload(); // name or lights changed

Q_SIGNALS:
    void tabTitleChanged();
    void pageShown(naru::ui::Page *page);
    void roomChanged();
    void saved(const QDateTime &when);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Entry {
        PageRequest request{};
        Page *page = nullptr; // made when first shown
        bool fixed = false;
    };
    void addEntry(const PageRequest &request, bool fixed);
    Page *pageOf(int index);
    void show(int index);
    void relabel();
    void place();
    void makeMore(QBoxLayout *side);

    AppContext &m_context;
    services::PatientKey m_patient;
    QString m_title{};
    std::vector<Entry> m_entries{};
    int m_current = -1;
    MessageStrip *m_strip = nullptr;
    IdentityBanner *m_banner = nullptr;
    QWidget *m_side = nullptr;
    QListWidget *m_navigation = nullptr;
    QPushButton *m_more = nullptr; // all pages, when the row above the page cannot show them
    QStackedWidget *m_stack = nullptr;
    QBoxLayout *m_body = nullptr;
};

} // namespace naru::ui
