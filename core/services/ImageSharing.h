// Images given to others (XDS-I.b): studies of a chart stored in the archive of the exchange (STOW-RS), then
// named in a manifest that is registered (RAD-68), alone or together with the document they are attached to.
// Everything leaves through the outbox: bytes and ids are fixed first, images are stored before the manifest
// goes, a kill at any moment loses nothing and registers nothing twice.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

struct ShareRequest {
    PatientKey patient{};
    QStringList studies{}; // keys or study instance UIDs
    QStringList instances{}; // keys or SOP instance UIDs; empty: all of the studies
    QString recipientOid{}; // for whom; may be empty
};

struct Shared {
    OutboxId outbox{};
    std::vector<clinical::AttachedImages> studies{};
    int images = 0;
    qint64 bytes = 0;
};

// One attachment as it stands now: of a whole study all that is stored when it is sent goes along.
struct GoingImages {
    clinical::AttachedImages attached{}; // as it was when it was attached
    int series = 0, images = 0;
    qint64 bytes = 0;
    bool arriving = false; // more of the study is being fetched from an archive
    int awaited = 0; // images that are still to come; 0: not known
    friend bool operator==(const GoingImages &, const GoingImages &) = default;
};

class ImageSharing {
public:
    explicit ImageSharing(Profile::Internals &internals);

    // What would be sent, with a manifest UID drawn for it. Errors: NoImageArchive, NoStudy, StudyUnassigned,
    // ImageOtherChart, ImagesOfAnother (the images contradict the chart), NoSuchImage, NothingToShare.
    base::Result<clinical::AttachedImages> describe(
        const PatientKey &patient, const QString &study, const QStringList &instances = {});
    // What goes along with a document if it is sent now; for the last look before that.
    std::vector<GoingImages> going(const clinical::Document &document);
    // Of a document that is being edited: the attachment and the row in its results that links to the
    // manifest. A study that is attached already keeps its manifest UID; what is given takes the place of
    // what was chosen.
    void put(clinical::Document &document, const clinical::AttachedImages &images) const;
    static void take(clinical::Document &document, const QString &kosUid);
    // The same in a stored draft: what the viewer calls for "attach to the open referral" (study and instance
    // keys as ImageService gives them; images chosen before stay chosen). A page that has the draft open
    // hears Change::Drafts and reads it again.
    base::Result<Draft> attach(const DraftId &draft, const QString &study, const QStringList &instances = {});
    base::Result<Draft> detach(const DraftId &draft, const QString &kosUid);

    // Without a document. services.NoConsent; what describe() says.
    base::Result<Shared> share(const ShareRequest &request);

private:
    Profile::Internals &m;
};

} // namespace naru::services
