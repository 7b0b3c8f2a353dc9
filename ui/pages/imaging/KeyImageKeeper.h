// Key images as an object of their study (Key Object Selection, PS3.3 C.17.6), kept beside its images, and as
// part of a document: named by their UIDs in its readings, and attached so that they are sent with it.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"
#include "ui/pages/imaging/KeyImages.h"
#include "ui/pages/imaging/StudySource.h"

#include <QDateTime>

namespace naru::ui {

class KeyImageKeeper {
public:
    // Part 10 bytes of one document for images of one study. imaging.Incomplete when there is none. A
    // document must name an image (C.17.6.2): `removed` makes one that says of these that they are marked no
    // more.
    static base::Result<QByteArray> write(
        const QList<KeyImage> &images, const QString &observer, bool removed = false);

    // What our newest key object document among `instances` names, as far as it is there. Empty: none.
    struct Marked {
        QList<KeyImage> images{};
        QDateTime made{};
        QString handle{}; // of the document
    };
    static base::Result<Marked> read(StudySource &source, const QString &studyKey,
        const std::vector<imaging::InstanceRef> &instances, const base::WorkContext &work);
    // The handles of ours among `instances`.
    static QStringList objectsOf(const std::vector<imaging::InstanceRef> &instances);

    struct Kept {
        int named = 0; // new readings in the draft
        int attached = 0; // images that go with it
        int written = 0; // key object documents
        std::optional<base::Error> notAttached{}; // why they are named only
    };
    // Runs on the job queue. `readings`: one for each image, in words of the reader's language.
    static base::Result<Kept> attach(services::Profile &profile, const services::PatientKey &patient,
        const services::DraftId &draft, const QList<KeyImage> &images,
        const std::vector<clinical::ImageReading> &readings);
};

} // namespace naru::ui
