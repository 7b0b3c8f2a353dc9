// What a study holds besides pictures that can be shown: reports and key objects to read, recordings on
// millimetre paper, segmentations over their images, documents page by page; and of everything else the
// reason why it cannot be shown. One row of buttons and words above the views; what is opened stands in their
// place until Esc.
#pragma once

#include "core/services/Types.h"
#include "ui/pages/imaging/PresentationLayer.h"
#include "ui/pages/imaging/SegmentLayer.h"
#include "ui/pages/imaging/StudyDesk.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class QTextBrowser;
class QUrl;

namespace naru::ui {

class AppContext;
class FlowRow;
class MessageStrip;
class PaperView;
class Viewport;
class ViewportGrid;
class WaveformView;

class StudyObjects : public QWidget {
    Q_OBJECT
public:
    StudyObjects(AppContext &context, ViewportGrid &grid, MessageStrip *strip, QWidget *parent = nullptr);

    // Hidden for a study of pictures alone. More of the same study: what is open or drawn stays.
    void setStudy(const OpenStudy &study, std::shared_ptr<StudySource> source);
    bool closePanel(); // false when nothing was open
    bool savePdf(
        const imaging::InstanceRef &object, const QString &path); // asks the decoder on the job queue
    SegmentLayer &segments() { return m_segments; }
    const WaveformView &waveform() const { return *m_waveform; }
    PaperView &pages() { return *m_pages; }

Q_SIGNALS:
    void opened(bool on); // the panel stands where the views were
    void saved(const QString &path);

private:
    using Objects = std::vector<imaging::InstanceRef>;
    void clearRow();
    void addButton(const imaging::InstanceRef &object);
    void addReasons(const Objects &objects);
    void addWords(const QString &words);
    void open(const imaging::InstanceRef &object);
    void openReport(const imaging::InstanceRef &object);
    void openWaveform(const imaging::InstanceRef &object);
    void openDocument(const imaging::InstanceRef &object);
    void toggleSegments(const imaging::InstanceRef &object, QPushButton *button);
    void togglePresentation(const imaging::InstanceRef &object, QPushButton *button);
    void apply(const imaging::PresentationReading &reading, const QString &object);
    bool goToImage(const std::function<bool(const ShownImage &)> &wanted); // in the active view
    void updateViews();
    void nameDocument();
    void choosePdf();
    bool recordExport(const base::Error *error = nullptr);
    // `document`: what the button saves; none for what is no document.
    void showPanel(const QString &title, QWidget *content, const imaging::InstanceRef &document = {});
    void follow(const QUrl &link);
    void failed(const base::Error &error, const QString &what);

    AppContext &m_context;
    ViewportGrid &m_grid;
    MessageStrip *m_strip;
    std::shared_ptr<StudySource> m_source{};
    Objects m_images{};
    QString m_study{}, m_studyUid{};
    services::PatientKey m_patient{};
    QStringList m_listed{}; // what the row stands for
    QList<QPointer<StackProvider>> m_providers{};
    SegmentLayer m_segments{};
    PresentationLayer m_states{};
    QWidget *m_bar = nullptr, *m_panel = nullptr, *m_paper = nullptr;
    FlowRow *m_row = nullptr;
    QList<QWidget *> m_parts{};
    QLabel *m_title = nullptr;
    QTextBrowser *m_text = nullptr;
    WaveformView *m_waveform = nullptr;
    PaperView *m_pages = nullptr;
    QPushButton *m_save = nullptr; // of the document that is open
    imaging::InstanceRef m_document{};
};

} // namespace naru::ui
