// Shows a document that was read: the reader page and the preview use the same. A QTextDocument is built by
// cursor operations from the typed tree (never from markup); resources are answered only from the media
// inside the document; links are text. Sections are built in slices, so that a large document shows its first
// page at once.
#pragma once

#include "core/clinical/ReadDocument.h"

#include <QElapsedTimer>
#include <QTextCursor>
#include <QTextEdit>
#include <QTimer>
#include <deque>
#include <functional>
#include <memory>

namespace naru::ui {

class Theme;

class CdaView : public QTextEdit {
    Q_OBJECT
public:
    enum class Style { Reader, Authored };

    CdaView(Theme &theme, bool korean, QWidget *parent = nullptr);
    ~CdaView() override;

    void setStyleOfView(Style style);
    Style styleOfView() const { return m_style; }
    // Without the card of patient, author and receiver (beside a banner that says the same).
    void setHeaderCard(bool on) { m_headerCard = on; }
    void setDocumentToShow(const clinical::ReadDocument &document, bool keepPosition = false);
    void clearDocument();
    const clinical::ReadDocument &shown() const { return m_read; }

    // Sections in reading order, nested ones after their parent.
    struct SectionRow {
        const clinical::Section *section = nullptr;
        int depth = 0;
        QString title{};
        int count = 0; // entries, else rows of its tables
        int warnings = 0;
    };
    const std::vector<SectionRow> &sections() const { return m_sections; }
    void goToSection(int index);
    int currentSection() const; // at the cursor
    // Places where text and coded values disagree; wraps round. False when there are none.
    bool goToNextMismatch();
    int mismatchCount() const { return int(m_mismatches.size()); }
    bool findText(const QString &text, bool backwards = false);
    int matchCount(const QString &text) const;
    bool finished() const { return m_steps.empty(); }
    void finishNow(); // printing, tests
    QString warningWords(const clinical::ReadWarning &warning) const; // one sentence for people

    // The whole document on its own, for printing and PDF, with the given width of text in points.
    std::unique_ptr<QTextDocument> forPrint(const QString &title) const;

Q_SIGNALS:
    void built();
    void sectionReached(int index); // the cursor moved into another section
    void sectionActivated(int index); // Enter or double click in it

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    friend class CdaBuilder;
    void rebuild(bool keepPosition);
    void work();
    void takeStep();

    Theme &m_theme;
    bool m_korean;
    Style m_style = Style::Reader;
    bool m_headerCard = true;
    clinical::ReadDocument m_read{};
    std::vector<SectionRow> m_sections{};
    std::vector<int> m_starts{}; // character position, -1 not built yet
    std::vector<int> m_mismatches{};
    std::unique_ptr<class CdaBuilder> m_builder;
    std::deque<std::function<void()>> m_steps{};
    QTimer m_timer{}, m_resized{};
    std::vector<int> m_fits{}; // how its tables were laid out, see CdaBuilder::fits
    int m_mismatchAt = -1;
    int m_lastSection = -1;
    int m_wantedScroll = -1;
};

} // namespace naru::ui
