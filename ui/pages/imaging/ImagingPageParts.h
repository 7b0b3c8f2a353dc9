// What the page holds besides views and studies.
#pragma once

#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/AnonymisePanel.h"
#include "ui/pages/imaging/CrossHair.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/KeyImages.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/MeasurementLayer.h"
#include "ui/pages/imaging/MeasurementList.h"
#include "ui/pages/imaging/NoImages.h"
#include "ui/pages/imaging/ReferenceLines.h"
#include "ui/pages/imaging/StudyList.h"
#include "ui/pages/imaging/StudyObjects.h"
#include "ui/pages/imaging/VolumeDesk.h"

#include <QDateTime>
#include <QHash>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>

class QLabel;

class QPushButton;

namespace naru::ui {

class JobLine;

std::vector<ShownImage> imagesOf(const ImageProvider &provider); // what is known of them

struct ImagingPage::Parts {
    explicit Parts(ViewportGrid &grid)
        : lines(grid)
        , crossHair(grid)
        , layer(book)
    {
    }
    MeasurementBook book{};
    KeyImages keyImages{};
    ReferenceLines lines;
    CrossHair crossHair;
    MeasurementLayer layer;
    MeasurementList *list = nullptr;
    QPointer<AnonymisePanel> anonymising{};
    QPointer<StudyObjects> objects{}; // what the study holds besides pictures
    QPointer<VolumeDesk> volumes{};
    Appearance look{}; // of the view that planes were made from
    JobLine *jobs = nullptr, *fetchLine = nullptr;
    QPointer<QMenu> seriesMenu{}; // while it is open
    QPointer<QWidget> fetchBox{}; // fetchLine where there is room for it
    QPointer<UiJob> followed{}; // by fetchLine
    QHash<QString, QString> alarms{}; // of studies that are another person's: who that is
    QStringList asked{}; // studies whose rest was asked for by this page
    int news = 0; // pictures that arrived unasked since the study was opened
    QLabel *unsaved = nullptr;
    QPushButton *save = nullptr, *discard = nullptr;
    QPointer<QLineEdit> textField{};
    QPointer<QWidget> calibration{}; // the question how long a line is
    QPointer<StudyList> unmatched{}; // studies in no chart
    NoImages *none = nullptr; // instead of the views while there is nothing to see
    QPointer<QWidget> window{}; // of its own, on another screen
    QHash<QString, QStringList> measured{}; // studies whose saved measurements were read: from which objects
    QStringList reading{}; // studies whose are being read
    QDateTime savedAt{}, keysSavedAt{}; // when the last saving began: what was made earlier is old news
    QStringList keysBeingKept{}; // studies whose marks are being written
    services::DraftId attachWhenKept{}; // after them
    bool attaching = false;
    QHash<QString, QStringList> keyObjects{}; // the same of key images
    QStringList keyReading{};
    bool saveWanted = false; // as soon as they are
    bool measuresBeingKept = false, saveAgain = false; // what changed meanwhile, after it
    bool magnifier = false, listShown = true, seriesShown = true;
};

} // namespace naru::ui
