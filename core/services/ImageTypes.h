// Values of stored images that cross the door between services and its users. All plain, all copyable. Dates
// are DICOM's YYYYMMDD, times HHMMSS, names with all component groups ("HONG^GILDONG==홍^길동"). Everything
// here may identify a patient except the keys, which are random.
#pragma once

#include "core/base/Error.h"
#include "core/imaging/ImageFacts.h"

#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace naru::services {

// Whether the images are the patient's in whose chart they are.
enum class ImageMatch : char {
    Matched, // in a chart, and nothing in the images contradicts it
    Unmatched, // in no chart
    Mismatch // in a chart whose birth date, sex or name is another: to be shown loudly
};

struct StudyRow {
    using Match = ImageMatch;

    QString key{};
    QString studyUid{};
    QString patientKey{}; // the chart, or empty
    QString patientName{}, patientId{}, issuerOfPatientId{}, birthDate{}, sex{}; // as the images say
    QString date{}, time{}, description{};
    QString modalities{}; // "CT" or "CT, SR"
    QString institution{}, accession{};
    int series = 0, instances = 0;
    qint64 bytes = 0;
    QString source{}; // "import", "pacs:NAME", "exchange:OID"
    QDateTime stored{}; // first instance; UTC
    QDateTime updated{}; // last instance; UTC
    // 1; higher for instances that came under known SOP instance UIDs with other bytes. They are never mixed
    // with the earlier ones.
    int version = 1;
    Match match = Match::Unmatched;
    QStringList differing{}; // of a Mismatch: "id" "birthDate" "sex" "name"
    friend bool operator==(const StudyRow &, const StudyRow &) = default;
};

struct SeriesRow {
    QString key{}, studyKey{};
    QString seriesUid{}, modality{}, bodyPart{}, description{}, laterality{};
    int number = 0, instances = 0, frames = 0; // frames: of all instances together
    friend bool operator==(const SeriesRow &, const SeriesRow &) = default;
};

struct InstanceRow {
    QString key{}, seriesKey{};
    QString sopUid{}, sopClass{};
    int number = 0;
    qint64 bytes = 0;
    imaging::ImageFacts facts{};
    friend bool operator==(const InstanceRow &, const InstanceRow &) = default;
};

struct ImportReport {
    struct Fault {
        QString file{}; // as the person named it, or "archive.zip#17"; for the screen, never for a log
        QString code{}; // stable code of an error table
        QString message{}; // English, without patient data
        QMap<QString, QString> arguments{}; // of the sentence
        bool later = false; // for a reason of the moment (disc, memory, database): another try may help
        friend bool operator==(const Fault &, const Fault &) = default;
    };
    int files = 0; // looked at so far
    int total = 0; // to be looked at; 0: not known yet
    int stored = 0; // durable when the report says so
    int known = 0; // the same bytes were here already
    int notDicom = 0; // counted, no fault; and DICOMDIR itself
    int conflicts = 0; // stored apart: other bytes under a known SOP instance UID; each is a fault as well
    int missing = 0; // named by a DICOMDIR and not there; each is a fault as well
    int faultCount = 0; // all of them; `faults` keeps the first thousand
    int later = 0; // of those: Fault::later
    bool stopped = false; // on request: what was stored before stays
    std::vector<Fault> faults{};
    int studies = 0; // in which something was stored or known
    QStringList studyKeys{}; // those, in the order of arrival
    friend bool operator==(const ImportReport &, const ImportReport &) = default;
};

// What became of one instance from the network.
struct PutOutcome {
    enum class State : char { Stored, Known, Conflict }; // Conflict: stored apart, see StudyRow::version
    State state = State::Stored;
    QString studyKey{}, instanceKey{}; // empty while it waits for flush()
    imaging::ImageFacts facts{};
};

// A study of the exchange that is to come into a chart.
struct ImageFetchRequest {
    struct Image {
        QString seriesUid{}, sopUid{};
        QString sourceId{}; // Retrieve Location UID of its series; empty: that of the request
        friend bool operator==(const Image &, const Image &) = default;
    };
    QString patient{}; // key of the chart; needed
    QString studyUid{}; // as the report names it
    QString emergencyReason{}; // without consent, audited
    QString manifestId{}; // document id of a manifest; then `studyUid` may be empty: its first study
    // The images, where a manifest named them; empty: the manifests of the exchange that name the study are
    // looked for, and where the site allows it (`direct`) a source is asked when there is none. `sourceId`:
    // its Retrieve Location UID.
    std::vector<Image> manifest{};
    QString sourceId{};
    friend bool operator==(const ImageFetchRequest &, const ImageFetchRequest &) = default;
};

struct ImageFetchReport {
    struct Fault {
        QString code{};
        QString message{}; // English, without patient data
        QMap<QString, QString> arguments{};
        int count = 0; // images it happened to
        friend bool operator==(const Fault &, const Fault &) = default;
    };
    QString studyUid{}, studyKey{}; // studyKey: empty until the first image is listed
    QString source{}; // identifier of the imaging source; of the first of several
    QStringList manifests{}; // document ids of those that named the images; empty: the source was asked
    int expected = 0; // images of the study at the source
    int known = 0; // were here before and not fetched again
    int stored = 0; // durable and listed
    int failed = 0; // set at the end: expected - known - stored
    std::vector<Fault> faults{}; // of single images
    std::optional<base::Error> error{}; // why some are missing; another fetch goes on with those
    bool complete() const { return expected > 0 && failed == 0 && !error; }
};

struct StudyFilter {
    QString patientKey{}; // of this chart
    bool unmatched = false; // in no chart
    QString studyUid{};
    QString text{}; // part of name, id, description, institution, accession, modality; Hangul initials too
};

struct ExportReport {
    QString path{};
    int instances = 0;
    qint64 bytes = 0;
    bool directory = false; // a DICOMDIR was written
    int leftOut = 0; // objects that could not be freed of the patient
    QStringList warnings{}; // imaging::Anonymised::warnings, each once
};

} // namespace naru::services
