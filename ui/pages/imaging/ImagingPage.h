// The viewer of a patient's images: series at the left, one to twelve views, measurements at the right. What
// a key or a button does is perform() of an act of keys.tsv. The banner of the window says who the patient
// is; images of somebody else are announced loudly and never stand beside the patient's own.
#pragma once

#include "core/imaging/series/Hanging.h"
#include "core/services/PacsTypes.h"
#include "ui/pages/imaging/StudyDesk.h"
#include "ui/shell/Page.h"
#include "ui/widgets/viewport/Appearance.h"
#include "ui/widgets/viewport/ViewTool.h"

#include <functional>
#include <map>

class QComboBox;
class QLabel;
class QPrinter;
class QPushButton;
class QSplitter;

namespace naru::ui {

class CinePlayer;
class ImagingToolBar;
class MessageStrip;
class SeriesList;
class StackSync;

class Viewport;
class ViewportGrid;

class ImagingPage : public Page {
    Q_OBJECT
public:
    ImagingPage(AppContext &context, const services::PatientKey &patient, std::shared_ptr<StudySource> source,
        QWidget *parent = nullptr);
    ~ImagingPage() override;
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool hasUnsavedDraft() const override;
    bool mainAct() override; // attaches the key images
    bool refresh() override;
    bool goToSection(int number) override;
    bool print() override;
    bool undo() override;
    bool redo() override;
    bool saveNow() override;
    bool stepBack() override;
    bool otherView() override;
    QList<QWidget *> panes() const override;
    void focusFirst() override;
    QList<QPair<QString, QString>> keys() const override;
    bool settle() override;
    void requested() override;
    bool wantsRoom() const override;
    void lock() override;

    // Everything a key, a button or a menu can ask for; false when it has nothing to do just now.
    bool perform(const QString &act);
    // A folder or disc instead of the store.
    void lookAtFolder(const QString &folder, const imaging::DecoderOptions &options = {});
    // Takes in what lies below a folder or in a ZIP file, into this patient's chart, and shows it.
    void importImages(const QString &path);
    void showStudy(const QString &studyKey);
    // All its files with a DICOMDIR, into a new ZIP file or an empty folder; the strip tells how it went.
    void exportStudy(const QString &studyKey, const QString &path);
    void showProvider(ImageProvider *provider); // in the active view
    QStringList printHead() const; // what stands above the active view on paper
    void paintPage(QPainter &painter, const QRect &page); // the active view
    bool printTo(QPrinter &printer); // one page of it; recorded, also when it fails
    bool savePicture(
        const QString &path, bool withMeasurements); // of the active view; PNG or JPEG by its name

