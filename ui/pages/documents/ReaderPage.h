// Reading a stored document: section tree, the text as its author signed it, coded values beside it, what is
// known and what not, versions, trends, answer.
#pragma once

#include "ui/pages/documents/LoadedDocument.h"
#include "ui/pages/documents/TrendChart.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Page.h"

class QPlainTextEdit;
class QSplitter;
class QStackedWidget;

namespace naru::ui {

class CdaView;
class DifferenceList;
class EntryPane;
class FindBar;
class HonestyBar;
class JobLine;
class MessageStrip;
class ReaderHead;
class ReportImages;
class SectionTree;
class WarningList;

class ReaderPage : public Page {
    Q_OBJECT
public:
    ReaderPage(AppContext &context, const services::PatientKey &patient, const QString &documentId,
        QWidget *parent = nullptr);
    // Bytes that are no document of this profile (a file, a test).
    ReaderPage(AppContext &context, const QByteArray &bytes, QWidget *parent = nullptr);
    ~ReaderPage() override;
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override; // read, on to the next new document
    bool nextGap() override;
    bool otherView() override;
    bool refresh() override;
    bool goToSection(int number) override;
    bool find() override;
    bool findNext() override;
    bool print() override;
    bool stepBack() override;
    QList<QWidget *> panes() const override;
    void focusFirst() override;
    QList<QPair<QString, QString>> keys() const override;

    CdaView *view() const { return m_view; }
    HonestyBar *honesty() const { return m_honesty; }
    TrendChart *trend() const { return m_trend; }
    void reply();
    bool exportTo(const QString &path);
    void compareVersions();
    void showTrend(const clinical::Entry &entry);

Q_SIGNALS:
    void shown();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void load();
    void accept(const LoadedDocument &loaded);
    void showManifest(const services::DocumentRow &row);
    void offerImages();
    void showImages();
    void showImagesFrom(const QString &first); // a study or a manifest; empty: the only one
    void sectionReached(int index);
    void place();
    void showStyle(int tab);
    void entriesInPlace(bool beside);

    services::PatientKey m_patient{};
    QString m_documentId{};
    QByteArray m_looseBytes{};
    LoadedDocument m_loaded{};
    MessageStrip *m_strip = nullptr;
    JobLine *m_jobLine = nullptr;
    ReaderHead *m_head = nullptr;
    ReportImages *m_images = nullptr;
    HonestyBar *m_honesty = nullptr;
    SectionTree *m_sections = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_stack = nullptr;
    CdaView *m_view = nullptr;
    DifferenceList *m_diff = nullptr;
    QPlainTextEdit *m_raw = nullptr;
    EntryPane *m_entries = nullptr;
    bool m_entriesBeside = true; // else they are the third kind of view
    FindBar *m_findBar = nullptr;
    WarningList *m_warnings = nullptr;
    TrendChart *m_trend = nullptr;
};

} // namespace naru::ui
