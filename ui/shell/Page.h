// One screen inside a tab. The window sends the global keys here: Ctrl+Enter, F5, F7, F8, F9, Alt+1..9,
// Ctrl+F, F3, Ctrl+S, Ctrl+P, Ctrl+Z. A function answers false when the page has no such act just now; the
// window then says so.
#pragma once

#include "core/services/Types.h"

#include <QList>
#include <QPair>
#include <QWidget>

namespace naru::ui {

class AppContext;

// What to show; `kind` picks the factory (AppContext::registerPage).
//   "home" "outbox" "settings" "patients"                      no patient
//   "patient" "search" "consent"                                patient
//   "compose"   object = DraftId        "document"  object = document id
struct PageRequest {
    QString kind{};
    services::PatientKey patient{};
    QString object{};
    QString extra{}; // settings: category; compose: field to start at
    friend bool operator==(const PageRequest &, const PageRequest &) = default;
};

class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(AppContext &context, QWidget *parent = nullptr);

    // Short words for the side navigation and the palette, without a patient's name: "개요", "작성:
    // 진료의뢰서".
    virtual QString title() const = 0;
    // The key shown by the side navigation when the page is one of a patient's tab.
    virtual bool hasUnsavedDraft() const { return false; }

    virtual bool mainAct() { return false; } // Ctrl+Enter
    virtual bool nextGap() { return false; } // F8: next gap, error or difference
    virtual bool approveAndGoOn() { return false; } // F7
    virtual bool otherView() { return false; } // F9
    virtual bool refresh() { return false; } // F5
    virtual bool goToSection(int number) // Alt+1..9, from 1
    {
        Q_UNUSED(number)
        return false;
    }
    virtual bool find() { return false; } // Ctrl+F
    virtual bool findNext() { return false; } // F3
    virtual bool saveNow() { return false; } // Ctrl+S
    virtual bool print() { return false; } // Ctrl+P
    virtual bool undo() { return false; } // Ctrl+Z
    virtual bool redo() { return false; } // Ctrl+Shift+Z
    virtual bool stepBack() { return false; } // Esc: closes a popup or an inline panel, never discards

    // The page wants the room of menu, tabs, navigation and status line (images on a low screen). The banner
    // of the patient always stays.
    virtual bool wantsRoom() const { return false; }

    // Parts that F6 and Shift+F6 walk through, in reading order. The first gets the focus when the page
    // opens, unless focusFirst() is overridden.
    virtual QList<QWidget *> panes() const { return {}; }
    virtual void focusFirst();
    // Additional keys for the F1 sheet: key, what it does.
    virtual QList<QPair<QString, QString>> keys() const { return {}; }
    // The page is about to be hidden, locked or closed: commit the composition and save; true when nothing is
    // left unsaved.
    virtual bool settle() { return true; }
    // Closing the tab on purpose (Ctrl+W): the draft stays a draft.
    virtual void closing() { }
    // The page was there already and is asked for again, perhaps for something else of the patient.
    virtual void requested() { }
    virtual void lock() { } // drop what must not survive a lock (signature, patient window)

    AppContext &context() const { return m_context; }
    const PageRequest &request() const { return m_request; }
    void setRequest(const PageRequest &request)
    {
        m_request = request;
        requested();
    }

Q_SIGNALS:
    void titleChanged();
    void roomChanged(); // of wantsRoom()
    void unsavedChanged();
    void saved(const QDateTime &when); // "14:02:11 저장됨" of the status line
    void closeRequested();

private:
    AppContext &m_context;
    PageRequest m_request{};
};

} // namespace naru::ui