    ViewportGrid &grid() { return *m_grid; }
    StudyDesk &desk() { return *m_desk; }
    SeriesList &seriesList() { return *m_series; }
    MessageStrip &warning() { return *m_warning; }
    const OpenStudy *study() const;
    class MeasurementBook &book();
    class KeyImages &keyImages();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Parts; // measuring, key images, planes: ImagingPageParts.h
    QWidget *makeHead();
    QWidget *makeFoot();
    void useSource(std::shared_ptr<StudySource> source);
    void fillStudies();
    void tellNone();
    void studyOpened(const QString &studyKey);
    void hang();
    void listSeries();
    const services::StudyRow *rowNamed(const QString &keyOrUid) const;
    bool showWanted(); // false: it is not listed yet
    bool chooseArchive();
    void sendToArchive(const QString &studyKey, const QString &node, const QString &again = {});
    void sentToArchive(const services::PacsJob &job, const QString &studyKey);
    bool chooseUnmatched();
    void closeUnmatched();
    QString personOf(const services::StudyRow &row) const;
    static QString differencesOf(const QStringList &differing);
    void askToTake(const services::StudyRow &row);
    void watchFetches();
    void fetchRest(bool again = false);
    void tellMissing(const services::ImageFetchReport &report, const base::Error &error);
    bool isFetching() const;
    void tellFetch();
    void tellMarks();
    QString captionOf(const Viewport &view) const;
    void followArrivals();
    void keepPictures();
    class StackProvider *holderOf(const struct ShownImage &image) const;
    void studyGrown(const QString &studyKey, int newPictures);
    int shownStacks() const;
    void setGrid(int rows, int columns);
    void viewAdded(Viewport *view);
    void activeChanged();
    void warnOfMismatch();
    QString mismatchOf(const services::StudyRow &row) const; // the sentence, or nothing
    void findPrior();
    void openPrior(bool on);
    void tellCounts();
    void tryAct(const QString &act);
    void tellSwitches();
    void place();
    void tellRoom();
    bool stepBackInside(); // from what the views are at
    bool performView(const QString &act, Viewport &view);
    bool performPan(const QString &direction, Viewport &view);
    bool performSlice(const QString &act, Viewport &view);
    bool performLayout(const QString &act);
    QString modality() const; // of the study; empty: none
    QString rememberedLayout() const; // "2x2" "mpr"; empty: none for this kind of study
    bool rememberLayout(bool on);
    void tellLayouts();
    imaging::Hanging inGrid(int rows, int columns, const imaging::Hanging &standard) const;
    void useOwnLayout(imaging::Hanging &hanging) const;
    void usePlanes();
    bool toggleAlone(int view);
    bool chooseExport();
    QString fileName(const QString &studyKey, int image) const;
    bool performTool(const QString &act);
    bool performRest(const QString &act, Viewport &view);
    bool showMeasurement(const QString &id);
    void askText(Viewport &view, const QPointF &at, const std::function<void(const QString &)> &done);
    void askLength(Viewport &view, const QPointF &from, const QPointF &to);
    void calibrate(const std::vector<struct ShownImage> &images, const QPointF &from, const QPointF &to,
        double millimetres);
    bool showPlanes();
    void hangPlanes();
    bool useSlab(const QString &what);
    void tellSlab();
    bool exportView(Viewport &view);
    bool keepPresentation(); // how the active view shows its series
    bool anonymise(); // opens the question how, or closes it
    bool detach();
    void bringBack();
    void readMeasurements();
    void readMeasurements(const QString &studyKey);
    void readKeyImages(const QString &studyKey);
    void keepKeyImages();
    void keptOnce(bool well);
    void attachWhatWaited();
    bool hasUnsavedMarks() const;
    bool awaitsMeasurements(); // before saving
    bool recordExport(const QString &act, const Viewport &view, const base::Error *failed = nullptr);
    bool usePreset(int number, Viewport &view);
    bool stepSeries(int step);
    void showSeriesMenu(class StackProvider *series, const QPoint &global);
    void refreshPresets();
    void chooseFolder();
    void chooseImport(bool zip);
    void imported(const services::ImportReport &report);
    void attachKeyImages(const services::DraftId &draft);

    services::PatientKey m_patient;
    StudyDesk *m_desk = nullptr;
    QString m_study{}, m_prior{}; // keys; the prior is empty unless compared
    QString m_priorCandidate{};
    QString m_wanted{}; // key or UID of the study to be shown as soon as it is listed
    int m_placedFor = 0;
    bool m_low = false, m_lowest = false, m_roomy = false; // m_roomy: as the window was told
    std::optional<bool> m_room{}; // the user's choice; else where the window is low
    QWidget *m_head = nullptr, *m_foot = nullptr;
    bool m_ownLayout = false; // the user chose it
    bool m_touched = false; // the views, since the study was opened
    MessageStrip *m_warning = nullptr, *m_strip = nullptr;
    QComboBox *m_studies = nullptr;
    ImagingToolBar *m_bar = nullptr;
    QSplitter *m_splitter = nullptr;
    SeriesList *m_series = nullptr;
    ViewportGrid *m_grid = nullptr;
    QLabel *m_notice = nullptr, *m_counts = nullptr;
    StackSync *m_sync = nullptr;
    CinePlayer *m_cine = nullptr;
    std::map<QString, std::unique_ptr<ViewTool>> m_tools{};
    QString m_tool = QStringLiteral("tool.window");
    std::unique_ptr<Parts> m_parts;
};

} // namespace naru::ui
