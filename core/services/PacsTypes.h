// Values of the link with image archives (PACS, 영상정보연계모듈). Dates are DICOM's YYYYMMDD. What a node
// says of patients identifies them; names of nodes and ids of jobs do not.
#pragma once

#include "core/base/Error.h"

#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace naru::services {

struct PacsNode {
    QString name{}; // for people; unique
    QString host{};
    int port = 104;
    QString aeTitle{}; // the node's
    QString ourAeTitle{}; // as the node knows us
    QString model = QStringLiteral("study"); // "study" or "patient" root
    QString retrieve = QStringLiteral("get"); // "get" or "move"
    QString characterSet = QStringLiteral("ISO_IR 192"); // of queries; "ISO 2022 IR 149", "ISO_IR 100", ""
    bool commitment = false; // after sending, ask whether it answers for the images
    bool maySend = true; // may send to us when we listen
    // At once, of a study that is sent; 1 to 8. More than one only where the archive can be asked afterwards
    // what it has: some that take several at once lose images that they said were stored.
    int associations = 3;
    bool tls = false;
    QString certificate{}, key{}, authorities{}; // PEM files
    QString tlsName{}; // in its certificate; empty: host; "*": any
    // Base of its DICOMweb ("https://pacs/dicom-web"): what is asked, fetched and sent goes that way, and
    // host, port and titles only say who may send to us. Its certificate bears the host's name; certificate
    // and key of ours where it wants them; authorities empty: those of the system. http is for a network of
    // the house that is protected otherwise. Empty: DIMSE.
    QString web{};
    friend bool operator==(const PacsNode &, const PacsNode &) = default;
};

struct PacsTestStep {
    // "settings" "dns" "tcp" "tls" "association" "echo"; of DICOMweb "settings" "dns" "tcp" "tls"
    // "serverCertificate" "clientCertificate" "http" "query"; "listen" "folder" of our own receiving
    QString step{};
    bool ok = false;
    QString detail{};
    base::Error error{}; // where not ok
};

struct PacsQuery { // empty fields ask for everything
    QString name{}; // "홍길동" finds it in any component group; '*' and '?' are kept
    QString patientId{}, accession{}, studyUid{};
    QString birthDate{}; // YYYYMMDD
    QString from{}, to{}; // study date
    QString modality{};
    bool isEmpty() const
    {
        return name.isEmpty() && patientId.isEmpty() && accession.isEmpty() && studyUid.isEmpty()
            && birthDate.isEmpty() && from.isEmpty() && to.isEmpty() && modality.isEmpty();
    }
};

struct PacsStudy {
    QString studyUid{}, patientName{}, patientId{}, birthDate{}, sex{}, date{}, time{}, description{},
        modalities{}, accession{}, institution{};
    int series = -1, instances = -1; // as the node says; -1: it does not
    int here = 0; // instances of it stored here
};

struct PacsFound {
    std::vector<PacsStudy> studies{}; // newest first
    bool more = false; // the list was cut short
};

struct PacsJob {
    enum class State : char { Queued, Running, Done, Failed, Stopped };
    QString id{}, kind{}, node{}; // kind: "fetch" or "send"
    State state = State::Queued;
    QString studyUid{}, studyKey{}; // studyKey: of send
    QString patientKey{}; // of fetch: the chart it goes into, or empty
    int attempts = 0;
    int total = 0, done = 0, warnings = 0, failed = 0; // instances
    int converted = 0; // of `done`: sent without their compression, since the node does not take it
    // Of `done`: came under a SOP instance UID that is known here with other bytes, and are kept apart, in a
    // version of the study of its own (StudyRow::version).
    int conflicts = 0;
    // SOP instance UIDs of a fetch that did not come, as far as the node names them; the first thousand. The
    // job has failed, or waits, with services.PacsIncomplete; tried again, it asks for these.
    QStringList missing{};
    int committed = -1; // that the node answers for (storage commitment); -1: not asked, or no report yet
    bool awaitsReport = false; // it was asked, and its report may still come
    // SOP instance UIDs that it does not answer for, with its reason (PS3.3 C.14.1.1; 0: it says nothing of
    // them). The job has failed with services.PacsNotCommitted; tried again, it sends these.
    QMap<QString, int> notCommitted{};
    QString lastError{}; // code
    QString message{}; // English, without patient data
    QMap<QString, QString> reason{}; // arguments for the sentence of lastError
    QDateTime created{}, updated{}, nextAttempt{};
};

struct PacsListen { // storage provider of this workstation
    QString aeTitle = QStringLiteral("NARU");
    int port = 11112;
    QString address = QStringLiteral("0.0.0.0");
    bool tls = false;
    QString certificate{}, key{}, authorities{};
    bool automatic = false; // with the background work
    QStringList folders{}; // watched: what appears there is imported
    friend bool operator==(const PacsListen &, const PacsListen &) = default;
};

} // namespace naru::services
